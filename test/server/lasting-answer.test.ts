// What was asked is not asked again while the answer is good; what failed is.
import test from 'ava';
import {LastingAnswer} from '../../source/server/lasting-answer.ts';

test('an answer is good for its time, for all who ask; a failure for those who waited', async t => {
	let [now, asked] = [0, 0];
	const remembered = new LastingAnswer(
		async () => {
			asked++;
			if (asked === 3) throw new Error('away');
			return asked;
		},
		100,
		() => now,
	);
	t.deepEqual(await Promise.all([remembered.read(), remembered.read()]), [1, 1]);
	now = 99;
	t.is(await remembered.read(), 1);
	now = 100;
	t.is(await remembered.read(), 2);
	now = 200;
	const failed = await Promise.allSettled([remembered.read(), remembered.read()]);
	t.deepEqual(
		failed.map(({status}) => status),
		['rejected', 'rejected'],
	);
	t.is(await remembered.read(), 4);
	t.is(asked, 4);
});
