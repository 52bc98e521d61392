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
import {catalogue} from '../../catalogue/catalogue.ts';

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
	if (count === 0) throw new Failure(EXIT_CODES.noUser, catalogue.history.noMessages(name));
	const answer = isSure || (await io.askYes(catalogue.history.askForget(count, name)));
	if (answer === undefined) throw new Failure(EXIT_CODES.usage, catalogue.history.noTerminal);
	if (!answer) throw new Failure(EXIT_CODES.interrupted, catalogue.history.notForgotten);
	kept.forget(conversation);
	await io.print(catalogue.history.forgotten(count, name));
}

export async function check(kept: KeptMessages, io: CommandIo): Promise<void> {
	const faults = kept.check();
	if (faults.length === 0) return io.print(catalogue.history.sound);
	throw new Failure(EXIT_CODES.config, [catalogue.history.damaged, ...faults].join('\n  '));
}
