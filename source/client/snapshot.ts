// What a screen or a script sees of a client: one immutable value, made anew when anything in it changes. No key is in it.
import {type Path} from '../channel/channel-path.ts';
import {type ConnectionState} from '../channel/directory/connection-state.ts';
import {type ConversationId, otherIn} from '../messaging/conversation.ts';
import {type Agreements, type Conversation} from '../messaging/conversation-view.ts';
import {type IdentityState} from '../messaging/pins.ts';

export {type Path} from '../channel/channel-path.ts';
export {type NoWay} from '../protocol/path/no-way.ts';
export {lastKnown, noWayWords, obstacleWords, pathWords, shortPathWords, wayOut} from './path-words.ts';
export {type ConnectionProblem, type ConnectionState} from '../channel/directory/connection-state.ts';
export {type ConversationId, otherIn, talkWith} from '../messaging/conversation.ts';
export {type Conversation} from '../messaging/conversation-view.ts';
export {
	type Change,
	type FailureReason,
	type Message,
	type MessageName,
	type MessageState,
	authorOf,
} from '../messaging/message.ts';

export type Contact = {
	readonly name: string;
	/** unknown while the directory is out of reach. */
	readonly presence: 'online' | 'offline' | 'unknown';
	/** Online is only a keeper of theirs: it takes what is written, and nobody reads it now. */
	readonly onlyKeeper?: true;
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

/** The words are in the language of who reads them. */
export type DiskProblem = {readonly message: string};

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
	readonly disk?: DiskProblem;
	/** Why we are away, as contacts are told. */
	readonly away?: string;
	/** By name; strangers who wrote first come last. */
	readonly contacts: readonly Contact[];
	/** With every contact. */
	readonly conversations: ReadonlyMap<ConversationId, Conversation>;
};

/** The other one in a talk of two, as the list has them. */
export function contactIn({contacts}: Snapshot, conversation: ConversationId | undefined): Contact | undefined {
	return conversation && contacts.find(({name}) => name === otherIn(conversation));
}
