// Time that has passed on this device: messages that disappear, or are kept so many days, are measured by it. While the program runs, it
// counts itself. For the time between two runs it takes the smaller of two differences, of the local wall clock and of the server's, at
// each login: a clock that was set to another time, on either side, removes no message.
import {type LocalClock} from '../os/local-clock.ts';

/** What is kept over restarts; all in ms. */
export type OwnMark = {
	/** Own time so far. */
	readonly spent: number;
	/** The three clocks at the last login. */
	readonly met: {readonly spent: number; readonly wall: number; readonly server: number} | undefined;
};

export class OwnTime {
	readonly #clock: LocalClock;
	/** Own time at `#since`, which is of the elapsed clock. */
	#spent: number;
	#since: number;
	#met: OwnMark['met'];

	constructor(clock: LocalClock, mark: OwnMark | undefined) {
		this.#clock = clock;
		this.#spent = mark?.spent ?? 0;
		this.#met = mark?.met;
		this.#since = clock.elapsed();
	}

	/** Ms since this began on this device; only runs forward, and never faster than time does. */
	now(): number {
		return Math.floor(this.#spent + this.#clock.elapsed() - this.#since);
	}

	/** A login stands: takes in what passed since the last one while nobody counted. `offset` is server time less local time. */
	meet(offset: number): void {
		const wall = Math.trunc(this.#clock.now());
		const server = Math.trunc(wall + offset);
		const now = this.now();
		const met = this.#met;
		const passed = met === undefined ? now : met.spent + Math.min(wall - met.wall, server - met.server);
		this.#since = this.#clock.elapsed();
		this.#spent = Math.max(now, passed);
		this.#met = {spent: this.#spent, wall, server};
	}

	get mark(): OwnMark {
		return {spent: this.now(), met: this.#met};
	}
}
