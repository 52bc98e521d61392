// Words as the index of the history knows them: what a text is found by, and what a query asks for. Pure.
import {Buffer} from 'node:buffer';
import {type ConversationId} from '../conversation.ts';

/** Letters and digits of scripts that set no spaces between words: each is a word of its own, and a run of them a phrase. */
const single = String.raw`[[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Mymr}]&&[\p{L}\p{N}]]`;
/** Those; symbols, of which emoji are; everything else that words are made of. */
const tokens = later(String.raw`(?:${single}|\p{S})\p{M}*|[[\p{L}\p{M}\p{N}\p{Co}]--${single}]+`);
/** Accents, and the points of Hebrew and Arabic: not the vowels of other scripts, nor the sound marks of kana. */
const marks = later(String.raw`[[\p{M}&&[\p{sc=Inherited}\p{sc=Hebrew}\p{sc=Arabic}]]--[\u3099\u309A]]`);
const alone = later(String.raw`^(?:${single}|\p{S})`, 'v');

/** UTF-16 units of a word that count. */
const WORD_LIMIT = 64;
/** Words of a query that count. */
const QUERY_LIMIT = 64;

/**
 * For the tokenizer `ascii`, to which all beyond ASCII is a letter: the database's own tables of Unicode are of 2012. The symbols
 * of ASCII are the `tokenchars` of the table.
 */
export const TOKENIZER = "ascii tokenchars '$+<=>^`|~'";

/** The words of a text, with a space between. */
export function termsOf(text: string): string {
	return wordsOf(fold(text)).join(' ');
}

/**
 * What FTS5 is to match: all words of `query`, each as the beginning of one, in the order of what stands without a space between.
 * Undefined when there is no word in it. Whatever is typed is words, never syntax.
 */
export function matchOf(query: string): string | undefined {
	const phrases: string[] = [];
	let count = 0;
	for (const part of fold(query).split(/\s+/)) {
		const words = wordsOf(part).slice(0, QUERY_LIMIT - count);
		count += words.length;
		const last = words.at(-1);
		if (last !== undefined) phrases.push(`"${words.join(' ')}"${alone().test(last) ? '' : '*'}`);
	}

	return phrases.length === 0 ? undefined : `words : (${phrases.join(' AND ')})`;
}

/** The same for messages of one of these conversations. */
export function conversationsMatchOf(conversations: readonly ConversationId[]): string {
	return `peer : (${conversations.map(each => `"${Buffer.from(each).toString('hex')}"`).join(' OR ')})`;
}

function wordsOf(folded: string): string[] {
	return (folded.match(tokens()) ?? []).map(word => word.slice(0, WORD_LIMIT));
}

/**
 * What words are compared by: compatibility forms aside, and letter case, and accents. Upper case alone would tell ẞ from ß, lower
 * case σ from ς.
 */
function fold(text: string): string {
	return text.normalize('NFKD').replace(marks(), '').toLowerCase().toUpperCase().normalize('NFKC');
}

/** Made when it is first asked for: to make all of them takes 2 ms, and a start needs none. */
function later(pattern: string, flags = 'gv'): () => RegExp {
	let made: RegExp | undefined;
	return () => (made ??= new RegExp(pattern, flags));
}
