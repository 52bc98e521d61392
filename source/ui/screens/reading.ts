// Reading: where each conversation is scrolled to, and what in it is new.
import {type Client} from '../../client/facade.ts';
import {type Conversation} from '../../client/snapshot.ts';
import {type Composer} from '../composer/composer.ts';
import {type Store} from '../hooks/store.ts';
import {conversationRows} from '../panes/conversation-rows.ts';
import {type Size, layoutFor, messagesHeight} from '../panes/layout.ts';
import {anchorShowing, scrolled} from '../panes/scroll.ts';
import {composerRows} from '../widgets/composer-rows.ts';
import {type TalkState} from './talk-state.ts';

export type ReadingOptions = {
	readonly client: Pick<Client, 'snapshot' | 'markRead' | 'loadOlder'>;
	readonly size: () => Size;
	readonly now?: () => number;
};

export class Reading {
	readonly #store: Store<TalkState>;
	readonly #client: ReadingOptions['client'];
	readonly #size: () => Size;
	readonly #now: () => number;

	constructor(store: Store<TalkState>, {client, size, now = Date.now}: ReadingOptions) {
		this.#store = store;
		this.#client = client;
		this.#size = size;
		this.#now = now;
	}

	/** By pages less one line. */
	page(draft: Composer, pages: number): void {
		const {open, anchors} = this.#store.value;
		const conversation = this.#conversation();
		if (open === undefined || conversation === undefined) return;
		const height = this.#height(draft);
		const step = pages * Math.max(1, height - 1);
		const {anchor, isTop} = scrolled(conversation.messages, this.rowsOf(conversation), anchors.get(open), step, height);
		this.#store.put({anchors: new Map(anchors).set(open, anchor)});
		if (isTop && pages < 0) this.#client.loadOlder(open);
		if (anchor === undefined) this.read(open);
	}

	toBottom(): void {
		const {open, anchors} = this.#store.value;
		if (open === undefined) return;
		this.#store.put({anchors: new Map(anchors).set(open, undefined)});
		this.read(open);
	}

	toFirstNew(draft: Composer): void {
		const {open, anchors, firstNew} = this.#store.value;
		const conversation = this.#conversation();
		const first = open === undefined ? undefined : firstNew.get(open);
		if (open === undefined || conversation === undefined || first === undefined) return;
		const {messages} = conversation;
		const anchor = anchorShowing(messages, this.rowsOf(conversation), first.id, this.#height(draft));
		this.#store.put({anchors: new Map(anchors).set(open, anchor)});
	}

	/** The rows of a conversation as this screen lays them out. */
	rowsOf(conversation: Conversation) {
		return conversationRows(conversation, {
			width: layoutFor(this.#size()).talk,
			self: this.#client.snapshot().account?.name ?? '',
			firstNew: this.#store.value.firstNew.get(conversation.peer),
			now: this.#now(),
		});
	}

	#height(draft: Composer): number {
		const layout = layoutFor(this.#size());
		const {rows} = composerRows(draft, layout.talk, layout.composer);
		return messagesHeight(layout, rows.length);
	}

	/** What is unread in a conversation that is looked at from now on. */
	read(name: string): void {
		const {unread = 0} = this.#client.snapshot().contacts.find(contact => contact.name === name) ?? {};
		if (unread === 0 || this.#store.value.anchors.get(name) !== undefined) return;
		const incoming = this.#client
			.snapshot()
			.conversations.get(name)
			?.messages.filter(({direction}) => direction === 'in');
		const first = incoming?.at(-unread) ?? incoming?.[0];
		if (first !== undefined) {
			this.#store.put({firstNew: new Map(this.#store.value.firstNew).set(name, {id: first.id, count: unread})});
		}

		this.#client.markRead(name);
	}

	/** A conversation that is left has nothing new in it. */
	leave(name: string | undefined): void {
		if (name === undefined) return;
		const rest = new Map(this.#store.value.firstNew);
		rest.delete(name);
		this.#store.put({firstNew: rest});
	}

	#conversation(): Conversation | undefined {
		return this.#client.snapshot().conversations.get(this.#store.value.open ?? '');
	}
}
