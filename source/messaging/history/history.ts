// The port of the message store: what is in it survives the process; each call has it on the disk when it returns.
import {type Buffer} from 'node:buffer';
import {type ActName} from '../../content/kinds.ts';
import {type OwnMark} from '../own-time.ts';
import {type ConversationId} from '../conversation.ts';
import {type FileRow, type FileState} from './file-row.ts';
import {type FailureReason, type Message, type MessageName} from '../message.ts';

/** Things that are remembered at once, over all conversations. */
export const MEMORY_LIMIT = 10_000;

export type StoredState = 'queued' | 'delivered' | 'failed';

/** What somebody did about messages, or about the conversation; written down, sent and seen once as a message is. */
export type Act = Pick<Message, 'id' | 'conversation' | 'direction' | 'time' | 'reason'> & {
	readonly kind: ActName;
	readonly state: StoredState;
	/** Undefined for an act on the conversation. A message that is not here counts as soon as it is. */
	readonly target: MessageName | undefined;
	/** As its kind has it; '' where that says all. */
	readonly value: string;
};

/** What came and is kept for later: of a kind that this build does not know, or an act ahead of its time. */
export type Deferred = Pick<Message, 'id' | 'conversation' | 'direction' | 'time' | 'reason'> & {
	readonly kind: 'deferred';
	readonly state: StoredState;
	/** The time that it claims, server ms; `time` is no later than when it came. */
	readonly due: number;
	/** The number of its kind, and all of it, as they came. */
	readonly number: number;
	readonly bytes: Buffer;
	/** Of an edit, whose words go with what they are about. */
	readonly target: MessageName | undefined;
};

/** A message to be written down; `bytes` is all of it as it came, when it has options that this build does not know. */
export type Text = Message & {readonly bytes?: Buffer};

/** What this side says. */
export type OwnEntry = Text | Act;

export type HistoryEntry = OwnEntry | Deferred;

/** What the screen remembers under `key`, of a conversation or of the whole screen. */
export type Remembered = {readonly key: string; readonly conversation: ConversationId | undefined};

export function isAct(entry: HistoryEntry): entry is Act {
	return 'kind' in entry && entry.kind !== 'deferred';
}

export function isMessage(entry: HistoryEntry): entry is Text {
	return !('kind' in entry);
}

/** Where to begin: with the first that has come from a message of this time on, server ms; or behind this message. */
export type SaidFrom = {readonly time: number} | {readonly after: Pick<Message, 'conversation' | 'direction' | 'id'>};

export type ContactEntry = {
	readonly name: string;
	readonly blocked: boolean;
	/** Local ms. */
	readonly addedAt: number;
	/** Held apart until accepted. */
	readonly request: boolean;
	readonly nickname: string | undefined;
};

/** What holds for a conversation, by the latest act of its kind: what it said, and which message it is about. */
export type ConversationSetting = Pick<Act, 'value' | 'target'>;

