// What a screen or a script sees of a client: one immutable value, made anew when anything in it changes. No key is in it.
import {type Path} from '../channel/channel-path.ts';
import {type ConnectionState} from '../channel/directory/connection-state.ts';
import {type ConversationId, otherIn} from '../messaging/conversation.ts';
import {type Agreements, type Conversation, type UsedDevices} from '../messaging/conversation-view.ts';
import {type Transfer} from '../messaging/files/transfer.ts';
import {type IdentityState} from '../messaging/pins.ts';
import {type DeviceRole} from '../wire/messages/device-entry.ts';

export {type Path} from '../channel/channel-path.ts';
export {type NoWay} from '../protocol/path/no-way.ts';
export {lastKnown, noWayWords, obstacleWords, pathWords, shortPathWords, wayOut} from './path-words.ts';
export {type ConnectionProblem, type ConnectionState} from '../channel/directory/connection-state.ts';
export {type ConversationId, otherIn, talkWith} from '../messaging/conversation.ts';
export {type Conversation} from '../messaging/conversation-view.ts';
export {savedName} from '../messaging/files/saved-name.ts';
export {type FileAnswer} from '../content/file-answer.ts';
export {
	FILE_PROBLEMS,
	type FileProblem,
	type Transfer,
	type TransferState,
	transferKey,
} from '../messaging/files/transfer.ts';
export {
	type Change,
	type FailureReason,
	type Message,
	type MessageName,
	type MessageState,
	type FileOfMessage,
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
	/** Brings no notifications. */
	readonly muted?: true;
	/** Why they are away, as they say: hostile on a screen. */
	readonly away?: string;
	/** How many devices they use since `since`, server ms, when this device learned of it; undefined as long as it knows of no other number. */
	readonly devices?: UsedDevices;
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

/** A device of the own account. What devices are called is hostile on a screen; '' for none. */
export type OwnDevice = {
	/** 16 hex digits. */
	readonly id: string;
	readonly label: string;
	readonly role: DeviceRole;
	readonly isThis: boolean;
	/** Undefined while it is not known. */
	readonly online: boolean | undefined;
	/** When it was last online as this device saw it, server ms; undefined while it is there, and where this one never saw it. */
	readonly lastSeen?: number | undefined;
	/** How it is reached, while a session with it stands. */
	readonly path?: Path | undefined;
	/** When it was added, ms, as the device says that added it. */
	readonly added: number;
	/** By which device, its id and what it is called; undefined for the first one. */
	readonly by: string | undefined;
	readonly byLabel: string | undefined;
};

/** What another device has done to the list of the own devices: the one with `id`, by the one with the id `by`. `time` in ms, as that one says. */
export type DeviceNews = {
	readonly kind: 'add' | 'remove' | 'role';
	readonly id: string;
	readonly label: string;
	readonly role: DeviceRole;
	readonly time: number;
	readonly by: string;
	readonly byLabel: string;
};

/** What became of the link for one more device that was made last, by its number. Its secret is not in it. */
export type DeviceLinkState = {readonly number: number} & (
	| {
			readonly kind: 'open';
			readonly role: Exclude<DeviceRole, 'recovery'>;
			/** Local ms. */
			readonly expires: number;
			/** Once somebody has asked by another link: so many more end it. */
			readonly left: number | undefined;
	  }
	| {readonly kind: 'joined'; readonly id: string; readonly label: string}
	/** guessed: too many wrong tries. full: no more devices. */
	| {readonly kind: 'over'; readonly reason: 'guessed' | 'late' | 'full' | 'refused'}
);

export type OwnDevicesState = {
	/** This one first, then in the order that they were added. */
	readonly list: readonly OwnDevice[];
	/** Nobody has looked at it yet on this device; oldest first. */
	readonly news: readonly DeviceNews[];
	readonly link: DeviceLinkState | undefined;
	/** The server shows another list than the one that is known here: nothing more of it is believed. */
	readonly isAlarmed: boolean;
	/** A contact who was shown another list than the one that is known here, as they say. */
	readonly contradictedBy?: string | undefined;
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
	/** Once the directory has told of them. */
	readonly devices?: OwnDevicesState;
	/** By name; strangers who wrote first come last. */
	readonly contacts: readonly Contact[];
	/** Files that have been on their way since sign-in, by `transferKey`; undefined while none has. */
	readonly transfers?: ReadonlyMap<string, Transfer>;
	/** With every contact. */
	readonly conversations: ReadonlyMap<ConversationId, Conversation>;
};

/** The other one in a talk of two, as the list has them. */
export function contactIn({contacts}: Snapshot, conversation: ConversationId | undefined): Contact | undefined {
	return conversation && contacts.find(({name}) => name === otherIn(conversation));
}
