// What is done about messages and people in one step: reply, edit, delete, react, pin, timer, read, accept, block, mute, nick, away, and the outbox.
import {type Client} from '../../client/facade.ts';
import {addressee} from '../addressee.ts';
import {type CommandIo} from '../command-io.ts';
import {untilDelivered} from '../until-delivered.ts';
import {outboxLine} from '../lines.ts';
import {jsonLine} from '../printable.ts';
import {type VerbTask} from '../verb-tasks.ts';
import {
	type ToldEntry,
	acceptContact,
	blockName,
	cancelOwn,
	deleteOwn,
	editOwn,
	messageNamed,
	nameContact,
	pinMessage,
	reactTo,
	readUpTo,
	retryOwn,
	sayAway,
	setMuted,
	setTimerOf,
	unblockContact,
	unpinMessage,
} from '../verbs.ts';
import {messageRecord} from '../watch.ts';
import {sendOnce} from './send.ts';

/** Returns once what the other side is told is delivered. Throws Failure, 75 when that is kept for later, ClientError and OutputError. */
export async function doVerb(client: Client, task: VerbTask, io: CommandIo): Promise<void> {
	if (!('waitMs' in task)) return doHere(client, task, io);
	const told = await tell(client, task, io);
	if (told !== undefined) await untilDelivered(client, told, {waitMs: task.waitMs, stop: io.stop});
}

type Telling = Extract<VerbTask, {waitMs: number}>;

/** What the other side is to hear of. */
async function tell(client: Client, task: Telling, {toSend}: CommandIo): Promise<ToldEntry> {
	if (task.kind === 'retry') return retryOwn(client, task.id);
	const conversation = await addressee(client, task.name);
	switch (task.kind) {
		case 'reply': {
			const answered = messageNamed(client, conversation, task.id);
			const message = await toSend.next();
			return message && {conversation, id: sendOnce(client, conversation, message, toSend, answered)};
		}

		case 'edit': {
			const message = await toSend.next();
			if (message === undefined) return undefined;
			const told = editOwn(client, conversation, task.id, message.text);
			toSend.kept();
			return told;
		}

		case 'delete':
			return deleteOwn(client, conversation, task.id);
		case 'react':
			return reactTo(client, conversation, task.id, task.emoji);
		case 'pin':
			return pinMessage(client, conversation, task.id);
		case 'unpin':
			return unpinMessage(client, conversation);
		default:
			return setTimerOf(client, conversation, task.seconds);
	}
}

/** What is done on this disk. */
async function doHere(client: Client, task: Exclude<VerbTask, Telling>, io: CommandIo): Promise<void> {
	switch (task.kind) {
		case 'read':
			return readUpTo(client, task.name, task.id);
		case 'accept':
			return acceptContact(client, task.name);
		case 'block':
			return blockName(client, task.name);
		case 'unblock':
			return unblockContact(client, task.name);
		case 'mute':
		case 'unmute':
			return setMuted(client, task.name, task.kind === 'mute');
		case 'nick':
			return nameContact(client, task.name, task.nickname);
		case 'away':
			// A process that does it for another one goes on.
			return sayAway(client, task.text, io.toSend.ready === undefined);
		case 'cancel':
			return cancelOwn(client, task.id);
		default:
			for (const message of client.outbox())
				await io.print(task.json ? jsonLine(messageRecord(message)) : outboxLine(message));
	}
}
