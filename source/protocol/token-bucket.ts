// A token bucket: so many at once, then so many a second. Times in ms of a clock that only runs forward; where it goes back all the same,
// tokens are neither added nor taken away.

/** `burst` at once, then `perSecond`. */
export type Rate = {readonly burst: number; readonly perSecond: number};

/** How many tokens were left at a time, ms. Changed in place: a server has several for each client. */
export type Bucket = {tokens: number; at: number};

export function fullBucket({burst}: Rate, now: number): Bucket {
	return {tokens: burst, at: now};
}

/** Takes a token and returns 0, or returns the ms until there is one. */
export function take(bucket: Bucket, rate: Rate, now: number): number {
	const wait = untilToken(bucket, rate, now);
	if (wait === 0) bucket.tokens--;
	return wait;
}

/** How many ms until there is a token; 0 when there is one. */
export function untilToken(bucket: Bucket, rate: Rate, now: number): number {
	refill(bucket, rate, now);
	return bucket.tokens < 1 ? Math.ceil(((1 - bucket.tokens) / rate.perSecond) * 1000) : 0;
}

/** Whether it is as good as a new one. */
export function isFull(bucket: Bucket, rate: Rate, now: number): boolean {
	refill(bucket, rate, now);
	return bucket.tokens >= rate.burst;
}

function refill(bucket: Bucket, {burst, perSecond}: Rate, now: number): void {
	bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
	bucket.at = now;
}
