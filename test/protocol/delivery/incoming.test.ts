// Fragments put together: whatever the order, once, in sequence, and never more held than the windows say.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {type Incoming, createIncoming, release, takeFragment} from '../../../source/protocol/delivery/incoming.ts';
import {BYTE_WINDOW, MESSAGE_WINDOW, SMALLEST_FRAGMENT} from '../../../source/protocol/delivery/delivery-limits.ts';
import {
	CHANNEL,
	type FragmentFrame,
	MESSAGE_LIMIT,
	decodeFrames,
	encodeFrames,
} from '../../../source/wire/messages/msg.ts';

const piece = (sequence: number, offset: number, total: number, data: Buffer): FragmentFrame => ({
	kind: 'fragment',
	channel: CHANNEL.content,
	sequence,
	offset,
	total,
	data,
});
const whole = (sequence: number, data = Buffer.from(`message ${sequence}`)) => piece(sequence, 0, data.length, data);
const zeros = (sequence: number, offset: number, size: number, total: number) =>
	piece(sequence, offset, total, Buffer.alloc(size));

/** Takes all of them; whether each was fit to be taken. */
const takeAll = (incoming: Incoming, ...frames: FragmentFrame[]) => frames.map(frame => takeFragment(incoming, frame));
const sequences = (incoming: Incoming) => release(incoming).map(({sequence}) => sequence);

test('whole messages come out in sequence, each once', t => {
	const incoming = createIncoming();
	t.deepEqual(takeAll(incoming, whole(2), whole(1)), [true, true]);
	t.deepEqual(sequences(incoming), []);
	t.true(takeFragment(incoming, whole(0)));
	t.deepEqual(
		release(incoming).map(({sequence, data}) => `${sequence} ${data.toString()}`),
		['0 message 0', '1 message 1', '2 message 2'],
	);
	t.deepEqual(takeAll(incoming, whole(0), whole(2)), [true, true]);
	t.deepEqual(sequences(incoming), []);
	t.is(incoming.partials.size, 0);
	t.is(incoming.heldBytes, 0);
});

test('an empty message is a message', t => {
	const incoming = createIncoming();
	t.true(takeFragment(incoming, whole(0, Buffer.alloc(0))));
	t.deepEqual(release(incoming), [{sequence: 0, data: Buffer.alloc(0)}]);
});

test('any cut, any order, any repetition gives the message back, once', t => {
	const cuts = fc.uniqueArray(fc.integer({min: 1, max: 9}), {maxLength: 9});
	fc.assert(
		fc.property(cuts, fc.infiniteStream(fc.nat(1000)), fc.integer({min: 1, max: 512}), (at, order, last) => {
			const data = Buffer.from(Array.from({length: 10 * SMALLEST_FRAGMENT + last}, (_, index) => (index * 7) & 0xff));
			const ends = [...at.toSorted((a, b) => a - b).map(cut => cut * SMALLEST_FRAGMENT), data.length];
			const frames = ends.map((end, index) => {
				const start = index === 0 ? 0 : ends[index - 1]!;
				return piece(0, start, data.length, data.subarray(start, end));
			});
			const incoming = createIncoming();
			const shuffled = [...frames, ...frames]
				.map(frame => ({frame, place: order.next().value as number}))
				.toSorted((a, b) => a.place - b.place);
			let released = 0;
			for (const {frame} of shuffled) {
				t.true(takeFragment(incoming, frame));
				for (const message of release(incoming)) {
					t.deepEqual(message, {sequence: 0, data});
					released++;
				}
			}

			t.is(released, 1);
			t.is(incoming.heldBytes, 0);
		}),
	);
});

test('pieces that were cut anew, because large ones are lost, and the ones before may come in any order', t => {
	const data = Buffer.from(Array.from({length: 1000}, (_, index) => (index * 7) & 0xff));
	const cut = (start: number, end: number) => piece(0, start, data.length, data.subarray(start, end));
	const orders = [
		[cut(0, 1000), cut(0, 250)],
		[cut(0, 250), cut(750, 1000), cut(0, 1000)],
		[cut(300, 600), cut(0, 400), cut(500, 1000)],
		[cut(0, 800), cut(256, 556), cut(700, 1000), cut(0, 100)],
		[cut(750, 1000), cut(250, 500), cut(0, 250), cut(200, 800)],
	];
	for (const frames of orders) {
		const incoming = createIncoming();
		t.true(takeAll(incoming, ...frames).every(Boolean));
		t.deepEqual(release(incoming), [{sequence: 0, data}]);
		t.is(incoming.heldBytes, 0);
	}
});

