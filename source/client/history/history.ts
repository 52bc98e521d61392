// The port of the message store: what is in it survives the process; each call has it on the disk when it returns.
import {type FailureReason, type Message} from '../snapshot.ts';

/** Keys that are remembered at once. */
export const MEMORY_LIMIT = 10_000;

export type StoredState = 'queued' | 'delivered' | 'failed';

export type History = {
	/**
	 * Adds messages in one transaction; returns those that are new. An incoming id that its peer has used before is never
	 * added again, also after its message is deleted.
	 */
	append(messages: readonly Message[]): readonly Message[];
	/** Moves own messages with `peer` to a state, in one transaction; ids that are not there are passed over. */
	setState(peer: string, ids: readonly string[], state: StoredState, reason?: FailureReason): void;
	/** The newest `limit` messages with `peer` that came before `before`, oldest first. An id alone names none: a peer may use ours. */
	page(peer: string, limit: number, before?: Pick<Message, 'id' | 'direction'>): readonly Message[];
	/** Own messages that wait to be delivered to `peer`, oldest first. */
	outbox(peer: string): readonly Message[];
	/** Names with messages, each with the number of incoming ones after the read mark. */
	conversations(): ReadonlyArray<{readonly peer: string; readonly unread: number}>;
	/** Everything received from `peer` so far is read. */
	markRead(peer: string): void;
	/** The newest `limit` messages with these people that have `words` in them, letter case aside, newest first; '' finds nothing. */
	find(words: string, limit: number, peers: readonly string[]): readonly Message[];
	/** How many messages with `peer` have come since the one with this id, itself included; the older of two, and 0 without one. */
	depth(peer: string, id: string): number;
	/** What `remember` was given last. */
	recall(key: string): string | undefined;
	/** Keeps a value; undefined forgets it. False when it would be one more than MEMORY_LIMIT. */
	remember(key: string, value: string | undefined): boolean;
	close(): void;
};
