// Choosing one of many rows with the arrow keys.
import {type ScreenRow, fitRow, span} from '../widgets/spans.ts';

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

/** At most `height` of the items as rows, the chosen one among them and marked. */
export function choiceRows<Item>(
	items: readonly Item[],
	chosen: number,
	draw: (item: Item, isChosen: boolean) => ScreenRow,
	{width, height}: {readonly width: number; readonly height: number},
): ScreenRow[] {
	const top = Math.max(0, Math.min(chosen - Math.floor(height / 2), items.length - height));
	return items.slice(top, top + Math.max(0, height)).map((item, index) => {
		const isChosen = top + index === chosen;
		return fitRow([span(isChosen ? '› ' : '  '), ...draw(item, isChosen)], width);
	});
}
