// A client without network and disk: what a screen asks of it is written down, what it shows is set by hand.
import {Buffer} from 'node:buffer';
import {type Probed, diagnose} from '../../source/client/diagnosis.ts';
import {
	type Client,
	ClientError,
	type NewRecovery,
	type Preferences,
	type RecoveryConsent,
} from '../../source/client/facade.ts';
import {type Contact, type Message, type MessageName, type Snapshot} from '../../source/client/snapshot.ts';
import {type TalkClient} from '../../source/ui/screens/talk.ts';
import {type ConversationId, otherIn, talkWith} from '../../source/messaging/conversation.ts';

const NOON = Date.UTC(2026, 10, 3, 12);

export function contact(name: string, change: Partial<Contact> = {}): Contact {
	const met = {presence: 'online', identity: 'pinned', blocked: false} as const;
	return {name, ...met, path: {kind: 'none'}, typing: false, unread: 0, outbox: 0, ...change};
}

/** The message number `index` of a conversation, a minute after the one before it. */
export function message(account: string, index: number, change: Partial<Message> = {}): Message {
	const id = index.toString(16).padStart(32, '0');
	const rest = {direction: 'in', state: 'delivered', reason: undefined} as const;
	return {
		id,
		conversation: talkWith(account),
		time: NOON + index * 60_000,
		text: `message ${index}`,
		...rest,
		...change,
	};
}

export class ClientTwin implements TalkClient {
	/** Intents, oldest first. */
	readonly asked: string[] = [];
	readonly #listeners = new Set<(come: Message) => void>();
	readonly #watchers = new Set<() => void>();
	#snapshot: Snapshot;

