// Where each key of the signed-in screen goes: to the overlay, the selected message, an action of the keymap, the list or the input.
import {catalogue} from '../../catalogue/catalogue.ts';
import {talkWith} from '../../client/snapshot.ts';
import {composerColumns} from '../widgets/composer-rows.ts';
import {type KeyListener} from '../hooks/keyboard.ts';
import {type KeyEvent, keyName, keyPress} from '../input/key-events.ts';
import {contentSize} from '../panes/overlay-rows.ts';
import {errorWords} from '../text/error-words.ts';
import {type TalkState} from './talk-state.ts';
import {TalkActions} from './talk-actions.ts';
import {isShut, listRows, middleHeight} from './talk-view.ts';
import {type Talk} from './talk.ts';

/** After so long without a key, ms, the first one has the server tried without waiting: somebody is there again. */
const SILENCE_MS = 60_000;

/** Rows that a notch of the wheel scrolls. */
const WHEEL_ROWS = 3;

/** The line end that is copied with whole lines is not meant. */
function withoutLastLineEnd(text: string): string {
	return text.replace(/(?:\r\n|[\n\r])$/, '');
}

export class TalkKeys {
	readonly #talk: Talk;
	readonly #actions: TalkActions;
	/** Local ms. */
	#lastKeyAt: number;

	constructor(talk: Talk) {
		this.#talk = talk;
		this.#actions = new TalkActions(talk);
		this.#lastKeyAt = talk.now();
	}

	get #state(): TalkState {
		return this.#talk.store.value;
	}

	/** What becomes of an event, as a keyboard asks; 'field': it is typed into the overlay's field. */
	readonly take: KeyListener = event => {
		if (event.kind === 'focus') return this.#talk.focus(event.focused);
		if (event.kind === 'wheel') return this.#wheel(event.direction);
		if (event.kind === 'click') return this.#click(event.column, event.row);
		this.#noticePerson();
		const talk = this.#talk;
		const {overlay, pane, selected, isQuitting} = this.#state;
		// A terminal may send several letters together: each is a key of its own, and what follows the last key is text.
		if (event.kind === 'text' && this.#hasLetters && Array.from(event.text).length > 1) return 'keys';
		const key = event.kind === 'key' ? keyName(event) : event.kind === 'text' ? event.text : '';
		const isCovered = overlay !== undefined || selected !== undefined;
		const action = event.kind === 'key' ? talk.keymap.actionOf(key, isCovered ? 'covered' : pane) : undefined;
		talk.store.put({notice: '', isQuitting: isQuitting && action === 'clear-or-quit'});
		try {
			if (isShut(talk.client.snapshot())) return action === undefined ? undefined : this.#actions.actShut(action);
			if (overlay !== undefined) {
				if (overlay.query !== undefined && (event.kind !== 'key' || key === 'backspace')) return 'field';
				if (overlay.query !== undefined && key === 'ctrl-u') return this.ask('');
				const {view} = talk;
				const size = contentSize(overlay, {width: view.layout.talk, height: middleHeight(view)});
				if (overlay.take(key, talk, size)) return;
			} else {
				const taken = talk.selection.take(key);
				if (taken !== false) return taken === true ? undefined : taken;
			}

			const ready = talk.writing.readyFor(action);
			if (ready !== undefined) return ready;
			if (action !== undefined) return this.#actions.act(action);
			if (isCovered && event.kind === 'key') return;
			// Text closes what covers the input, and goes into the input.
			if (isCovered) this.#uncover();
			if (event.kind !== 'paste') return this.#type(event);
			const text = withoutLastLineEnd(event.text);
			const isFirst = this.#state.pane === 'input' && talk.writing.draft.text === '';
			// Lines that were not marked as a paste may come in several pieces, whose line ends are meant.
			const typed = this.#type(event.keys === undefined ? {...event, text} : event);
			if (typed !== undefined) return typed;
			if (isFirst) void talk.drop.look(text);
			const lines = text.split('\n').length;
			if (lines > 1 && this.#state.notice === '') talk.tell(catalogue.notices.pasted(lines));
		} catch (error) {
			talk.tell(errorWords(error));
		}
	};

	#noticePerson(): void {
		const now = this.#talk.now();
		// A clock that was set back counts as silence, too: once.
		if (Math.abs(now - this.#lastKeyAt) >= SILENCE_MS) this.#talk.client.reconnect();
		this.#lastKeyAt = now;
	}

	/** The overlay's field holds `query` now. */
	readonly ask = (query: string): void => {
		const {overlay} = this.#state;
		if (overlay?.ask !== undefined) this.#talk.show(overlay.ask(query, this.#talk));
	};

	/** Letters are keys of the overlay or of the selected message, or close them. */
	get #hasLetters(): boolean {
		const {overlay, selected} = this.#state;
		return overlay === undefined ? selected !== undefined : overlay.query === undefined;
	}

	#uncover(): void {
		this.#talk.list.leave();
		this.#talk.store.put({overlay: undefined, selected: undefined});
	}

	#type(event: KeyEvent): Promise<unknown> | void {
		const {list, writing, reading, layout} = this.#talk;
		if (this.#state.pane === 'list') {
			if (event.kind === 'text') list.type(event.text);
			if (event.kind === 'key' && event.key === 'backspace') list.backspace();
			if (event.kind !== 'paste') return;
			list.leave();
		}

		if (event.kind === 'key' && keyName(event) === 'end' && writing.draft.text === '') return reading.toBottom();
		return writing.type(event, composerColumns(layout.talk));
	}

	#wheel(direction: 'up' | 'down'): void {
		// In an overlay it does what the arrows do.
		if (this.#state.overlay !== undefined) return void this.take(keyPress(direction));
		this.#talk.scroll(() => this.#talk.reading.scroll(direction === 'up' ? -WHEEL_ROWS : WHEEL_ROWS));
	}

	/** A click in the list opens a conversation; one on a message selects it. */
	#click(column: number, row: number): void {
		const {view} = this.#talk;
		const {list, left, columns, hasRules} = view.layout;
		const {overlay, pane} = this.#state;
		if (overlay !== undefined) return;
		const isListAlone = list === 0 && pane === 'list';
		if (column >= left && !isListAlone) {
			this.#talk.list.leave();
			return this.#talk.selection.startAt(row - (hasRules ? 2 : 1));
		}

		const {top} = listRows(view, isListAlone ? columns : list);
		const entry = this.#talk.list.entries[top + row];
		if (entry?.kind === 'contact') this.#talk.open(talkWith(entry.name));
	}
}
