// Rows of a screen as data: runs of text, each with its role, cut and filled to a width. What is drawn is safe already.
import {type ThemeRole} from '../theme.ts';
import {truncate, widthOf} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';

/** `url`: where a terminal goes when it is clicked. `isBold` and `isItalic` add to the style of the role. */
export type Span = {
	readonly text: string;
	readonly role?: ThemeRole;
	readonly url?: string;
	readonly isBold?: boolean;
	readonly isItalic?: boolean;
};
export type ScreenRow = readonly Span[];

/** Of a screen, in cells. */
export type Size = {readonly columns: number; readonly rows: number};

/** Drawn for a character of a password. */
export const DOT = '•';

export const emptyRow: ScreenRow = [];

export function span(text: string, role?: ThemeRole): Span {
	return role === undefined ? {text} : {text, role};
}

export function rowWidth(row: ScreenRow): number {
	let width = 0;
	for (const {text} of row) width += widthOf(text);
	return width;
}

/** Stands where something was cut. */
const MARK = '…';

/** `row` in exactly `width` cells: cut with `mark` where more than spaces is lost and there is room for more than the mark, or filled up with spaces. */
export function fitRow(row: ScreenRow, width: number, mark = MARK): ScreenRow {
	const {fitted, lost} = beginning(row, width);
	if (!lost || mark === '' || width <= widthOf(mark)) return fitted;
	const kept = beginning(row, width - widthOf(mark)).fitted;
	const role = kept.at(-1)?.role ?? row[0]?.role;
	return [...kept, span(mark, role)];
}

/** What of `row` stands in the first `width` cells, with nothing behind the cut; and whether more than spaces is lost. */
function beginning(row: ScreenRow, width: number): {readonly fitted: ScreenRow; readonly lost: boolean} {
	const fitted: Span[] = [];
	let left = width;
	let lost = false;
	for (const part of row) {
		const text = lost || left <= 0 ? '' : truncate(part.text, left, '');
		if (text !== part.text) lost ||= /\S/.test(part.text.slice(text.length));
		if (text === '') continue;
		left -= widthOf(text);
		fitted.push({...part, text});
	}

	if (left > 0) fitted.push(span(' '.repeat(left)));
	return {fitted, lost};
}

/** The first `height` of `rows`, which have `width` cells; the last one ends with a mark where more would follow. */
export function firstRows(rows: readonly ScreenRow[], width: number, height: number): readonly ScreenRow[] {
	const shown = rows.slice(0, Math.max(0, height));
	return shown.length < rows.length ? markLast(shown, MARK, width) : shown;
}

/** Rows of `width` cells out of a longer list: arrows at the right end say whether more is above and below. */
export function withArrows(
	rows: readonly ScreenRow[],
	{above, below}: {readonly above: boolean; readonly below: boolean},
	width: number,
): readonly ScreenRow[] {
	if (rows.length === 1) return markLast(rows, `${above ? '↑' : ''}${below ? '↓' : ''}`, width);
	const [first, ...rest] = below ? markLast(rows, '↓', width) : rows;
	if (first === undefined) return rows;
	return [...(above ? markLast([first], '↑', width) : [first]), ...rest];
}

/** Puts `mark` at the right end of the last row, where there is room for more than that. */
function markLast(rows: readonly ScreenRow[], mark: string, width: number): readonly ScreenRow[] {
	const last = rows.at(-1);
	const room = width - widthOf(mark) - 1;
	if (last === undefined || mark === '' || room < 1) return rows;
	// One mark is enough of what is cut.
	const kept = mark === MARK ? beginning(last, room).fitted : fitRow(last, room);
	return [...rows.slice(0, -1), [...kept, span(' '), span(mark, 'muted')]];
}

/** A row that is chosen. */
export function inverse(row: ScreenRow): ScreenRow {
	return row.map(part => ({...part, role: 'selected' as const}));
}

/** `left` and `right` at the ends of `width` cells; `right` only where there is room for both. */
export function spread(left: ScreenRow, right: ScreenRow, width: number): ScreenRow {
	const gap = width - rowWidth(left) - rowWidth(right);
	if (rowWidth(right) === 0 || gap < 0) return fitRow(left, width);
	return [...left, span(' '.repeat(gap)), ...right];
}

/** The same, but `left` is cut for `right`, which is left out only where it would be alone. */
export function pinned(left: ScreenRow, right: ScreenRow, width: number): ScreenRow {
	const room = width - rowWidth(right);
	return room < 1 ? fitRow(left, width) : [...fitRow(left, room), ...right];
}

/** `words` in the middle of a line across `width`. */
export function rule(words: string, width: number, role: ThemeRole): ScreenRow {
	const text = ` ${words} `;
	const left = Math.max(0, Math.floor((width - widthOf(text)) / 2));
	const right = Math.max(0, width - left - widthOf(text));
	return fitRow([span('─'.repeat(left), 'rule'), span(text, role), span('─'.repeat(right), 'rule')], width);
}

/** `words` over as many rows as they need. */
export function paragraph(words: string, width: number, role?: ThemeRole): ScreenRow[] {
	return wrap(words, width).map(line => fitRow([span(line, role)], width));
}
