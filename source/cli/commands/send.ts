// send: one message, and whether it reached the disk of its receiver.
import {type Client} from '../../client/facade.ts';
import {type FailureReason, type Message, type Snapshot} from '../../client/snapshot.ts';
import {EXIT_CODES} from '../sysexits.ts';
import {Failure} from '../failure.ts';
import {PROBLEM_WORDS, stoppedFailure} from '../report.ts';
import {until} from '../until.ts';

const FAILURES: Readonly<Record<FailureReason, (peer: string) => string>> = {
	'identity-changed': peer =>
		`the key of ${peer} has changed, and nothing is sent until you decide: simchat verify ${peer} shows what to compare`,
	blocked: peer => `${peer} is blocked`,
	cancelled: () => 'the message was cancelled',
	refused: peer => `the simchat of ${peer} cannot read the message`,
};

/** Returns once the message is delivered. Throws Failure, 75 when it is kept for later, and ClientError. */
export async function send(
	client: Client,
	peer: string,
	text: string,
	waitMs: number,
	stop: AbortSignal,
): Promise<void> {
	const id = client.send(peer, text);
	const isOver = (now: Snapshot) => isDelivered(now, peer, id) || whyNever(now, peer, id) !== undefined;
	await until(client, isOver, {withinMs: waitMs, stop});
	const now = client.snapshot();
	if (!isDelivered(now, peer, id)) throw whyNever(now, peer, id) ?? notYet(now, peer);
}

/** A reader may be quicker than we look. */
function isDelivered(snapshot: Snapshot, peer: string, id: string): boolean {
	const state = messageOf(snapshot, peer, id)?.state;
	return state === 'delivered' || state === 'read';
}

/** Why waiting is of no use, undefined while it may be. */
function whyNever(snapshot: Snapshot, peer: string, id: string): Failure | undefined {
	const reason = messageOf(snapshot, peer, id)?.reason;
	if (reason !== undefined) return new Failure(EXIT_CODES.unavailable, FAILURES[reason](peer));
	return keyFailure(snapshot, peer) ?? stoppedFailure(snapshot);
}

/** Why one of our messages never arrives, of those from `first` on; undefined when none has failed. */
export function failureSince({conversations}: Snapshot, peer: string, first: string): Failure | undefined {
	const messages = conversations.get(peer)?.messages ?? [];
	// What is not on show any more lies before all that is.
	const start = Math.max(
		messages.findIndex(({id, direction}) => direction === 'out' && id === first),
		0,
	);
	const reason = messages.slice(start).find(message => message.direction === 'out' && message.reason)?.reason;
	return reason && new Failure(EXIT_CODES.unavailable, FAILURES[reason](peer));
}

/** Nothing goes to a contact whose key has changed, until the person decides. */
export function keyFailure({contacts}: Snapshot, peer: string): Failure | undefined {
	const hasChanged = contacts.some(({name, identity}) => name === peer && identity === 'changed');
	return hasChanged ? new Failure(EXIT_CODES.unavailable, FAILURES['identity-changed'](peer)) : undefined;
}

/** Says why a message still waits. */
export function notYet(snapshot: Snapshot, peer: string): Failure {
	return new Failure(
		EXIT_CODES.tempFail,
		`not delivered yet: ${whyWaiting(snapshot, peer)}. It is kept on this disk and goes out when simchat runs again.`,
	);
}

function messageOf({conversations}: Snapshot, peer: string, id: string): Message | undefined {
	return conversations.get(peer)?.messages.find(message => message.id === id);
}

function whyWaiting({connection, contacts}: Snapshot, peer: string): string {
	if (connection.state === 'waiting') return PROBLEM_WORDS[connection.problem];
	const contact = contacts.find(({name}) => name === peer);
	if (contact?.path.kind === 'blocked') return `there is no way to ${peer}: ${contact.path.why}`;
	return contact?.presence === 'online' ? `${peer} has not confirmed it` : `${peer} is not online`;
}
