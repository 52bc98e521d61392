// Some letters of a name find it, the closer they stand the sooner.
import fc from 'fast-check';
import test from 'ava';
import {matching} from '../../../source/ui/overlays/match.ts';

const named = (...names: readonly string[]) => names.map(name => ({name}));
const found = (query: string, ...names: readonly string[]) => matching(named(...names), query).map(({name}) => name);

test('letters in their order, wherever they stand; the best first, else as they were', t => {
	const names = ['barbara', 'bob', 'rab', 'abra'] as const;
	t.deepEqual(found('bra', ...names), ['abra', 'barbara']);
	t.deepEqual(found('b', ...names), ['barbara', 'bob', 'abra', 'rab']);
	t.deepEqual(found('bb', ...names), ['bob', 'barbara']);
	t.deepEqual(found('', ...names), [...names]);
	t.deepEqual(found('x', ...names), []);
});

test('capitals and spaces around do not matter', t => {
	t.deepEqual(found(' BoB ', 'bob'), ['bob']);
	t.deepEqual(found('  ', 'bob'), ['bob']);
});

test('what is found has the letters, what is not has not, and nothing comes twice', t => {
	const name = fc.string({unit: fc.constantFrom('a', 'b', 'c', '.'), minLength: 1, maxLength: 8});
	fc.assert(
		fc.property(
			fc.uniqueArray(name),
			fc.string({unit: fc.constantFrom('a', 'b', 'c'), maxLength: 4}),
			(names, query) => {
				const holds = new RegExp(Array.from(query).join('.*'));
				t.deepEqual(found(query, ...names).toSorted(), names.filter(each => holds.test(each)).toSorted());
			},
		),
	);
});

test('a name that begins with it comes before all others', t => {
	const name = fc.string({unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 6});
	fc.assert(
		fc.property(fc.array(name), name, (names, query) => {
			const isStart = found(query, ...names).map(each => each.startsWith(query));
			t.deepEqual(
				isStart,
				[...isStart].toSorted((a, b) => Number(b) - Number(a)),
			);
		}),
	);
});
