// The two clocks of a client: what time it is, and how long something takes. A test hands in its own.

export type LocalClock = {
	/** Local wall-clock time, ms since 1970; may leap. */
	readonly now: () => number;
	/** Ms since some moment; only runs forward. */
	readonly elapsed: () => number;
};

export const localClock: LocalClock = {now: Date.now, elapsed: () => performance.now()};
