// How long to wait before the directory is tried again: full jitter over a doubling bound, so that a server that comes back is
// not run over by everybody at once.
import {type Random} from '../crypto/random.ts';

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** What a server may ask for at most, ms: whoever is on the way can ask, too. */
const ASKED_LIMIT_MS = 300_000;
/** A connection that stood so long, ms, was a good one: the next trouble starts from the beginning. */
export const GOOD_AFTER_MS = 30_000;

/** Whole ms after the failure number `failures` in a row (1 for the first), behind the `retryAfter` s the server asked for. */
export function pauseAfter(failures: number, retryAfter: number, random: Random): number {
	const bound = Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
	const chance = random(4).readUInt32BE(0) / 2 ** 32;
	return Math.min(retryAfter * 1000, ASKED_LIMIT_MS) + Math.floor(chance * bound);
}
