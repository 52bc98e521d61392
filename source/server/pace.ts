// How much happened in each of the last seconds, for who watches. Pure: the time is handed in.
import {type ServerEvent, type Tally, count, emptyTally} from './events.ts';

/** Seconds remembered: two minutes, as many as a wide terminal has columns for. */
export const PACE_SECONDS = 120;

/** Counts of whole seconds, the oldest first, by kind: each kind has the same seconds, at most PACE_SECONDS. */
export type Paces = Readonly<Record<keyof Tally, readonly number[]>>;

export class Pace {
	/** The second under way, and those before it, the oldest first: at most PACE_SECONDS. */
	#current = emptyTally();
	#past: Tally[] = [];
	/** Of the clock that is handed in. */
	#second: number;

	constructor(now: number) {
		this.#second = secondOf(now);
	}

	add(event: ServerEvent, now: number): void {
		this.#advance(now);
		count(this.#current, event);
	}

	/** Without the second under way, which is not worth a comparison yet. */
	read(now: number): Paces {
		this.#advance(now);
		const kinds = Object.keys(this.#current) as Array<keyof Tally>;
		const entries = kinds.map(kind => [kind, this.#past.map(tally => tally[kind])] as const);
		return Object.fromEntries(entries) as Record<keyof Tally, number[]>;
	}

	/** A clock that is set back starts over. */
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
