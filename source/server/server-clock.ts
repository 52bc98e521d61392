// The server's two clocks: the wall clock and a monotonic clock; and how far the wall clock has been set.

export type ServerClock = {
	/** The wall clock, ms since 1970: server time. Somebody may set it, forwards or back. */
	readonly now: () => number;
	/** The monotonic clock, ms since some moment. Nobody sets it: it only runs forward. It may stand still while the machine sleeps. */
	readonly elapsed: () => number;
};

export const systemServerClock: ServerClock = {now: Date.now, elapsed: () => performance.now()};

/** A difference below this is not a step yet, ms. Small corrections add up until they are one. */
const STEP_MS = 250;

/** Notices when the wall clock was set, by comparing it with the monotonic clock. */
export class ClockSteps {
	readonly #clock: ServerClock;
	#offset: number;

	constructor(clock: ServerClock) {
		this.#clock = clock;
		this.#offset = clock.now() - clock.elapsed();
	}

	/** How far the wall clock was set since the last call, whole ms: more than 0 forwards, less than 0 back, 0 not at all. */
	take(): number {
		const offset = this.#clock.now() - this.#clock.elapsed();
		const step = Math.round(offset - this.#offset);
		if (Math.abs(step) < STEP_MS) return 0;
		this.#offset += step;
		return step;
	}
}
