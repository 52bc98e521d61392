// Builds the snapshots that a screen or a script sees, and tells listeners of each new one.
import {type ConversationId, otherIn, talkWith} from '../messaging/conversation.ts';
import {
	type Agreements,
	type Conversation,
	type ConversationView,
	FAR_LIMIT,
	type UsedDevices,
} from '../messaging/conversation-view.ts';
import {type Message, type MessageName, type MessageState, messageKey} from '../messaging/message.ts';
import {type Transfer, transferKey} from '../messaging/files/transfer.ts';
import {type ContactView} from '../messaging/roster.ts';
import {
	type ConnectionState,
	type Contact,
	type DiskProblem,
	type OwnAccount,
	type OwnDevicesState,
	type Snapshot,
} from './snapshot.ts';

const signedOut: Snapshot = {
	account: undefined,
	connection: {state: 'signed-out'},
	clockOffset: undefined,
	reflexive: undefined,
	contacts: [],
	conversations: new Map(),
};

/** Messages of one conversation on show while new ones come; the oldest go, some at a time. The disk has them all. */
const SHOWN_LIMIT = 10_000;
const SHOWN_SLACK = 1000;
type Optional = 'request' | 'nickname' | 'muted' | 'away' | 'onlyKeeper' | 'agreed' | 'devices';
/** A field that is undefined is removed. */
type ContactChange = Partial<Omit<Contact, 'name' | Optional>> & {
	readonly [Field in Optional]?: Contact[Field] | undefined;
};

/** The position of a message in its conversation. */
type Place = {readonly conversation: ConversationId; readonly index: number};

export class SnapshotStore implements ConversationView, ContactView {
	#snapshot: Snapshot = signedOut;
	/** By name: everybody in the list. */
	readonly #contacts = new Map<string, Contact>();
	readonly #conversations = new Map<ConversationId, Conversation>();
	/** Message id → its place, for own messages on show: no more than are. */
	readonly #places = new Map<string, Place>();
	readonly #listeners = new Set<() => void>();
	/** The conversation that keeps FAR_LIMIT. */
	#far: ConversationId | undefined;
	#stale = false;
	#told = true;

