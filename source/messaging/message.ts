// A message as it is kept and shown, and what is done about messages.
import {type FileAnswer} from '../content/file-answer.ts';
import {type ActName} from '../content/kinds.ts';
import {type ConversationId, otherIn} from './conversation.ts';

/**
 * queued: on this disk; sent: on its way in a session; delivered: on the disk of whoever it is for; read: seen, as they say; failed: it
 * will not be tried again by itself.
 */
export type MessageState = 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

/**
 * The account's identity key is not the pinned one, or the person here has blocked the account or cancelled the message, or the other
 * side cannot read it.
 */
export type FailureReason = 'identity-changed' | 'blocked' | 'cancelled' | 'refused';

export type Message = {
	/** 32 hex digits, its own for ever. */
	readonly id: string;
	readonly conversation: ConversationId;
	readonly direction: 'in' | 'out';
	/** When its sender sent it: server time, ms. */
	readonly time: number;
	/** As the sender typed it, and hostile on a screen. */
	readonly text: string;
	/** Incoming messages are 'delivered'. */
	readonly state: MessageState;
	/** Of a failed message. */
	readonly reason: FailureReason | undefined;
	/** A file that it offers. */
	readonly file?: FileOfMessage;
	/** What it answers; the text as it is here now, undefined when it is not here (any more). */
	readonly reply?: MessageName & {readonly text: string | undefined};
	/** When its sender changed it last: server time, ms. */
	readonly edited?: number;
	/** By its sender, on both sides: the text is ''. */
	readonly deleted?: true;
	/** One of each side at most. */
	readonly reactions?: readonly Reaction[];
	/** It disappears on both sides: so many seconds after it was read, or, for its sender, delivered. */
	readonly lifetime?: number;
	/** When it does, ms of own time (own-time.ts); undefined until its time runs. */
	readonly expires?: number;
};

/** Of a message in its conversation. An id alone names none: others may use ours. */
export type MessageName = Pick<Message, 'direction' | 'id'>;

/** `name` is as its sender says, and hostile on a screen and on a disk. */
export type FileOfMessage = {
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	/** Of the hash tree over it: 64 hex digits. */
	readonly root: string;
	/** The device that has it: 16 hex digits. */
	readonly device: string;
	/** What each side has last said of it. */
	readonly answers: {readonly [Side in Message['direction']]?: FileAnswer};
};

/** `direction` 'out' is ours. The emoji is hostile on a screen. */
type Reaction = {readonly direction: Message['direction']; readonly emoji: string};

/** What became of messages that were there: an edit, a deletion, a reaction, a reading. */
export type Change = {
	readonly kind: ActName;
	readonly conversation: ConversationId;
	/** Who did it. */
	readonly direction: Message['direction'];
	/** Server time, ms, as its sender says. */
	readonly time: number;
	/** What it is about; undefined for an act on the conversation. With 'read', everything up to there. */
	readonly message?: MessageName;
	/** As its kind has it: the new text, the emoji ('' takes it back), the seconds … */
	readonly value: string;
};

/** The same text for the same message of a conversation, and for no other. */
export function messageKey({direction, id}: MessageName): string {
	return `${direction} ${id}`;
}

/** The account that a message or an act is from; `self` is our own. */
export function authorOf({conversation, direction}: Pick<Message, 'conversation' | 'direction'>, self: string): string {
	return direction === 'out' ? self : otherIn(conversation);
}
