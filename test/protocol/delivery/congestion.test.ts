// RFC 9002 §7 with figures worked by hand. A datagram has 1200 bytes, the window at first ten of them.
import test from 'ava';
import {
	type Congestion,
	type Packet,
	createCongestion,
	hasRoom,
	isPersistent,
	pacedUntil,
	packetForgotten,
	packetSent,
	packetsAcked,
	packetsLost,
} from '../../../source/protocol/delivery/congestion.ts';

const SIZE = 1200;

/** So many datagrams sent at this time. */
function send(congestion: Congestion, count: number, sentAt: number): Packet[] {
	return Array.from({length: count}, (_, order) => {
		packetSent(congestion, SIZE);
		return {order, size: SIZE, sentAt};
	});
}

/** Packets of these orders and times of sending. */
function at(...packets: Array<[order: number, sentAt: number]>): Packet[] {
	return packets.map(([order, sentAt]) => ({order, sentAt, size: SIZE}));
}

/** A sender whose window was 24,000 and was halved at 100 for a packet sent at 50. */
function recovering(): Congestion {
	const congestion = createCongestion();
	packetsAcked(congestion, send(congestion, 10, 50));
	packetsLost(congestion, 50, 100, false);
	return congestion;
}

test('§7.2: ten datagrams may be in flight at first, not eleven', t => {
	const congestion = createCongestion();
	send(congestion, 9, 0);
	t.true(hasRoom(congestion));
	send(congestion, 1, 0);
	t.false(hasRoom(congestion));
	packetForgotten(congestion, SIZE);
	t.true(hasRoom(congestion));
});

test('§7.3.1: slow start adds what is acknowledged, so the window doubles in a round trip, by one ACK or by ten', t => {
	const [one, ten] = [createCongestion(), createCongestion()];
	packetsAcked(one, send(one, 10, 0));
	t.is(one.window, 24_000);
	t.is(one.inFlight, 0);
	const packets = send(ten, 10, 0);
	for (const packet of packets.slice(0, 4)) packetsAcked(ten, [packet]);
	t.is(ten.window, 12_000 + 4 * SIZE);
});

test('§7.8: a window that is not half used does not grow', t => {
	const congestion = createCongestion();
	packetsAcked(congestion, send(congestion, 4, 0));
	t.is(congestion.window, 12_000);
	packetsAcked(congestion, send(congestion, 5, 0));
	t.is(congestion.window, 18_000);
});

test('§7.3.2: loss halves the window and ends slow start', t => {
	t.like(recovering(), {window: 12_000, threshold: 12_000, recoveryStart: 100});
});

test('§7.3.2: a recovery period is entered once, and left by a packet that was sent in it', t => {
	const congestion = recovering();
	packetsLost(congestion, 99, 120, false);
	packetsLost(congestion, 100, 130, false);
	t.is(congestion.window, 12_000);
	const before = send(congestion, 10, 100);
	packetsAcked(congestion, before);
	t.is(congestion.window, 12_000, 'sent before the reduction: no growth');
	packetsLost(congestion, 101, 140, false);
	t.like(congestion, {window: 6000, recoveryStart: 140});
});

test('§7.3.3: congestion avoidance adds a datagram a window', t => {
	const congestion = recovering();
	const packets = send(congestion, 10, 101);
	packetsAcked(congestion, packets.slice(0, 1));
	t.is(congestion.window, 12_000 + (1200 * 1200) / 12_000);
	packetsAcked(congestion, packets.slice(1));
	t.true(congestion.window > 13_000 && congestion.window < 13_200, `${congestion.window}`);
});

test('§7.2: the window never falls below two datagrams', t => {
	const congestion = createCongestion();
	for (let time = 1; time < 10; time++) packetsLost(congestion, time * 10, time * 10 + 1, false);
	t.is(congestion.window, 2400);
});

test('§7.6.2: persistent congestion leaves two datagrams, and slow start up to the threshold', t => {
	const congestion = createCongestion();
	packetsLost(congestion, 50, 100, true);
	t.like(congestion, {window: 2400, threshold: 6000});
	packetsAcked(congestion, send(congestion, 2, 60));
	t.is(congestion.window, 4800, 'no recovery period holds it back');
});

test('§7.6.1: persistent is what was lost in a row over more than three probe timeouts', t => {
	t.true(isPersistent(at([4, 10], [5, 311]), 300, 9));
	t.false(isPersistent(at([4, 10], [5, 310]), 300, 9), 'exactly three do not exceed three');
	t.true(isPersistent(at([4, 10], [5, 100], [6, 200], [7, 311]), 300, 9));
	t.false(isPersistent(at([4, 10], [6, 311]), 300, 9), 'the one between has arrived');
	t.false(isPersistent(at([4, 10], [6, 100], [7, 311]), 300, 9));
	t.true(isPersistent(at([1, 0], [4, 10], [5, 311]), 300, 9));
	t.false(isPersistent(at([4, 10], [5, 311]), 300, 10), 'the first was sent before any sample');
	t.false(isPersistent(at([4, 10], [5, 311]), 300, Number.POSITIVE_INFINITY), 'no sample at all');
	t.false(isPersistent([], 300, 0));
});

test('§7.7: ten datagrams in a burst, then one each smoothed × size ÷ (1.25 × window)', t => {
	const congestion = createCongestion();
	t.is(pacedUntil(congestion, 100, 0), 0);
	send(congestion, 10, 0);
	// 100 ms × 1200 ÷ (1.25 × 12,000).
	t.is(pacedUntil(congestion, 100, 0), 8);
	t.is(pacedUntil(congestion, 100, 7.5), 8.5, 'a timer is never shorter than 1 ms');
	t.is(pacedUntil(congestion, 100, 8), 8);
});

test('§7.7: silence saves up one burst and no more', t => {
	const congestion = createCongestion();
	t.is(pacedUntil(congestion, 100, 0), 0);
	t.is(pacedUntil(congestion, 100, 60_000), 60_000);
	t.is(congestion.budget, 12_000);
});

test('§7.7: a fast path may burst for two timer steps, since no timer is finer', t => {
	const congestion = createCongestion();
	congestion.window = 120_000;
	pacedUntil(congestion, 10, 0);
	// 1.25 × 120,000 ÷ 10 ms for 2 ms.
	t.is(pacedUntil(congestion, 10, 100), 100);
	t.is(congestion.budget, 30_000);
});
