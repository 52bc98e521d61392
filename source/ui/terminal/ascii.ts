// Rows without the signs that the screen draws with, for who has no such glyphs, and rows of ASCII alone, each with as many cells. Pure.
import {STAND_IN, cellsOf, graphemeFor} from '../text/stand-ins.ts';
import {graphemeWidth, graphemes} from '../text/width.ts';

/** What a row of the screen becomes on its way to the terminal. */
export type RowForm = (row: string) => string;

/** What the screen draws with; each has one cell. */
const SIGNS: Readonly<Record<string, string>> = {
	'│': '|',
	'─': '-',
	'├': '+',
	'╭': '+',
	'╮': '+',
	'╰': '+',
	'╯': '+',
	'▏': '|',
	'▌': '|',
	'█': '#',
	'░': '.',
	'▀': '^',
	'▄': '_',
	'×': 'x',
	'▸': '>',
	'▤': '=',
	'›': '>',
	'‹': '<',
	'→': '>',
	'↑': '^',
	'↓': 'v',
	'●': '*',
	'○': 'o',
	'◐': '%',
	'◉': '&',
	'◌': '~',
	'◔': '@',
	'◷': '~',
	'⊘': 'x',
	'✓': 'v',
	'•': '*',
	'·': '-',
	'…': '.',
};

/** What its words are written with besides; each has one cell. */
const LETTERS: Readonly<Record<string, string>> = {
	'–': '-',
	'’': "'",
	'“': '"',
	'”': '"',
	'„': '"',
	'«': '"',
	'»': '"',
	'‚': "'",
	'‘': "'",
	'—': '-',
	'¿': '?',
	'¡': '!',
	'\u00A0': ' ',
	'\u202F': ' ',
	ß: 's',
	æ: 'a',
	œ: 'o',
};

const beyond = new RegExp(`(${STAND_IN.source})|[^\\u0000-\\u007F\\u{100000}-\\u{10FFFD}]+`, 'gu');
const signs = new RegExp(`(${STAND_IN.source})|[${Object.keys(SIGNS).join('')}]`, 'gu');

/** A row as it is. */
export const wholeRow: RowForm = row => row;

/** `row` as Ink writes it: text with stand-ins, colours and links. All but the screen's own signs stays: letters of every language, and what people send. */
export const signlessRow: RowForm = row =>
	row.replaceAll(signs, (sign: string, standIn: string | undefined) => {
		const grapheme = standIn === undefined ? sign : graphemeFor(standIn);
		return SIGNS[grapheme ?? '']?.padEnd(standIn === undefined ? 1 : cellsOf(standIn)) ?? sign;
	});

/** The same for a terminal that takes nothing else than ASCII. Letters lose their accents, other signs become question marks. */
export const asciiRow: RowForm = row =>
	row.replaceAll(beyond, (run: string, standIn: string | undefined) => {
		if (standIn !== undefined) return asciiOf(graphemeFor(standIn) ?? '', cellsOf(standIn));
		return graphemes(run)
			.map(grapheme => asciiOf(grapheme, graphemeWidth(grapheme)))
			.join('');
	});

function asciiOf(grapheme: string, cells: number): string {
	const [letter = ''] = grapheme.normalize('NFD');
	const sign = SIGNS[grapheme] ?? LETTERS[grapheme] ?? (/^[ -~]$/.test(letter) ? letter : '');
	return sign.length === cells ? sign : '?'.repeat(cells);
}
