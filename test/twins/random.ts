// A seeded generator, so that every run with the same seed is the same run.
import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import {type Random} from '../../source/crypto/random.ts';

/** Numbers in [0, 1), from a 32-bit seed (mulberry32). */
export function seededNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d_2b_79_f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Bytes: SHA-256 of the seed and a counter. Never for anything but tests. */
export function seededRandom(seed: string): Random {
	let count = 0;
	return size => {
		const parts: Buffer[] = [];
		for (let length = 0; length < size; length += 32) {
			parts.push(createHash('sha256').update(`${seed} ${count++}`).digest());
		}

		return Buffer.concat(parts).subarray(0, size);
	};
}
