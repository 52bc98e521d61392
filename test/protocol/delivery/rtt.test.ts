// RFC 9002 §5 and §6.2.1 with figures worked by hand.
import test from 'ava';
import {type Rtt, createRtt, probeTimeout, sampleRtt} from '../../../source/protocol/delivery/rtt.ts';

function after(...samples: Array<[latest: number, ackDelay: number]>): Rtt {
	const rtt = createRtt();
	for (const [latest, ackDelay] of samples) sampleRtt(rtt, latest, ackDelay);
	return rtt;
}

test('§6.2.2: before a sample the round trip counts as 333 ms, half of it as variation', t => {
	const rtt = createRtt();
	t.is(probeTimeout(rtt), 333 + 4 * 166.5 + 25);
});

test('§5.3: the first sample is taken as it is, whatever the peer says of its delay', t => {
	t.deepEqual(after([100, 20]), {latest: 100, smoothed: 100, variation: 50, minimum: 100, samples: 1});
});

test('§5.3: later samples go in with an eighth, variation with a quarter, less the delay of the ACK', t => {
	// Adjusted 140 − 20 = 120; variation ¾·50 + ¼·|100 − 120|; smoothed ⅞·100 + ⅛·120.
	const rtt = after([100, 0], [140, 20]);
	t.deepEqual(rtt, {latest: 140, smoothed: 102.5, variation: 42.5, minimum: 100, samples: 2});
	t.is(probeTimeout(rtt), 102.5 + 170 + 25);
});

test('§5.3: no more than 25 ms of delay count, and none that would go below the minimum', t => {
	t.like(after([100, 0], [160, 200]), {smoothed: 87.5 + 135 / 8, variation: 37.5 + 35 / 4});
	t.like(after([100, 0], [110, 20]), {smoothed: 87.5 + 110 / 8, variation: 37.5 + 10 / 4});
	t.like(after([100, 0], [120, 20]), {smoothed: 100, variation: 37.5});
});

test('§5.2: the minimum ignores the delay of ACKs, and is in force for the sample that sets it', t => {
	t.like(after([100, 0], [80, 10]), {minimum: 80, smoothed: 87.5 + 10, variation: 37.5 + 5});
	t.is(after([100, 0], [80, 0], [200, 0]).minimum, 80);
});

test('§6.2.1: no timer is shorter than the granularity of 1 ms', t => {
	const rtt = after([0, 0]);
	t.is(probeTimeout(rtt), 0 + 1 + 25);
});
