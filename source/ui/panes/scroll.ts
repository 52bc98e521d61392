// Which rows of a conversation are on show. It is read from the lowest row upwards, so that thousands of messages cost what
// a page of them costs.
import {type Message} from '../../client/snapshot.ts';
import {type ScreenRow} from '../widgets/spans.ts';

/** The lowest row on show: row `row` of the message `id`; undefined follows the newest. */
export type Anchor = {readonly id: string; readonly row: number} | undefined;

/** The rows of the message at a place; as many calls as messages are passed. */
export type RowsAt = (index: number) => readonly ScreenRow[];

type Position = {readonly index: number; readonly row: number};

/** What a row of the message at a place becomes when it is the first of a page. */
export type FirstRowAt = (index: number, row: ScreenRow) => ScreenRow;

/** At most `height` rows. */
export function page(
	messages: readonly Message[],
	rowsAt: RowsAt,
	anchor: Anchor,
	height: number,
	firstRowAt?: FirstRowAt,
): ScreenRow[] {
	const bottom = positionOf(messages, rowsAt, anchor);
	if (bottom === undefined) return [];
	const rows: ScreenRow[] = [];
	let {index} = bottom;
	let end = bottom.row + 1;
	while (index >= 0 && rows.length < height) {
		const block = rowsAt(index).slice(0, end);
		const cut = Math.max(0, block.length - (height - rows.length));
		rows.unshift(...block.slice(cut));
		const [first] = rows;
		if (rows.length === height && first !== undefined && firstRowAt !== undefined) rows[0] = firstRowAt(index, first);
		index--;
		end = Infinity;
	}

	return rows;
}

/** The anchor `step` rows further down, or up when negative; `isTop` when there is nothing above that page. */
export function scrolled(
	messages: readonly Message[],
	rowsAt: RowsAt,
	anchor: Anchor,
	step: number,
	height: number,
): {anchor: Anchor; isTop: boolean} {
	const from = positionOf(messages, rowsAt, anchor);
	if (from === undefined) return {anchor: undefined, isTop: true};
	let {index, row} = from;
	row += step;
	while (row < 0 && index > 0) row += rowsAt(--index).length;
	while (index < messages.length - 1 && row >= rowsAt(index).length) row -= rowsAt(index++).length;
	const top = lowestOfFirstPage(messages, rowsAt, height);
	const isTop = row < 0 || index < top.index || (index === top.index && row <= top.row);
	return {anchor: anchorAt(messages, rowsAt, isTop ? top : {index, row}), isTop};
}

/** The anchor that shows the message `id` in the first row of a page. */
export function anchorShowing(messages: readonly Message[], rowsAt: RowsAt, id: string, height: number): Anchor {
	const index = messages.findIndex(message => message.id === id);
	if (index === -1) return undefined;
	return scrolled(messages, rowsAt, {id, row: 0}, height - 1, height).anchor;
}

/** Messages that lie wholly below `anchor`. */
export function below(messages: readonly Message[], anchor: Anchor): number {
	if (anchor === undefined) return 0;
	const index = messages.findLastIndex(({id}) => id === anchor.id);
	return index === -1 ? 0 : messages.length - 1 - index;
}

/** The message in a row of the page, counted from 0; undefined where there is none. */
export function messageAt(
	messages: readonly Message[],
	rowsAt: RowsAt,
	anchor: Anchor,
	height: number,
	row: number,
): Message | undefined {
	const bottom = positionOf(messages, rowsAt, anchor);
	if (bottom === undefined) return undefined;
	const {first, last} = onPage(messages, rowsAt, anchor, height);
	let top = height - (bottom.row + 1);
	for (let index = last; index >= first; index--) {
		if (index < last) top -= rowsAt(index).length;
		if (row >= top) return messages[index];
	}

	return undefined;
}

/** The places of the first and the last message of which a row is on the page. */
export function onPage(
	messages: readonly Message[],
	rowsAt: RowsAt,
	anchor: Anchor,
	height: number,
): {readonly first: number; readonly last: number} {
	const bottom = positionOf(messages, rowsAt, anchor);
	if (bottom === undefined) return {first: 0, last: -1};
	let left = height - (bottom.row + 1);
	let first = bottom.index;
	while (left > 0 && first > 0) left -= rowsAt(--first).length;
	return {first, last: bottom.index};
}

function positionOf(messages: readonly Message[], rowsAt: RowsAt, anchor: Anchor): Position | undefined {
	const last = messages.length - 1;
	if (last < 0) return undefined;
	const index = anchor === undefined ? -1 : messages.findLastIndex(({id}) => id === anchor.id);
	if (anchor === undefined || index === -1) return {index: last, row: rowsAt(last).length - 1};
	return {index, row: Math.min(anchor.row, rowsAt(index).length - 1)};
}

function lowestOfFirstPage(messages: readonly Message[], rowsAt: RowsAt, height: number): Position {
	let left = height;
	for (let index = 0; index < messages.length; index++) {
		const {length} = rowsAt(index);
		if (length >= left) return {index, row: left - 1};
		left -= length;
	}

	return {index: messages.length - 1, row: rowsAt(messages.length - 1).length - 1};
}

function anchorAt(messages: readonly Message[], rowsAt: RowsAt, {index, row}: Position): Anchor {
	const isEnd = index >= messages.length - 1 && row >= rowsAt(messages.length - 1).length - 1;
	const id = messages[index]?.id;
	return isEnd || id === undefined ? undefined : {id, row};
}
