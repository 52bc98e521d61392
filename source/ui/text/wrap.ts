// Text broken into rows of a width: between words where it can be, else between the parts of a link, between graphemes where it must.
// Linear in its length.
import {graphemeWidth, graphemes, widthGeneration} from './width.ts';

/** A row of a text: from `start` to `end` in UTF-16 units, spaces that its break swallowed and no newline included. */
export type TextRow = {readonly start: number; readonly end: number; readonly text: string};

/** UTF-16 units of text whose rows are kept: some hundred screens of talk. */
const KEPT_UNITS = 1 << 18;

type Kept = {readonly columns: number; readonly generation: number; readonly rows: readonly TextRow[]};

/** Keyed by text, at one width each, least recently used first; bounded by KEPT_UNITS over all keys. */
const kept = new Map<string, Kept>();
let keptUnits = 0;

/** Scripts that are written without spaces: a row may end between any two of these, but for punctuation. */
const ideograph = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{Emoji_Presentation}]/u;
const closing = /^[\p{Pe}\p{Pf}\p{Po}ーっッゃゅょャュョ]/u;
const opening = /[\p{Ps}\p{Pi}]$/u;

/**
 * `text` in rows of at most `columns` cells (at least one column). Newlines end rows; what is indented stays so; spaces
 * at a break vanish. Only a grapheme that is wider than `columns` by itself has a wider row, its own.
 */
export function wrap(text: string, columns: number): string[] {
	return textRows(text, columns).map(row => row.text);
}

/** The same, each row with its place in `text`: rows follow each other without a gap but for the newlines. */
export function textRows(text: string, columns: number): readonly TextRow[] {
	const known = kept.get(text);
	const generation = widthGeneration();
	const isKept = known?.columns === columns && known.generation === generation;
	const rows = isKept ? known.rows : breakText(text, Math.max(1, columns));
	if (known === undefined) keptUnits += text.length;
	kept.delete(text);
	kept.set(text, {columns, generation, rows});
	for (const oldest of kept.keys()) {
		if (keptUnits <= KEPT_UNITS) break;
		kept.delete(oldest);
		keptUnits -= oldest.length;
	}

	return rows;
}

function breakText(text: string, columns: number): TextRow[] {
	const rows: TextRow[] = [];
	let start = 0;
	for (const line of text.split('\n')) {
		breakLine(line, start, columns, rows);
		start += line.length + 1;
	}

	return rows;
}

/** Adds the rows of `line`, which begins at `offset` of the text. */
function breakLine(line: string, offset: number, columns: number, rows: TextRow[]): void {
	let start = 0;
	let index = 0;
	/** Of the row so far; and where it may end, with its width up to there. */
	let width = 0;
	let breakIndex = 0;
	let breakWidth = 0;
	/** The same within a word, for one that is longer than a row: not in the first half of the row, which would cost rows. */
	let jointIndex = 0;
	let jointWidth = 0;
	let before = '';
	let isIndent = true;

	const endRow = (end: number) => {
		rows.push({start: offset + start, end: offset + end, text: line.slice(start, end).trimEnd()});
		start = end;
	};

	for (const grapheme of graphemes(line)) {
		const cells = graphemeWidth(grapheme);
		if (!isIndent && mayBreak(before, grapheme)) {
			breakIndex = index;
			breakWidth = width;
		}

		if (isJoint(before, grapheme) && !line.endsWith('//', index)) {
			jointIndex = index;
			jointWidth = width;
		}

		// Spaces hang over the edge: the row behind them begins with a word.
		if (grapheme !== ' ' && width + cells > columns) {
			if (breakIndex > start) {
				endRow(breakIndex);
				width -= breakWidth;
				jointWidth -= breakWidth;
			}

			if (width + cells > columns && jointIndex > start && 2 * jointWidth >= columns) {
				endRow(jointIndex);
				width -= jointWidth;
			}

			if (width + cells > columns && index > start) {
				endRow(index);
				width = 0;
			}

			breakWidth = 0;
		}

		width += cells;
		index += grapheme.length;
		before = grapheme;
		isIndent &&= grapheme === ' ';
	}

	endRow(line.length);
}

/** Where the parts of a link or a path meet. */
function isJoint(before: string, next: string): boolean {
	return (before === '/' && next !== '/') || next === '?' || next === '&';
}

function mayBreak(before: string, next: string): boolean {
	if (next === ' ') return false;
	if (before === ' ') return true;
	return (ideograph.test(next) || ideograph.test(before)) && !closing.test(next) && !opening.test(before);
}
