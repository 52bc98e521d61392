// How long things take here, by no clock alone: what messages that disappear, and what is kept so many days, are measured by. While the
// program runs its own count is what counts. What passed in between is the less of what the local wall clock and the server's say, each
// against itself, so that one which was set to another time, on either side, lets nothing go; they are asked at each login.
import {type Clock} from './clock.ts';

/** What is kept over restarts; all in ms. */
export type OwnMark = {
	/** Own time so far. */
	readonly spent: number;
	/** The three clocks at the last login. */
	readonly met: {readonly spent: number; readonly wall: number; readonly server: number} | undefined;
};

export class OwnTime {
	readonly #clock: Clock;
	/** Own time at `#since`, which is of the elapsed clock. */
	#spent: number;
	#since: number;
	#met: OwnMark['met'];

	constructor(clock: Clock, mark: OwnMark | undefined) {
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
