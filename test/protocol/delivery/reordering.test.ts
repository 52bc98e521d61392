// What counts as late and what as lost, with figures worked by hand (RFC 9002 §6.1.2, RFC 8985 §6.2).
import test from 'ava';
import {
	createReordering,
	lossDelay,
	noteOvertaken,
	packetThreshold,
} from '../../../source/protocol/delivery/reordering.ts';
import {createRtt} from '../../../source/protocol/delivery/rtt.ts';

const rtt = {...createRtt(), latest: 80, smoothed: 80, samples: 9};

test('§6.1.2: at first a packet is late at 9/8 of the larger of latest and smoothed, or three packets behind', t => {
	const fresh = createReordering();
	t.is(lossDelay(fresh, {...rtt, smoothed: 40}, 0), 90);
	t.is(lossDelay(fresh, {...rtt, latest: 40}, 0), 90);
	t.is(lossDelay(fresh, {...rtt, latest: 0, smoothed: 0}, 0), 1);
	t.is(packetThreshold(fresh), 3);
});

test('what comes late raises the delay to what it took and a ms; the number of packets counts no more', t => {
	const reordering = createReordering();
	noteOvertaken(reordering, 2, 100, rtt, 0);
	t.is(packetThreshold(reordering), 3, 'two behind was no mistake');
	t.is(lossDelay(reordering, rtt, 0), 101);
	noteOvertaken(reordering, 3, 130, rtt, 10);
	t.is(packetThreshold(reordering), Number.POSITIVE_INFINITY);
	t.is(lossDelay(reordering, rtt, 10), 131);
	noteOvertaken(reordering, 3, 110, rtt, 20);
	t.is(lossDelay(reordering, rtt, 20), 131, 'the latest one counts');
});

test('however late an acknowledgement comes, the delay is three round trips at most', t => {
	const reordering = createReordering();
	noteOvertaken(reordering, 200, 1_000_000, rtt, 0);
	t.is(lossDelay(reordering, rtt, 0), 240);
});

test('a delay is forgotten when for 32 round trips nothing was as late', t => {
	const reordering = createReordering();
	noteOvertaken(reordering, 3, 150, rtt, 0);
	for (let now = 0; now < 16 * 80; now += 40) t.is(lossDelay(reordering, rtt, now), 151);
	noteOvertaken(reordering, 3, 100, rtt, 17 * 80);
	t.is(lossDelay(reordering, rtt, 31 * 80), 151);
	t.is(lossDelay(reordering, rtt, 33 * 80), 101);
	t.is(lossDelay(reordering, rtt, 90 * 80), 90);
	t.is(packetThreshold(reordering), Number.POSITIVE_INFINITY, 'order is not relied on again');
});
