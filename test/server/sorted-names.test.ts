// Names in order: whatever came and went, every page is that of a list that was sorted.
import test from 'ava';
import fc from 'fast-check';
import {SortedNames} from '../../source/server/sorted-names.ts';

const name = fc.stringMatching(/^[a-c][a-c0-9._-]{0,2}$/);

test('a page is that of the sorted list', t => {
	fc.assert(
		fc.property(fc.array(fc.tuple(name, fc.boolean())), fc.nat(20), fc.nat(20), (changes, from, limit) => {
			const there = new Set<string>();
			const names = new SortedNames();
			for (const [each, comes] of changes) {
				if (comes && !there.has(each)) names.add(each);
				if (!comes && there.has(each)) names.remove(each);
				if (comes) there.add(each);
				else there.delete(each);
			}

			t.deepEqual(names.page(from, limit), [...there].toSorted().slice(from, from + limit));
		}),
	);
});

test('thousands, in whatever order they come and go', t => {
	const all = Array.from({length: 5000}, (_, index) => `user${index}`);
	for (const order of [all, all.toReversed(), all.toSorted()]) {
		const names = new SortedNames();
		for (const each of order) names.add(each);
		t.deepEqual(names.page(0, 5000), all.toSorted());
		for (const each of order.filter((_, index) => index % 3 > 0)) names.remove(each);
		const left = order.filter((_, index) => index % 3 === 0).toSorted();
		for (const from of [0, 700, 1660, 1667]) t.deepEqual(names.page(from, 200), left.slice(from, from + 200));
		for (const each of left) names.remove(each);
		t.deepEqual(names.page(0, 10), []);
	}
});
