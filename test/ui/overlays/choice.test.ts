// Choosing one of many: the chosen one is always on show, and keys stay among what there is.
import fc from 'fast-check';
import test from 'ava';
import {choiceRows, moved} from '../../../source/ui/overlays/choice.ts';
import {rowWidth, span} from '../../../source/ui/widgets/spans.ts';

const draw = (item: number) => [span(`item ${item}`)];
const linesOf = (count: number, chosen: number, height: number, width = 12) =>
	choiceRows(
		Array.from({length: count}, (_, item) => item),
		chosen,
		draw,
		{width, height},
	).map(row =>
		row
			.map(({text}) => text)
			.join('')
			.replace(/[↑↓]+$/, ''),
	);

test('whatever the sizes, there are as many rows as fit, in order, the chosen one among them and marked alone', t => {
	const sizes = fc.record({count: fc.nat(40), height: fc.nat(20), width: fc.integer({min: 1, max: 60})});
	fc.assert(
		fc.property(sizes, fc.nat(39), ({count, height, width}, place) => {
			const chosen = Math.min(place, Math.max(0, count - 1));
			const items = Array.from({length: count}, (_, item) => item);
			const rows = choiceRows(items, chosen, draw, {width, height});
			t.is(rows.length, Math.min(count, height));
			t.true(rows.every(row => rowWidth(row) === width));
			const shown = linesOf(count, chosen, height, 20);
			const first = Number(/item (\d+)/.exec(shown[0] ?? '')?.[1] ?? 0);
			t.deepEqual(
				shown.map(line => line.trim()),
				shown.map((_, index) => (first + index === chosen ? `› item ${chosen}` : `item ${first + index}`)),
			);
			t.deepEqual(
				rows.map(row => row[0]?.role === 'selected'),
				shown.map((_, index) => first + index === chosen),
			);
			if (shown.length > 0) t.is(shown.filter(line => line.startsWith('› ')).length, 1);
		}),
		{numRuns: 500},
	);
});

test('the chosen one is in the middle while there is more on both sides', t => {
	t.deepEqual(
		linesOf(9, 4, 3).map(line => line.trim()),
		['item 3', '› item 4', 'item 5'],
	);
	t.is(linesOf(9, 0, 3)[0]?.trim(), '› item 0');
	t.is(linesOf(9, 8, 3)[2]?.trim(), '› item 8');
	t.deepEqual(linesOf(9, 4, 0), []);
	t.deepEqual(linesOf(9, 4, -1), []);
	t.deepEqual(linesOf(0, 0, 5), []);
});

const drawn = (chosen: number, height: number) =>
	choiceRows(['a', 'b', 'c', 'd', 'e'], chosen, item => [span(item)], {width: 6, height}).map(row =>
		row.map(({text}) => text).join(''),
	);

test('arrows say that there is more above and below', t => {
	t.deepEqual(drawn(0, 3), ['› a   ', '  b   ', '  c  ↓']);
	t.deepEqual(drawn(2, 3), ['  b  ↑', '› c   ', '  d  ↓']);
	t.deepEqual(drawn(4, 3), ['  c  ↑', '  d   ', '› e   ']);
	t.deepEqual(drawn(2, 1), ['› c ↑↓']);
	t.deepEqual(drawn(0, 5).join('').match(/[↑↓]/), null);
});

test('keys move by a row or ten, not past an end; others do not move', t => {
	t.is(moved(5, 'up', 9), 4);
	t.is(moved(5, 'ctrl-p', 9), 4);
	t.is(moved(5, 'down', 9), 6);
	t.is(moved(5, 'ctrl-n', 9), 6);
	t.is(moved(0, 'up', 9), 0);
	t.is(moved(8, 'down', 9), 8);
	t.is(moved(5, 'pageup', 30), 0);
	t.is(moved(5, 'pagedown', 30), 15);
	t.is(moved(25, 'pagedown', 30), 29);
	t.is(moved(0, 'down', 0), 0);
	for (const key of ['enter', 'j', 'left', 'home', '', 'escape']) t.is(moved(5, key, 9), undefined, key);
});
