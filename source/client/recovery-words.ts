// Recovery words: a recovery secret as 24 words of BIP-39's English list, its checksum among them. The list is read when words are wanted.
import {type Buffer} from 'node:buffer';
import {intoSecret} from '../crypto/bytes.ts';
import {ClientError} from '../os/errors.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Words of a recovery secret: 256 bits and a checksum of 8, 11 bits each. */
export const RECOVERY_WORDS = 24;
/** Letters of the longest word of the list, and cells of a column of words. */
const LONGEST = 8;
export const WORD_COLUMN = 3 + LONGEST + 2;
/** UTF-16 units of what is looked at: 24 of the longest words, with much white space. */
const TYPED_LIMIT = 1024;

/** The words that stand for the secret, in order. */
export async function wordsOf(secret: Buffer): Promise<readonly string[]> {
	const [{entropyToMnemonic}, {wordlist}] = await loaded();
	return entropyToMnemonic(secret, wordlist).split(' ');
}

/** The first of the typed words that is none of the list, from 0; -1 where all are. */
export async function unknownWord(words: readonly string[]): Promise<number> {
	const [, {wordlist}] = await loaded();
	const known = new Set(wordlist);
	return words.findIndex(word => !known.has(word));
}

/** The secret of typed words, the caller's to wipe. Throws ClientError 'bad-words', which says which word is wrong. */
export async function secretOf(typed: string): Promise<Buffer> {
	const [{mnemonicToEntropy}, {wordlist}] = await loaded();
	const words = typedWords(typed);
	const unknown = await unknownWord(words);
	if (unknown !== -1) throw new ClientError('bad-words', catalogue.recovery.unknownWord(unknown + 1));
	if (words.length !== RECOVERY_WORDS) throw new ClientError('bad-words', catalogue.recovery.wordCount(words.length));
	try {
		return intoSecret(mnemonicToEntropy(words.join(' '), wordlist));
	} catch {
		// Its error may quote the words.
		throw new ClientError('bad-words', catalogue.recovery.checksum);
	}
}

/** What was typed, as words are spelled: case and white space do not count, nor do commas and numbers between the words. */
export function typedWords(typed: string): string[] {
	const text = typed.slice(0, TYPED_LIMIT).normalize('NFKC').toLowerCase();
	return text.split(/[\s,;]+/).filter(word => word !== '' && !/^\d{1,2}[.:)]?$/.test(word));
}

/** Words with their numbers, in columns that are read downwards. */
export function wordColumns(words: readonly string[], columns: number): string[] {
	const rows = Math.ceil(words.length / columns);
	const cell = (place: number) => {
		const word = words[place];
		return word === undefined ? '' : `${String(place + 1).padStart(2)} ${word.padEnd(LONGEST)}`;
	};

	return Array.from({length: rows}, (_, row) =>
		Array.from({length: columns}, (__, column) => cell(column * rows + row))
			.join('  ')
			.trimEnd(),
	);
}

async function loaded() {
	return Promise.all([import('@scure/bip39'), import('@scure/bip39/wordlists/english.js')]);
}
