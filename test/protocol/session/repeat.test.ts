// INIT and FIN go out at 0, 1, 3, 7 and 15 s, and the wait for an answer is over at 23 s.
import test from 'ava';
import {nextRepeat, startRepeats} from '../../../source/protocol/session/repeat.ts';

test('each sending waits twice as long as the one before, and the last one 8 s', t => {
	const begin = 500;
	let repeats = startRepeats(begin);
	const sent: number[] = [];
	let overAt: number | undefined;
	for (let now = begin; overAt === undefined; now += 100) {
		const next = nextRepeat(repeats, now);
		if (next === 'over') {
			overAt = now;
		} else if (next !== 'waiting') {
			repeats = next;
			sent.push(now - begin);
		}
	}

	t.deepEqual(sent, [0, 1000, 3000, 7000, 15_000]);
	t.is(overAt - begin, 23_000);
});
