// Tab: completes the word before the cursor to a command, a name or an emoji, as far as only one fits.
import {completions, sharedStart} from '../commands.ts';
import {type Composer} from '../composer/composer.ts';
import {edit} from '../composer/edit.ts';
import {type ScreenControls} from '../screen-controls.ts';
import {type Emoji, loadEmoji} from '../text/emoji.ts';

/** `:smi` and `:smile:`. */
const SHORTCODE = /^:[\w+-]+:?$/;

/** Where the draft is read and changed. */
export type DraftEditor = {
	readonly draft: Composer;
	edit(change: (draft: Composer) => Composer): void;
};

export class Completion {
	readonly #writing: DraftEditor;
	readonly #screen: Pick<ScreenControls, 'client' | 'tell'>;
	/** Loaded when the first emoji is asked for. */
	#emoji: Promise<Emoji> | undefined;

	constructor(writing: DraftEditor, screen: Pick<ScreenControls, 'client' | 'tell'>) {
		this.#writing = writing;
		this.#screen = screen;
	}

	complete(): void {
		const {text, cursor} = this.#writing.draft;
		const names = this.#screen.client.snapshot().contacts.map(({name}) => name);
		const {word, fits} = completions(text.slice(0, cursor), names);
		if (SHORTCODE.test(word)) return void this.#completeEmoji(word);
		if (fits.length === 0) return;
		const rest = `${sharedStart(fits).slice(word.length)}${fits.length === 1 ? ' ' : ''}`;
		this.#writing.edit(draft => edit(draft, {kind: 'insert', text: rest}));
		if (fits.length > 1 && rest === '') this.#screen.tell(fits.join('  '));
	}

	async #completeEmoji(word: string): Promise<void> {
		const {draft} = this.#writing;
		this.#emoji ??= loadEmoji();
		const emoji = await this.#emoji;
		// The person has typed on meanwhile.
		if (this.#writing.draft !== draft) return;
		const fits = emoji.complete(word);
		const only = emoji.exact(word) ?? (fits.length === 1 ? fits[0]?.emoji : undefined);
		if (only !== undefined) return this.#replace(word, only);
		if (fits.length === 0) return this.#screen.tell(`no emoji is called ${word}`);
		const shared = sharedStart(fits.map(({name}) => `:${name}`));
		if (shared.length > word.length) this.#replace(word, shared);
		this.#screen.tell(fits.map(fit => `${fit.emoji} :${fit.name}:`).join('  '));
	}

	/** The word before the cursor. */
	#replace(word: string, by: string): void {
		this.#writing.edit(draft => {
			let cut = draft;
			for (const _ of word) cut = edit(cut, {kind: 'backspace'});
			return edit(cut, {kind: 'insert', text: by});
		});
	}
}
