// Rows of a screen as data: runs of text, each with its role, cut and filled to a width. What is drawn is safe already.
import {type ThemeRole} from '../theme.ts';
import {truncate, widthOf} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';

/** `url`: where a terminal goes when it is clicked. */
export type Span = {readonly text: string; readonly role?: ThemeRole; readonly url?: string};
export type ScreenRow = readonly Span[];

/** Of a screen, in cells. */
export type Size = {readonly columns: number; readonly rows: number};

export const emptyRow: ScreenRow = [];

export function span(text: string, role?: ThemeRole): Span {
	return role === undefined ? {text} : {text, role};
}

export function rowWidth(row: ScreenRow): number {
	let width = 0;
	for (const {text} of row) width += widthOf(text);
	return width;
}

/** `row` in exactly `width` cells: cut, with nothing behind the cut, or filled up with spaces. */
export function fitRow(row: ScreenRow, width: number): ScreenRow {
	const fitted: Span[] = [];
	let left = width;
	for (const part of row) {
		if (left <= 0) break;
		const text = truncate(part.text, left, '');
		left -= widthOf(text);
		fitted.push({...part, text});
		if (text !== part.text) break;
	}

	if (left > 0) fitted.push(span(' '.repeat(left)));
	return fitted;
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
