// Frames out of a byte stream: the same whatever the chunks, and never more of it held than one frame.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {
	FRAME,
	FRAME_LIMIT_AFTER,
	FRAME_LIMIT_BEFORE,
	type Frame,
	FrameSplitter,
	encodeFrame,
	frameHeader,
	isIgnorable,
	joinFrames,
} from '../../source/wire/frame.ts';
import {bytes} from './codecs.ts';

const frame = fc.record({type: fc.nat(255), body: bytes(0, 40)}, {noNullPrototype: true});

function split(chunks: readonly Buffer[], limit?: number): Array<Frame | 'malformed'> {
	const splitter = new FrameSplitter(limit);
	const frames: Array<Frame | 'malformed'> = [];
	for (const chunk of chunks) {
		splitter.push(chunk);
		for (let next = splitter.next(); next !== 'incomplete'; next = splitter.next()) {
			frames.push(next);
			if (next === 'malformed') return frames;
		}
	}

	return frames;
}

/** `stream` cut before each of these places. */
function cut(stream: Buffer, places: readonly number[]): Buffer[] {
	const inside = places.map(place => place % (stream.length + 1));
	const ends = [...inside.toSorted((a, b) => a - b), stream.length];
	return ends.map((end, index) => stream.subarray(ends[index - 1] ?? 0, end));
}

test('a frame is u16 length, u8 type, body; the length counts type and body', t => {
	t.is(encodeFrame({type: 0x2c, body: Buffer.from('abcd', 'hex')}).toString('hex'), '00032cabcd');
	t.is(encodeFrame({type: FRAME.registered, body: Buffer.alloc(0)}).toString('hex'), '00010a');
	t.deepEqual(frameHeader(5, 300), Buffer.from('012d05', 'hex'));
});

test('frames come out as they went in, whatever the chunks', t => {
	fc.assert(
		fc.property(fc.array(frame, {maxLength: 6}), fc.array(fc.nat()), (frames, places) => {
			t.deepEqual(split(cut(Buffer.concat(frames.map(encodeFrame)), places)), frames);
		}),
	);
});

test('every way to cut a short stream in three gives the same frames', t => {
	const frames = [
		{type: 1, body: Buffer.from('abc')},
		{type: 0xff, body: Buffer.alloc(0)},
		{type: 2, body: Buffer.from('de')},
	];
	const stream = joinFrames(frames);
	t.deepEqual(stream, Buffer.concat(frames.map(each => encodeFrame(each))));
	for (let first = 0; first <= stream.length; first++) {
		for (let second = first; second <= stream.length; second++) {
			t.deepEqual(split(cut(stream, [first, second])), frames);
		}
	}

	t.deepEqual(split(Array.from(stream, byte => Buffer.of(byte))), frames);
});

for (const limit of [FRAME_LIMIT_BEFORE, FRAME_LIMIT_AFTER]) {
	test(`a length of ${limit} passes, one more or zero is malformed from its first two bytes on`, t => {
		const most = {type: 7, body: Buffer.alloc(limit - 1, 1)};
		t.deepEqual(split([encodeFrame(most)], limit), [most]);
		const over = Buffer.alloc(2);
		over.writeUInt16BE(limit + 1);
		t.deepEqual(split([over], limit), ['malformed']);
		t.deepEqual(split([Buffer.of(0, 0)], limit), ['malformed']);
	});
}

test('what is malformed stays so; a raised limit counts from the next frame on', t => {
	const splitter = new FrameSplitter();
	t.is(splitter.limit, FRAME_LIMIT_BEFORE);
	const big = {type: 1, body: Buffer.alloc(FRAME_LIMIT_BEFORE)};
	splitter.push(encodeFrame(big));
	t.is(splitter.next(), 'malformed');
	t.is(splitter.next(), 'malformed');
	splitter.limit = FRAME_LIMIT_AFTER;
	t.deepEqual(splitter.next(), big);
});

test('no stream throws, and a splitter holds less than one frame once it asks for more', t => {
	fc.assert(
		fc.property(bytes(0, 300), fc.array(fc.nat()), (stream, places) => {
			const splitter = new FrameSplitter(64);
			let taken = 0;
			for (const chunk of cut(stream, places)) {
				splitter.push(chunk);
				let next = splitter.next();
				for (; typeof next === 'object'; next = splitter.next()) taken += 3 + next.body.length;
				if (next === 'malformed') return;
				t.true(splitter.pending < 2 + 64);
			}

			t.is(taken + splitter.pending, stream.length);
		}),
	);
});

test('a body is a copy: a reused chunk does not change it', t => {
	const chunk = encodeFrame({type: 1, body: Buffer.from('abc')});
	const [whole] = split([chunk]);
	chunk.fill(0);
	t.deepEqual(whole, {type: 1, body: Buffer.from('abc')});
});

test('types are distinct, and only those with the high bit may be passed over', t => {
	const types = Object.values(FRAME);
	t.is(new Set(types).size, types.length);
	// What came later than version 1 began, so that older clients pass over it.
	const first = [FRAME.unbound, FRAME.reflectors, FRAME.called, FRAME.ways];
	const {devices, log, extendLog, logs, onlineDevices, introduceDevice, linkRequest} = FRAME;
	const second = [devices, log, extendLog, logs, onlineDevices, introduceDevice, linkRequest];
	t.deepEqual(types.filter(isIgnorable), [...first, ...second]);
	t.true(isIgnorable(0x80) && isIgnorable(0xff));
});
