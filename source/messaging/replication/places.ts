// Where an entry stands in its conversation, by a number on which the devices of an account agree: the moment in which the first of them
// had it, and something of that device. Pure.

/** Steps of a ms, and devices of a step: 2^53 is the year 3084. */
const STEPS = 4;
const TAGS = 64;
/** Places below are counts, of the time before an account had a second device; the others are of 1987 and later. */
const COUNTS = 2 ** 47;
/** What another device says may be so far ahead of server time, ms. */
export const PLACE_AHEAD_MS = 60_000;

/** The next place behind `last` and not before `now`, server ms; `tag` is any number of the device. */
export function nextPlace(last: number, now: number, tag: number): number {
	const step = Math.max(Math.floor(now * STEPS), Math.floor(last / TAGS) + 1);
	return step * TAGS + (tag % TAGS);
}

/** Server ms in which a place was given; undefined of a count. */
export function momentOf(place: number): number | undefined {
	return place < COUNTS ? undefined : Math.floor(place / (STEPS * TAGS));
}

/** Whether a place may be one at `now`, server ms: who claims a later one is wrong. */
export function isPlace(place: number, now: number): boolean {
	return place > 0 && place <= (now + PLACE_AHEAD_MS) * STEPS * TAGS + TAGS;
}
