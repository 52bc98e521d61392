// search, forget and check: what needs the history alone. No server is asked.
import {type KeptMessages, typedTalk} from '../../client/facade.ts';
import {type ConversationId, otherIn} from '../../client/snapshot.ts';
import {type SearchTask} from '../task.ts';
import {type CommandIo} from '../command-io.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {correspondenceLine} from '../lines.ts';
import {jsonLine} from '../printable.ts';
import {messageRecord} from '../watch.ts';

export async function search(kept: KeptMessages, {words, name, json, limit}: SearchTask, io: CommandIo): Promise<void> {
	const conversation = name === undefined ? undefined : typedTalk(name);
	for (const message of kept.find(words, limit, conversation)) {
		await io.print(json ? jsonLine(messageRecord(message)) : correspondenceLine(message));
	}
}

/** Asks first, unless the person is sure. */
export async function forget(
	kept: KeptMessages,
	conversation: ConversationId,
	isSure: boolean,
	io: CommandIo,
): Promise<void> {
	const count = kept.count(conversation);
	const name = otherIn(conversation);
	if (count === 0) throw new Failure(EXIT_CODES.noUser, `there are no messages with ${name}: nothing is forgotten`);
	const words = `${count} messages with ${name}`;
	const answer = isSure || (await io.askYes(`Take ${words} off this disk for good? Type yes: `));
	if (answer === undefined) throw new Failure(EXIT_CODES.usage, 'there is no terminal to ask on: add --yes to forget');
	if (!answer) throw new Failure(EXIT_CODES.interrupted, 'nothing is forgotten');
	kept.forget(conversation);
	await io.print(`forgot ${words}`);
}

export async function check(kept: KeptMessages, io: CommandIo): Promise<void> {
	const faults = kept.check();
	if (faults.length === 0) return io.print('the history is sound');
	throw new Failure(EXIT_CODES.config, `the history is damaged: put a copy in its place\n  ${faults.join('\n  ')}`);
}
