// The signed-in screen without a screen: what is open, typed and scrolled to, and what each key does about it.
import {type Client, type Preferences} from '../../client/facade.ts';
import {type Contact, type Message, type Snapshot} from '../../client/snapshot.ts';
import {MUTE_KEY} from '../commands.ts';
import {edit} from '../composer/edit.ts';
import {type ScreenControls, type ScreenClient} from '../screen-controls.ts';
import {ValueStore} from '../hooks/value-store.ts';
import {type KeyEvent, keyName} from '../input/key-events.ts';
import {type Action, type KeySettings, Keymap} from '../keymap.ts';
import {helpOverlay} from '../overlays/help.ts';
import {type Overlay} from '../overlays/overlay.ts';
import {recallOverlay} from '../overlays/recall.ts';
import {searchOverlay} from '../overlays/search-overlay.ts';
import {switcherOverlay} from '../overlays/switcher.ts';
import {buddyRows} from '../panes/buddies.ts';
import {type Layout, layoutFor, messagesHeight} from '../panes/layout.ts';
import {mentionCount} from '../panes/mention-count.ts';
import {type ComposeTarget, targetRow} from '../panes/compose-target.ts';
import {modeRow} from '../panes/mode.ts';
import {requestLine, requestRows} from '../panes/request.ts';
import {warningLine, warningRows} from '../panes/warning.ts';
import {type TerminalActions} from '../terminal-actions.ts';
import {errorWords} from '../text/error-words.ts';
import {mentions} from '../text/mentions.ts';
import {shouldNotify} from '../terminal/notification.ts';
import {type ScreenRow} from '../widgets/spans.ts';
import {composerColumns, composerRows} from '../widgets/composer-rows.ts';
import {ListPane} from './list-pane.ts';
import {Reading} from './reading.ts';
import {Selection} from './selection.ts';
import {nothingYet} from './talk-state.ts';
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

/** A screen of no more rows has none for what is written about. */
const TARGET_ROWS = 5;
/** Rows that a notch of the wheel scrolls. */
const WHEEL_ROWS = 3;
/** Under which the client remembers which conversation was open. */
const OPEN_KEY = 'open';

export class Talk implements ScreenControls {
	readonly store = new ValueStore(nothingYet);
	readonly client: TalkClient;
	readonly reading: Reading;
	readonly writing: Writing;
	readonly list: ListPane;
	readonly now: () => number;
	keymap: Keymap;
	readonly #selection: Selection;
	readonly #terminal: TerminalActions;
	readonly #options: TalkOptions;
	/** Of the window, when it was drawn last. */
	#size = '';