export type History = {
	/**
	 * Adds entries in one transaction, and does what acts say; returns those that are new, messages as they are now. An incoming id that was used
	 * in its conversation before is never added again, also after its message is deleted. Acts may come late, twice, in any order, and about messages
	 * that come later or never: the outcome depends on the set of them alone. Of the acts of one side on one message those that others
	 * have superseded are not kept. `arrived` is own time, ms; without it the age of these entries is what their time says. `draft`, the
	 * same words as the screen remembered them, is forgotten in that transaction; `given`, the file that the message offers, is kept
	 * in it.
	 */
	append(
		entries: readonly HistoryEntry[],
		arrived?: number,
		draft?: Remembered,
		given?: FileRow,
	): readonly HistoryEntry[];
	/**
	 * Does what was kept for later, as far as this build knows its kind and its time is `before` or earlier, server ms: as if it had come
	 * just now, but in its place. Some of it at a time; nothing when all is done.
	 */
	takeDue(before: number): readonly HistoryEntry[];
	/** The time of the next that this build will do, server ms. */
	nextDue(): number | undefined;
	/** Moves own entries of a conversation to a state, in one transaction; ids that are not there are passed over. */
	setState(conversation: ConversationId, ids: readonly string[], state: StoredState, reason?: FailureReason): void;
	/** What became of an own entry; undefined when it is not kept, as an act that a later one has superseded. */
	outcome(
		conversation: ConversationId,
		id: string,
	): {readonly state: StoredState; readonly reason: FailureReason | undefined} | undefined;
	/** Takes own acts back that nobody has heard of. */
	withdraw(conversation: ConversationId, ids: readonly string[]): void;
	/** The newest `limit` messages of a conversation that came before `before`, oldest first. An id alone names none: others may use ours. */
	page(conversation: ConversationId, limit: number, before?: MessageName): readonly Message[];
	/** Those of these messages that are there, as they are now. */
	messages(conversation: ConversationId, names: readonly MessageName[]): readonly Message[];
	/** Own entries of a conversation that wait to be delivered, oldest first. */
	outbox(conversation: ConversationId): readonly OwnEntry[];
	/** Own messages that wait or have failed, to everybody in the list, oldest first; `limit` at most. */
	undelivered(limit: number): readonly Message[];
	/** Those with messages, each with the number of incoming ones after the read mark. */
	conversations(): ReadonlyArray<{readonly conversation: ConversationId; readonly unread: number}>;
	/** The oldest `limit` incoming messages that nobody has read, oldest first. */
	unread(conversation: ConversationId, limit: number): readonly Message[];
	/**
	 * What came in is read, up to the incoming message with the id `upTo`, or all of it so far: how many messages
	 * were unread until now, and the newest of them.
	 */
	markRead(
		conversation: ConversationId,
		upTo?: string,
	): {readonly count: number; readonly newest: MessageName | undefined};
	/** Former texts of a message, oldest first: the first one, and the latest EDITS_KEPT of the others. */
	edits(
		conversation: ConversationId,
		message: MessageName,
	): ReadonlyArray<{readonly time: number; readonly text: string}>;
	/** When the last act was that one like this would have to be later than; 0 without one. */
	latestAct(conversation: ConversationId, act: Pick<Act, 'kind' | 'target'>): number;
	setting(conversation: ConversationId, kind: ActName): ConversationSetting | undefined;
	/** The newest own message that the other side has read, if it is there; place in the order of arrival is what counts. */
	readUpTo(conversation: ConversationId): MessageName | undefined;
	/**
	 * Sets the clocks of messages that disappear running: of incoming ones that are read, of own ones that are delivered.
	 * `now` is own time, ms, as it is below.
	 */
	startClocks(conversation: ConversationId, now: number): readonly MessageName[];
	/** Removes what has run out by `now` for good. */
	expire(now: number): readonly {readonly conversation: ConversationId; readonly name: MessageName}[];
	/** When the next message runs out, own time, ms. */
	nextExpiry(): number | undefined;
	/**
	 * The newest `limit` messages of these conversations that have all of `words`, each as the beginning of one, newest first. Letter
	 * case and accents are aside, and punctuation; what holds no word finds nothing.
	 */
	find(words: string, limit: number, conversations: readonly ConversationId[]): readonly Message[];
	/** How many messages have come since the one with this id, itself included; the older of two, and 0 without one. */
	depth(conversation: ConversationId, id: string): number;
	/** The earliest message from `time` on, server ms. */
	firstSince(conversation: ConversationId, time: number): Message | undefined;
	/**
	 * All messages, or those of a conversation, in the order that they came, behind a place that `placeBefore` has given; read as they are
	 * asked for.
	 */
	said(conversation?: ConversationId, behind?: number): Iterable<Message>;
	/** Behind which place what has come since then begins: for `said`. */
	placeBefore(from: SaidFrom): number;
	/**
	 * Takes all of a conversation out of the file for good, what waits too, and what is remembered of it. What came in does not
	 * come back.
	 */
	forget(conversation: ConversationId): void;
	/**
	 * Takes messages out for good that are from before `before`, server ms, and arrived before `arrivedBefore`, own time, as far as that is
	 * known; but none that waits. The conversations where there were any to see.
	 */
	discard(before: number, arrivedBefore: number): readonly ConversationId[];
	/** What `keepOwnTime` was given last. */
	ownTime(): OwnMark | undefined;
	/** From here on `append` takes nothing of others, and throws ClientError 'disk', while so many bytes are used. */
	limit(bytes: number): void;
	/** Whether so many are. */
	isFull(): boolean;
	/** Bytes that are used. */
	size(): number;
	/** Messages that are here, and own entries that wait to be delivered. */
	counts(): {readonly messages: number; readonly waiting: number};
	keepOwnTime(mark: OwnMark): void;
	/** What is wrong with the file, every page of it read; nothing when it is sound. */
	check(): readonly string[];
	/** By name. */
	contacts(): readonly ContactEntry[];
	/** Adds a contact or replaces the one of that name. */
	putContact(contact: ContactEntry): void;
	removeContact(name: string): void;
	/** The device logs that are followed, by name; entries as they came. */
	deviceLogs(): ReadonlyMap<string, readonly Buffer[]>;
	/** Adds entries to the device log of a name. */
	addToDeviceLog(name: string, entries: readonly Buffer[]): void;
	removeDeviceLog(name: string): void;
	/** What `remember` was given last: of a conversation, or of the whole screen. */
	recall(key: string, conversation?: ConversationId): string | undefined;
	/**
	 * Keeps a value; undefined forgets it. False when it would be one more than MEMORY_LIMIT. It outlives the process at once, and a
	 * loss of power from the next message on.
	 */
	remember(key: string, value: string | undefined, conversation?: ConversationId): boolean;
	/** Where the file of a message is, on this disk. */
	file(conversation: ConversationId, message: MessageName): FileRow | undefined;
	/** Adds or replaces it; false when the message is not there any more. */
	putFile(row: FileRow): boolean;
	removeFile(conversation: ConversationId, message: MessageName): void;
	filesInState(state: FileState): readonly FileRow[];
	/** What `rememberConversation` was given last. */
	recallConversation(key: string): ConversationId | undefined;
	/** Keeps which conversation it is; undefined forgets it. False when it would be one more than MEMORY_LIMIT. */
	rememberConversation(key: string, conversation: ConversationId | undefined): boolean;
	close(): void;
};
