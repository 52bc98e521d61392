// Emoji by their shortcodes, as people know them from elsewhere: `:smile:`.
import type {Gemoji} from 'gemoji';

/** Whole shortcodes, each at the beginning of a word. */
const WHOLE = /(?<!\S):[\w+-]+:/g;
/** More than one reads in a line. */
const LIMIT = 20;

export type NamedEmoji = {readonly name: string; readonly emoji: string};

export class Emoji {
	/** By name: as many as the table has. */
	readonly #byName: ReadonlyMap<string, string>;

	constructor(table: readonly Gemoji[]) {
		this.#byName = new Map(table.flatMap(({names, emoji}) => names.map(name => [name, emoji] as const)));
	}

	/** What `:smi` may become: names that begin so, then those that have it in them, the shortest first. */
	complete(word: string): readonly NamedEmoji[] {
		const part = word.replaceAll(':', '').toLowerCase();
		const all = [...this.#byName].map(([name, emoji]) => ({name, emoji}));
		const shortest = (named: readonly NamedEmoji[]) => named.toSorted((a, b) => a.name.length - b.name.length);
		const begin = shortest(all.filter(({name}) => name.startsWith(part)));
		const hold = shortest(all.filter(({name}) => name.includes(part) && !name.startsWith(part)));
		return [...begin, ...hold].slice(0, LIMIT);
	}

	/** The one of that very name, between colons: `:smile:`. */
	exact(word: string): string | undefined {
		const [, name = ''] = /^:([^:]+):$/.exec(word) ?? [];
		return this.#byName.get(name);
	}

	/** `text` with an emoji in place of each whole shortcode in it that ends behind `from`; one that is not known stays. */
	meantBy(text: string, from = 0): string {
		return text.replaceAll(WHOLE, (code, index: number) =>
			index + code.length > from ? (this.exact(code) ?? code) : code,
		);
	}
}

/** Whether a whole shortcode in `text` ends behind `from`. */
export function hasShortcode(text: string, from = 0): boolean {
	return [...text.matchAll(WHOLE)].some(({0: code, index}) => index + code.length > from);
}

let table: Emoji | undefined;

/** Once it is read; nothing needs it before the first shortcode. */
export function knownEmoji(): Emoji | undefined {
	return table;
}

/** Reads the table. When that fails `caught` is told why, and no name is known. */
export async function loadEmoji(caught: (error: unknown) => void): Promise<Emoji> {
	try {
		const {gemoji} = await import('gemoji');
		table ??= new Emoji(gemoji);
	} catch (error) {
		caught(error);
		table ??= new Emoji([]);
	}

	return table;
}

/** What a person types for an emoji, or the shortcode of one, as `:heart:` or `:heart`; undefined for a shortcode that is not known. */
export async function typedEmoji(typed: string, caught: (error: unknown) => void): Promise<string | undefined> {
	if (!/^:[\w+-]+:?$/.test(typed)) return typed;
	const known = await loadEmoji(caught);
	return known.exact(`:${typed.replaceAll(':', '')}:`);
}
