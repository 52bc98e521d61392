// What is shown of conversations. The snapshot of the client keeps it, and messaging/ changes it through this port.
import {type ActName} from '../content/kinds.ts';
import {type ConversationId} from './conversation.ts';
import {type Message, type MessageName, type MessageState} from './message.ts';

/** The newest messages of a conversation, oldest first; `hasOlder` says that loadOlder finds more. */
export type Conversation = {
	readonly id: ConversationId;
	readonly messages: readonly Message[];
	readonly hasOlder: boolean;
};

/** As its kind has it; `message` is the one that it is about, where it is there. */
export type Agreement = {readonly value: string; readonly message?: Pick<Message, 'direction' | 'id' | 'text'>};
/** How many devices somebody uses since then, server ms. */
export type UsedDevices = {readonly count: number; readonly since: number};
export type Agreements = Readonly<Partial<Record<ActName, Agreement>>>;

/**
 * The conversation that somebody went far back in keeps so many, until they do so in another: who reads what was said 50,000
 * messages ago has them all on show down to the newest, some 30 MB, and a scroll that never meets a gap.
 */
export const FAR_LIMIT = 100_000;

export type ConversationView = {
	/** Undefined for one that is not on show. */
	conversation(id: ConversationId): Conversation | undefined;
	/** Incoming messages since it was last read, and what holds for it; undefined for one that is not on show. */
	standing(id: ConversationId): {readonly unread: number; readonly agreed?: Agreements | undefined} | undefined;
	setUnread(id: ConversationId, unread: number): void;
	/** Undefined when nothing holds. */
	setAgreed(id: ConversationId, agreed: Agreements | undefined): void;
	/** Undefined when the number of their devices has not changed. */
	setDevices(id: ConversationId, devices: UsedDevices | undefined): void;
	/** An own message on show. */
	message(id: string): Message | undefined;
	/** Puts what is older in front of what is on show. */
	prepend(id: ConversationId, messages: readonly Message[], hasOlder: boolean): void;
	append(id: ConversationId, messages: readonly Message[]): void;
	/** Shows messages as they are now; those that are not on show are passed over. */
	replace(id: ConversationId, messages: readonly Message[]): void;
	/** Takes messages off the conversation. */
	drop(id: ConversationId, names: readonly MessageName[]): void;
	/** Moves messages to a state; those that are not on show are passed over. */
	setState(id: ConversationId, ids: Iterable<string>, state: MessageState, reason?: Message['reason']): void;
	/** The other side has read everything up to this message of ours. */
	markRead(id: ConversationId, upTo: string): void;
};
