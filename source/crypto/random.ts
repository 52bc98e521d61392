// Random bytes. Every function gets its source as an argument, so that a test can repeat a run exactly.
import {Buffer} from 'node:buffer';
import {randomBytes, randomFillSync} from 'node:crypto';

/** Yields `size` fresh random bytes. */
export type Random = (size: number) => Buffer;

/** Larger requests do not use the pool, bytes. */
const POOLED_LIMIT = 1024;
const pool = Buffer.alloc(4096);
/** Where the unused bytes of the pool begin. */
let fresh = pool.length;

/**
 * The generator of the operating system. It is called through a pool, since each call costs as much as a hash. Bytes are copied out of the
 * pool into memory of their own, and zeroed in the pool.
 */
export const systemRandom: Random = size => {
	if (size > POOLED_LIMIT) return randomBytes(size);
	if (fresh + size > pool.length) {
		randomFillSync(pool);
		fresh = 0;
	}

	const bytes = Buffer.allocUnsafeSlow(size);
	pool.copy(bytes, 0, fresh, fresh + size);
	pool.fill(0, fresh, fresh + size);
	fresh += size;
	return bytes;
};
