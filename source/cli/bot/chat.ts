// What a bot has in hand: the events and verbs of the commands, as an object. Types alone, which the package hands on as simchat/bot.
import {type ChatEvent, type EventOf, type EventType} from '../events.ts';

/** What `simchat run FILE` calls: the default export of FILE. The bot ends when it has returned and nothing listens any more. */
export type Bot = (chat: Chat) => void | Promise<void>;

/**
 * Calls throw or reject with an Error that has a `code`, such as `unknown-contact` or `bad-message`, and words for a person. Names are as the
 * directory spells them, with or without `@`; ids are of messages, 32 hex digits. Events come one after the other: the next one when what
 * listens to this one has resolved, and then a message counts as read.
 */
export type Chat = {
	/** The name of the account. */
	readonly me: string;
	/** Fires when the bot is to end: at Ctrl-C and SIGTERM. It has ten seconds from then on. */
	readonly stop: AbortSignal;
	/** Calls `listener` with each event of this type from now on; the result ends that. Messages wait until something listens for them. */
	on<Type extends EventType>(type: Type, listener: (event: EventOf<Type>) => unknown): () => void;
	/** All events from now on, until the bot is to end. */
	[Symbol.asyncIterator](): AsyncIterableIterator<ChatEvent>;

	/** Resolves once the message is on this disk. */
	send(name: string, text: string): Promise<Sent>;
	/** The same for an answer to the message with this id. */
	reply(name: string, id: string, text: string): Promise<Sent>;
	/** Offers a file by its path; it goes while the bot runs, once they want it. */
	sendFile(name: string, path: string): Promise<Sent>;
	/** Wants the file that a message offers: it is saved in the downloads folder, and the event `transfer` says when it is there. */
	takeFile(name: string, id: string): Promise<void>;
	edit(name: string, id: string, text: string): Promise<Told>;
	delete(name: string, id: string): Promise<Told>;
	/** `emoji`: one, its name as `:heart:`, or '' to take it back. */
	react(name: string, id: string, emoji: string): Promise<Told>;
	pin(name: string, id: string): Promise<Told>;
	unpin(name: string): Promise<Told>;
	/** New messages of both disappear so many seconds after they were read; 0: they stay. */
	timer(name: string, seconds: number): Promise<Told>;
	/** What they wrote is read, up to this message or all of it. */
	read(name: string, id?: string): void;

	contacts(): readonly ChatContact[];
	accept(name: string): void;
	block(name: string): Promise<void>;
	unblock(name: string): void;
	mute(name: string): void;
	unmute(name: string): void;
	/** Without a nickname it is their name again. */
	nick(name: string, nickname?: string): void;
	/** Without a reason you are back. */
	away(why?: string): void;

	/** Own messages that wait or have failed, oldest first. */
	outbox(): readonly WaitingMessage[];
	/** Takes one back that still waits. */
	cancel(id: string): void;
	/** Queues one again that has failed. */
	retry(id: string): Told;

	/**
	 * Keeps `value`, at most 64 KiB, under `key` in the encrypted history: of the talk with somebody, with which it goes when that is
	 * forgotten, or of the account. Undefined forgets it. A bot can keep some thousands of values.
	 */
	remember(key: string, value: string | undefined, name?: string): void;
	recall(key: string, name?: string): string | undefined;
};

/** Something that the other side is to hear of; it is on this disk. */
export type Told = {
	/** Never rejects. What waits goes out as soon as they can be reached, also when the bot is started again. */
	readonly delivered: Promise<MessageOutcome>;
};

export type Sent = Told & {readonly id: string};

/** On a disk of theirs; or why it never will be; `stopped`: the bot has ended before. */
export type MessageOutcome = 'delivered' | 'stopped' | NonNullable<EventOf<'state'>['reason']>;

export type ChatContact = {
	readonly name: string;
	readonly presence: EventOf<'presence'>['presence'];
	/** Of their key. */
	readonly identity: EventOf<'identity'>['identity'];
	readonly blocked: boolean;
	readonly muted: boolean;
	/** Messages of theirs that are not read. */
	readonly unread: number;
	/** What waits to be delivered to them. */
	readonly outbox: number;
	/** A stranger who wrote first, and is not accepted. */
	readonly request: boolean;
	readonly nickname?: string | undefined;
	readonly away?: string | undefined;
};

export type WaitingMessage = Pick<EventOf<'message'>, 'id' | 'peer' | 'time' | 'text'> &
	Pick<EventOf<'state'>, 'state' | 'reason'>;
