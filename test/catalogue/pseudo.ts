// A language in which no letter is Latin: what is Latin on the screen then is said outside the catalogue.
import {sayFrom} from '../../source/catalogue/catalogue.ts';
import type {Catalogue} from '../../source/catalogue/catalogue-type.ts';
import {en} from '../../source/catalogue/en/en.ts';

/** Of the same width each, and none that is spelled as a Latin one in this language. */
const LATIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const OTHER = 'АБЦДЕФГХИЙКЛМНОПЯРСТУВШЧЫЗабцдефгхийклмнопярстувшчыз';
/** From a Latin letter to the one of two cells (Unicode, Halfwidth and Fullwidth Forms). */
const FULL_WIDTH = 0xfe_e0;
const LETTERS = new Map(Array.from(LATIN, (letter, index) => [letter, OTHER.charAt(index)]));

/** Gives a text with other letters. */
type Spell = (text: string) => string;

/** English with other letters: each text, and what each function makes of its arguments, which stay as they are. */
export function pseudo(spell: Spell = pseudoText): Catalogue {
	return {...(otherwise(en, spell) as Catalogue), language: 'en'};
}

/** From now on everything in this process is said so. */
export function speakPseudo(): void {
	sayFrom(pseudo());
}

/** The same text in other letters. */
export function pseudoText(text: string): string {
	return text.replaceAll(/[A-Za-z]/g, letter => LETTERS.get(letter) ?? letter);
}

/** The same in letters of two cells each. */
export function wideText(text: string): string {
	return text.replaceAll(/[A-Za-z]/g, letter => String.fromCodePoint(letter.charCodeAt(0) + FULL_WIDTH));
}

/** The words of Latin letters in `text` that are none of `known`, such as names, commands, flags and keys. */
export function latinWords(text: string, known: readonly string[]): string[] {
	return (text.match(/[A-Za-z]+/g) ?? []).filter(word => !known.includes(word));
}

function otherwise(entry: unknown, spell: Spell): unknown {
	if (typeof entry === 'string') return spell(entry);
	if (typeof entry === 'function') {
		return (...args: readonly unknown[]) =>
			withOthers((entry as (...all: readonly unknown[]) => unknown)(...args), args, spell);
	}

	if (Array.isArray(entry)) return entry.map(each => otherwise(each, spell));
	if (typeof entry !== 'object' || entry === null) return entry;
	return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, otherwise(value, spell)]));
}

/** What a function said, without what it was given. */
function withOthers(said: unknown, args: readonly unknown[], spell: Spell): unknown {
	if (typeof said !== 'string') return otherwise(said, spell);
	const given = textsIn(args).toSorted((a, b) => b.length - a.length);
	if (given.length === 0) return spell(said);
	const pattern = new RegExp(
		`(${given.map(text => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)).join('|')})`,
		'gu',
	);
	return said
		.split(pattern)
		.map((part, index) => (index % 2 === 1 ? part : spell(part)))
		.join('');
}

/** Every text in what a function was given, the ones of fields too. */
function textsIn(given: unknown): string[] {
	if (typeof given === 'string') return given === '' ? [] : [given];
	if (typeof given !== 'object' || given === null) return [];
	return Object.values(given).flatMap(each => textsIn(each));
}
