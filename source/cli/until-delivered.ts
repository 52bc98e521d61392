// Waiting until something of ours is on a disk of the other side, and why it is not.
import {type Client, type Diagnosis, triedWords} from '../client/facade.ts';
import {
	type ConversationId,
	type FailureReason,
	type Snapshot,
	contactIn,
	lastKnown,
	noWayWords,
	obstacleWords,
	otherIn,
	wayOut,
} from '../client/snapshot.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {problemWords, stoppedFailure} from './report.ts';
import {until} from './until.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** A message or an act of ours that is written down. */
export type OwnEntryName = {readonly conversation: ConversationId; readonly id: string};

/** Throws Failure: 75 when it is kept for later, 69 when it never arrives, or what the connection has stopped for. */
export async function untilDelivered(
	client: Pick<Client, 'snapshot' | 'subscribe' | 'diagnose' | 'kept'>,
	entry: OwnEntryName,
	{waitMs, stop}: {readonly waitMs: number; readonly stop: AbortSignal},
): Promise<void> {
	await until(client, () => settled(client, entry) !== undefined, {withinMs: waitMs, stop});
	const end = settled(client, entry);
	if (end === undefined) throw notYet(client, entry.conversation);
	if (end !== 'delivered') throw end;
}

/** Why waiting is of no use any more; undefined while it is. */
function settled(client: Pick<Client, 'snapshot' | 'kept'>, entry: OwnEntryName): 'delivered' | Failure | undefined {
	const {conversation} = entry;
	const outcome = outcomeOf(client, entry);
	if (outcome === 'delivered') return outcome;
	if (outcome !== undefined) return failureOf(outcome, conversation);
	const now = client.snapshot();
	if (contactIn(now, conversation)?.blocked === true) return failureOf('blocked', conversation);
	return keyFailure(now, conversation) ?? stoppedFailure(now);
}

/** Delivered, or why it has failed; undefined while it waits. What is gone, as an act that a later one has superseded, waits no more. */
export function outcomeOf(
	client: Pick<Client, 'snapshot' | 'kept'>,
	{conversation, id}: OwnEntryName,
): 'delivered' | FailureReason | undefined {
	const shown = client.snapshot().conversations.get(conversation)?.messages;
	const entry =
		shown?.findLast(message => message.direction === 'out' && message.id === id) ??
		client.kept().outcome(conversation, id);
	// A reader may be quicker than we look.
	if (entry === undefined || entry.state === 'delivered' || entry.state === 'read') return 'delivered';
	return entry.reason;
}

function failureOf(reason: FailureReason, conversation: ConversationId): Failure {
	return new Failure(EXIT_CODES.unavailable, catalogue.sending.failures[reason](otherIn(conversation)));
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
	return reason && failureOf(reason, conversation);
}

/** Nothing goes to a contact whose key has changed, until the person decides. */
export function keyFailure(snapshot: Snapshot, conversation: ConversationId): Failure | undefined {
	const hasChanged = contactIn(snapshot, conversation)?.identity === 'changed';
	return hasChanged ? failureOf('identity-changed', conversation) : undefined;
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
