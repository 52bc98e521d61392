// The signed-in screen without a terminal: which conversation is open, and what commands, overlays and keys may do to it.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Client, type Preferences} from '../../client/facade.ts';
import {
	type Contact,
	type ConversationId,
	type Message,
	type Snapshot,
	contactIn,
	otherIn,
	talkWith,
} from '../../client/snapshot.ts';
import {edit} from '../composer/edit.ts';
import {ValueStore} from '../hooks/value-store.ts';
import {type KeySettings, Keymap} from '../keymap.ts';
import {type ComposeTarget} from '../panes/compose-target.ts';
import {type Layout, layoutFor} from '../panes/layout.ts';
import {type Overlay, type ScreenClient, type ScreenControls} from '../screen-controls.ts';
import {type TerminalActions} from '../terminal-actions.ts';
import {shouldNotify} from '../terminal/notification.ts';
import {mentions} from '../text/mentions.ts';
import {sentence} from '../text/sentence.ts';
import {type Size} from '../widgets/spans.ts';
import {FileDrop} from './file-drop.ts';
import {FirstTimes} from './first-times.ts';
import {ListPane} from './list-pane.ts';
import {isMutedIn, muteIn} from './mutes.ts';
import {Reading} from './reading.ts';
import {Selection} from './selection.ts';
import {OPEN_KEY, type TalkState, nothingYet} from './talk-state.ts';
import {type TalkView, draftNameOf, hasTipRoom, targetOf} from './talk-view.ts';
import {Writing} from './writing.ts';

export type TalkClient = ScreenClient & Pick<Client, 'markRead' | 'loadOlder' | 'reveal' | 'subscribe' | 'onMessage'>;

export type TalkOptions = {
	readonly client: TalkClient;
	readonly terminal: TerminalActions;
	readonly preferences: ValueStore<Preferences>;
	/** Keeps a change, and shows it in the store. */
	readonly prefer: (change: Partial<Preferences>) => void;
	readonly now: () => number;
};

export class Talk implements ScreenControls {
	readonly store = new ValueStore(nothingYet);
	readonly client: TalkClient;
	readonly terminal: TerminalActions;
	readonly reading: Reading;
	readonly writing: Writing;
	readonly list: ListPane;
	readonly selection: Selection;
	readonly firsts: FirstTimes;
	readonly drop: FileDrop;
	readonly now: () => number;
	keymap: Keymap;
	readonly #options: TalkOptions;
	/** Of the window, when it was drawn last. */
	#size: Size = {columns: 0, rows: 0};

