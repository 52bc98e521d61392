// When to acknowledge and what to say (RFC 9000 §13.2), against a set of counters as the model.
import test from 'ava';
import fc from 'fast-check';
import {type Acks, ackDueAt, createAcks, noteReceived, takeAcks} from '../../../source/protocol/delivery/acks.ts';
import {decodeFrames, encodeFrames} from '../../../source/wire/messages/msg.ts';

/** Counters of epoch 0 that all ask for an acknowledgement, one a ms. */
function after(...counters: number[]): Acks {
	const acks = createAcks();
	for (const [time, counter] of counters.entries()) noteReceived(acks, {epoch: 0, counter}, true, time);
	return acks;
}

const ranges = (acks: Acks) => takeAcks(acks, 1000)[0]?.ranges.map(({from, to}) => [from, to]);

test('§13.2.1: one packet that asks is answered within 25 ms, the second at once', t => {
	const acks = createAcks();
	t.is(ackDueAt(acks), undefined);
	noteReceived(acks, {epoch: 0, counter: 0}, true, 100);
	t.is(ackDueAt(acks), 125);
	noteReceived(acks, {epoch: 0, counter: 1}, true, 110);
	t.is(ackDueAt(acks), 110);
	t.is(takeAcks(acks, 110).length, 1);
	t.is(ackDueAt(acks), undefined);
	t.deepEqual(takeAcks(acks, 120), []);
});

test('§13.2.1: an ACK alone asks for none, however many come', t => {
	const acks = createAcks();
	for (let counter = 0; counter < 10; counter++) noteReceived(acks, {epoch: 0, counter}, false, counter);
	t.is(ackDueAt(acks), undefined);
	t.deepEqual(takeAcks(acks, 20), []);
	noteReceived(acks, {epoch: 0, counter: 10}, true, 30);
	t.is(ackDueAt(acks), 55);
	t.deepEqual(takeAcks(acks, 40)[0]?.ranges, [{from: 0, to: 10}], 'told with the next');
});

test('§13.2.1: what is not the next counter is answered at once, ahead or behind', t => {
	t.is(ackDueAt(after(1)), 0);
	t.is(ackDueAt(after(0, 2)), 1);
	const behind = after(0, 2);
	takeAcks(behind, 1);
	noteReceived(behind, {epoch: 0, counter: 1}, true, 9);
	t.is(ackDueAt(behind), 9);
});

test('§13.2.5: the delay is that of the largest counter', t => {
	const acks = createAcks();
	noteReceived(acks, {epoch: 0, counter: 5}, true, 100);
	noteReceived(acks, {epoch: 0, counter: 4}, true, 107);
	t.is(takeAcks(acks, 110)[0]?.delay, 10);
});

test('§13.2.3: ranges join from both sides, newest first', t => {
	t.deepEqual(ranges(after(0, 1, 2)), [[0, 2]]);
	t.deepEqual(ranges(after(5, 3, 1)), [
		[5, 5],
		[3, 3],
		[1, 1],
	]);
	t.deepEqual(ranges(after(5, 3, 1, 4)), [
		[3, 5],
		[1, 1],
	]);
	t.deepEqual(ranges(after(5, 3, 1, 4, 2)), [[1, 5]]);
	t.deepEqual(ranges(after(5, 1, 2)), [
		[5, 5],
		[1, 2],
	]);
	t.deepEqual(ranges(after(5, 3, 2)), [
		[5, 5],
		[2, 3],
	]);
	t.deepEqual(ranges(after(5, 3, 0)), [
		[5, 5],
		[3, 3],
		[0, 0],
	]);
});

test('a counter that is noted twice stays one', t => {
	t.deepEqual(ranges(after(5, 3, 3, 5, 4, 4)), [[3, 5]]);
});

test('§13.2.3: 32 ranges are kept, the oldest goes', t => {
	const acks = after(...Array.from({length: 40}, (_, index) => index * 2));
	const kept = ranges(acks)!;
	t.is(kept.length, 32);
	t.deepEqual(
		[kept[0], kept.at(-1)],
		[
			[78, 78],
			[16, 16],
		],
	);
	t.is(acks.epochs[0]!.ranges.length, 32);
});

test('two epochs are acknowledged at once; a third forgets the oldest, which does not come back', t => {
	const acks = createAcks();
	for (const epoch of [0, 1]) noteReceived(acks, {epoch, counter: 7}, true, 0);
	t.deepEqual(
		takeAcks(acks, 0).map(({epoch}) => epoch),
		[1, 0],
	);
	for (const epoch of [0, 2, 0, 1]) noteReceived(acks, {epoch, counter: 8}, true, 1);
	t.deepEqual(
		takeAcks(acks, 1).map(({epoch}) => epoch),
		[2, 1],
	);
	t.is(acks.epochs.length, 2);
});

test('an epoch in which a peer sends 100,000 datagrams still has an ACK that can be spelled', t => {
	const acks = createAcks();
	for (let counter = 0; counter < 100_000; counter++) {
		// A loss now and then.
		if (counter % 30_000 !== 5) noteReceived(acks, {epoch: 0, counter}, true, counter);
	}

	t.is(takeAcks(acks, 100_000)[0]?.ranges.length, 5);
	for (const counter of [30_005, 60_005, 90_005]) noteReceived(acks, {epoch: 0, counter}, true, 100_000);
	const [ack] = takeAcks(acks, 100_000);
	t.deepEqual(ack?.ranges[0], {from: 100_000 - 65_536, to: 99_999});
	t.deepEqual(decodeFrames(encodeFrames([ack!])), [ack]);
});

test('any arrivals: what is told has come, what has come is told while 32 ranges hold it, and it can be spelled', t => {
	// As the ratchet lets them through: at most 256 ahead, never twice.
	const steps = fc.array(fc.tuple(fc.integer({min: -40, max: 40}), fc.boolean()), {maxLength: 300});
	fc.assert(
		fc.property(steps, each => {
			const acks = createAcks();
			const come = new Set<number>();
			let newest = -1;
			let most = 0;
			for (const [time, [step, eliciting]] of each.entries()) {
				const counter = Math.max(0, newest + step);
				if (come.has(counter)) continue;
				come.add(counter);
				newest = Math.max(newest, counter);
				noteReceived(acks, {epoch: 0, counter}, eliciting, time);
				const islands = [...come].filter(known => !come.has(known + 1)).length;
				most = Math.max(most, islands);
			}

			const held = acks.epochs[0]?.ranges ?? [];
			t.true(held.length <= 32);
			const told = held.flatMap(({from, to}) => Array.from({length: to - from + 1}, (_, index) => to - index));
			t.true(told.every(counter => come.has(counter)));
			if (most <= 32) t.is(told.length, come.size);
			for (const [index, {to}] of held.entries()) if (index > 0) t.true(held[index - 1]!.from >= to + 2);
			for (const frame of takeAcks(acks, 0)) t.deepEqual(decodeFrames(encodeFrames([frame])), [frame]);
		}),
	);
});
