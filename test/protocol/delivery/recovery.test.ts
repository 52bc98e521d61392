// What is lost by mistake: seen, undone, and not made again (RFC 8985 §6.2); and acknowledgements of a hostile peer.
import test from 'ava';
import {LOST_KEPT, WINDOW_LIMIT} from '../../../source/protocol/delivery/delivery-limits.ts';
import {type Recovery, createRecovery, detectLost, takeAck, track} from '../../../source/protocol/delivery/recovery.ts';
import {countPacket} from '../../../source/protocol/delivery/sent-packets.ts';

const SIZE = 1200;

function send(recovery: Recovery, now: number): number {
	const counter = recovery.packets.nextOrder;
	const order = countPacket(recovery.packets, 0, counter);
	track(recovery, {order, epoch: 0, counter, size: SIZE, sentAt: now, pieces: [], frames: []});
	return counter;
}

function ack(recovery: Recovery, from: number, to: number, now: number) {
	return takeAck(recovery, {kind: 'ack', epoch: 0, delay: 0, ranges: [{from, to}]}, now);
}

/** Its first packet took 100 ms. */
function acquainted(): Recovery {
	const recovery = createRecovery();
	send(recovery, 0);
	ack(recovery, 0, 0, 100);
	return recovery;
}

/** Six packets; the first comes `late` ms after the others. How many count as lost meanwhile. */
function overtaken(recovery: Recovery, now: number, late: number): number {
	const first = send(recovery, now);
	for (let count = 1; count < 6; count++) send(recovery, now + count);
	ack(recovery, first + 1, first + 5, now + 105);
	let lost = detectLost(recovery, now + 105).length;
	for (let at = recovery.packets.lossAt; at !== undefined && at < now + 100 + late; at = recovery.packets.lossAt) {
		lost += detectLost(recovery, at).length;
	}

	ack(recovery, first, first, now + 100 + late);
	detectLost(recovery, now + 100 + late);
	return lost;
}

test('a packet may be overtaken for as long as a round trip: once it counts as lost, and then never again', t => {
	const recovery = acquainted();
	t.is(overtaken(recovery, 1000, 100), 1);
	for (let round = 1; round < 12; round++) t.is(overtaken(recovery, 1000 + round * 400, 100), 0, `${round}`);
	t.is(recovery.congestion.inFlight, 0);
});

test('a loss before the first packet that came takes nothing: the peer may have had no keys yet', t => {
	for (const isFirst of [true, false]) {
		const recovery = isFirst ? createRecovery() : acquainted();
		for (let count = 0; count < 9; count++) send(recovery, 200 + count);
		const probe = send(recovery, 1000);
		ack(recovery, probe, probe, 1200);
		t.is(detectLost(recovery, 1200).length, 9);
		t.is(recovery.congestion.inFlight, 0);
		const next = send(recovery, 1201);
		ack(recovery, next, next, 1400);
		t.is(recovery.congestion.ceiling === WINDOW_LIMIT, isFirst, `${recovery.congestion.ceiling}`);
		t.is(recovery.congestion.isStarting, isFirst);
	}
});

test('a loss that was none gives back what it took', t => {
	const recovery = acquainted();
	for (let round = 1; round < 8; round++) {
		for (let count = 0; count < 10; count++) send(recovery, round * 100);
		ack(recovery, recovery.packets.nextOrder - 10, recovery.packets.nextOrder - 1, round * 100 + 100);
	}

	const first = recovery.packets.nextOrder;
	for (let count = 0; count < 20; count++) send(recovery, 1000 + count);
	ack(recovery, first + 15, first + 19, 1119);
	t.is(detectLost(recovery, 1150).length, 15);
	// The round trip ends, and most of it is lost.
	send(recovery, 1160);
	ack(recovery, first + 20, first + 20, 1260);
	const {ceiling} = recovery.congestion;
	t.true(ceiling < WINDOW_LIMIT);
	const come = ack(recovery, first, first + 14, 1265);
	t.is(come.length, 15, 'told as come');
	t.is(recovery.congestion.ceiling, WINDOW_LIMIT);
	t.is(recovery.congestion.inFlight, 0);
	t.is(recovery.packets.lost.size, 0);
	t.is(ack(recovery, first, first + 14, 1266).length, 0, 'once');
	t.is(recovery.congestion.inFlight, 0);
});

test('lost packets are remembered up to a bound, and only as long as they may come', t => {
	const recovery = acquainted();
	for (let count = 0; count < 3000; count++) {
		const counter = send(recovery, 1000 + count / 100);
		if (count % 10 === 9) ack(recovery, counter, counter, 1100 + count / 100);
		detectLost(recovery, 1100 + count / 100);
		t.true(recovery.packets.lost.size <= LOST_KEPT);
	}

	t.true(recovery.packets.lost.size > 200);
	for (const now of [10_000, 10_001]) detectLost(recovery, now);
	t.is(recovery.packets.lost.size, 0);
});

test('an ACK of what was never sent is a violation, and changes nothing', t => {
	const recovery = acquainted();
	for (let count = 0; count < 5; count++) send(recovery, 1000);
	const before = structuredClone(recovery);
	t.is(ack(recovery, 0, 6, 1100), 'violation');
	t.deepEqual(recovery, before);
});

test('a peer that acknowledges what cannot have come yet gains no more than the window has at most', t => {
	const recovery = createRecovery();
	let now = 0;
	let most = 0;
	for (let round = 0; round < 300; round++) {
		const first = recovery.packets.nextOrder;
		while (recovery.congestion.inFlight + SIZE <= recovery.congestion.window) send(recovery, now);
		most = Math.max(most, recovery.congestion.inFlight);
		now += 0.01;
		ack(recovery, first, recovery.packets.nextOrder - 1, now);
		// It repeats itself, too.
		ack(recovery, 0, recovery.packets.nextOrder - 1, now);
		t.is(recovery.congestion.inFlight, 0);
	}

	t.true(most <= WINDOW_LIMIT, `${most}`);
	t.true(recovery.congestion.window <= WINDOW_LIMIT);
});

test('a peer that acknowledges late, in pieces and out of order makes nothing negative and nothing endless', t => {
	const recovery = acquainted();
	for (let round = 1; round < 60; round++) {
		const first = recovery.packets.nextOrder;
		for (let count = 0; count < 8; count++) send(recovery, round * 500 + count);
		for (const index of [7, 3, 5, 0, 1]) {
			ack(recovery, first + index, first + index, round * 500 + 400 - index * 30);
			detectLost(recovery, round * 500 + 400);
		}

		const {window, inFlight} = recovery.congestion;
		t.true(inFlight >= 0 && window >= 2 * SIZE && window <= WINDOW_LIMIT, JSON.stringify({window, inFlight}));
	}
});
