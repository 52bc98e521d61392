// Steps that keep the process waiting leave half of the time to others.
import test from 'ava';
import {inHalfTime} from '../../source/cli/half-time.ts';

test('a step is followed by a pause as long as it took; one that fails, by none', async t => {
	let now = 100;
	const pauses: number[] = [];
	const times = {
		elapsed: () => now,
		pause: async (ms: number) => {
			pauses.push(ms);
		},
	};
	const step = (ms: number) => () => {
		now += ms;
		return ms;
	};

	t.is(await inHalfTime(step(7), times), 7);
	t.is(await inHalfTime(step(0), times), 0);
	await t.throwsAsync(
		inHalfTime(() => {
			throw new Error('no space');
		}, times),
		{message: 'no space'},
	);
	t.deepEqual(pauses, [7, 0]);
});
