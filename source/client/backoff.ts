// How long to wait before the directory is tried again: full jitter over a doubling bound, so that a server that comes back is
// not run over by everybody at once.
import {type Random} from '../crypto/random.ts';

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** A login that stood so long, ms, was a good one: the next trouble starts from the beginning. */
export const GOOD_AFTER_MS = 30_000;

/** Ms before try number `tries` (0 for the first that follows a failure); at least `retryAfter` s where the server said so. */
export function pauseBefore(tries: number, retryAfter: number, random: Random): number {
	const bound = Math.min(FIRST_MS * 2 ** Math.min(tries, 16), LONGEST_MS);
	const chance = random(4).readUInt32BE(0) / 2 ** 32;
	return Math.max(chance * bound, retryAfter * 1000);
}
