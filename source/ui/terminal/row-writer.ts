// Bytes that draw a row in its place: absolute, whatever is there and however the terminal counts.
import {STAND_IN, cellsOf, graphemeFor} from '../text/stand-ins.ts';
import {widthOf} from '../text/width.ts';

const ERASE = '\u001B[K';
/** A blank at the cursor, before which all that is behind moves on. */
const INSERT = '\u001B[@';
/** Without colours and weights. */
const PLAIN = '\u001B[0m';

/** What draws nothing: colours and weights (SGR), and the brackets of links (OSC 8). */
const mark = /\p{Cc}\[[\d;]*m|\p{Cc}\]8;\P{Cc}*\p{Cc}/gu;
/** Of those, what is repeated where a row is drawn from its middle on. */
const styles = /\p{Cc}\[[\d;]*m/gu;
/** A sign at the end of a row. */
const ending = new RegExp(`(${STAND_IN.source})(?:${mark.source})*$`, 'u');
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
	const edge = edgeOf(row, columns);
	if (edge !== undefined) {
		const rest = drawn(row.slice(0, edge.index), 0, columns - 1);
		return `\u001B[${y + 1};1H${ERASE}${edge.bytes}\u001B[1G${rest}${row.slice(edge.end)}`;
	}

	const from = before === undefined ? 0 : sameUnits(row, before);
	const head = row.slice(0, from);
	const x = from === 0 ? 0 : widthOf(head.replaceAll(mark, ''));
	// A row that was wider has its end in the last column, or in the last two.
	if (x >= columns - 1 && before !== undefined && cellsIn(before) > columns) {
		return rowBytes(row, {y, columns, before: undefined});
	}

	// Behind the last column nothing is seen, and what is erased from there on would be what stands in it.
	if (x >= columns) return '';
	return `\u001B[${y + 1};${x + 1}H${ERASE}${(head.match(styles) ?? []).join('')}${drawn(row.slice(from), x, columns)}`;
}

/**
 * A sign of several code points in one cell, the last of `columns`; undefined when there is none. Where nothing goes on in the next row, the
 * cursor stays in that column, and tmux and GNU screen join all but the first code point to the cell before. So the sign is drawn one
 * column before, whole, and moved to its place by a blank that is inserted (ICH, ECMA-48 8.3.64).
 */
function edgeOf(row: string, columns: number): {index: number; end: number; bytes: string} | undefined {
	const found = ending.exec(row);
	if (found === null) return undefined;
	const {1: standIn = '', index} = found;
	const grapheme = cellsOf(standIn) === 1 ? graphemeFor(standIn) : undefined;
	if (grapheme === undefined || columns < 2 || Array.from(grapheme).length === 1) return undefined;
	const head = row.slice(0, index);
	if (cellsIn(head) !== columns - 1) return undefined;
	const place = columnBytes(columns - 2);
	const bytes = `${place}${(head.match(styles) ?? []).join('')}${grapheme}${PLAIN}${place}${INSERT}`;
	return {index, end: index + standIn.length, bytes};
}

/** Cells of text with marks and stand-ins. */
function cellsIn(text: string): number {
	let cells = 0;
	const plain = text.replaceAll(mark, '').replaceAll(STAND_IN, standIn => {
		cells += cellsOf(standIn);
		return '';
	});
	return cells + widthOf(plain);
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
