// Bytes that draw a row in its place: absolute, whatever is there and however the terminal counts.
import {STAND_IN, cellsOf, graphemeFor} from '../text/stand-ins.ts';
import {widthOf} from '../text/width.ts';

const ERASE = '\u001B[K';

/** What draws nothing: colours and weights (SGR), and the brackets of links (OSC 8). */
const mark = /\p{Cc}\[[\d;]*m|\p{Cc}\]8;\P{Cc}*\p{Cc}/gu;
/** Of those, what is repeated where a row is drawn from its middle on. */
const styles = /\p{Cc}\[[\d;]*m/gu;
const piece = new RegExp(`(${mark.source})|(${STAND_IN.source})`, 'gu');

type Place = {
	/** Line from 0. */
	readonly y: number;
	/** Of the screen. */
	readonly columns: number;
	/** What stands there; undefined when that is not known. */
	readonly before: string | undefined;
};

/** Draws `row`: text with marks and stand-ins, from the first column. What is as it was, up to the first stand-in, is left alone. */
export function rowBytes(row: string, {y, columns, before}: Place): string {
	const from = before === undefined ? 0 : sameUnits(row, before);
	const head = row.slice(0, from);
	const x = from === 0 ? 0 : widthOf(head.replaceAll(mark, ''));
	// Behind the last column nothing is seen, and what is erased from there on would be what stands in it.
	if (x >= columns) return '';
	return `\u001B[${y + 1};${x + 1}H${ERASE}${(head.match(styles) ?? []).join('')}${drawn(row.slice(from), x, columns)}`;
}

/** UTF-16 units that both begin with, and that can be left as they are. */
function sameUnits(row: string, before: string): number {
	let units = 0;
	while (units < row.length && units < before.length && row[units] === before[units]) units++;
	const same = row.slice(0, units);
	// Not behind what may have shifted, nor in the middle of a sequence or a link.
	const stop = same.search(/[\u{10000}-\u{10FFFF}\p{Cs}]|\p{Cc}\]/u);
	const open = /\p{Cc}(?:\[[\d;]*)?$/u.exec(same)?.index ?? units;
	return stop === -1 ? open : Math.min(stop, open);
}

/** `text` from column `x` on: each stand-in is a grapheme on cells that are blank before, and what follows has its own column. */
function drawn(text: string, x: number, columns: number): string {
	let bytes = '';
	let column = x;
	let end = 0;
	/** Whether that is where the terminal's cursor is, too. */
	let isThere = true;
	const write = (part: string, cells: number) => {
		if (part === '') return;
		if (!isThere) bytes += columnBytes(column);
		bytes += part;
		column += cells;
		isThere = true;
	};

	for (const {0: found, 1: isMark, index} of text.matchAll(piece)) {
		const plain = text.slice(end, index);
		write(plain, widthOf(plain));
		end = index + found.length;
		if (isMark !== undefined) {
			bytes += found;
			continue;
		}

		const grapheme = graphemeFor(found);
		const cells = cellsOf(found);
		write(' '.repeat(cells), cells);
		if (grapheme !== undefined) bytes += columnBytes(column - cells) + grapheme;
		isThere = grapheme === undefined;
	}

	const rest = text.slice(end);
	write(rest, widthOf(rest));
	// In the last column there is nothing behind, and what is erased would be the grapheme.
	return isThere || column >= columns ? bytes : bytes + columnBytes(column) + ERASE;
}

/** CHA (ECMA-48 8.3.9), from 0. */
function columnBytes(x: number): string {
	return `\u001B[${x + 1}G`;
}
