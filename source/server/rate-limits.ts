// How much one address or one account may ask for: pure, with the time handed in.
import {type Bucket, type Rate, fullBucket, isFull, take, untilToken} from '../protocol/token-bucket.ts';

/** All limits of a server. Tests and benches pass others. */
export type Limits = {
	/** New connections of one address (IPv6: one /64). */
	readonly connections: Rate;
	/** Connections of one address (IPv6: one /64) that have not signed in. Wider networks may have more: see `networksOf`. */
	readonly halfOpenPerAddress: number;
	/** Connections of all addresses that have not signed in. */
	readonly halfOpen: number;
	/** Frames of any type in one session. The rates below are of one session too. */
	readonly frames: Rate;
	/** Introductions and hole punches together. */
	readonly introductions: Rate;
	/** Those of them that are granted, to one name. */
	readonly calls: Rate;
	readonly searches: Rate;
	/** Pages of device logs. */
	readonly devices: Rate;
	/** Requests of a guest to be admitted. */
	readonly links: Rate;
	/** Changes of the password, of the identity key and of the device log. */
	readonly changes: Rate;
	/** Changes of what is blocked. */
	readonly blocks: Rate;
	/** Names that one account may watch and block. */
	readonly watched: number;
	readonly blocked: number;
};

export const LIMITS: Limits = {
	connections: {burst: 100, perSecond: 10},
	halfOpenPerAddress: 64,
	halfOpen: 1024,
	frames: {burst: 400, perSecond: 100},
	introductions: {burst: 60, perSecond: 10},
	calls: {burst: 6, perSecond: 0.1},
	searches: {burst: 20, perSecond: 5},
	devices: {burst: 60, perSecond: 5},
	links: {burst: 3, perSecond: 0.1},
	changes: {burst: 5, perSecond: 0.1},
	blocks: {burst: 60, perSecond: 1},
	watched: 1000,
	blocked: 1000,
};

/**
 * How many names one session may have called so lately that their buckets are not full again. One call fills up again in 10 s, so nobody
 * honest has as many at the rate of introductions.
 */
export const CALLED_NAMES = 256;

/**
 * How many ms until a token of `name` may be taken; 0 when there is one. Forgets full buckets once there are CALLED_NAMES; while none is full,
 * other names have to wait.
 */
export function untilNamed(buckets: Map<string, Bucket>, name: string, rate: Rate, now: number): number {
	const known = buckets.get(name);
	if (known !== undefined) return untilToken(known, rate, now);
	if (buckets.size >= CALLED_NAMES) forgetFull(buckets, rate, now);
	return buckets.size >= CALLED_NAMES ? Math.ceil(1000 / rate.perSecond) : 0;
}

/** Takes a token of `name` and returns 0, or returns the ms until there is one. */
export function takeNamed(buckets: Map<string, Bucket>, name: string, rate: Rate, now: number): number {
	const wait = untilNamed(buckets, name, rate, now);
	if (wait > 0) return wait;
	const bucket = buckets.get(name) ?? fullBucket(rate, now);
	buckets.set(name, bucket);
	return take(bucket, rate, now);
}

function forgetFull(buckets: Map<string, Bucket>, rate: Rate, now: number): void {
	for (const [key, bucket] of buckets) {
		if (isFull(bucket, rate, now)) buckets.delete(key);
	}
}

/** At most so many buckets are kept. Past it the least recently used one is forgotten, and starts full again. */
const KEY_LIMIT = 10_000;

/** One bucket for each key. `sweep` forgets full buckets, so that only busy keys take memory. */
export class RateLimiter {
	readonly #rate: Rate;
	/** By key, least recently used first; at most KEY_LIMIT. */
	readonly #buckets = new Map<string, Bucket>();

	constructor(rate: Rate) {
		this.#rate = rate;
	}

	get size(): number {
		return this.#buckets.size;
	}

	/** Takes a token of `key`. Returns whether there was one. */
	allows(key: string, now: number): boolean {
		const bucket = this.#buckets.get(key) ?? fullBucket(this.#rate, now);
		this.#buckets.delete(key);
		this.#buckets.set(key, bucket);
		for (const oldest of this.#buckets.keys()) {
			if (this.#buckets.size <= KEY_LIMIT) break;
			this.#buckets.delete(oldest);
		}

		return take(bucket, this.#rate, now) === 0;
	}

	sweep(now: number): void {
		forgetFull(this.#buckets, this.#rate, now);
	}
}
