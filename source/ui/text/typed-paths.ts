// Paths as they are typed, and as terminals paste them when a file is dropped: with quotes, with backslashes, as a URL. Pure but for what is asked.
import {homedir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

/** A word between spaces. `start` in UTF-16 units. */
export type TypedWord = {readonly start: number; readonly value: string};

/** What a shell would take for more than a letter. */
const SPECIAL = /[\s"'\\]/gu;

/** The words of a text as a shell reads them (POSIX, Shell Command Language, 2.2); `isOpen`: the last one is not ended by its quote. */
function read(text: string): {readonly words: readonly TypedWord[]; readonly isOpen: boolean} {
	const words: TypedWord[] = [];
	let word: {start: number; value: string} | undefined;
	let quote = '';
	for (let at = 0; at < text.length; at++) {
		const letter = text[at] ?? '';
		if (quote === '' && /\s/.test(letter)) {
			if (word !== undefined) words.push(word);
			word = undefined;
			continue;
		}

		word ??= {start: at, value: ''};
		const next = text[at + 1];
		if (letter === quote) quote = '';
		else if (quote === '' && (letter === "'" || letter === '"')) quote = letter;
		else if (letter === '\\' && next !== undefined && (quote === '' || (quote === '"' && /["$\\`]/.test(next)))) {
			word.value += next;
			at++;
		} else word.value += letter;
	}

	if (word !== undefined) words.push(word);
	return {words, isOpen: quote !== ''};
}

/** The words of a text; undefined where a quote is not ended. */
export function shellWords(text: string): string[] | undefined {
	const {words, isOpen} = read(text);
	return isOpen ? undefined : words.map(({value}) => value);
}

/** The word that a text ends in: an empty one behind a space. */
export function lastWord(text: string): TypedWord {
	const {words, isOpen} = read(text);
	const last = words.at(-1);
	const isEnded = /\s$/.test(text) && !isOpen && !/\\\s$/.test(text);
	return last === undefined || isEnded ? {start: text.length, value: ''} : last;
}

/** A path as it is typed outside of quotes. */
export function escapedPath(value: string): string {
	return value.replaceAll(SPECIAL, String.raw`\$&`);
}

/** Absolute: from the home behind `~`, else from the working directory; a file's URL is its path (RFC 8089). */
export function absolutePathOf(word: string, {home = homedir(), folder = process.cwd()} = {}): string {
	if (word.startsWith('file://')) {
		try {
			return fileURLToPath(word);
		} catch {
			// Of another machine, or not well-formed: a name as any other.
		}
	}

	if (word === '~' || word.startsWith('~/')) return path.join(home, word.slice(1));
	return path.resolve(folder, word);
}

/**
 * What may have been dropped: lists of absolute paths, the likeliest first; none for what is no path. A terminal may have put the path there as it
 * is, spaces and all.
 */
export function droppedPaths(text: string): string[][] {
	const whole = text.trim();
	const words = shellWords(whole) ?? [];
	const lists = [[whole], words].filter(list => list.length > 0 && list.every(isPath));
	return lists.map(list => list.map(word => absolutePathOf(word)));
}

function isPath(word: string): boolean {
	return path.isAbsolute(word) || word.startsWith('file://');
}
