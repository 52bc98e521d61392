// search, forget and check: what needs the password alone. No server is asked.
import {Archive, typedTalk} from '../../client/facade.ts';
import {type ConversationId, otherIn} from '../../client/snapshot.ts';
import {type SearchTask} from '../task.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {correspondenceLine} from '../lines.ts';
import {print} from '../streams.ts';
import {type PasswordSource, readPassword} from '../password/read.ts';
import {askYes} from '../password/prompt.ts';
import {jsonLine} from '../printable.ts';
import {messageRecord} from '../watch.ts';
import {untilStopped} from '../with-client.ts';

/** What `work` does with what is on this disk. Throws ClientError and Failure. */
export async function withArchive(
	profile: string,
	password: PasswordSource,
	work: (archive: Archive, stop: AbortSignal) => Promise<void>,
): Promise<void> {
	const archive = await Archive.open(profile, await readPassword(password, false));
	const stop = untilStopped();
	try {
		await work(archive, stop);
	} finally {
		archive.close();
	}
}

export async function search(archive: Archive, {words, name, json, limit}: SearchTask): Promise<void> {
	const conversation = name === undefined ? undefined : typedTalk(name);
	for (const message of archive.find(words, limit, conversation)) {
		await print(json ? jsonLine(messageRecord(message)) : correspondenceLine(message));
	}
}

/** Asks first, unless the person is sure. */
export async function forget(archive: Archive, conversation: ConversationId, isSure: boolean): Promise<void> {
	const count = archive.count(conversation);
	const name = otherIn(conversation);
	if (count === 0) throw new Failure(EXIT_CODES.noUser, `there are no messages with ${name}: nothing is forgotten`);
	const words = `${count} messages with ${name}`;
	const answer = isSure || (await askYes(`Take ${words} off this disk for good? Type yes: `));
	if (answer === undefined) throw new Failure(EXIT_CODES.usage, 'there is no terminal to ask on: add --yes to forget');
	if (!answer) throw new Failure(EXIT_CODES.interrupted, 'nothing is forgotten');
	archive.forget(conversation);
	await print(`forgot ${words}`);
}

export async function check(archive: Archive): Promise<void> {
	const faults = archive.check();
	if (faults.length === 0) return print('the history is sound');
	throw new Failure(EXIT_CODES.config, `the history is damaged: put a copy in its place\n  ${faults.join('\n  ')}`);
}
