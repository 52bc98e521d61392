// Looks for words in every byte of every file of a folder, in whatever way text is commonly written down.
import {Buffer} from 'node:buffer';
import {readFile, readdir} from 'node:fs/promises';
import path from 'node:path';

export type Trace = {readonly file: string; readonly word: string; readonly form: string};

/** Each file, by its path in `folder`, with each of `words` that is in it. */
export async function tracesIn(folder: string, words: readonly string[]): Promise<Trace[]> {
	const forms = words.flatMap(word => formsOf(word).map(([form, needle]) => ({word, form, needle})));
	const found: Trace[] = [];
	for (const entry of await readdir(folder, {recursive: true, withFileTypes: true})) {
		if (!entry.isFile()) continue;
		const file = path.relative(folder, path.join(entry.parentPath, entry.name));
		const bytes = await readFile(path.join(folder, file));
		for (const {word, form, needle} of forms) {
			const isInName = form === 'utf8' && file.includes(needle.toString());
			if (isInName || bytes.includes(needle)) found.push({file, word, form});
		}
	}

	return found;
}

/** The ways in which a word may be written: as it is, in capitals, and folded as the search folds. */
export function formsOf(word: string): Array<[form: string, needle: Buffer]> {
	const cases = [...new Set([word, word.toUpperCase(), word.toLowerCase(), word.normalize('NFD')])];
	return cases.flatMap((each): Array<[string, Buffer]> => {
		const utf8 = Buffer.from(each);
		const hex = utf8.toString('hex');
		return [
			['utf8', utf8],
			['utf16le', Buffer.from(each, 'utf16le')],
			['hex', Buffer.from(hex)],
			['HEX', Buffer.from(hex.toUpperCase())],
			...[0, 1, 2].flatMap((shift): Array<[string, Buffer]> => {
				const text = base64Inside(utf8, shift);
				return [
					['base64', Buffer.from(text)],
					['base64url', Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_'))],
				];
			}),
		];
	});
}

/** The characters of base64 that are the same whatever stands around `bytes`, `shift` bytes after a group of three begins. */
function base64Inside(bytes: Buffer, shift: number): string {
	const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
	return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}
