// Randomness is an argument everywhere, so that a test can repeat a run byte for byte.
import {Buffer} from 'node:buffer';
import {randomBytes, randomFillSync} from 'node:crypto';

/** Yields `size` fresh random bytes. */
export type Random = (size: number) => Buffer;

/** The largest request that the pool serves. */
const POOLED_LIMIT = 1024;
const pool = Buffer.alloc(4096);
/** Where the bytes begin that nobody has had yet. */
let fresh = pool.length;

/**
 * The operating system's generator, through a pool, since each call to it costs as much as a hash. Bytes are zeroed in
 * the pool as they leave it, into memory of their own.
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
