// The port of the message store: what is in it survives the process; each call has it on the disk when it returns.
import {type FailureReason, type Message} from '../snapshot.ts';

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
	/**
	 * Messages that have `words` in them, letter case aside, newest first; with `peer` or with everybody. An empty `words` finds
	 * nothing.
	 */
	find(words: string, limit: number, peer?: string): readonly Message[];
	/** How many messages with `peer` are as new as `message`, or newer; 0 when there is no such message. */
	depth(peer: string, message: string): number;
	recall(key: string): string | undefined;
	/** Undefined forgets. */
	remember(key: string, value: string | undefined): void;
	close(): void;
};
