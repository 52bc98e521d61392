// The text that is being written in rows, and the cursor among them: a column is left free for it at every row's end.
import {graphemeWidth, graphemes, widthOf} from '../text/width.ts';
import {type TextRow, textRows} from '../text/wrap.ts';
import {type Composer} from './composer.ts';

/** Row and column from 0. */
export type Caret = {readonly row: number; readonly column: number};

export type ComposerView = {readonly rows: readonly string[]; readonly cursor: Caret};

/** The rows to draw in `columns` cells, at most `maxRows` around the cursor, and the cursor in them. */
export function view({text, cursor}: Composer, columns: number, maxRows: number): ComposerView {
	const rows = rowsOf(text, columns);
	const {row, column} = caretOf(text, cursor, columns);
	const shown = Math.max(1, maxRows);
	const top = Math.max(0, row - shown + 1);
	return {rows: rows.slice(top, top + shown).map(each => each.text), cursor: {row: row - top, column}};
}

/** Where the cursor is among all rows. */
export function caretOf(text: string, cursor: number, columns: number): Caret {
	const rows = rowsOf(text, columns);
	const row = rows.findLastIndex(({start}) => start <= cursor);
	const column = widthOf(text.slice(rows[row]?.start, cursor));
	return {row, column: Math.max(0, Math.min(column, columns - 1))};
}

/** The place in `text` that is nearest to `caret` from the left; undefined when there is no such row. */
export function placeAt(text: string, caret: Caret, columns: number): number | undefined {
	const rows = rowsOf(text, columns);
	const row = rows[caret.row];
	if (row === undefined) return undefined;
	// The end of a row that goes on is the beginning of the next.
	const goesOn = rows[caret.row + 1]?.start === row.end;
	let place = row.start;
	let width = 0;
	for (const grapheme of graphemes(text.slice(row.start, row.end))) {
		width += graphemeWidth(grapheme);
		const next = place + grapheme.length;
		if (width > caret.column || (goesOn && next === row.end)) break;
		place = next;
	}

	return place;
}

function rowsOf(text: string, columns: number): readonly TextRow[] {
	return textRows(text, Math.max(1, columns - 1));
}
