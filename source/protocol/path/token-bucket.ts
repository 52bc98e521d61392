// A token bucket: so many at once, then so many a second. Times in ms of a clock that only runs forward.

export type TokenRate = {readonly burst: number; readonly perSecond: number};

/** `tokens` as they were at `at`. */
export type TokenBucket = {readonly tokens: number; readonly at: number};

export function fullTokens({burst}: TokenRate, now: number): TokenBucket {
	return {tokens: burst, at: now};
}

/** The bucket with one token less; undefined when there is none. */
export function takeToken(bucket: TokenBucket, rate: TokenRate, now: number): TokenBucket | undefined {
	const tokens = tokensAt(bucket, rate, now);
	return tokens < 1 ? undefined : {tokens: tokens - 1, at: now};
}

/** When there is a token: `now` or later. */
export function tokenAt(bucket: TokenBucket, rate: TokenRate, now: number): number {
	const missing = 1 - tokensAt(bucket, rate, now);
	return missing <= 0 ? now : now + Math.ceil((missing * 1000) / rate.perSecond);
}

function tokensAt({tokens, at}: TokenBucket, {burst, perSecond}: TokenRate, now: number): number {
	return Math.min(burst, tokens + (Math.max(0, now - at) * perSecond) / 1000);
}
