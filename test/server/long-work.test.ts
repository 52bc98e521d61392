// Long work is done in parts, in its order, a part in each turn of the event loop.
import test from 'ava';
import {LongWork} from '../../source/server/long-work.ts';

test('a look at thousands lets others have their turn in between, and comes to everybody once', async t => {
	const work = new LongWork(100);
	const seen: number[] = [];
	const all = Array.from({length: 1050}, (_, index) => index);
	work.each(all, item => seen.push(item));
	t.false(work.isIdle);
	const counts: number[] = [];
	while (!work.isIdle) {
		const before = seen.length;
		await new Promise(resolve => setImmediate(resolve));
		counts.push(seen.length - before);
	}

	t.true(counts.every(count => count <= 100) && counts.length >= 11);
	t.deepEqual(seen, all);
});

test('a few are looked at at once, unless others were there first', async t => {
	const work = new LongWork(2);
	const seen: string[] = [];
	work.each(['a', 'b'], item => seen.push(item));
	t.is(seen.join(''), 'ab');
	work.each(['c', 'd', 'e'], item => seen.push(item));
	work.each(['f'], item => seen.push(item));
	t.is(seen.join(''), 'ab');
	await work.done();
	t.is(seen.join(''), 'abcdef');
});
