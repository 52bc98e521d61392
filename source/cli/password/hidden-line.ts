// A line typed blind: what each key does to it. Pure; the terminal is elsewhere.
import {EscapeSequences} from '../escape-sequences.ts';

const ENTER = /[\r\n]/;
const CANCEL = new Set(['\u0003', '\u0004']); // Ctrl-C, Ctrl-D
const BACKSPACE = new Set(['\u007F', '\b']);
const CLEAR = '\u0015'; // Ctrl-U

/** Finished when `text` is there; `rest` was typed ahead of the next question. */
export type LineResult =
	| {readonly kind: 'done'; readonly text: string; readonly rest: string}
	| {readonly kind: 'cancelled'};

export class HiddenLine {
	#characters: string[] = [];
	readonly #escapes = new EscapeSequences();

	/** What is typed so far. */
	get text(): string {
		return this.#characters.join('');
	}

	/** Takes what the terminal sent; undefined while the line goes on. */
	feed(keys: string): LineResult | undefined {
		const characters = Array.from(keys);
		for (const [index, key] of characters.entries()) {
			if (this.#escapes.takes(key)) continue;
			if (ENTER.test(key)) {
				const rest = characters.slice(index + 1).join('');
				return {kind: 'done', text: this.text, rest};
			}

			if (CANCEL.has(key)) return {kind: 'cancelled'};
			if (BACKSPACE.has(key)) this.#characters.pop();
			else if (key === CLEAR) this.#characters = [];
			else if (!/\p{Cc}/u.test(key)) this.#characters.push(key);
		}

		return undefined;
	}
}
