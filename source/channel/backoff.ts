// How long to wait after failures in a row: pauses that double up to a bound, and chance that spreads them.
import {type Random} from '../crypto/random.ts';

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** What a server may ask for at most, ms: an attacker on the network can ask, too. */
const ASKED_LIMIT_MS = 300_000;
/** After a connection that stood so long, ms, the next failure counts as the first. */
export const GOOD_AFTER_MS = 30_000;

/** The pause after the failure number `failures` in a row, 1 for the first: `first`, then twice as long each time, up to `longest`. */
export function doubled(first: number, longest: number, failures: number): number {
	return Math.min(first * 2 ** (failures - 1), longest);
}

/** A pause of which chance takes up to `share`. */
export function jittered(pause: number, share: number, random: Random): number {
	const chance = random(4).readUInt32BE(0) / 2 ** 32;
	return pause * (1 - share * (1 - chance));
}

/** Ms that a server's `retryAfter` s keep us from trying again, as far as a server may ask for that. */
export function askedPause(retryAfter: number): number {
	return Math.min(retryAfter * 1000, ASKED_LIMIT_MS);
}

/**
 * The pause before the directory is tried again, whole ms, behind the `retryAfter` s that it asked for. Chance takes any share, so that
 * not everybody comes back at once.
 */
export function pauseAfter(failures: number, retryAfter: number, random: Random): number {
	return askedPause(retryAfter) + Math.floor(jittered(doubled(FIRST_MS, LONGEST_MS, failures), 1, random));
}
