// The two clocks of a client: what time it is, and how long something takes. A test hands in its own. And dates of times that strangers say.

/** Farther from 1970 than this there are no dates (ECMA-262, time values), ms. */
const LAST_MS = 8.64e15;

export type LocalClock = {
	/** Local wall-clock time, ms since 1970; may leap. */
	readonly now: () => number;
	/** Ms since some moment; only runs forward. */
	readonly elapsed: () => number;
};

export const localClock: LocalClock = {now: Date.now, elapsed: () => performance.now()};

/** A date in any case: of the nearest time that has one, and of 0 for what is no number. `ms`: since 1970, of a stranger's clock. */
export function dateOf(ms: number): Date {
	return new Date(Math.max(-LAST_MS, Math.min(LAST_MS, Math.trunc(ms) || 0)));
}