	constructor(contacts: readonly Contact[], messages: readonly Message[] = []) {
		const conversations = contacts.map(({name}) => {
			const id = talkWith(name);
			const own = messages.filter(({conversation}) => conversation === id);
			return [id, {id, messages: own, hasOlder: false}] as const;
		});
		this.#snapshot = {
			account: {name: 'me', server: '127.0.0.1:1', identityKey: '00'},
			connection: {state: 'online'},
			clockOffset: 0,
			reflexive: undefined,
			contacts,
			conversations: new Map(conversations),
		};
	}

	put(part: Partial<Snapshot>): void {
		this.#snapshot = {...this.#snapshot, ...part};
		for (const watcher of this.#watchers) watcher();
	}

	/** Adds a message, incoming or own, as the client would show it. */
	say(come: Message): void {
		const {conversations, contacts} = this.#snapshot;
		const messages = [...(conversations.get(come.conversation)?.messages ?? []), come];
		const isNew = come.direction === 'in' ? 1 : 0;
		this.put({
			conversations: new Map(conversations).set(come.conversation, {id: come.conversation, messages, hasOlder: false}),
			contacts: contacts.map(each =>
				each.name === otherIn(come.conversation) ? {...each, unread: each.unread + isNew} : each,
			),
		});
		if (isNew > 0) this.arrive(come);
	}

	preferences: Preferences = {
		theme: 'terminal',
		notify: 'bell',
		notifyCommand: [],
		mouse: false,
		glyphs: 'auto',
		typing: true,
		receipts: true,
		keepDays: 0,
		downloads: '',
		fileLimit: 0,
		localAddresses: 'contacts',
		mapPort: true,
		keys: {},
		themes: {},
	};
	/** What it was asked to remember, by conversation and key. */
	readonly memory = new Map<string, string>();
	readonly conversationsOf = new Map<string, ConversationId | undefined>();

	readonly recall = (key: string, conversation?: ConversationId) => this.memory.get(`${conversation ?? ''} ${key}`);
	readonly remember = (key: string, value: string | undefined, conversation?: ConversationId) => {
		const place = `${conversation ?? ''} ${key}`;
		if (value === undefined) this.memory.delete(place);
		else this.memory.set(place, value);
		if (key !== 'mute' || conversation === undefined) return;
		const contacts = this.#snapshot.contacts.map((each): Contact => {
			const {muted: _, ...rest} = each;
			if (talkWith(each.name) !== conversation) return each;
			return value === undefined ? rest : {...rest, muted: true};
		});
		this.put({contacts});
	};

	readonly caught = (what: string) => void this.asked.push(`caught ${what}`);
	readonly recallConversation = (key: string) => this.conversationsOf.get(key);
	readonly rememberConversation = (key: string, conversation: ConversationId | undefined) =>
		void this.conversationsOf.set(key, conversation);

	readonly setPreferences = (change: Partial<Preferences>) => {
		this.preferences = {...this.preferences, ...change};
	};

	/** Newest first, as the client finds them. */
	readonly find = (query: string, {conversation}: {conversation?: ConversationId} = {}) =>
		[...this.#snapshot.conversations.values()]
			.flatMap(({messages}) => messages)
			.filter(each => each.text.includes(query) && (conversation === undefined || each.conversation === conversation))
			.toReversed();

	readonly reveal = (conversation: ConversationId, id: string) =>
		this.#snapshot.conversations.get(conversation)?.messages.some(each => each.id === id) ?? false;

	/** What probes have found out, and this machine's interfaces. */
	probed: Probed | undefined;
	interfaces: Parameters<typeof diagnose>[1] = {};
	readonly diagnose = () => diagnose(this.#snapshot, this.interfaces, [], this.probed);

	/** As if `come` had arrived and were on the disk. */
	arrive(come: Message): void {
		for (const listener of this.#listeners) listener(come);
	}

	readonly onMessage = (listener: (come: Message) => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	readonly cancel = (id: string) => {
		this.#note('cancel', id);
		return true;
	};

	/** What `reconnect` says, and how often it was asked. */
	pause: number | undefined;
	reconnects = 0;
	readonly reconnect = () => {
		this.reconnects++;
		return this.pause;
	};

	/** Typing marks, oldest first. */
	readonly marks: string[] = [];
	readonly typing = (name: string, isTyping: boolean) => void this.marks.push(`${name} ${isTyping}`);
	readonly snapshot = () => this.#snapshot;
	readonly subscribe = (watcher: () => void) => {
		this.#watchers.add(watcher);
		return () => this.#watchers.delete(watcher);
	};

	readonly retry = (id: string) => this.#note('retry', id);
	readonly markRead = (name: string) => {
		this.#note('markRead', name);
		return true;
	};

	readonly loadOlder = (name: string) => this.#note('loadOlder', name);
	readonly verify = (name: string) => this.#note('verify', name);
	readonly trust = (name: string) => this.#note('trust', name);
	readonly block = (name: string, blocked: boolean) => this.#note('block', name, String(blocked));
	readonly removeContact = (name: string) => this.#note('removeContact', name);
	readonly safetyNumber = () => this.number;
	number = '11111 22222';

	readonly send = (name: string, text: string, {reply, draft}: Parameters<Client['send']>[2] = {}) => {
		if (draft !== undefined) this.remember(draft.key, undefined, draft.conversation);
		this.#note('send', name, text, ...(reply ? [`re ${reply.id}`] : []));
		return '0';
	};

	readonly edit = (name: string, id: string, text: string) => this.#noteAct('edit', name, id, text);
	readonly erase = (name: string, id: string) => this.#noteAct('erase', name, id);
	readonly act = (name: string, {kind, target, value}: Parameters<Client['act']>[1]) =>
		this.#noteAct('act', name, kind, target?.id ?? '', value);
	readonly react = (name: string, {id}: MessageName, emoji: string) => this.#noteAct('react', name, id, emoji);
	/** Former texts of every message. */
	former: ReadonlyArray<{time: number; text: string}> = [];
	readonly edits = () => this.former;
	readonly setTimer = (name: string, seconds: number) => this.#noteAct('setTimer', name, String(seconds));
	readonly files: TalkClient['files'] = {
		offer: async (name, file) => (this.#note('offerFile', name, file), '0'),
		take: async (name, id) => this.#note('takeFile', name, id),
		saved: () => undefined,
		decline: (name, id) => this.#note('declineFile', name, id),
		stop: (name, {direction, id}) => this.#note('stopFile', name, direction, id),
	};
	readonly accept = (name: string) => this.#note('accept', name);
	readonly setNickname = (name: string, nickname: string | undefined) =>
		this.#note('setNickname', name, nickname ?? '-');
	readonly setAway = (text: string | undefined) => {
		this.#note('setAway', text ?? '-');
		return false;
	};

	readonly forget = (name: string) => this.#note('forget', name);
	readonly outbox = () =>
		[...this.#snapshot.conversations.values()]
			.flatMap(({messages}) => messages)
			.filter(({direction, state}) => direction === 'out' && ['queued', 'sent', 'failed'].includes(state));

	readonly firstSince = (conversation: ConversationId, time: number) =>
		this.#snapshot.conversations.get(conversation)?.messages.find(each => each.time >= time);

	newRecovery: NewRecovery = {
		words: Array.from({length: 24}, (_, index) => ['abandon', 'zoo', 'mushroom', 'original'][index % 4]!),
		asked: [1, 22],
		key: Buffer.alloc(32),
		consent: Buffer.alloc(64),
	};

	readonly recovery = {
		account: {name: 'me', foundingKey: Buffer.alloc(32)},
		made: [] as readonly number[],
		create: async () => this.newRecovery,
		admit: async ({key}: RecoveryConsent) => this.#note('admit', key.length === 32 ? 'a key' : 'no key'),
		remove: async (words: string) => this.#note('removeRecovery', words),
	};

	readonly changePassword = async (old: string, fresh: string) => this.#note('changePassword', old, fresh);
	readonly takePassword = async (fresh: string) => this.#note('takePassword', fresh);
	readonly addContact = (name: string) => {
		this.#note('addContact', name);
		return name;
	};

	/** Names that the directory does not know; undefined: it is out of reach. */
	unknown: ReadonlySet<string> | undefined = new Set(['nobdy']);
	readonly lookUp = async (name: string) => {
		if (this.unknown === undefined) throw new ClientError('unreachable', 'out of reach');
		if (this.unknown.has(name)) throw new ClientError('unknown-contact', `no such name in the directory: ${name}`);
		return name;
	};

	readonly search = async () => ({names: [{name: 'carol', online: true}], more: false});

	/** What the server's list of devices has otherwise. */
	differences: Awaited<ReturnType<Client['devices']['differences']>> = [];
	/** The link that it makes, and when that is over. */
	link = {link: 'simchat://chat.example.org:7406/#key?name=me&device=secret', expires: NOON + 600_000};
	readonly devices: Client['devices'] = {
		offer: role => {
			this.#note('offer', role);
			return {...this.link, number: 1};
		},
		closeOffer: number => this.#note('closeOffer', String(number)),
		remove: async id => this.#note('remove', id),
		setRole: async (id, role) => this.#note('setRole', id, role),
		differences: async () => this.differences,
		accept: async () => this.#note('acceptList'),
		lacks: () => 0,
		rename: (id, label) => this.#note('rename', id, label),
		meant: typed => {
			const meant = this.#snapshot.devices?.list.find(({id, label}) => label === typed || id === typed);
			if (meant === undefined) throw new ClientError('unknown-device', `no such device: ${typed}`);
			return meant;
		},
		look: () => this.#note('look'),
	};

	/** The id of an act. */
	#noteAct(...words: readonly string[]): string {
		this.#note(...words);
		return '0';
	}

	#note(...words: string[]): void {
		this.asked.push(words.join(' '));
	}
}
