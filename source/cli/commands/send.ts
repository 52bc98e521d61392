// send: one message, and whether it reached the disk of its receiver.
import {type Client, type Diagnosis, triedWords} from '../../client/facade.ts';
import {
	type ConversationId,
	type Message,
	type Snapshot,
	contactIn,
	lastKnown,
	noWayWords,
	obstacleWords,
	otherIn,
	wayOut,
} from '../../client/snapshot.ts';
import {addressee} from '../addressee.ts';
import {type CommandIo} from '../command-io.ts';
import {type NewMessage} from '../to-send.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {problemWords, stoppedFailure} from '../report.ts';
import {until} from '../until.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Returns once the message is delivered. Throws Failure, 75 when it is kept for later, and ClientError. */
export async function send(
	client: Client,
	name: string,
	waitMs: number,
	{toSend, stop}: Pick<CommandIo, 'toSend' | 'stop'>,
): Promise<void> {
	const conversation = await addressee(client, name);
	const message = await toSend.next();
	if (message === undefined) return;
	const id = sendOnce(client, conversation, message, toSend);
	const isOver = (now: Snapshot) => isDelivered(now, conversation, id) || whyNever(now, conversation, id) !== undefined;
	await until(client, isOver, {withinMs: waitMs, stop});
	const now = client.snapshot();
	if (!isDelivered(now, conversation, id)) throw whyNever(now, conversation, id) ?? notYet(client, conversation);
}

/** Sends a message that a process which has ended may have sent already; its id. */
export function sendOnce(
	client: Pick<Client, 'send'>,
	conversation: ConversationId,
	{id, text, isKept}: NewMessage,
	toSend: Pick<CommandIo['toSend'], 'kept'>,
): string {
	if (!isKept) client.send(conversation, text, {id});
	toSend.kept();
	return id;
}

/** A reader may be quicker than we look. */
function isDelivered(snapshot: Snapshot, conversation: ConversationId, id: string): boolean {
	const state = messageOf(snapshot, conversation, id)?.state;
	return state === 'delivered' || state === 'read';
}

/** Why waiting is of no use, undefined while it may be. */
function whyNever(snapshot: Snapshot, conversation: ConversationId, id: string): Failure | undefined {
	const reason = messageOf(snapshot, conversation, id)?.reason;
	if (reason !== undefined)
		return new Failure(EXIT_CODES.unavailable, catalogue.sending.failures[reason](otherIn(conversation)));
	return keyFailure(snapshot, conversation) ?? stoppedFailure(snapshot);
}

/** Why one of our messages never arrives, of those from `first` on; undefined when none has failed. */
export function failureSince(
	{conversations}: Snapshot,
	conversation: ConversationId,
	first: string,
): Failure | undefined {
	const messages = conversations.get(conversation)?.messages ?? [];
	// What is not on show any more lies before all that is.
	const start = Math.max(
		messages.findIndex(({id, direction}) => direction === 'out' && id === first),
		0,
	);
	const reason = messages.slice(start).find(message => message.direction === 'out' && message.reason)?.reason;
	return reason && new Failure(EXIT_CODES.unavailable, catalogue.sending.failures[reason](otherIn(conversation)));
}

/** Nothing goes to a contact whose key has changed, until the person decides. */
export function keyFailure(snapshot: Snapshot, conversation: ConversationId): Failure | undefined {
	const hasChanged = contactIn(snapshot, conversation)?.identity === 'changed';
	return hasChanged
		? new Failure(EXIT_CODES.unavailable, catalogue.sending.failures['identity-changed'](otherIn(conversation)))
		: undefined;
}

/** Says why a message still waits, what was tried, and what a person can do. */
export function notYet(client: Pick<Client, 'snapshot' | 'diagnose'>, conversation: ConversationId): Failure {
	const snapshot = client.snapshot();
	const tried = isReached(snapshot) ? triedLines(client.diagnose(), conversation) : [];
	const step = stepFor(snapshot, conversation);
	const lines = [
		catalogue.sending.notYet(whyWaiting(snapshot, conversation)),
		...tried,
		...(step === undefined ? [] : [catalogue.sending.nextStep(step)]),
	];
	return new Failure(EXIT_CODES.tempFail, lines.join('\n  '));
}

function messageOf({conversations}: Snapshot, conversation: ConversationId, id: string): Message | undefined {
	return conversations.get(conversation)?.messages.find(message => message.id === id);
}

/** Why nothing has arrived, in words that follow a colon. */
export function whyWaiting(snapshot: Snapshot, conversation: ConversationId): string {
	const {connection} = snapshot;
	const {waiting} = catalogue.sending;
	const name = otherIn(conversation);
	const {path, presence} = contactIn(snapshot, conversation) ?? NOBODY;
	// With a session that stands messages travel without the server.
	if (path.kind === 'lan' || path.kind === 'direct') return waiting.unconfirmed(name);
	if (connection.state === 'waiting') return problemWords(connection.problem);
	if (presence !== 'online') return waiting.offline(name);
	const known = lastKnown(path);
	switch (known.kind) {
		case 'looking':
			return waiting.looking(name);
		case 'no-way':
			return waiting.noWay(name, noWayWords(known.reason, name));
		case 'blocked':
			return waiting.blocked(name, obstacleWords(known));
		default:
			return waiting.noSession(name);
	}
}

const NOBODY = {path: {kind: 'none'}, presence: 'offline'} as const;

function isReached({connection}: Snapshot): boolean {
	return connection.state === 'online';
}

/** While no session stands: each address that was tried, and what came back. */
function triedLines({contacts}: Diagnosis, conversation: ConversationId): string[] {
	const contact = contacts.find(({name}) => name === otherIn(conversation));
	const isOpen = contact === undefined || contact.path.kind === 'lan' || contact.path.kind === 'direct';
	return isOpen ? [] : triedWords(contact.probes);
}

function stepFor(snapshot: Snapshot, conversation: ConversationId): string | undefined {
	const name = otherIn(conversation);
	const contact = contactIn(snapshot, conversation);
	if (!isReached(snapshot) || contact?.presence !== 'online') return undefined;
	const path = lastKnown(contact.path);
	if (path.kind === 'no-way') return wayOut(path.reason, name);
	const isUnsure = path.kind === 'looking' || path.kind === 'none';
	return isUnsure ? catalogue.sending.waitLonger(name) : undefined;
}
