// Rows for a terminal that takes ASCII alone: each sign becomes as many ASCII characters as it has cells. Pure.
import {STAND_IN, cellsOf, graphemeFor} from '../text/stand-ins.ts';
import {graphemeWidth, graphemes} from '../text/width.ts';

/** The screen's own signs, and the punctuation of its words; each has one cell. */
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

/** `row` as Ink writes it: text with stand-ins, colours and links. Letters lose their accents, other signs become question marks. */
export function asciiRow(row: string): string {
	return row.replaceAll(beyond, (run: string, standIn: string | undefined) => {
		if (standIn !== undefined) return asciiOf(graphemeFor(standIn) ?? '', cellsOf(standIn));
		return graphemes(run)
			.map(grapheme => asciiOf(grapheme, graphemeWidth(grapheme)))
			.join('');
	});
}

function asciiOf(grapheme: string, cells: number): string {
	const [letter = ''] = grapheme.normalize('NFD');
	const sign = SIGNS[grapheme] ?? (/^[ -~]$/.test(letter) ? letter : '');
	return sign.length === cells ? sign : '?'.repeat(cells);
}
