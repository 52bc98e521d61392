// The system's generator behind its pool: fresh bytes for everybody, whatever the sizes.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {systemRandom} from '../../source/crypto/random.ts';

test('as many bytes as were asked for, from the pool or past it', t => {
	for (const size of [0, 1, 16, 1023, 1024, 1025, 4096, 100_000]) t.is(systemRandom(size).length, size);
});

test('no eight bytes ever come twice, over many refills and whatever the sizes', t => {
	const seen = new Set<bigint>();
	let drawn = 0;
	fc.assert(
		fc.property(fc.array(fc.oneof(fc.nat(64), fc.nat(1200)), {maxLength: 60}), sizes => {
			for (const size of sizes) {
				const bytes = systemRandom(size);
				for (let offset = 0; offset + 8 <= size; offset += 8) {
					seen.add(bytes.readBigUInt64BE(offset));
					drawn++;
				}
			}
		}),
	);
	t.true(drawn > 10_000);
	t.is(seen.size, drawn);
});

test('what one caller does to its bytes, no other sees', t => {
	const first = systemRandom(32);
	const copy = Buffer.from(first);
	const second = systemRandom(32);
	second.fill(0);
	t.deepEqual(first, copy);
	first.fill(0);
	const third = systemRandom(32);
	t.false(third.equals(Buffer.alloc(32)));
	t.is(third.buffer.byteLength, 32, 'memory of its own');
});

test('every bit is as often one as zero', t => {
	const ones = Array.from({length: 256}, () => 0);
	const draws = 4000;
	for (let draw = 0; draw < draws; draw++) {
		const bytes = systemRandom(32);
		for (let bit = 0; bit < 256; bit++) ones[bit]! += (bytes[bit >> 3]! >> (bit & 7)) & 1;
	}

	// Eight standard deviations: one run in 10^12 ends beyond for any of the bits.
	const limit = 8 * Math.sqrt(draws / 4);
	for (const [bit, count] of ones.entries()) t.true(Math.abs(count - draws / 2) < limit, `bit ${bit}: ${count}`);
});

test('a size that is none is our own mistake', t => {
	for (const size of [-1, Number.NaN]) t.throws(() => systemRandom(size), {instanceOf: RangeError});
});