	constructor(options: TalkOptions) {
		const {client, terminal, preferences, now} = options;
		this.#options = options;
		this.client = client;
		this.terminal = terminal;
		this.now = now;
		this.keymap = new Keymap(preferences.value.keys);
		this.list = new ListPane(this.store, this);
		this.reading = new Reading(this.store, client, () => this.view);
		this.selection = new Selection(this.store, this.reading, this, terminal);
		this.writing = new Writing(this, terminal);
		this.firsts = new FirstTimes(this.store, client);
		this.drop = new FileDrop(this.store, this.writing, this);
		const last = client.recallConversation(OPEN_KEY);
		if (last !== undefined && this.#contactOf(last) !== undefined) this.open(last);
		this.attend();
		const [problem] = this.keymap.problems;
		if (problem !== undefined) this.tell(problem);
	}

	/** From now on new messages are notified of. The result ends it, and keeps the drafts. */
	attach(): () => void {
		const detach = this.client.onMessage(message => this.#notify(message));
		return () => {
			detach();
			this.keep();
		};
	}

	/** Writes down what a restart needs. */
	keep(): void {
		this.writing.keep();
		try {
			this.client.rememberConversation(OPEN_KEY, this.conversation);
		} catch (error) {
			// After a restart another conversation is open, and nothing is lost.
			this.client.caught('open conversation', error);
		}
	}

	get overlay(): Overlay | undefined {
		return this.store.value.overlay;
	}

	get conversation(): ConversationId | undefined {
		return this.store.value.open;
	}

	get target(): ComposeTarget | undefined {
		return targetOf(this.store.value);
	}

	get messages(): readonly Message[] {
		return this.reading.messages;
	}

	setTarget(target: ComposeTarget | undefined): void {
		this.store.put({target, selected: undefined, overlay: undefined});
		if (target?.kind === 'edit') this.writing.edit(draft => edit(draft, {kind: 'set', text: target.text}));
	}

	/** The draft is about no message any more; the text of an edit is deleted. */
	dropTarget(): void {
		if (this.target?.kind === 'edit') this.writing.edit(draft => edit(draft, {kind: 'set', text: ''}));
		this.store.put({target: undefined});
	}

	get preferences(): Preferences {
		return this.#options.preferences.value;
	}

	/** The client has news: the open conversation is read, and a contact that was removed is not open any more. */
	readonly attend = (): void => {
		const {open, anchors, isFocused, overlay} = this.store.value;
		const {contacts} = this.#snapshot();
		const current = this.#contactOf(open);
		if (open === undefined || current === undefined) {
			const next =
				contacts.find(({unread, request, blocked}) => unread > 0 && request !== true && !blocked) ?? contacts[0];
			if (next !== undefined) this.open(talkWith(next.name));
			else if (open !== undefined) this.store.put({open: undefined, chosen: undefined});
		} else if (current.unread > 0 && isFocused && anchors.get(open) === undefined) {
			this.client.markRead(open);
		}

		this.selection.attend();
		this.firsts.attend(hasTipRoom(this.layout));
		if (overlay?.renew !== undefined && this.store.value.overlay === overlay) this.show(overlay.renew(this));
	};

	/** After each drawing: in a window of another size, what is selected or marked stays on the page. */
	drawnIn({columns, rows}: Size): void {
		const {columns: oldColumns, rows: oldRows} = this.#size;
		this.#size = {columns, rows};
		if (columns !== oldColumns || rows !== oldRows) this.selection.resized();
	}

	/** What comes while the window has no focus stays unread. */
	focus(isFocused: boolean): void {
		this.store.put({isFocused});
		if (isFocused && this.conversation !== undefined) this.reading.read(this.conversation);
	}

	/** Scrolls the messages; the selection stays on the page. */
	scroll(move: () => void): void {
		move();
		this.selection.follow();
	}

	/** Opens a conversation; a line stands above its new messages. */
	open(conversation: ConversationId): void {
		const {open, last} = this.store.value;
		const isOther = conversation !== open;
		if (isOther) this.#leave(open);
		this.list.leave();
		this.writing.drafts.load(conversation);
		const chosen = otherIn(conversation);
		this.store.put({open: conversation, last: isOther ? open : last, chosen, overlay: undefined});
		this.reading.read(conversation);
		this.firsts.attend(hasTipRoom(this.layout));
	}

	reveal(conversation: ConversationId, id: string): void {
		if (!this.client.reveal(conversation, id)) return this.tell(catalogue.notices.isGone);
		this.open(conversation);
		const key = this.keymap.keyOf('select');
		const notice = key === undefined ? '' : catalogue.notices.marked(key);
		this.store.put({selected: undefined, marked: id, notice});
		// What was looked for may be far down in it.
		this.reading.open(id, true);
		this.reading.showFirst(id);
	}

	showRaw(message = this.selection.nearest): void {
		if (message === undefined) return this.tell(catalogue.notices.noMessageYet);
		const isRaw = this.reading.toggleRaw(message.id);
		this.tell(isRaw ? catalogue.notices.shownPlain : catalogue.notices.shownWithMarkup);
	}

	send(conversation: ConversationId, text: string): void {
		this.client.send(conversation, text, {draft: this.writing.submitted});
		this.client.reconnect();
	}

	copy(text: string): void {
		void this.terminal.copy(text).then(done => this.tell(catalogue.notices.copied[done]));
	}

	tell(words: string): void {
		this.store.put({notice: sentence(words)});
	}

	/** Names and commands are no sentence: they stay as they are typed. */
	offer(fits: string): void {
		this.store.put({notice: fits});
	}

	show(overlay: Overlay | undefined): void {
		this.store.put({overlay});
	}

	isMuted(conversation: ConversationId): boolean {
		return isMutedIn(this.client, conversation);
	}

	readonly mute = (conversation: ConversationId, isMuted: boolean): void => muteIn(this.client, conversation, isMuted);

	write(text: string): void {
		this.writing.edit(draft => edit(draft, {kind: 'insert', text}));
	}

	prefer(change: Partial<Preferences>): void {
		this.#options.prefer(change);
	}

	rebind(keys: KeySettings): string | undefined {
		const keymap = new Keymap(keys);
		const [problem] = keymap.problems;
		if (problem !== undefined) return problem;
		this.prefer({keys});
		this.keymap = keymap;
	}

	quit(): void {
		this.keep();
		this.terminal.quit();
	}

	get layout(): Layout {
		return layoutFor(this.terminal.size());
	}

	/** What a frame of `snapshot` is drawn from. */
	viewOf(snapshot: Snapshot, state: TalkState): TalkView {
		const draft = this.writing.drafts.get(draftNameOf(state.open, targetOf(state)));
		return {snapshot, state, draft, layout: this.layout, now: this.now()};
	}

	/** What a key acts on: the client as it is now, of which a frame may show less. */
	get view(): TalkView {
		return this.viewOf(this.#snapshot(), this.store.value);
	}

	#notify({conversation, text}: Message): void {
		const {isFocused, open} = this.store.value;
		// There is no notification of a stranger's message.
		const isMuted = this.isMuted(conversation) || this.#contactOf(conversation)?.request === true;
		if (!shouldNotify({isFocused, open, conversation, isMuted})) return;
		this.terminal.notify(otherIn(conversation), mentions(text, this.#snapshot().account?.name ?? ''));
	}

	#leave(conversation: ConversationId | undefined): void {
		this.writing.stop();
		this.reading.leave(conversation);
		this.firsts.putAway();
		this.dropTarget();
		this.store.put({selected: undefined, marked: undefined, opened: new Set(), raw: new Set()});
	}

	#snapshot(): Snapshot {
		return this.client.snapshot();
	}

	#contactOf(conversation: ConversationId | undefined): Contact | undefined {
		return contactIn(this.#snapshot(), conversation);
	}
}
