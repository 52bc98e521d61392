import {Buffer} from 'node:buffer';
import test from 'ava';
import {concat, equal, leftPad, wipe} from '../../source/crypto/bytes.ts';

test('concat joins in order into bytes of its own', t => {
	const part = Buffer.of(1, 2);
	const joined = concat(part, new Uint8Array([3]), Buffer.alloc(0), Buffer.of(4));
	part.fill(9);
	t.deepEqual([...joined], [1, 2, 3, 4]);
	t.is(concat().length, 0);
});

test('equal compares contents, and lengths without throwing', t => {
	t.true(equal(Buffer.of(1, 2), new Uint8Array([1, 2])));
	t.true(equal(Buffer.alloc(0), Buffer.alloc(0)));
	t.false(equal(Buffer.of(1, 2), Buffer.of(1, 3)));
	t.false(equal(Buffer.of(1, 2), Buffer.of(1, 2, 0)));
	t.false(equal(Buffer.alloc(0), Buffer.of(0)));
});

test('wipe overwrites every byte of what it is given, and only that', t => {
	const memory = Buffer.from([1, 2, 3, 4, 5, 6]);
	const other = new Uint8Array([7, 8]);
	wipe(memory.subarray(1, 4), undefined, other);
	t.deepEqual([...memory], [1, 0, 0, 0, 5, 6]);
	t.deepEqual([...other], [0, 0]);
});

test('leftPad spells an integer in an exact size', t => {
	t.deepEqual([...leftPad(Buffer.of(1, 2), 4)], [0, 0, 1, 2]);
	t.deepEqual([...leftPad(Buffer.of(1, 2), 2)], [1, 2]);
	t.deepEqual([...leftPad(Buffer.of(0, 0, 1, 2), 2)], [1, 2]);
	t.deepEqual([...leftPad(Buffer.alloc(0), 2)], [0, 0]);
	t.throws(() => leftPad(Buffer.of(0, 1, 2, 3), 2), {instanceOf: RangeError, message: /longer than 2 bytes/});
});
