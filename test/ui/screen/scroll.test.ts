// Scrolling: a page is where it was whatever comes below it, and costs what a page costs.
import test from 'ava';
import {type Anchor, page, scrolled} from '../../../source/ui/panes/scroll.ts';
import {message} from '../../twins/client.ts';

/** Each message has as many rows as its number modulo three, and one. */
function laidOut() {
	const seen = new Set<number>();
	const rowsAt = (index: number) => {
		seen.add(index);
		return Array.from({length: (index % 3) + 1}, (_, row) => [{text: `${index}.${row}`}]);
	};

	return {rowsAt, seen};
}

const messages = Array.from({length: 10_000}, (_, index) => message('bob', index));
const textOf = (rows: ReturnType<typeof page>) => rows.map(row => row[0]?.text);

test('up and down again by any step is the same page, and the end follows what is new', t => {
	const {rowsAt} = laidOut();
	for (const step of [1, 2, 5, 9, 100]) {
		const up = scrolled(messages, rowsAt, undefined, -step, 10);
		t.truthy(up.anchor);
		t.is(scrolled(messages, rowsAt, up.anchor, step, 10).anchor, undefined);
		const shown = textOf(page(messages, rowsAt, up.anchor, 10));
		t.is(shown.length, 10);
		t.deepEqual(textOf(page([...messages, message('bob', 10_000)], rowsAt, up.anchor, 10)), shown);
	}
});

test('the top is full, and is told of', t => {
	const {rowsAt} = laidOut();
	const top = scrolled(messages, rowsAt, undefined, -1e6, 10);
	t.true(top.isTop);
	t.deepEqual(textOf(page(messages, rowsAt, top.anchor, 10)).slice(0, 3), ['0.0', '1.0', '1.1']);
	const few = messages.slice(0, 2);
	t.deepEqual(scrolled(few, rowsAt, undefined, -5, 10), {anchor: undefined, isTop: true});
});

test('a page of ten thousand messages lays out a page', t => {
	const {rowsAt, seen} = laidOut();
	let anchor: Anchor;
	for (let count = 0; count < 3; count++) ({anchor} = scrolled(messages, rowsAt, anchor, -9, 10));
	page(messages, rowsAt, anchor, 10);
	t.true(seen.size < 60, `${seen.size} messages laid out`);
});
