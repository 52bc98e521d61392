// Slow start, pacing and persistent congestion of RFC 9002 §7, then the model of the path, with figures worked by hand. A datagram has
// 1200 bytes, the window at first ten of them.
import test from 'ava';
import {
	type Congestion,
	type Packet,
	createCongestion,
	hasRoom,
	isPersistent,
	lossesUndone,
	pacedUntil,
	packetForgotten,
	packetSent,
	packetsAcked,
	packetsLost,
	windowFull,
	windowUnused,
} from '../../../source/protocol/delivery/congestion.ts';
import {LEAST_PIPE, WINDOW_LIMIT} from '../../../source/protocol/delivery/delivery-limits.ts';
import {type Rtt, createRtt} from '../../../source/protocol/delivery/rtt.ts';

const SIZE = 1200;
const RTT: Rtt = {...createRtt(), latest: 100, smoothed: 100, variation: 0, minimum: 100, samples: 1};
/** Of each sender: the order of the next packet. */
const orders = new WeakMap<Congestion, number>();

/** So many datagrams sent at this time. */
function send(congestion: Congestion, count: number, sentAt: number): Packet[] {
	return Array.from({length: count}, () => {
		const order = orders.get(congestion) ?? 0;
		orders.set(congestion, order + 1);
		return {order, size: SIZE, sentAt, state: packetSent(congestion, SIZE, sentAt)};
	});
}

/** One ACK for these, 100 ms after the newest was sent. */
function ack(congestion: Congestion, packets: readonly Packet[], now = packets.at(-1)!.sentAt + 100): void {
	packetsAcked(congestion, packets.toReversed(), RTT, now);
}

/** Packets of these orders and times of sending. */
function at(...packets: Array<[order: number, sentAt: number]>) {
	return packets.map(([order, sentAt]) => ({order, sentAt, size: SIZE}));
}

/** Sends `count` packets evenly over each round trip of 100 ms, so many times, and acknowledges each in its time; the time after that. */
function rounds(
	congestion: Congestion,
	count: number,
	times: number,
	from: number,
	look = (_now: number) => {},
): number {
	const sent: Packet[] = [];
	const until = from + times * 100;
	for (let index = 0; index < count * (times + 1); index++) {
		const now = from + (index * 100) / count;
		if (now >= from + 100) ack(congestion, [sent[index - count]!], now);
		if (now >= until) continue;
		sent.push(...send(congestion, 1, now));
		look(now);
	}

	return until + 100;
}

/** A sender that has found out that a path takes 10 packets in 100 ms: 120 bytes a ms. */
function acquainted(): {congestion: Congestion; now: number} {
	const congestion = createCongestion();
	const now = rounds(congestion, 10, 8, 0);
	return {congestion, now};
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
	ack(one, send(one, 10, 0));
	t.is(one.window, 24_000);
	t.is(one.inFlight, 0);
	const packets = send(ten, 10, 0);
	for (const packet of packets.slice(0, 4)) ack(ten, [packet]);
	t.is(ten.window, 12_000 + 4 * SIZE);
});

test('§7.8: a window that is not half used does not grow', t => {
	const congestion = createCongestion();
	ack(congestion, send(congestion, 4, 0));
	t.is(congestion.window, 12_000);
	ack(congestion, send(congestion, 5, 0));
	t.is(congestion.window, 18_000);
});

test('whatever is acknowledged, the window never passes what the counters hold', t => {
	const congestion = createCongestion();
	let most = 0;
	for (let round = 0; round < 200; round++) {
		const packets = send(congestion, Math.floor(congestion.window / SIZE), round * 100);
		// An optimistic peer acknowledges at once what cannot have come yet.
		packetsAcked(congestion, packets.toReversed(), {...RTT, latest: 0.01, minimum: 0.01}, round * 100 + 0.01);
		most = Math.max(most, congestion.window);
	}

	t.is(most, WINDOW_LIMIT);
});

test('slow start ends when the bandwidth no longer grows; the window then holds the path twice over', t => {
	const {congestion, now} = acquainted();
	t.false(congestion.isStarting);
	rounds(congestion, 10, 20, now);
	// 120 bytes a ms for 2 × 100 ms, and 10 ms for timers.
	t.true(Math.abs(congestion.window - 120 * 210) < 300, `${congestion.window}`);
});

test('slow start ends with the first round trip in which every packet has waited in a queue, and not while some are as fast as ever', t => {
	const congestion = createCongestion();
	let now = 0;
	/** A window of packets that take so long each; whether slow start goes on, once the next one has shown what this one was. */
	const round = (...times: number[]) => {
		const packets = send(congestion, Math.floor((congestion.window - congestion.inFlight) / SIZE), now);
		const slowest = Math.max(...times);
		for (const [index, packet] of packets.entries()) {
			packetsAcked(congestion, [packet], {...RTT, latest: times[index % times.length]!}, now + slowest);
		}

		now += slowest;
		return congestion.isStarting;
	};

	t.deepEqual([round(100), round(140), round(150, 100)], [true, true, true]);
	t.deepEqual([round(150), round(150)], [true, false]);
	t.true(congestion.window < WINDOW_LIMIT);
});

