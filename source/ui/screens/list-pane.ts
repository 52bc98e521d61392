// The list while keys go to it: letters filter it and search the directory, arrows choose, Enter opens.
import {otherIn, talkWith} from '../../client/snapshot.ts';
import {type ScreenControls} from '../screen-controls.ts';
import {type ValueStore} from '../hooks/value-store.ts';
import {type ListEntry, listEntries} from '../panes/list-entries.ts';
import {errorWords} from '../text/error-words.ts';
import {graphemes} from '../text/width.ts';
import {type TalkState} from './talk-state.ts';

/** The directory is asked after this pause in typing, ms: it limits how many questions a minute it answers. */
const PAUSE_MS = 300;
/** The directory is asked from this many letters on. */
const ASK_FROM = 2;
/** Characters that no name has. */
const NAME = /[^a-z\d._-]/g;

export class ListPane {
	readonly #store: ValueStore<TalkState>;
	readonly #screen: Pick<ScreenControls, 'client' | 'open' | 'tell'>;
	#timer: NodeJS.Timeout | undefined;

	constructor(store: ValueStore<TalkState>, screen: Pick<ScreenControls, 'client' | 'open' | 'tell'>) {
		this.#store = store;
		this.#screen = screen;
	}

	get entries(): ListEntry[] {
		const {filter, found} = this.#store.value;
		return listEntries(this.#screen.client.snapshot().contacts, filter, found);
	}

	enter(): void {
		const {open} = this.#store.value;
		this.#store.put({pane: 'list', chosen: open && otherIn(open)});
	}

	leave(): void {
		clearTimeout(this.#timer);
		this.#store.put({pane: 'input', filter: '', found: []});
	}

	choose(step: number): void {
		const names = this.entries.map(({name}) => name);
		const at = names.indexOf(this.#store.value.chosen ?? '');
		this.#store.put({chosen: names[Math.max(0, Math.min(names.length - 1, at + step))]});
	}

	openChosen(): void {
		const entry = this.entries.find(({name}) => name === this.#store.value.chosen);
		if (entry === undefined) return;
		this.#screen.open(talkWith(entry.kind === 'found' ? this.#screen.client.addContact(entry.name) : entry.name));
	}

	type(text: string): void {
		this.#filter(this.#store.value.filter + text.toLowerCase().replaceAll(NAME, ''));
	}

	backspace(): void {
		this.#filter(graphemes(this.#store.value.filter).slice(0, -1).join(''));
	}

	#filter(filter: string): void {
		this.#store.put({filter, found: this.#store.value.found.filter(({name}) => name.startsWith(filter))});
		this.#store.put({chosen: this.entries[0]?.name});
		clearTimeout(this.#timer);
		if (filter.length >= ASK_FROM) this.#timer = setTimeout(() => void this.#ask(filter), PAUSE_MS).unref();
	}

	async #ask(filter: string): Promise<void> {
		try {
			const {names} = await this.#screen.client.search(filter);
			if (this.#store.value.filter !== filter) return;
			this.#store.put({found: names});
			this.#store.put({chosen: this.#store.value.chosen ?? this.entries[0]?.name});
		} catch (error) {
			this.#screen.tell(errorWords(error));
		}
	}
}
