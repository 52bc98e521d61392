// What holds for every codec: nothing is lost, nothing but the one encoding is taken, and hostile bytes never throw.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {bytes, codecs} from './codecs.ts';

const trimmed = (encoded: Buffer) => encoded.subarray(0, encoded.findLastIndex(byte => byte !== 0) + 1);

for (const {title, arbitrary, encode, decode, size, openEnd} of codecs) {
	const spelling = openEnd ? trimmed : (encoded: Buffer) => encoded;

	test(`${title}: what is encoded decodes to itself`, t => {
		fc.assert(
			fc.property(arbitrary, value => {
				const encoded = encode(value);
				if (size !== undefined) t.is(encoded.length, size);
				t.deepEqual(decode(encoded), value);
			}),
		);
	});

	if (!openEnd) {
		test(`${title}: a byte less or more is refused, wherever it is cut`, t => {
			const cut = fc.property(arbitrary, fc.nat(255), (value, byte) => {
				const encoded = encode(value);
				for (let end = 0; end < encoded.length; end++) t.is(decode(encoded.subarray(0, end)), undefined);
				t.is(decode(Buffer.concat([encoded, Buffer.of(byte)])), undefined);
			});
			fc.assert(cut, {numRuns: 20});
		});
	}

	test(`${title}: no bytes throw, and what is taken has no second spelling`, t => {
		const taken = (candidate: Buffer) => {
			const value = decode(candidate);
			if (value !== undefined) t.deepEqual(spelling(encode(value)), spelling(candidate));
		};

		const damaged = fc.property(arbitrary, fc.nat(), fc.nat(255), (value, where, byte) => {
			const candidate = Buffer.from(encode(value));
			if (candidate.length > 0) candidate[where % candidate.length] = byte;
			taken(candidate);
		});
		const random = fc.property(bytes(0, size ?? 64), taken);
		t.notThrows(() => fc.assert(damaged, {numRuns: 300}));
		t.notThrows(() => fc.assert(random, {numRuns: 300}));
	});
}
