// The reader past its end, integers at their limits, and what a writer refuses from its own caller.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {Reader, Writer} from '../../source/wire/cursor.ts';
import {bytes} from './codecs.ts';

const reads = {
	u8: (reader: Reader) => reader.u8(),
	u16: (reader: Reader) => reader.u16(),
	u32: (reader: Reader) => reader.u32(),
	u64: (reader: Reader) => reader.u64(),
	bytes: (reader: Reader) => reader.bytes(3),
	vector8: (reader: Reader) => reader.vector8(5),
	vector16: (reader: Reader) => reader.vector16(5),
	flag: (reader: Reader) => reader.flag(),
	rest: (reader: Reader) => reader.rest(),
};

test('integers are big-endian', t => {
	const encoded = new Writer().u8(0x01).u16(0x02_03).u32(0x04_05_06_07).u64(0x08_09_0a_0b_0c_0d).finish();
	t.is(encoded.toString('hex'), '01020304050607000008090a0b0c0d');
	const reader = new Reader(encoded);
	t.deepEqual([reader.u8(), reader.u16(), reader.u32(), reader.u64()], [1, 0x203, 0x4_05_06_07, 0x8_09_0a_0b_0c_0d]);
	t.true(reader.complete && reader.exhausted);
	t.is(reader.offset, 15);
});

test('a text fills its field with zeros', t => {
	t.is(new Writer().u8(1).text('ab', 4).zeros(2).u8(2).finish().toString('hex'), '0161620000000002');
	t.is(new Writer().text('', 1).zeros(1).text('a', 1).finish().toString('hex'), '000061');
});

test('whatever is read in whatever order, a reader never throws and a failure stays', t => {
	fc.assert(
		fc.property(bytes(0, 40), fc.array(fc.constantFrom(...Object.values(reads))), (input, fields) => {
			const reader = new Reader(input);
			for (const read of fields) {
				const failedBefore = reader.failed;
				const value = read(reader);
				t.true(reader.offset <= input.length);
				t.true(reader.failed || !failedBefore);
				if (failedBefore) t.true(Buffer.isBuffer(value) ? value.length === 0 : !value);
				if (reader.failed) t.true(!reader.complete && reader.exhausted);
			}
		}),
	);
});

test('past the end a reader yields zeros and is not complete', t => {
	for (const [kind, read] of Object.entries(reads)) {
		if (kind === 'rest') continue;
		const reader = new Reader(Buffer.alloc(0));
		const value = read(reader);
		t.true(Buffer.isBuffer(value) ? value.length === 0 : !value, kind);
		t.true(reader.failed && !reader.complete, kind);
	}
});

test('a 64-bit integer ends at 2^53 − 1', t => {
	const most = Number.MAX_SAFE_INTEGER;
	const reader = new Reader(new Writer().u64(most).finish());
	t.is(reader.u64(), most);
	t.true(reader.complete);
	const over = new Reader(Buffer.from('0020000000000000', 'hex'));
	t.is(over.u64(), 0);
	t.true(over.failed);
});

test('a flag is 0 or 1, a vector no longer than its limit', t => {
	for (let value = 0; value < 256; value++) {
		const reader = new Reader(Buffer.of(value));
		t.is(reader.flag(), value === 1);
		t.is(reader.failed, value > 1);
	}

	const long = new Reader(Buffer.from('03aabbcc', 'hex'));
	t.is(long.vector8(2).length, 0);
	t.true(long.failed);
	const wide = new Reader(Buffer.from('0003aabbcc', 'hex'));
	t.is(wide.vector16(2).length, 0);
	t.true(wide.failed);
});

test('a field is a view until somebody fails the reader', t => {
	const input = Buffer.from('aabb', 'hex');
	const reader = new Reader(input);
	t.is(reader.bytes(2).buffer, input.buffer);
	t.true(reader.complete);
	reader.fail();
	t.false(reader.complete);
});

test('a writer throws at what does not fit', t => {
	const misfits: Array<(writer: Writer) => Writer> = [
		writer => writer.u8(256),
		writer => writer.u16(65_536),
		writer => writer.u32(2 ** 32),
		writer => writer.u8(-1),
		writer => writer.u64(-1),
		writer => writer.u64(2 ** 53),
		writer => writer.text('abc', 2),
		writer => writer.bytes(Buffer.alloc(31), 32),
		writer => writer.vector8(Buffer.alloc(256)),
		writer => writer.vector8(Buffer.alloc(3), 2),
		writer => writer.vector16(Buffer.alloc(65_536)),
		writer => writer.vector16(Buffer.alloc(3), 2),
	];
	for (const [index, misfit] of misfits.entries()) {
		t.throws(() => misfit(new Writer()), {instanceOf: RangeError}, `misfit ${index}`);
	}
});
