// Reading: where each conversation is scrolled to, and which of its messages are new.
import {type Client} from '../../client/facade.ts';
import {type Conversation, type ConversationId, type Message, contactIn} from '../../client/snapshot.ts';
import {type ValueStore} from '../hooks/value-store.ts';
import {type Anchor, type RowsAt, anchorShowing, messageAt, onPage, scrolled} from '../panes/scroll.ts';
import {type TalkState} from './talk-state.ts';
import {type TalkView, isLongIn, messageRowsOf, middleHeight} from './talk-view.ts';

export class Reading {
	readonly #store: ValueStore<TalkState>;
	readonly #client: Pick<Client, 'snapshot' | 'markRead' | 'loadOlder'>;
	readonly #view: () => TalkView;

	/** `view`: what a key acts on. */
	constructor(
		store: ValueStore<TalkState>,
		client: Pick<Client, 'snapshot' | 'markRead' | 'loadOlder'>,
		view: () => TalkView,
	) {
		this.#store = store;
		this.#client = client;
		this.#view = view;
	}

	/** Of the open conversation. */
	get messages(): readonly Message[] {
		return this.#conversation()?.messages ?? [];
	}

	/** Scrolls by pages; one line of the old page stays. */
	page(pages: number): void {
		this.scroll(pages * Math.max(1, this.#height() - 1));
	}

	/** Scrolls by rows: down, or up when negative. */
	scroll(step: number): void {
		const {open, anchors} = this.#store.value;
		const conversation = this.#conversation();
		if (open === undefined || conversation === undefined) return;
		const {messages} = conversation;
		const {anchor, isTop} = scrolled(messages, this.#rowsOf(conversation), anchors.get(open), step, this.#height());
		this.#anchor(open, anchor);
		if (isTop && step < 0 && conversation.hasOlder) this.#client.loadOlder(open);
		if (anchor === undefined) this.read(open);
	}

	toBottom(): void {
		const {open} = this.#store.value;
		if (open === undefined) return;
		this.#anchor(open, undefined);
		this.read(open);
	}

	toFirstNew(): void {
		const {open, firstNew} = this.#store.value;
		const first = open === undefined ? undefined : firstNew.get(open);
		if (first !== undefined) this.showFirst(first.id);
	}

	/** Scrolls so that a message of the open conversation is the first on the page. */
	showFirst(id: string): void {
		const {open} = this.#store.value;
		const conversation = this.#conversation();
		if (open === undefined || conversation === undefined) return;
		this.#anchor(open, anchorShowing(conversation.messages, this.#rowsOf(conversation), id, this.#height()));
	}

	/** Scrolls as little as it takes to show a message. */
	keepInView(id: string): void {
		const {open, anchors} = this.#store.value;
		const conversation = this.#conversation();
		if (open === undefined || conversation === undefined) return;
		const {messages} = conversation;
		const index = messages.findIndex(message => message.id === id);
		const {first, last} = onPage(messages, this.#rowsOf(conversation), anchors.get(open), this.#height());
		if (index <= first) this.showFirst(id);
		else if (index >= last) this.#anchor(open, index === messages.length - 1 ? undefined : {id, row: Infinity});
		if (index === 0 && conversation.hasOlder) this.#client.loadOlder(open);
	}

	/** Whether there is more of a message of the open conversation than is drawn before it is opened. */
	isLong(id: string): boolean {
		return isLongIn(this.#view(), id);
	}

	/** Draws all of a long message of the open conversation, or its beginning alone. */
	open(id: string, isOpened: boolean): void {
		const others = [...this.#store.value.opened].filter(other => other !== id);
		this.#store.put({opened: new Set(isOpened ? [...others, id] : others)});
	}

	/** Draws a message of the open conversation without markup, or with it again. Returns whether it is without now. */
	toggleRaw(id: string): boolean {
		const raw = new Set(this.#store.value.raw);
		const isRaw = !raw.delete(id);
		if (isRaw) raw.add(id);
		this.#store.put({raw});
		return isRaw;
	}

	/** The lowest message on the page. */
	lowest(): Message | undefined {
		return this.messages[this.onPage().last];
	}

	/** The message in a row of the page, from 0. */
	at(row: number): Message | undefined {
		const conversation = this.#conversation();
		const height = this.#height();
		if (conversation === undefined || row < 0 || row >= height) return undefined;
		const anchor = this.#store.value.anchors.get(conversation.id);
		return messageAt(conversation.messages, this.#rowsOf(conversation), anchor, height, row);
	}

	/** The indexes of the first and the last message on the page; 0 and -1 when there is none. */
	onPage(): {readonly first: number; readonly last: number} {
		const conversation = this.#conversation();
		if (conversation === undefined) return {first: 0, last: -1};
		const anchor = this.#store.value.anchors.get(conversation.id);
		return onPage(conversation.messages, this.#rowsOf(conversation), anchor, this.#height());
	}

	isOnPage(id: string): boolean {
		const index = this.messages.findIndex(message => message.id === id);
		const {first, last} = this.onPage();
		return index !== -1 && index >= first && index <= last;
	}

	/** The person looks at a conversation: notes what is new in it, and marks it read. */
	read(conversation: ConversationId): void {
		const snapshot = this.#client.snapshot();
		const {unread = 0} = contactIn(snapshot, conversation) ?? {};
		if (unread === 0 || this.#store.value.anchors.get(conversation) !== undefined) return;
		const incoming = snapshot.conversations.get(conversation)?.messages.filter(({direction}) => direction === 'in');
		const first = incoming?.at(-unread) ?? incoming?.[0];
		if (first !== undefined) {
			this.#store.put({firstNew: new Map(this.#store.value.firstNew).set(conversation, {id: first.id, count: unread})});
		}

		this.#client.markRead(conversation);
	}

	/** The person leaves a conversation: nothing in it is new any more. */
	leave(conversation: ConversationId | undefined): void {
		if (conversation === undefined) return;
		const rest = new Map(this.#store.value.firstNew);
		rest.delete(conversation);
		this.#store.put({firstNew: rest});
	}

	#anchor(conversation: ConversationId, anchor: Anchor): void {
		this.#store.put({anchors: new Map(this.#store.value.anchors).set(conversation, anchor)});
	}

	#rowsOf(conversation: Conversation): RowsAt {
		return messageRowsOf(this.#view(), conversation);
	}

	/** Rows for messages on the screen as it is now. */
	#height(): number {
		return middleHeight(this.#view());
	}

	#conversation(): Conversation | undefined {
		const {open} = this.#store.value;
		return open && this.#client.snapshot().conversations.get(open);
	}
}