test('the caller may reuse the bytes that a fragment came in', t => {
	const incoming = createIncoming();
	const bytes = Buffer.alloc(300, 1);
	takeFragment(incoming, piece(0, 0, 300, bytes));
	bytes.fill(2);
	t.deepEqual(release(incoming)[0]?.data, Buffer.alloc(300, 1));
});

const hostile: Record<string, FragmentFrame[]> = {
	'another total': [zeros(0, 0, 400, 999), zeros(0, 400, 400, 998)],
	'a whole message where a longer one has begun': [zeros(0, 0, 400, 999), zeros(0, 0, 400, 400)],
	'a crumb': [zeros(0, 0, SMALLEST_FRAGMENT - 1, 800)],
	'the first sequence beyond the window': [zeros(MESSAGE_WINDOW, 0, 1, 1)],
	'the last sequence there is': [zeros(4_294_967_295, 0, 1, 1)],
	'one message more than a mebibyte': Array.from({length: 17}, (_, index) => zeros(index, 0, 256, MESSAGE_LIMIT)),
};
for (const [title, frames] of Object.entries(hostile)) {
	test(`no honest sender: ${title}`, t => {
		const incoming = createIncoming();
		const fit = takeAll(incoming, ...frames);
		t.deepEqual(fit, [...frames.slice(1).map(() => true), false]);
		t.deepEqual(sequences(incoming), [], 'nothing of it is released');
		t.true(incoming.heldBytes <= BYTE_WINDOW);
	});
}

test('the window moves with what is released', t => {
	const incoming = createIncoming();
	t.true(takeFragment(incoming, whole(MESSAGE_WINDOW - 1)));
	t.true(takeFragment(incoming, whole(0)));
	t.is(release(incoming).length, 1);
	t.true(takeFragment(incoming, whole(MESSAGE_WINDOW)));
	t.false(takeFragment(incoming, whole(MESSAGE_WINDOW + 1)));
});

test('a last piece may be as short as it is', t => {
	const incoming = createIncoming();
	t.deepEqual(takeAll(incoming, zeros(0, 1119, 1, 1120), zeros(0, 0, 1119, 1120)), [true, true]);
	t.deepEqual(sequences(incoming), [0]);
});

test('a message of 64 KiB is taken, one of a byte more is not a frame at all', t => {
	const incoming = createIncoming();
	const size = 1024;
	for (let offset = 0; offset < MESSAGE_LIMIT; offset += size) {
		t.true(takeFragment(incoming, zeros(0, offset, size, MESSAGE_LIMIT)));
	}

	t.is(release(incoming)[0]?.data.length, MESSAGE_LIMIT);
	t.is(decodeFrames(encodeFrames([zeros(0, 0, size, MESSAGE_LIMIT + 1)])), undefined);
	t.is(decodeFrames(encodeFrames([zeros(0, 65_536 - 1023, size, MESSAGE_LIMIT)])), undefined);
	t.is(decodeFrames(encodeFrames([zeros(0, 4_294_967_295, size, MESSAGE_LIMIT)])), undefined);
});

test('whatever fragments come, what is held stays within the windows', t => {
	const fragment = fc
		.record({
			sequence: fc.oneof(fc.nat(8), fc.nat(1100)),
			total: fc.oneof(fc.nat(3000), fc.constant(MESSAGE_LIMIT)),
			from: fc.double({min: 0, max: 1, noNaN: true}),
			size: fc.nat(1119),
		})
		.map(({sequence, total, from, size}) => {
			const offset = Math.floor(from * total);
			return zeros(sequence, offset, Math.min(size, total - offset), total);
		});
	fc.assert(
		fc.property(fc.array(fragment, {maxLength: 400}), frames => {
			const incoming = createIncoming();
			for (const frame of frames) {
				takeFragment(incoming, frame);
				release(incoming);
				const held = [...incoming.partials.values()];
				const bytes = held.reduce((sum, {buffer}) => sum + buffer.length, 0);
				const pieces = held.reduce((sum, each) => sum + each.spans.length, 0);
				t.is(bytes, incoming.heldBytes);
				t.true(bytes <= BYTE_WINDOW);
				t.true(held.length <= MESSAGE_WINDOW);
				t.true(pieces <= bytes / SMALLEST_FRAGMENT + held.length);
			}
		}),
		{numRuns: 50},
	);
});