	/** The same value until something changes. */
	snapshot(): Snapshot {
		if (this.#stale) {
			this.#stale = false;
			const all = [...this.#contacts.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
			const contacts = [...all.filter(each => each.request !== true), ...all.filter(each => each.request === true)];
			this.#snapshot = {...this.#snapshot, contacts, conversations: new Map(this.#conversations)};
		}

		return this.#snapshot;
	}

	/** Calls `listener` after changes, at most once a turn of the event loop; the result ends that. */
	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	set account(account: OwnAccount | undefined) {
		this.#put({account});
	}

	set connection(connection: ConnectionState) {
		this.#put({connection});
	}

	set clockOffset(clockOffset: number | undefined) {
		this.#put({clockOffset});
	}

	/** Why we are away; undefined when we are not. */
	set away(away: string | undefined) {
		const {away: _, ...rest} = this.#snapshot;
		this.#snapshot = away === undefined ? rest : {...rest, away};
		this.#changed();
	}

	/** Why the disk takes nothing; undefined when it does. */
	set disk(disk: DiskProblem | undefined) {
		if (this.#snapshot.disk?.message === disk?.message) return;
		const {disk: _, ...rest} = this.#snapshot;
		this.#snapshot = disk === undefined ? rest : {...rest, disk};
		this.#changed();
	}

	/** Those of the own account. */
	set devices(devices: OwnDevicesState) {
		this.#put({devices});
	}

	/** How far a file is on its way. */
	showTransfer(transfer: Transfer): void {
		this.#put({transfers: new Map(this.#snapshot.transfers).set(transferKey(transfer), transfer)});
	}

	set reflexive(reflexive: string | undefined) {
		this.#put({reflexive});
	}

	/** Everything is gone, as after sign-off. */
	clear(): void {
		this.#contacts.clear();
		this.#conversations.clear();
		this.#places.clear();
		this.#far = undefined;
		this.#snapshot = signedOut;
		this.#changed();
	}

	contact(name: string): Contact | undefined {
		return this.#contacts.get(name);
	}

	contactNames(): string[] {
		return [...this.#contacts.keys()];
	}

	/** Adds a contact, or changes some of it. */
	change(name: string, change: ContactChange): void {
		const known = this.#contacts.get(name) ?? newContact(name);
		this.#contacts.set(name, said({...known, ...change}));
		const id = talkWith(name);
		if (!this.#conversations.has(id)) this.#conversations.set(id, {id, messages: [], hasOlder: false});
		this.#changed();
	}

	remove(name: string): void {
		this.#contacts.delete(name);
		const id = talkWith(name);
		this.#forget(this.#conversations.get(id)?.messages ?? []);
		this.#conversations.delete(id);
		this.#changed();
	}

	conversation(id: ConversationId): Conversation | undefined {
		return this.#conversations.get(id);
	}

	/** A talk of two stands as its contact says. */
	standing(id: ConversationId): Pick<Contact, 'unread' | 'agreed'> | undefined {
		return this.#contacts.get(otherIn(id));
	}

	setUnread(id: ConversationId, unread: number): void {
		this.change(otherIn(id), {unread});
	}

	setAgreed(id: ConversationId, agreed: Agreements | undefined): void {
		this.change(otherIn(id), {agreed});
	}

	setDevices(id: ConversationId, devices: UsedDevices | undefined): void {
		this.change(otherIn(id), {devices});
	}

	/** Puts what is older in front of what is on show. */
	prepend(id: ConversationId, messages: readonly Message[], hasOlder: boolean): void {
		const all = [...messages, ...(this.#conversations.get(id)?.messages ?? [])];
		this.#show(id, all, hasOlder);
		if (all.length <= SHOWN_LIMIT || id === this.#far) return;
		if (this.#far !== undefined) this.#cut(this.#far, SHOWN_LIMIT);
		this.#far = id;
	}

	append(id: ConversationId, messages: readonly Message[]): void {
		const {messages: shown, hasOlder} = this.#conversations.get(id) ?? {messages: [], hasOlder: false};
		const all = [...shown, ...messages];
		this.#note(id, messages, shown.length);
		this.#conversations.set(id, {id, messages: all, hasOlder});
		const limit = id === this.#far ? FAR_LIMIT : SHOWN_LIMIT;
		if (all.length > limit + SHOWN_SLACK) this.#cut(id, limit);
		this.#changed();
	}

	/** The message on show with this id. */
	message(id: string): Message | undefined {
		const place = this.#places.get(id);
		return place && this.#conversations.get(place.conversation)?.messages[place.index];
	}

	/** Moves messages to a state; those that are not on show are passed over. */
	setState(id: ConversationId, ids: Iterable<string>, state: MessageState, reason?: Message['reason']): void {
		const conversation = this.#conversations.get(id);
		if (conversation === undefined) return;
		let messages: Message[] | undefined;
		for (const each of ids) {
			const index = this.#places.get(each)?.index;
			const message = index === undefined ? undefined : conversation.messages[index];
			if (index === undefined || message?.id !== each || message.state === state) continue;
			messages ??= [...conversation.messages];
			messages[index] = {...message, state, reason};
		}

		if (messages === undefined) return;
		this.#conversations.set(id, {...conversation, messages});
		this.#changed();
	}

	/** Shows messages as they are now; those that are not on show are passed over. */
	replace(id: ConversationId, messages: readonly Message[]): void {
		const conversation = this.#conversations.get(id);
		if (conversation === undefined) return;
		const indexes = this.#indexesOf(conversation, messages);
		if (indexes.size === 0) return;
		const shown = [...conversation.messages];
		for (const message of messages) {
			const index = indexes.get(messageKey(message));
			if (index === undefined) continue;
			// The database does not record that a session has taken the message.
			const isSent = shown[index]?.state === 'sent' && message.state === 'queued';
			shown[index] = isSent ? {...message, state: 'sent'} : message;
		}

		this.#conversations.set(id, {...conversation, messages: shown});
		this.#changed();
	}

	/** Takes messages off the conversation. */
	drop(id: ConversationId, names: readonly MessageName[]): void {
		const conversation = this.#conversations.get(id);
		if (conversation === undefined) return;
		const gone = new Set(this.#indexesOf(conversation, names).values());
		this.#forget(conversation.messages);
		const left = conversation.messages.filter((_, index) => !gone.has(index));
		this.#show(id, left, conversation.hasOlder);
	}

	/** The other side has read everything up to this message of ours. */
	markRead(id: ConversationId, upTo: string): void {
		const conversation = this.#conversations.get(id);
		const last = this.#places.get(upTo)?.index;
		if (conversation === undefined || last === undefined || conversation.messages[last]?.id !== upTo) return;
		const isNews = ({direction, state}: Message, index: number) =>
			index <= last && direction === 'out' && state === 'delivered';
		if (!conversation.messages.some(isNews)) return;
		const messages = conversation.messages.map((message, index) =>
			isNews(message, index) ? {...message, state: 'read' as const} : message,
		);
		this.#conversations.set(id, {...conversation, messages});
		this.#changed();
	}

	/** Where those that are on show stand, by `messageKey`: found in one look through the conversation, newest first. */
	#indexesOf({messages}: Conversation, names: readonly MessageName[]): ReadonlyMap<string, number> {
		const wanted = new Set(names.map(name => messageKey(name)));
		const indexes = new Map<string, number>();
		for (let index = messages.length - 1; index >= 0 && indexes.size < wanted.size; index--) {
			const key = messageKey(messages[index]!);
			if (wanted.has(key)) indexes.set(key, index);
		}

		return indexes;
	}

	#show(id: ConversationId, messages: readonly Message[], hasOlder: boolean): void {
		this.#note(id, messages, 0);
		this.#conversations.set(id, {id, messages, hasOlder});
		this.#changed();
	}

	/** Leaves the newest `limit`, if there are more. */
	#cut(id: ConversationId, limit: number): void {
		const messages = this.#conversations.get(id)?.messages ?? [];
		if (messages.length <= limit) return;
		this.#forget(messages.slice(0, -limit));
		this.#show(id, messages.slice(-limit), true);
	}

	#forget(messages: readonly Message[]): void {
		for (const {id, direction} of messages) if (direction === 'out') this.#places.delete(id);
	}

	/** Own messages alone: the ids of incoming ones are their sender's choice, and may be those of ours. */
	#note(conversation: ConversationId, messages: readonly Message[], from: number): void {
		for (const [index, {id, direction}] of messages.entries()) {
			if (direction === 'out') this.#places.set(id, {conversation, index: from + index});
		}
	}

	#put(part: Partial<Snapshot>): void {
		this.#snapshot = {...this.#snapshot, ...part};
		this.#changed();
	}

	#changed(): void {
		this.#stale = true;
		if (!this.#told) return;
		this.#told = false;
		setImmediate(() => {
			this.#told = true;
			for (const listener of this.#listeners) listener();
		});
	}
}

/** Without what is undefined. */
function said(contact: Omit<Contact, Optional> & ContactChange): Contact {
	return Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== undefined)) as Contact;
}

function newContact(name: string): Contact {
	const unmet = {presence: 'unknown', identity: 'unknown', blocked: false} as const;
	return {name, ...unmet, path: {kind: 'none'}, typing: false, unread: 0, outbox: 0};
}
