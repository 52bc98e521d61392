// Tab: completes the word before the cursor to a command, a name, an emoji or a path, as far as only one fits; pressed again, it goes
// through what fits. A shortcode that is typed to its end becomes its emoji without Tab, whatever is typed behind it at once.
import {catalogue} from '../../catalogue/catalogue.ts';
import {completions, sharedStart} from '../commands.ts';
import {type Composer} from '../composer/composer.ts';
import {edit} from '../composer/edit.ts';
import {type ScreenControls} from '../screen-controls.ts';
import {Emoji, hasShortcode, knownEmoji, loadEmoji} from '../../content/emoji.ts';
import {errorWords} from '../text/error-words.ts';
import {graphemes} from '../text/width.ts';
import {pathFits, typedPaths} from './path-completion.ts';

/** `:smi` and `:smile:`. */
const SHORTCODE = /^:[\w+-]+:?$/;
/** UTF-16 units of more than any shortcode. */
const SHORTCODE_LIMIT = 100;
/** The name of somebody who need not be in the list. */
const NEWCOMER = /^\/(?:add|msg) @?[a-z][\w.-]*$/i;

/** Where the draft is read and changed. */
export type DraftEditor = {
	readonly draft: Composer;
	edit(change: (draft: Composer) => Composer): void;
};

/** Where it is said: what is wrong, as a sentence, and what fits, as it is typed. */
export type CompletionScreen = Pick<ScreenControls, 'client' | 'tell'> & {offer(fits: string): void};

/** What fits, when more than one does, as it is typed and as it is told; which of it the draft holds, and as what word. */
type Round = {
	readonly draft: Composer;
	readonly fits: readonly string[];
	readonly names: readonly string[];
	readonly place: number;
	readonly word: string;
};

export class Completion {
	readonly #writing: DraftEditor;
	readonly #screen: CompletionScreen;
	/** Of the last Tab, for as long as nothing else changes the draft. */
	#round: Round | undefined;

	constructor(writing: DraftEditor, screen: CompletionScreen) {
		this.#writing = writing;
		this.#screen = screen;
	}

	/** Settles once Tab knows what it needs; undefined when it does. */
	get ready(): Promise<unknown> | undefined {
		const {text, cursor} = this.#writing.draft;
		return SHORTCODE.test(wordBefore(text, cursor)) && knownEmoji() === undefined ? this.loadEmoji() : undefined;
	}

	complete(): void {
		const {draft} = this.#writing;
		if (this.#round?.draft === draft) return this.#next(this.#round);
		const before = draft.text.slice(0, draft.cursor);
		const paths = typedPaths(before);
		if (paths !== undefined) return void this.#completePath(paths);
		const names = this.#screen.client.snapshot().contacts.map(({name}) => name);
		const {word, fits} = completions(before, names);
		if (SHORTCODE.test(word)) return this.#completeEmoji(word);
		if (NEWCOMER.test(before)) return void this.#completeNewcomer(word, fits);
		this.#fit(word, fits);
	}

	/**
	 * `draft` with `text` typed, in which each shortcode that ends in it is its emoji. A promise when none is known yet: once it is settled,
	 * ask again.
	 */
	typed(draft: Composer, text: string): Composer | Promise<unknown> {
		const before = draft.text.slice(Math.max(0, draft.cursor - SHORTCODE_LIMIT), draft.cursor);
		if (!hasShortcode(before + text, before.length)) return edit(draft, {kind: 'insert', text});
		const emoji = knownEmoji();
		if (emoji === undefined) return this.loadEmoji();
		const word = wordBefore(before, before.length);
		return replaced(draft, word, emoji.meantBy(before + text, before.length).slice(before.length - word.length));
	}

	async loadEmoji(): Promise<unknown> {
		return loadEmoji(error => this.#screen.client.caught('emoji', error));
	}

	/** `names`: as they are told. */
	#fit(word: string, fits: readonly string[], names = fits): void {
		if (fits.length === 0) return;
		const shared = sharedStart(fits);
		// A folder is not the end of a path.
		const end = fits.length === 1 && !shared.endsWith('/') ? ' ' : '';
		if (shared.startsWith(word)) {
			this.#writing.edit(draft => edit(draft, {kind: 'insert', text: shared.slice(word.length) + end}));
		} else this.#replace(word, shared + end);
		if (fits.length === 1) return;
		this.#screen.offer(names.join('  '));
		this.#round = {draft: this.#writing.draft, fits, names, place: -1, word: shared};
	}

	#next({fits, names, place, word}: Round): void {
		const next = (place + 1) % fits.length;
		const fit = fits[next] ?? '';
		this.#replace(word, fit);
		this.#screen.offer(names.map((name, index) => (index === next ? `[${name}]` : name)).join('  '));
		this.#round = {draft: this.#writing.draft, fits, names, place: next, word: fit};
	}

	/** The folder is read meanwhile. */
	async #completePath(typed: string): Promise<void> {
		const {draft} = this.#writing;
		const {word, fits, names} = await pathFits(typed);
		// The person has typed on meanwhile.
		if (this.#writing.draft === draft) this.#fit(word, fits, names);
	}

	/** Names of the directory fit as well. */
	async #completeNewcomer(word: string, known: readonly string[]): Promise<void> {
		const {draft} = this.#writing;
		const sign = word.startsWith('@') ? '@' : '';
		try {
			const {names} = await this.#screen.client.search(word.slice(sign.length).toLowerCase());
			// The person has typed on meanwhile.
			if (this.#writing.draft !== draft) return;
			const fits = [...new Set([...known, ...names.map(({name}) => `${sign}${name}`)])].toSorted();
			if (fits.length === 0) this.#screen.tell(catalogue.notices.noNameBegins(word));
			this.#fit(word, fits);
		} catch (error) {
			this.#fit(word, known);
			this.#screen.tell(errorWords(error));
		}
	}

	#completeEmoji(word: string): void {
		const emoji = knownEmoji() ?? new Emoji([]);
		const fits = emoji.complete(word);
		const only = emoji.exact(word) ?? (fits.length === 1 ? fits[0]?.emoji : undefined);
		if (only !== undefined) return this.#replace(word, only);
		if (fits.length === 0) return this.#screen.tell(catalogue.notices.noEmoji(word));
		const shared = sharedStart(fits.map(({name}) => `:${name}`));
		const typed = shared.length > word.length ? shared : word;
		if (typed !== word) this.#replace(word, typed);
		this.#screen.offer(fits.map(fit => `${fit.emoji} :${fit.name}:`).join('  '));
		const all = fits.map(fit => fit.emoji);
		this.#round = {draft: this.#writing.draft, fits: all, names: all, place: -1, word: typed};
	}

	/** The word before the cursor. */
	#replace(word: string, by: string): void {
		this.#writing.edit(draft => replaced(draft, word, by));
	}
}

function wordBefore(text: string, cursor: number): string {
	return /\S*$/.exec(text.slice(0, cursor))?.[0] ?? '';
}

/** `draft` with `by` in place of `word`, which stands before the cursor. */
function replaced(draft: Composer, word: string, by: string): Composer {
	let cut = draft;
	for (const _ of graphemes(word)) cut = edit(cut, {kind: 'backspace'});
	return edit(cut, {kind: 'insert', text: by});
}
