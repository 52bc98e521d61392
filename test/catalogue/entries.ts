// A catalogue as a list of what it says, for whoever checks all of it.
import {catalogueOf} from '../../source/catalogue/catalogue.ts';
import type {Catalogue} from '../../source/catalogue/catalogue-type.ts';
import {LANGUAGES} from '../../source/catalogue/language.ts';

type Say = (...args: readonly unknown[]) => unknown;

/** A text, or what makes one. */
export type Entry = string | Say;

/** Entries that are given a list of texts. */
const LISTS = new Set(['linear.listed', 'linear.unread']);

/** The languages that are there. */
export const spoken: ReadonlyArray<{readonly language: string; readonly words: Catalogue}> = (
	await Promise.all(LANGUAGES.map(async language => ({language, words: await catalogueOf(language)})))
).flatMap(({language, words}) => (words === undefined ? [] : [{language, words}]));

/** Each entry under where it stands: `status.problems.busy`. */
export function entriesOf(words: Catalogue): Map<string, Entry> {
	return new Map(partsOf(words, ''));
}

function partsOf(value: unknown, place: string): ReadonlyArray<readonly [string, Entry]> {
	if (typeof value === 'string' || typeof value === 'function') return [[place, value as Entry]];
	const parts = Object.entries(value as Readonly<Record<string, unknown>>);
	return parts.flatMap(([key, part]) => partsOf(part, place === '' ? key : `${place}.${key}`));
}

/** How many things an entry is given. */
export function arityOf(entry: Entry): number {
	return typeof entry === 'function' ? entry.length : 0;
}

/** The mark in place of something that is given. */
export function markOf(index: number): string {
	return `‹${index}›`;
}

/** What an entry says, with `args` or else with marks for what it is given; several lines with line ends between them. */
export function saidBy(place: string, entry: Entry, args?: readonly unknown[]): string {
	if (typeof entry === 'string') return entry;
	const given = args ?? Array.from({length: arityOf(entry)}, (_, index) => markOf(index));
	const said = entry(...(LISTS.has(place) ? [given] : given));
	return Array.isArray(said) ? said.join('\n') : String(said);
}
