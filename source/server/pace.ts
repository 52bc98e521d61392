// Counts events in each of the last seconds, for `top`. The caller passes the time.
import {type ServerEvent, type Tally, count, emptyTally} from './server-events.ts';

/** How many seconds are kept: two minutes, as many as a wide terminal has columns. */
export const PACE_SECONDS = 120;

/** By kind of event: the count in each whole second, the oldest first. All kinds have the same seconds, at most PACE_SECONDS. */
export type Paces = Readonly<Record<keyof Tally, readonly number[]>>;

export class Pace {
	/** The current second. */
	#current = emptyTally();
	/** The seconds before it, the oldest first: at most PACE_SECONDS. */
	#past: Tally[] = [];
	/** The number of the current second. */
	#second: number;

	constructor(now: number) {
		this.#second = secondOf(now);
	}

	add(event: ServerEvent, now: number): void {
		this.#advance(now);
		count(this.#current, event);
	}

	/** Without the current second, since it is not complete. */
	read(now: number): Paces {
		this.#advance(now);
		const kinds = Object.keys(this.#current) as Array<keyof Tally>;
		const entries = kinds.map(kind => [kind, this.#past.map(tally => tally[kind])] as const);
		return Object.fromEntries(entries) as Record<keyof Tally, number[]>;
	}

	/** When the time goes back, all counts start over. */
	#advance(now: number): void {
		const passed = secondOf(now) - this.#second;
		if (passed === 0) return;
		const quiet = Array.from({length: Math.min(PACE_SECONDS, Math.max(0, passed - 1))}, emptyTally);
		this.#past = passed < 0 ? [] : [...this.#past, this.#current, ...quiet].slice(-PACE_SECONDS);
		this.#current = emptyTally();
		this.#second += passed;
	}
}

function secondOf(ms: number): number {
	return Math.floor(ms / 1000);
}
