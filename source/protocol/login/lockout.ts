// The lockout rule: five wrong passwords lock a bucket for 60 s. An attempt counts when it begins, so parallel ones cannot multiply guesses.

/** Specification: guesses before the lock, and its length. */
export const GUESS_LIMIT = 5;
export const LOCK_MS = 60_000;
/** Implementation: wrong attempts older than this are forgotten. */
export const ATTEMPT_MEMORY_MS = 900_000;

/** Whose guesses are counted together: the owner's own device (its identity key proven), or everyone else at that name. */
export type AttemptBucket = {readonly name: string; readonly owner: boolean};

/** Attempts begun and not refunded, when the last one began, and until when the bucket is locked (0: not); times in ms. */
export type Attempts = {readonly count: number; readonly last: number; readonly lockedUntil: number};

export type Reservation =
	| {readonly allowed: true; readonly triesLeft: number; readonly attempts: Attempts}
	| {readonly allowed: false; readonly retryAfter: number};

/** Whether a guess may be made, and how many are left after it; else in how many s one may. */
export type GuessAllowance =
	| {readonly allowed: true; readonly triesLeft: number}
	| {readonly allowed: false; readonly retryAfter: number};

/** Begins an attempt, or says in how many seconds one may begin. The caller stores `attempts` before it answers. The databases do the same in one statement each. */
export function reserveAttempt(previous: Attempts | undefined, now: number): Reservation {
	const left = previous === undefined ? 0 : lockLeft(previous.lockedUntil, now);
	if (left > 0) return {allowed: false, retryAfter: Math.ceil(left / 1000)};

	const count = previous === undefined || isForgotten(previous, now) ? 1 : previous.count + 1;
	const lockedUntil = count >= GUESS_LIMIT ? now + LOCK_MS : 0;
	return {allowed: true, triesLeft: GUESS_LIMIT - count, attempts: {count, last: now, lockedUntil}};
}

/** Ms that a lock holds yet: never more than a lock is long, whatever was done to the clock meanwhile. */
export function lockLeft(lockedUntil: number, now: number): number {
	return Math.min(Math.max(lockedUntil - now, 0), LOCK_MS);
}

/** Whether a bucket's record says nothing any more: its lock has run out, or its last attempt is long ago. */
export function isForgotten({last, lockedUntil}: Attempts, now: number): boolean {
	return lockedUntil > 0 ? lockedUntil <= now : now - last >= ATTEMPT_MEMORY_MS;
}
