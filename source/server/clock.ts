// The server's two clocks: what time it is, and how long something takes; and how far the first has been set.

export type Clock = {
	/** Wall-clock time, ms since 1970: server time. It may be set, forwards or back. */
	readonly now: () => number;
	/** Ms since some moment. It only runs forward, and may stand still while the machine sleeps. */
	readonly elapsed: () => number;
};

export const systemClock: Clock = {now: Date.now, elapsed: () => performance.now()};

/** Less is no leap, ms: small corrections add up until they are one. */
const LEAP_MS = 250;

/** Notices that the wall clock was set, by the other one. */
export class Leaps {
	readonly #clock: Clock;
	#offset: number;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#offset = clock.now() - clock.elapsed();
	}

	/** How far the wall clock was set forwards since this was last asked, whole ms; less than 0 where it was set back. */
	take(): number {
		const offset = this.#clock.now() - this.#clock.elapsed();
		const leap = Math.round(offset - this.#offset);
		if (Math.abs(leap) < LEAP_MS) return 0;
		this.#offset += leap;
		return leap;
	}
}