test('a path that grows faster is found: the bandwidth follows', t => {
	const {congestion, now} = acquainted();
	rounds(congestion, 12, 20, now);
	t.true(Math.abs(congestion.window - 144 * 210) < 400, `${congestion.window}`);
});

test('a sender with little to say forgets nothing of the path', t => {
	const {congestion, now} = acquainted();
	const {window} = congestion;
	for (let second = 0; second < 9; second++) {
		windowUnused(congestion);
		ack(congestion, send(congestion, 1, now + second * 1000));
	}

	t.is(congestion.window, window);
});

test('every tenth packet lost takes nothing away', t => {
	const {congestion, now} = acquainted();
	const {ceiling} = congestion;
	for (let round = 0; round < 50; round++) {
		const packets = send(congestion, 10, now + round * 100);
		packetsLost(congestion, packets.slice(0, 1), false);
		ack(congestion, packets.slice(1));
	}

	t.is(congestion.ceiling, ceiling);
	t.is(congestion.inFlight, 0);
});

/** Half of twenty packets is lost; the others come, and one of the next round trip. */
function excess(): {congestion: Congestion; lost: Packet[]; now: number; window: number} {
	const {congestion, now} = acquainted();
	const {window} = congestion;
	const packets = send(congestion, 20, now);
	packetsLost(congestion, packets.slice(0, 10), false);
	ack(congestion, packets.slice(10));
	ack(congestion, send(congestion, 1, now + 101));
	return {congestion, lost: packets.slice(0, 10), now: now + 201, window};
}

test('more than a fifth of a round trip lost lowers the ceiling by three tenths, and it is found anew', t => {
	const {congestion, now, window} = excess();
	t.true(congestion.ceiling <= 0.7 * (window + 11 * SIZE) && congestion.ceiling >= LEAST_PIPE, `${congestion.ceiling}`);
	t.true(congestion.window <= congestion.ceiling);
	rounds(congestion, 10, 60, now);
	t.is(congestion.ceiling, WINDOW_LIMIT);
});

test('losses that were none are undone: the ceiling is as before', t => {
	const {congestion, lost, now} = excess();
	t.true(congestion.ceiling < WINDOW_LIMIT);
	lossesUndone(congestion, lost.slice(0, 2), RTT, now);
	t.true(congestion.ceiling < WINDOW_LIMIT, 'eight of eighteen are still too many');
	lossesUndone(congestion, lost.slice(2), RTT, now);
	t.is(congestion.ceiling, WINDOW_LIMIT);
});

test('§7.6.2: persistent congestion leaves two datagrams, and slow start', t => {
	const {congestion, now} = acquainted();
	packetsLost(congestion, send(congestion, 2, now), true);
	t.like(congestion, {window: 2400, isStarting: true});
	ack(congestion, send(congestion, 2, now + 1));
	t.is(congestion.window, 4800);
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

test('§7.7: who comes late sends what was due meanwhile, of a quarter of a round trip at most', t => {
	const late = (due: number, after: (congestion: Congestion) => void = () => {}) => {
		const congestion = createCongestion();
		pacedUntil(congestion, 1000, 0);
		// 1.25 × 120,000 ÷ 1000 ms.
		congestion.window = 120_000;
		send(congestion, 10, 0);
		t.is(pacedUntil(congestion, 1000, 0), 8);
		after(congestion);
		t.is(pacedUntil(congestion, 1000, due), due);
		return congestion.budget;
	};

	t.is(late(8 + 200), 1200 + 200 * 150);
	t.is(late(8 + 5000), 1200 + 250 * 150);
	t.is(late(8 + 5000, windowUnused), 12_000, 'there was nothing to send');
	t.is(late(8 + 5000, windowFull), 12_000, 'there was no room');
});

test('§7.7: a fast path may burst for two timer steps, since no timer is finer', t => {
	const congestion = createCongestion();
	congestion.window = 120_000;
	pacedUntil(congestion, 10, 0);
	// 1.25 × 120,000 ÷ 10 ms for 2 ms.
	t.is(pacedUntil(congestion, 10, 100), 100);
	t.is(congestion.budget, 30_000);
});

test('after slow start it is paced at the bandwidth: a quarter more in one round trip of eight, a quarter less in the next', t => {
	const {congestion, now} = acquainted();
	const paces = new Set<number>();
	rounds(congestion, 10, 20, now, time => {
		Object.assign(congestion, {budget: 0, paidAt: time});
		paces.add(Math.round(1200 / (pacedUntil(congestion, 100, time) - time)));
	});
	t.deepEqual(
		[...paces].toSorted((a, b) => a - b),
		[90, 120, 150],
	);
});
