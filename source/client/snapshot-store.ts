// Builds the snapshots that a screen or a script sees, and tells listeners of each new one.
import {
	type OwnAccount,
	type ConnectionState,
	type Contact,
	type Conversation,
	type Message,
	type MessageName,
	type MessageState,
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
/**
 * The conversation that somebody went far back in keeps so many, until they do so in another: who reads what was said 50,000
 * messages ago has them all on show down to the newest, some 30 MB, and a scroll that never meets a gap.
 */
export const FAR_LIMIT = 100_000;

type Optional = 'request' | 'nickname' | 'away' | 'agreed';
/** A field that is undefined is removed. */
type ContactChange = Partial<Omit<Contact, 'name' | Optional>> & {
	readonly [Field in Optional]?: Contact[Field] | undefined;
};

/** The position of a message in its conversation. */
type Place = {readonly peer: string; readonly index: number};

export class SnapshotStore {
	#snapshot: Snapshot = signedOut;
	/** By name: everybody in the list. */
	readonly #contacts = new Map<string, Contact>();
	readonly #conversations = new Map<string, Conversation>();
	/** Message id → its place, for own messages on show: no more than are. */
	readonly #places = new Map<string, Place>();
	readonly #listeners = new Set<() => void>();
	/** The conversation that keeps FAR_LIMIT. */
	#far: string | undefined;
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
	set disk(disk: string | undefined) {
		if (this.#snapshot.disk === disk) return;
		const {disk: _, ...rest} = this.#snapshot;
		this.#snapshot = disk === undefined ? rest : {...rest, disk};
		this.#changed();
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
		this.#put(signedOut);
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
		if (!this.#conversations.has(name)) this.#conversations.set(name, {peer: name, messages: [], hasOlder: false});
		this.#changed();
	}

	remove(name: string): void {
		this.#contacts.delete(name);
		this.#forget(this.#conversations.get(name)?.messages ?? []);
		this.#conversations.delete(name);
		this.#changed();
	}

	conversation(name: string): Conversation | undefined {
		return this.#conversations.get(name);
	}

	/** Puts what is older in front of what is on show. */
	prepend(name: string, messages: readonly Message[], hasOlder: boolean): void {
		const all = [...messages, ...(this.#conversations.get(name)?.messages ?? [])];
		this.#show(name, all, hasOlder);
		if (all.length <= SHOWN_LIMIT || name === this.#far) return;
		if (this.#far !== undefined) this.#cut(this.#far, SHOWN_LIMIT);
		this.#far = name;
	}

	append(name: string, messages: readonly Message[]): void {
		const {messages: shown, hasOlder} = this.#conversations.get(name) ?? {messages: [], hasOlder: false};
		const all = [...shown, ...messages];
		this.#note(name, messages, shown.length);
		this.#conversations.set(name, {peer: name, messages: all, hasOlder});
		const limit = name === this.#far ? FAR_LIMIT : SHOWN_LIMIT;
		if (all.length > limit + SHOWN_SLACK) this.#cut(name, limit);
		this.#changed();
	}

	/** The message on show with this id. */
	message(id: string): Message | undefined {
		const place = this.#places.get(id);
		return place && this.#conversations.get(place.peer)?.messages[place.index];
	}

	/** Moves messages with one peer to a state; those that are not on show are passed over. */
	setState(peer: string, ids: Iterable<string>, state: MessageState, reason?: Message['reason']): void {
		const conversation = this.#conversations.get(peer);
		if (conversation === undefined) return;
		let messages: Message[] | undefined;
		for (const id of ids) {
			const index = this.#places.get(id)?.index;
			const message = index === undefined ? undefined : conversation.messages[index];
			if (index === undefined || message?.id !== id || message.state === state) continue;
			messages ??= [...conversation.messages];
			messages[index] = {...message, state, reason};
		}

		if (messages === undefined) return;
		this.#conversations.set(peer, {...conversation, messages});
		this.#changed();
	}

	/** Shows messages as they are now; those that are not on show are passed over. */
	replace(peer: string, messages: readonly Message[]): void {
		const conversation = this.#conversations.get(peer);
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

		this.#conversations.set(peer, {...conversation, messages: shown});
		this.#changed();
	}

	/** Takes messages off the conversation. */
	drop(peer: string, names: readonly MessageName[]): void {
		const conversation = this.#conversations.get(peer);
		if (conversation === undefined) return;
		const gone = new Set(this.#indexesOf(conversation, names).values());
		this.#forget(conversation.messages);
		const left = conversation.messages.filter((_, index) => !gone.has(index));
		this.#show(peer, left, conversation.hasOlder);
	}

	/** The peer has read everything up to this message of ours. */
	markRead(peer: string, id: string): void {
		const conversation = this.#conversations.get(peer);
		const last = this.#places.get(id)?.index;
		if (conversation === undefined || last === undefined || conversation.messages[last]?.id !== id) return;
		const isNews = ({direction, state}: Message, index: number) =>
			index <= last && direction === 'out' && state === 'delivered';
		if (!conversation.messages.some(isNews)) return;
		const messages = conversation.messages.map((message, index) =>
			isNews(message, index) ? {...message, state: 'read' as const} : message,
		);
		this.#conversations.set(peer, {...conversation, messages});
		this.#changed();
	}

	/** Where those that are on show stand, by `keyOf`: found in one look through the conversation, newest first. */
	#indexesOf({messages}: Conversation, names: readonly MessageName[]): ReadonlyMap<string, number> {
		const wanted = new Set(names.map(name => messageKey(name)));
		const indexes = new Map<string, number>();
		for (let index = messages.length - 1; index >= 0 && indexes.size < wanted.size; index--) {
			const key = messageKey(messages[index]!);
			if (wanted.has(key)) indexes.set(key, index);
		}

		return indexes;
	}

	#show(name: string, messages: readonly Message[], hasOlder: boolean): void {
		this.#note(name, messages, 0);
		this.#conversations.set(name, {peer: name, messages, hasOlder});
		this.#changed();
	}

	/** Leaves the newest `limit`, if there are more. */
	#cut(name: string, limit: number): void {
		const messages = this.#conversations.get(name)?.messages ?? [];
		if (messages.length <= limit) return;
		this.#forget(messages.slice(0, -limit));
		this.#show(name, messages.slice(-limit), true);
	}

	#forget(messages: readonly Message[]): void {
		for (const {id, direction} of messages) if (direction === 'out') this.#places.delete(id);
	}

	/** Own messages alone: the ids of incoming ones are the peer's choice, and may be those of ours. */
	#note(peer: string, messages: readonly Message[], from: number): void {
		for (const [index, {id, direction}] of messages.entries()) {
			if (direction === 'out') this.#places.set(id, {peer, index: from + index});
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

/** Of a message in its conversation. */
export function messageKey({direction, id}: MessageName): string {
	return `${direction} ${id}`;
}

/** Without what is undefined. */
function said(contact: Omit<Contact, Optional> & ContactChange): Contact {
	return Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== undefined)) as Contact;
}

function newContact(name: string): Contact {
	const unmet = {presence: 'unknown', identity: 'unknown', blocked: false} as const;
	return {name, ...unmet, path: {kind: 'none'}, typing: false, unread: 0, outbox: 0};
}
