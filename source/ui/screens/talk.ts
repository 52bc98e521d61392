// The signed-in screen without a screen: what is open, typed and scrolled to, and what each key does about it.
import {type Client} from '../../client/facade.ts';
import {type Contact, type Snapshot} from '../../client/snapshot.ts';
import {type Desk, completions, readDraft, sharedStart} from '../commands.ts';
import {type Composer, emptyComposer} from '../composer/composer.ts';
import {edit} from '../composer/edit.ts';
import {Store} from '../hooks/store.ts';
import {typed} from '../hooks/typing.ts';
import {type KeyEvent, keyName} from '../input/events.ts';
import {type Action, actionOf} from '../keymap.ts';
import {type Layout, type Size, layoutFor} from '../panes/layout.ts';
import {composerColumns} from '../widgets/composer-rows.ts';
import {Reading} from './reading.ts';
import {type Overlay, nothingYet} from './talk-state.ts';

export type TalkClient = Desk['client'] & Pick<Client, 'markRead' | 'loadOlder' | 'verify' | 'subscribe'>;

export type TalkOptions = {
	readonly client: TalkClient;
	readonly size: () => Size;
	readonly quit: () => void;
	readonly suspend: () => void;
	readonly redraw: () => void;
	readonly now?: () => number;
};

export class Talk implements Desk {
	readonly store = new Store(nothingYet);
	readonly client: TalkClient;
	readonly reading: Reading;
	readonly #options: TalkOptions;

	constructor(options: TalkOptions) {
		this.client = options.client;
		this.reading = new Reading(this.store, options);
		this.#options = options;
		this.attend();
	}

	get peer(): string | undefined {
		return this.store.value.open;
	}

	/** The client has news: what is looked at counts as read, and who has left the list is not open any more. */
	readonly attend = (): void => {
		const {open, anchors, isFocused} = this.store.value;
		const {contacts} = this.#snapshot();
		const current = contacts.find(({name}) => name === open);
		if (current === undefined) {
			const next = contacts.find(({unread}) => unread > 0) ?? contacts[0];
			if (next !== undefined) this.open(next.name);
			else if (open !== undefined) this.store.put({open: undefined, selected: undefined});
		} else if (current.unread > 0 && isFocused && anchors.get(current.name) === undefined) {
			this.client.markRead(current.name);
		}
	};