	constructor(options: TalkOptions) {
		const {client, terminal, preferences, now} = options;
		this.#options = options;
		this.client = client;
		this.#terminal = terminal;
		this.now = now;
		this.keymap = new Keymap(preferences.value.keys);
		this.list = new ListPane(this.store, this);
		const [layout, height] = [() => this.layout, () => this.messagesHeight];
		this.reading = new Reading(this.store, {client, layout, height, now});
		this.#selection = new Selection(this.store, this.reading, this, terminal);
		this.writing = new Writing(this, terminal);
		const last = client.recallPeer(OPEN_KEY);
		if (this.#contactOf(last) !== undefined && last !== undefined) this.open(last);
		this.attend();
		const [problem] = this.keymap.problems;
		if (problem !== undefined) this.tell(problem);
	}

	/** From here on what comes is told of; the result ends it, and keeps what was being written. */
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
			this.client.rememberPeer(OPEN_KEY, this.peer);
		} catch {
			// A disk that is full: another conversation is open after the restart, and nothing is lost.
		}
	}

	get peer(): string | undefined {
		return this.store.value.open;
	}

	get target(): ComposeTarget | undefined {
		const {target, open} = this.store.value;
		return target?.peer === open ? target : undefined;
	}

	get messages(): readonly Message[] {
		return this.reading.messages;
	}

	setTarget(target: ComposeTarget | undefined): void {
		this.store.put({target, selected: undefined, overlay: undefined});
		if (target?.kind === 'edit') this.writing.edit(draft => edit(draft, {kind: 'set', text: target.text}));
	}

	get preferences(): Preferences {
		return this.#options.preferences.value;
	}

	/** The client has news: what is looked at counts as read, and who has left the list is not open any more. */
	readonly attend = (): void => {
		const {open, anchors, isFocused} = this.store.value;
		const {contacts} = this.#snapshot();
		const current = this.#contactOf(open);
		if (current === undefined) {
			const next = contacts.find(({unread, request}) => unread > 0 && request !== true) ?? contacts[0];
			if (next !== undefined) this.open(next.name);
			else if (open !== undefined) this.store.put({open: undefined, chosen: undefined});
		} else if (current.unread > 0 && isFocused && anchors.get(current.name) === undefined) {
			this.client.markRead(current.name);
		}

		this.#selection.attend();
	};

	/** After each drawing: in a window of another size, what is selected or marked stays on the page. */
	readonly drawn = (): void => {
		const {columns, rows} = this.layout;
		const [before, now] = [this.#size, `${columns}x${rows}`];
		this.#size = now;
		if (before !== now) this.#selection.resized();
	};

	readonly take = (event: KeyEvent): 'field' | void => {
		if (event.kind === 'focus') return this.#focus(event.focused);
		if (event.kind === 'wheel') return this.#wheel(event.direction);
		if (event.kind === 'click') return this.#click(event.column, event.row);
		const {overlay, pane, selected, isQuitting} = this.store.value;
		if (event.kind === 'text' && this.#hasLetters && Array.from(event.text).length > 1)
			return this.#letters(event.text);
		const key = event.kind === 'key' ? keyName(event) : event.kind === 'text' ? event.text : '';
		const isCovered = overlay !== undefined || selected !== undefined;
		const action = event.kind === 'key' ? this.keymap.actionOf(key, isCovered ? 'covered' : pane) : undefined;
		this.store.put({notice: '', isQuitting: isQuitting && action === 'clear-or-quit'});
		try {
			if (this.#isShut) return action === undefined ? undefined : this.#actShut(action);
			if (overlay !== undefined) {
				if (overlay.query !== undefined && (event.kind !== 'key' || key === 'backspace')) return 'field';
				if (overlay.query !== undefined && key === 'ctrl-u') return this.ask('');
				if (overlay.take(key, this)) return;
			} else if (this.#selection.take(key)) {
				return;
			}

			if (action !== undefined) return this.#act(action);
			if (isCovered && event.kind === 'key') return;
			// What could be meant for the input goes there, and ends what lies on top.
			if (isCovered) this.#uncover();
			this.#type(event);
			if (event.kind === 'paste' && event.keys !== undefined && this.store.value.notice === '') {
				this.tell('several lines at once are a paste: Enter sends them');
			}
		} catch (error) {
			this.tell(errorWords(error));
		}
	};

	/** What the overlay's field holds now. */
	readonly ask = (query: string): void => {
		const {overlay} = this.store.value;
		if (overlay?.ask !== undefined) this.show(overlay.ask(query, this));
	};

	/** Opens a conversation; what is new in it gets a line above it. */
	open(name: string): void {
		const {open, last} = this.store.value;
		if (name !== open) this.#leave(open);
		this.list.leave();
		this.store.put({open: name, last: name === open ? last : open, chosen: name, overlay: undefined});
		this.reading.read(name);
	}

	reveal(name: string, id: string): void {
		if (!this.client.reveal(name, id)) return this.tell('it is not there any more, or too far back to be shown');
		this.open(name);
		const key = this.keymap.keyOf('select');
		const notice = key === undefined ? '' : `▌ marks it; ${key} selects it`;
		this.store.put({selected: undefined, marked: id, notice});
		this.reading.showFirst(id);
	}

	send(to: string, text: string): void {
		this.client.send(to, text, {draft: this.writing.submitted});
	}

	tell(words: string): void {
		this.store.put({notice: words});
	}

	show(overlay: Overlay | undefined): void {
		this.store.put({overlay});
	}

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
		this.#terminal.quit();
	}

	get layout(): Layout {
		return layoutFor(this.#terminal.size());
	}

	/** Rows that messages have between the title and the status line. */
	get messagesHeight(): number {
		const {layout} = this;
		const {rows} = composerRows(this.writing.draft, layout.talk, layout.composer);
		return messagesHeight(layout, rows.length + this.banner.length);
	}

	/** Rows above the composer: what is to be decided first, or what is written about. */
	get banner(): readonly ScreenRow[] {
		const {layout, peer, target} = this;
		if (peer === undefined) return [];
		const {undecided} = this.writing;
		if (undecided === 'key') return warningRows(peer, layout);
		if (undecided === 'request') return requestRows(peer, layout);
		return target !== undefined && layout.rows > TARGET_ROWS ? [targetRow(target, layout.talk)] : [];
	}

	/** In place of the status line: the mode that keys are in, where nothing else on the screen says so. */
	get mode(): ScreenRow | undefined {
		const {selected, overlay, pane, notice} = this.store.value;
		const {talk: width} = this.layout;
		if (overlay !== undefined) return undefined;
		if (selected !== undefined) return modeRow('selection', notice, width);
		if (pane === 'list') return modeRow('list', notice, width);
		if (this.peer === undefined || this.banner.length > 0) return undefined;
		const {undecided} = this.writing;
		if (undecided !== undefined) return undecided === 'key' ? warningLine(width) : requestLine(width);
		return this.target && targetRow(this.target, width);
	}

	/** The list in `width` cells, and the entry in its first row. */
	listRows(width: number) {
		const {open, chosen, pane, filter} = this.store.value;
		const snapshot = this.#snapshot();
		const {rows, isRoomy} = this.layout;
		const mentionsOf = (contact: Contact) => mentionCount(snapshot, contact);
		const state = {open, chosen, isActive: pane === 'list', filter, mentions: mentionsOf, isRoomy};
		return buddyRows(this.list.entries, state, width, rows);
	}

	/** Whether letters are keys of what lies on top, or end it. */
	get #hasLetters(): boolean {
		const {overlay, selected} = this.store.value;
		return overlay === undefined ? selected !== undefined : overlay.query === undefined;
	}

	/** Letters that are keys, however many a terminal sends together; what follows the last of them goes on as text. */
	#letters(text: string): 'field' | void {
		let rest = text;
		while (rest !== '' && this.#hasLetters) {
			const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0);
			rest = rest.slice(letter.length);
			this.take({kind: 'text', text: letter});
		}

		if (rest !== '') return this.take({kind: 'text', text: rest});
	}

	#uncover(): void {
		this.list.leave();
		this.store.put({overlay: undefined, selected: undefined});
	}

	/** Somebody else answers in place of the server, and the input is not shown: nothing is typed, and nothing sent. */
	get #isShut(): boolean {
		const {connection} = this.#snapshot();
		return connection.state === 'stopped' && connection.problem === 'server-key';
	}

	#actShut(action: Action): void {
		if (action === 'clear-or-quit') this.quit();
		else if (action === 'redraw' || action === 'suspend') this.#act(action);
	}

	#act(action: Action): void {
		const {last, overlay, selected} = this.store.value;
		switch (action) {
			case 'send':
				return this.#submit();
			case 'newline':
				return this.writing.edit(draft => edit(draft, {kind: 'newline'}));
			case 'complete':
				return this.writing.draft.cursor === 0 ? this.list.enter() : this.writing.complete();
			case 'to-list':
				return this.list.enter();
			case 'to-input':
				return this.list.leave();
			case 'list-up':
				return this.list.choose(-1);
			case 'list-down':
				return this.list.choose(1);
			case 'list-open':
				return this.list.openChosen();
			case 'next':
				return this.#step(1);
			case 'previous':
				return this.#step(-1);
			case 'next-unread':
				return this.#nextUnread();
			case 'last':
				return this.#contactOf(last) === undefined || last === undefined ? undefined : this.open(last);
			case 'switcher':
				return this.show(switcherOverlay(this.#snapshot().contacts));
			case 'page-up':
				return this.#scrolled(() => this.reading.page(-1));
			case 'page-down':
				return this.#scrolled(() => this.reading.page(1));
			case 'bottom':
				return this.#scrolled(() => this.reading.toBottom());
			case 'first-unread':
				return this.#scrolled(() => this.reading.toFirstNew());
			case 'select':
				this.list.leave();
				return this.#selection.start();
			case 'search':
				return this.show(searchOverlay(this, this.peer));
			case 'recall':
				return this.show(recallOverlay(this.writing.draft.history.toReversed()));
			case 'editor':
				return void this.writing.inEditor();
			case 'help':
				return this.show(helpOverlay(this.keymap));
			case 'close':
				this.list.leave();
				if (overlay === undefined && selected === undefined) this.#dropTarget();
				return this.store.put({overlay: undefined, selected: undefined, marked: undefined});
			case 'redraw':
				return this.#terminal.redraw();
			case 'suspend':
				return this.#terminal.suspend();
			case 'clear-or-quit':
				return this.#clearOrQuit();
			default: {
				const contact = this.#snapshot().contacts[Number(action.slice('open-'.length)) - 1];
				if (contact !== undefined) this.open(contact.name);
				else this.tell('there is no conversation with that number');
			}
		}
	}

	#type(event: KeyEvent): void {
		if (this.store.value.pane === 'list') {
			if (event.kind === 'text') this.list.type(event.text);
			if (event.kind === 'key' && event.key === 'backspace') this.list.backspace();
			if (event.kind !== 'paste') return;
			this.list.leave();
		}

		if (event.kind === 'key' && keyName(event) === 'end' && this.writing.draft.text === '')
			return this.reading.toBottom();
		this.writing.type(event, composerColumns(this.layout.talk));
	}

	/** What comes while nobody looks stays unread. */
	#focus(isFocused: boolean): void {
		this.store.put({isFocused});
		if (isFocused && this.peer !== undefined) this.reading.read(this.peer);
	}

	#wheel(direction: 'up' | 'down'): void {
		if (this.store.value.overlay !== undefined) return;
		this.#scrolled(() => this.reading.scroll(direction === 'up' ? -WHEEL_ROWS : WHEEL_ROWS));
	}

	/** What is selected stays on the page. */
	#scrolled(scroll: () => void): void {
		scroll();
		this.#selection.follow();
	}

	#click(column: number, row: number): void {
		const {layout} = this;
		if (column >= layout.list || this.store.value.overlay !== undefined) return;
		const {top} = this.listRows(layout.list);
		const entry = this.list.entries[top + row];
		if (entry?.kind === 'contact') this.open(entry.name);
	}

	#notify({peer, text}: Message): void {
		const {isFocused, open} = this.store.value;
		// Strangers ring no bell.
		const isMuted = this.client.recall(MUTE_KEY, peer) !== undefined || this.#contactOf(peer)?.request === true;
		if (!shouldNotify({isFocused, open, from: peer, isMuted})) return;
		this.#terminal.notify(peer, mentions(text, this.#snapshot().account?.name ?? ''));
	}

	#leave(name: string | undefined): void {
		this.writing.stop();
		this.reading.leave(name);
		this.#dropTarget();
		this.store.put({selected: undefined, marked: undefined});
	}

	/** What is written is about no message any more; another text for one is forgotten. */
	#dropTarget(): void {
		if (this.target?.kind === 'edit') this.writing.edit(draft => edit(draft, {kind: 'set', text: ''}));
		this.store.put({target: undefined});
	}

	#submit(): void {
		const text = this.writing.submit();
		if (text === undefined) return;
		const {open} = this.store.value;
		if (open === undefined) return this.tell('nobody to send to yet: /msg NAME opens a conversation');
		const {target} = this;
		if (target?.kind === 'edit') this.client.edit(open, target.message.id, text, this.writing.submitted);
		else this.client.send(open, text, {reply: target?.message, draft: this.writing.submitted});
		this.writing.sent();
		this.store.put({target: undefined, marked: undefined});
		this.reading.leave(open);
		this.reading.toBottom();
	}

	#clearOrQuit(): void {
		const {overlay, selected, isQuitting} = this.store.value;
		const isCovered = overlay !== undefined || selected !== undefined;
		this.store.put({overlay: undefined, selected: undefined});
		if (!isCovered && this.writing.draft.text !== '') return this.writing.edit(draft => edit(draft, {kind: 'clear'}));
		if (isQuitting) return this.quit();
		this.store.put({isQuitting: true, notice: 'Ctrl-C again quits'});
	}

	#step(step: number): void {
		const {contacts} = this.#snapshot();
		const at = contacts.findIndex(({name}) => name === this.peer);
		const next = contacts.at((at + step) % contacts.length);
		if (next !== undefined) this.open(next.name);
	}

	#nextUnread(): void {
		const snapshot = this.#snapshot();
		const {contacts} = snapshot;
		const at = contacts.findIndex(({name}) => name === this.peer);
		const unread = [...contacts.slice(at + 1), ...contacts.slice(0, at + 1)].filter(contact => contact.unread > 0);
		const next = unread.find(contact => mentionCount(snapshot, contact) > 0) ?? unread[0];
		if (next === undefined) return this.tell('nothing is unread');
		this.open(next.name);
	}

	#snapshot(): Snapshot {
		return this.client.snapshot();
	}

	#contactOf(name: string | undefined): Contact | undefined {
		return this.#snapshot().contacts.find(contact => contact.name === name);
	}
}
