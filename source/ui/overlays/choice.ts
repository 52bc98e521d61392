// Choosing one of many rows with the arrow keys, and scrolling rows with them.
import {type ScreenRow, fitRow, inverse, span, withArrows} from '../widgets/spans.ts';

const STEPS: Readonly<Record<string, number>> = {
	up: -1,
	down: 1,
	'ctrl-p': -1,
	'ctrl-n': 1,
	pageup: -10,
	pagedown: 10,
};

/** The place that `key` moves to among `count`; undefined for keys that do not move. */
export function moved(chosen: number, key: string, count: number): number | undefined {
	const step = STEPS[key];
	return step === undefined ? undefined : Math.max(0, Math.min(count - 1, chosen + step));
}

/** The `height` items from `top` on; the last page when `top` is behind its beginning. */
export function pageOf<Item>(items: readonly Item[], top: number, height: number): readonly Item[] {
	const first = Math.min(top, lastTop(items.length, height));
	return items.slice(first, first + height);
}

/** A page as rows; arrows say where there are more. */
export function pageRows(
	rows: readonly ScreenRow[],
	top: number,
	{width, height}: {readonly width: number; readonly height: number},
): readonly ScreenRow[] {
	const first = Math.min(top, lastTop(rows.length, height));
	return withArrows(pageOf(rows, top, height), {above: first > 0, below: first + height < rows.length}, width);
}

/** Where a page of `count` items begins after `key`; undefined for keys that do not move. */
export function movedPage(top: number, key: string, count: number, height: number): number | undefined {
	const last = lastTop(count, height);
	return moved(Math.min(top, last), key, last + 1);
}

function lastTop(count: number, height: number): number {
	return Math.max(0, count - height);
}

/** At most `height` of the items as rows, the chosen one among them, marked and inverse; arrows say where there are more. */
export function choiceRows<Item>(
	items: readonly Item[],
	chosen: number,
	draw: (item: Item) => ScreenRow,
	{width, height}: {readonly width: number; readonly height: number},
): readonly ScreenRow[] {
	const top = Math.max(0, Math.min(chosen - Math.floor(height / 2), items.length - height));
	const rows = items.slice(top, top + Math.max(0, height)).map((item, index) => {
		const isChosen = top + index === chosen;
		const row = fitRow([span(isChosen ? '› ' : '  '), ...draw(item)], width);
		return isChosen ? inverse(row) : row;
	});
	return withArrows(rows, {above: top > 0, below: top + rows.length < items.length}, width);
}