	readonly take = (event: KeyEvent): void => {
		if (event.kind === 'focus') return this.#focus(event.focused);
		if (event.kind === 'wheel') return;
		const {overlay, pane, isQuitting} = this.store.value;
		const key = event.kind === 'key' ? keyName(event) : event.kind === 'text' ? event.text : '';
		const action = event.kind === 'key' ? actionOf(key, pane) : undefined;
		this.store.put({notice: '', isQuitting: isQuitting && action === 'clear-or-quit'});
		try {
			if (overlay !== undefined && this.#inOverlay(overlay, key)) return;
			if (action !== undefined) return this.#act(action);
			if (overlay === undefined) this.#type(event);
		} catch (error) {
			this.tell(wordsOf(error));
		}
	};

	/** Opens a conversation; what is new in it gets a line above it. */
	open(name: string): void {
		const {open, last} = this.store.value;
		if (name !== open) this.reading.leave(open);
		this.store.put({open: name, last: name === open ? last : open, selected: name, pane: 'input', overlay: undefined});
		this.reading.read(name);
	}

	tell(words: string): void {
		this.store.put({notice: words});
	}

	showHelp(): void {
		this.store.put({overlay: {kind: 'help', top: 0}});
	}

	showSafetyNumber(name: string): void {
		this.store.put({overlay: {kind: 'verify', name, digits: this.client.safetyNumber(name)}});
	}

	async showDirectory(prefix: string): Promise<void> {
		const {names, more} = await this.client.search(prefix.toLowerCase());
		if (names.length === 0) return this.tell(`the directory knows no name that begins with ${prefix}`);
		this.store.put({overlay: {kind: 'directory', prefix, names, more, chosen: 0}});
	}

	quit(): void {
		this.#options.quit();
	}

	/** The draft that the composer shows. */
	get draft(): Composer {
		return this.store.value.drafts.get(this.#draftKey()) ?? emptyComposer;
	}

	/** Sending is refused until the person decides on a changed key; commands can be typed. */
	get isWarned(): boolean {
		return this.#contact()?.identity === 'changed';
	}

	get layout(): Layout {
		return layoutFor(this.#options.size());
	}

	#act(action: Action): void {
		const {open, last} = this.store.value;
		switch (action) {
			case 'send':
				return this.#submit();
			case 'newline':
				return this.#edit(draft => edit(draft, {kind: 'newline'}));
			case 'complete':
				return this.#complete();
			case 'to-list':
				return this.store.put({pane: 'list', selected: open});
			case 'to-input':
				return this.store.put({pane: 'input'});
			case 'list-up':
				return this.#select(-1);
			case 'list-down':
				return this.#select(1);
			case 'list-open':
				return this.#openSelected();
			case 'next':
				return this.#step(1);
			case 'previous':
				return this.#step(-1);
			case 'next-unread':
				return this.#nextUnread();
			case 'last':
				return last === undefined ? undefined : this.open(last);
			case 'page-up':
				return this.reading.page(this.draft, -1);
			case 'page-down':
				return this.reading.page(this.draft, 1);
			case 'bottom':
				return this.reading.toBottom();
			case 'first-unread':
				return this.reading.toFirstNew(this.draft);
			case 'help':
				return this.showHelp();
			case 'close':
				return this.store.put({overlay: undefined, pane: 'input'});
			case 'redraw':
				return this.#options.redraw();
			case 'suspend':
				return this.#options.suspend();
			case 'clear-or-quit':
				return this.#clearOrQuit();
			default: {
				const contact = this.#snapshot().contacts[Number(action.slice('open-'.length)) - 1];
				if (contact !== undefined) this.open(contact.name);
				else this.tell('there is no conversation with that number');
			}
		}
	}

	/** Whether the overlay has taken the key. */
	#inOverlay(overlay: Exclude<Overlay, undefined>, key: string): boolean {
		if (overlay.kind === 'verify') return this.#inVerification(overlay.name, overlay.digits, key);
		const step = {up: -1, down: 1, pageup: -10, pagedown: 10}[key];
		if (overlay.kind === 'help') {
			if (step !== undefined) this.store.put({overlay: {...overlay, top: Math.max(0, overlay.top + step)}});
			if (key === 'enter' || key === 'q') this.store.put({overlay: undefined});
			return step !== undefined || key === 'enter' || key === 'q';
		}

		if (step !== undefined) {
			const chosen = Math.min(overlay.names.length - 1, Math.max(0, overlay.chosen + step));
			this.store.put({overlay: {...overlay, chosen}});
		}

		const chosen = overlay.names[overlay.chosen];
		if (key === 'enter' && chosen !== undefined) this.open(this.client.addContact(chosen.name));
		return step !== undefined || key === 'enter';
	}

	#inVerification(name: string, digits: string | undefined, key: string): boolean {
		if (key === 'enter') return true;
		if (key !== 'y' || digits === undefined) return false;
		if (this.client.safetyNumber(name) === digits) {
			this.client.verify(name);
			this.store.put({overlay: undefined, notice: `${name} is verified`});
		} else {
			this.showSafetyNumber(name);
			this.tell('the key has changed meanwhile: compare this number');
		}

		return true;
	}

	#type(event: KeyEvent): void {
		if (this.store.value.pane === 'list') {
			if (event.kind === 'key') return;
			this.store.put({pane: 'input'});
		}

