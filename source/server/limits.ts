// How much one address or one account may ask for: token buckets, pure, with the time handed in.
import {ipv6Groups} from '../wire/address.ts';

/** So many at once, then so many a second. */
export type Rate = {readonly burst: number; readonly perSecond: number};

/** All of a server's limits; a test or a bench hands in others. */
export type Limits = {
	/** New connections of one address (IPv6: of one /64). */
	readonly connections: Rate;
	/** Connections of one address (IPv6: of one /64) that have not signed in; wider networks have shares as `networksOf` says. */
	readonly halfOpenPerAddress: number;
	/** Connections that have not signed in, over all addresses. */
	readonly halfOpen: number;
	/** Requests of one session: any frame at all, introductions and punches, searches, changes of password or identity, of what is blocked. */
	readonly frames: Rate;
	readonly introductions: Rate;
	readonly searches: Rate;
	readonly changes: Rate;
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
	searches: {burst: 20, perSecond: 5},
	changes: {burst: 5, perSecond: 0.1},
	blocks: {burst: 60, perSecond: 1},
	watched: 1000,
	blocked: 1000,
};

/** Tokens left at a time, ms. */
export type Bucket = {tokens: number; at: number};

export function fullBucket({burst}: Rate, now: number): Bucket {
	return {tokens: burst, at: now};
}

/** Takes a token and returns 0, or the ms until there is one. A clock that is set back refills nothing and takes nothing away. */
export function take(bucket: Bucket, rate: Rate, now: number): number {
	refill(bucket, rate, now);
	if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / rate.perSecond) * 1000);
	bucket.tokens--;
	return 0;
}

function refill(bucket: Bucket, {burst, perSecond}: Rate, now: number): void {
	bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
	bucket.at = now;
}

/** Keys remembered at once; past it the one that was touched least recently starts afresh. */
const KEY_LIMIT = 10_000;

/** One bucket a key. Full buckets are forgotten on `sweep`, so that only who is busy takes memory. */
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

	/** Whether `key` may go on. */
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
		for (const [key, bucket] of this.#buckets) {
			refill(bucket, this.#rate, now);
			if (bucket.tokens >= this.#rate.burst) this.#buckets.delete(key);
		}
	}
}

/** A network that an address lies in: what it may have is so many times what a single address may. */
export type NetworkName = {
	readonly name: string;
	readonly times: number;
	/** Somebody has all of it, so what comes from anywhere in it counts together (RFC 6177). An IPv4 /24 belongs to many. */
	readonly hasOneOwner: boolean;
};

/** The widest first: /24 and address of IPv4; /48, /56 and /64 of IPv6. */
export function networksOf(host: string): readonly NetworkName[] {
	if (!host.includes(':')) {
		return [
			{name: `${host.slice(0, host.lastIndexOf('.'))}/24`, times: 4, hasOneOwner: false},
			{name: host, times: 1, hasOneOwner: true},
		];
	}

	const [a = 0, b = 0, c = 0, d = 0] = ipv6Groups(host);
	const site = [a, b, c].map(group => group.toString(16)).join(':');
	return [
		{name: `${site}/48`, times: 4, hasOneOwner: true},
		{name: `${site}:${d >> 8}/56`, times: 2, hasOneOwner: true},
		{name: `${site}:${d.toString(16)}`, times: 1, hasOneOwner: true},
	];
}
