// What is under way and how it is judged (RFC 9002 §6.1), and ACKs that no honest peer sends.
import test from 'ava';
import {PACKET_THRESHOLD} from '../../../source/protocol/delivery/delivery-limits.ts';
import {
	type SentPackets,
	applyAck,
	countPacket,
	counterLead,
	createSentPackets,
	takeLost,
} from '../../../source/protocol/delivery/sent-packets.ts';
import {type AckRange} from '../../../source/wire/messages/msg.ts';

const state = {delivered: 0, deliveredAt: 0, firstSentAt: 0, limited: false};

/** Sends a packet that asks for an acknowledgement, or one that does not. */
function send(packets: SentPackets, epoch: number, counter: number, sentAt: number, eliciting = true): void {
	const order = countPacket(packets, epoch, counter);
	const packet = {order, epoch, counter, size: 100, sentAt, state, pieces: [], frames: []};
	if (eliciting) packets.outstanding.set(order, packet);
}

/** Counters 0…count − 1 of epoch 0, ten ms apart. */
function sent(count: number): SentPackets {
	const packets = createSentPackets();
	for (let counter = 0; counter < count; counter++) send(packets, 0, counter, counter * 10);
	return packets;
}

function ack(packets: SentPackets, epoch: number, ...ranges: Array<[from: number, to: number]>) {
	const named: AckRange[] = ranges.map(([from, to]) => ({from, to}));
	const outcome = applyAck(packets, {kind: 'ack', epoch, delay: 0, ranges: named});
	if (outcome === 'violation') return outcome;
	return {acked: outcome.acked.map(({order}) => order), sampled: outcome.sampled?.order};
}

const outstanding = (packets: SentPackets) => [...packets.outstanding.keys()];
const lost = (packets: SentPackets, lossDelay: number, now: number) =>
	takeLost(packets, PACKET_THRESHOLD, lossDelay, now).map(({order}) => order);

test('an ACK takes out what it names, once', t => {
	const packets = sent(6);
	t.deepEqual(ack(packets, 0, [3, 4], [0, 1]), {acked: [4, 3, 1, 0], sampled: 4});
	t.deepEqual(outstanding(packets), [2, 5]);
	t.deepEqual(ack(packets, 0, [3, 4], [0, 1]), {acked: [], sampled: undefined});
});

test('§5.1: a sample comes from the largest counter alone, and only when it is new', t => {
	const packets = sent(4);
	t.is((ack(packets, 0, [2, 2]) as {sampled?: number}).sampled, 2);
	t.deepEqual(ack(packets, 0, [1, 2]), {acked: [1], sampled: undefined});
	send(packets, 0, 4, 40, false);
	t.deepEqual(ack(packets, 0, [3, 4]), {acked: [3], sampled: undefined}, 'the largest did not ask for it');
});

test('§6.1.1: lost is what was sent three before an acknowledged one', t => {
	const packets = sent(6);
	ack(packets, 0, [4, 4]);
	t.deepEqual(lost(packets, 1000, 50), [0, 1]);
	t.deepEqual(outstanding(packets), [2, 3, 5]);
});

test('§6.1.2: or what is older than the loss delay, and the timer is set for the next', t => {
	const packets = sent(4);
	ack(packets, 0, [2, 2]);
	t.deepEqual(lost(packets, 45, 44), []);
	t.is(packets.lossAt, 45);
	t.deepEqual(lost(packets, 45, 45), [0]);
	t.is(packets.lossAt, 55);
	t.deepEqual(lost(packets, 45, 55), [1]);
	t.is(packets.lossAt, undefined, 'what was sent after the acknowledged one is not late');
	t.deepEqual(outstanding(packets), [3]);
});

test('§6.1: nothing is lost before something sent later is acknowledged, however old', t => {
	const packets = sent(6);
	t.deepEqual(lost(packets, 1, 1_000_000), []);
	t.is(packets.lossAt, undefined);
});

test('order runs on over epochs: counters of the new one count against the old', t => {
	const packets = sent(3);
	for (const counter of [0, 1, 2]) send(packets, 1, counter, 30 + counter);
	t.deepEqual(ack(packets, 1, [1, 1]), {acked: [4], sampled: 4});
	t.deepEqual(lost(packets, 1000, 40), [0, 1]);
	t.deepEqual(ack(packets, 0, [2, 2]), {acked: [2], sampled: 2});
	t.is(packets.largestAcked, 4, 'an old epoch does not set it back');
});

const violations: ReadonlyArray<readonly [string, number, ReadonlyArray<[number, number]>]> = [
	['the next counter', 0, [[6, 6]]],
	['a range that ends beyond', 0, [[0, 6]]],
	['the highest counter there is', 0, [[4_294_967_295, 4_294_967_295]]],
	['an epoch that has not begun', 1, [[0, 0]]],
	['the last epoch', 65_535, [[0, 0]]],
	['no range at all', 0, []],
];
for (const [title, epoch, ranges] of violations) {
	test(`never sent: ${title}`, t => {
		const packets = sent(6);
		t.is(ack(packets, epoch, ...ranges), 'violation');
		t.is(packets.outstanding.size, 6);
	});
}

test('an ACK before anything was sent names what was never sent', t => {
	t.is(ack(createSentPackets(), 0, [0, 0]), 'violation');
});

test('counters of one epoch acknowledge nothing of another', t => {
	const packets = sent(3);
	send(packets, 1, 0, 30);
	t.deepEqual(ack(packets, 1, [0, 0]), {acked: [3], sampled: 3});
	t.is(ack(packets, 1, [0, 2]), 'violation');
	t.deepEqual(outstanding(packets), [0, 1, 2]);
});

test('ranges that overlap, or name a counter over and over, count each packet once', t => {
	const packets = sent(6);
	t.deepEqual(ack(packets, 0, [1, 4], [2, 3], [0, 4]), {acked: [4, 3, 2, 1, 0], sampled: 4});
});

test('an epoch that is long over is passed over; three are remembered', t => {
	const packets = createSentPackets();
	for (let epoch = 0; epoch < 10; epoch++) send(packets, epoch, 0, epoch);
	t.deepEqual([...packets.epochs.keys()], [7, 8, 9]);
	t.deepEqual(ack(packets, 3, [0, 0]), {acked: [], sampled: undefined});
	t.deepEqual(ack(packets, 3, [90, 90]), {acked: [], sampled: undefined});
	t.is(ack(packets, 10, [0, 0]), 'violation');
	t.deepEqual(ack(packets, 9, [0, 0]), {acked: [9], sampled: 9});
	t.deepEqual(lost(packets, 1000, 10), [0, 1, 2, 3, 4, 5, 6]);
});

test('the lead is how far the newest epoch runs ahead of what it has acknowledged', t => {
	const packets = createSentPackets();
	t.is(counterLead(packets), 0);
	for (let counter = 0; counter < 5; counter++) send(packets, 0, counter, 0);
	t.is(counterLead(packets), 5);
	ack(packets, 0, [1, 1]);
	t.is(counterLead(packets), 3);
	ack(packets, 0, [0, 0]);
	t.is(counterLead(packets), 3);
	send(packets, 1, 0, 0);
	t.is(counterLead(packets), 1);
});