		if (event.kind === 'key' && keyName(event) === 'end' && this.draft.text === '') return this.reading.toBottom();
		this.#edit(draft => typed(draft, event, composerColumns(this.layout.talk)));
	}

	/** What comes while nobody looks stays unread. */
	#focus(isFocused: boolean): void {
		this.store.put({isFocused});
		if (isFocused && this.peer !== undefined) this.reading.read(this.peer);
	}

	#edit(change: (draft: Composer) => Composer): void {
		const next = change(this.draft);
		if (this.isWarned && !/^(?:\/(?!\/)|$)/.test(next.text)) return;
		this.#putDraft(next);
		if (next.isFull) this.tell('that is all that one message holds');
	}

	#putDraft(draft: Composer): void {
		this.store.put({drafts: new Map(this.store.value.drafts).set(this.#draftKey(), draft)});
	}

	/** Commands that are typed under a warning leave the draft alone. */
	#draftKey(): string {
		const {open} = this.store.value;
		return open === undefined ? '' : this.isWarned ? `! ${open}` : open;
	}

	#submit(): void {
		const text = this.draft.text;
		if (text.trim() === '') return;
		const read = readDraft(text);
		if (read.kind === 'unknown') {
			return this.tell(`there is no command /${read.name}: /help lists them, and // begins a message with a slash`);
		}

		if (read.kind === 'message') return this.#send(read.text);
		this.#putDraft(edit(this.draft, {kind: 'sent'}));
		const failed = (error: unknown) => {
			if (this.draft.text === '') this.#putDraft(edit(this.draft, {kind: 'set', text}));
			this.tell(wordsOf(error));
		};

		try {
			const done = read.command.run(this, read.rest);
			if (done instanceof Promise) done.catch(failed);
		} catch (error) {
			failed(error);
		}
	}

	#send(text: string): void {
		const {open} = this.store.value;
		if (open === undefined) return this.tell('nobody to send to yet: /msg NAME opens a conversation');
		this.client.send(open, text);
		this.#putDraft(edit(this.draft, {kind: 'sent'}));
		this.reading.leave(open);
		this.reading.toBottom();
	}

	#complete(): void {
		const before = this.draft.text.slice(0, this.draft.cursor);
		if (before === '') return this.store.put({pane: 'list', selected: this.peer});
		const {word, fits} = completions(
			before,
			this.#snapshot().contacts.map(({name}) => name),
		);
		if (fits.length === 0) return;
		const rest = `${sharedStart(fits).slice(word.length)}${fits.length === 1 ? ' ' : ''}`;
		this.#edit(draft => edit(draft, {kind: 'insert', text: rest}));
		if (fits.length > 1 && rest === '') this.tell(fits.join('  '));
	}

	#clearOrQuit(): void {
		if (this.draft.text !== '') return this.#putDraft(edit(this.draft, {kind: 'clear'}));
		if (this.store.value.isQuitting) return this.quit();
		this.store.put({isQuitting: true, notice: 'Ctrl-C again quits'});
	}

	#select(step: number): void {
		const names = this.#snapshot().contacts.map(({name}) => name);
		const at = names.indexOf(this.store.value.selected ?? '');
		this.store.put({selected: names[Math.min(names.length - 1, Math.max(0, at + step))]});
	}

	#openSelected(): void {
		const {selected} = this.store.value;
		if (selected !== undefined) this.open(selected);
	}

	#step(step: number): void {
		const {contacts} = this.#snapshot();
		const at = contacts.findIndex(({name}) => name === this.peer);
		const next = contacts.at((at + step) % contacts.length);
		if (next !== undefined) this.open(next.name);
	}

	#nextUnread(): void {
		const {contacts} = this.#snapshot();
		const at = contacts.findIndex(({name}) => name === this.peer);
		const next = [...contacts.slice(at + 1), ...contacts.slice(0, at + 1)].find(({unread}) => unread > 0);
		if (next === undefined) return this.tell('nothing is unread');
		this.open(next.name);
	}

	#snapshot(): Snapshot {
		return this.client.snapshot();
	}

	#contact(): Contact | undefined {
		return this.#snapshot().contacts.find(({name}) => name === this.peer);
	}
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
