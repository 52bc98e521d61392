import {Buffer} from 'node:buffer';
import v8 from 'node:v8';
import vm from 'node:vm';
import test from 'ava';
import fc from 'fast-check';
import {concat, equal, intoSecret, leftPad, secretBytes, secretCopy, wipe} from '../../source/crypto/bytes.ts';

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

/** Collects until it is so: what is collected is told of in a later turn. */
async function collected(condition: () => boolean): Promise<void> {
	while (!condition()) {
		collect();
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}
}

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

test('a secret has the size that was asked for, is zero, and lies in memory that no collector moves', t => {
	for (const size of [0, 1, 31, 32, 33, 64, 100, 384, 16_384]) {
		const bytes = secretBytes(size);
		t.is(bytes.length, size);
		t.true(bytes.every(byte => byte === 0));
		// V8 keeps what is smaller than this on its own heap.
		t.true(bytes.buffer.byteLength >= 4096);
	}

	t.throws(() => secretBytes(16_385), {instanceOf: RangeError, message: /at most 16384 bytes/});
});

test('no two secrets share a byte, whatever their sizes', t => {
	const sizes = fc.array(fc.integer({min: 0, max: 500}), {minLength: 2, maxLength: 200});
	t.notThrows(() =>
		fc.assert(
			fc.property(sizes, list => {
				const secrets = list.map(size => secretBytes(size));
				for (const [index, bytes] of secrets.entries()) bytes.fill(index + 1);
				return secrets.every((bytes, index) => bytes.every(byte => byte === index + 1));
			}),
			{numRuns: 20},
		),
	);
});

test('a secret moves in and leaves nothing where it was; a copy leaves the other', t => {
	const before = Buffer.from([1, 2, 3]);
	const moved = intoSecret(before);
	t.deepEqual([...moved], [1, 2, 3]);
	t.deepEqual([...before], [0, 0, 0]);
	const copy = secretCopy(moved);
	wipe(moved);
	t.deepEqual([...copy], [1, 2, 3]);
});

/** The memory of a secret that nobody has wiped and nobody holds any more. */
function droppedSecret(size: number): Uint8Array {
	const bytes = secretBytes(size).fill(0xaa);
	return new Uint8Array(bytes.buffer, bytes.byteOffset, size);
}

test('a secret that was dropped and not wiped is wiped, and its place is given to the next', async t => {
	const memory = droppedSecret(544);
	t.true(memory.every(byte => byte === 0xaa));
	await collected(() => memory.every(byte => byte === 0));
	const next = secretBytes(544);
	t.is(next.buffer, memory.buffer);
	t.is(next.byteOffset, memory.byteOffset);
});

test('secrets that come and go take no more memory than is needed at once', async t => {
	const slabs = new Set<ArrayBufferLike>();
	for (let round = 0; round < 20; round++) {
		const last = droppedSecret(576);
		for (let count = 1; count < 100; count++) slabs.add(droppedSecret(576).buffer);
		await collected(() => last.every(byte => byte === 0));
	}

	// 28 go into one, so a round takes four; collecting may lag behind by one.
	t.true(slabs.size <= 8, String(slabs.size));
});

test('leftPad spells an integer in an exact size', t => {
	t.deepEqual([...leftPad(Buffer.of(1, 2), 4)], [0, 0, 1, 2]);
	t.deepEqual([...leftPad(Buffer.of(1, 2), 2)], [1, 2]);
	t.deepEqual([...leftPad(Buffer.of(0, 0, 1, 2), 2)], [1, 2]);
	t.deepEqual([...leftPad(Buffer.alloc(0), 2)], [0, 0]);
	t.throws(() => leftPad(Buffer.of(0, 1, 2, 3), 2), {instanceOf: RangeError, message: /longer than 2 bytes/});
});
