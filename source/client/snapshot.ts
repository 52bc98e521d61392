// What a screen or a script sees of a client: one immutable value, made anew when anything in it changes. No key is in it.
import {type Path} from '../channel/channel-path.ts';
import {type ConnectionState} from '../channel/directory/connection-state.ts';
import {type ActName} from '../content/kinds.ts';

export {type Path} from '../channel/channel-path.ts';
export {type ConnectionProblem, type ConnectionState} from '../channel/directory/connection-state.ts';

/**
 * queued: on this disk; sent: on its way in a session; delivered: on the peer's disk; read: seen, as the peer says; failed: it will
 * not be tried again by itself.
 */
export type MessageState = 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

/**
 * The name's identity key is not the pinned one, or the person here has blocked the name or cancelled the message, or the other side
 * cannot read it.
 */
export type FailureReason = 'identity-changed' | 'blocked' | 'cancelled' | 'refused';

export type Message = {
	/** 32 hex digits, its own for ever. */
	readonly id: string;
	readonly peer: string;
	readonly direction: 'in' | 'out';
	/** When its sender sent it: server time, ms. */
	readonly time: number;
	/** As the sender typed it, and hostile on a screen. */
	readonly text: string;
	/** Incoming messages are 'delivered'. */
	readonly state: MessageState;
	/** Of a failed message. */
	readonly reason: FailureReason | undefined;
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

/** An id alone names none: a peer may use ours. */
export type MessageName = Pick<Message, 'direction' | 'id'>;

/** `direction` 'out' is ours. The emoji is hostile on a screen. */
export type Reaction = {readonly direction: Message['direction']; readonly emoji: string};

/** What became of messages that were there: an edit, a deletion, a reaction, a reading. */
export type Change = {
	readonly kind: ActName;
	readonly peer: string;
	/** Who did it. */
	readonly direction: Message['direction'];
	/** Server time, ms, as its sender says. */
	readonly time: number;
	/** What it is about; undefined for an act on the conversation. With 'read', everything up to there. */
	readonly message?: MessageName;
	/** As its kind has it: the new text, the emoji ('' takes it back), the seconds … */
	readonly value: string;
};

/** unknown: never met; pinned: on first use; verified: safety numbers compared; changed: sending is refused until it is decided. */
export type IdentityState = 'unknown' | 'pinned' | 'verified' | 'changed';

/** As its kind has it; `message` is the one that it is about, where it is there. */
export type Agreement = {readonly value: string; readonly message?: Pick<Message, 'direction' | 'id' | 'text'>};
export type Agreements = Readonly<Partial<Record<ActName, Agreement>>>;

export type Contact = {
	readonly name: string;
	/** unknown while the directory is out of reach. */
	readonly presence: 'online' | 'offline' | 'unknown';
	readonly identity: IdentityState;
	readonly blocked: boolean;
	readonly path: Path;
	/** Writing to us just now, as they say. */
	readonly typing: boolean;
	/** Incoming messages since the conversation was last read. */
	readonly unread: number;
	/** Own messages that are not on the contact's disk yet. */
	readonly outbox: number;
	/** A stranger who wrote first: held apart until accepted. */
	readonly request?: true;
	/** What the person here calls them. */
	readonly nickname?: string;
	/** Why they are away, as they say: hostile on a screen. */
	readonly away?: string;
	/** What holds for the conversation, as either side has set it for both, by the kind of act. */
	readonly agreed?: Agreements;
};

/** The newest messages of a conversation, oldest first; `hasOlder` says that loadOlder finds more. */
export type Conversation = {readonly peer: string; readonly messages: readonly Message[]; readonly hasOlder: boolean};

export type OwnAccount = {
	readonly name: string;
	/** `host:port` of the directory. */
	readonly server: string;
	/** 64 hex digits. */
	readonly identityKey: string;
};

export type Snapshot = {
	/** Undefined until signed in. */
	readonly account: OwnAccount | undefined;
	readonly connection: ConnectionState;
	/** Server time less local time, ms; undefined before the first login. */
	readonly clockOffset: number | undefined;
	/** What the server saw of the UDP socket, `host:port`; undefined until it answers there. */
	readonly reflexive: string | undefined;
	/** Why this disk takes nothing just now, and what to do: what comes is not acknowledged meanwhile, and comes again. */
	readonly disk?: string;
	/** Why we are away, as contacts are told. */
	readonly away?: string;
	/** By name; strangers who wrote first come last. */
	readonly contacts: readonly Contact[];
	/** Of every contact, by name. */
	readonly conversations: ReadonlyMap<string, Conversation>;
};
