// When those who are turned away come back: one after the other, as fast as the server can sign them in, and not all at once.
import {type Random} from '../crypto/random.ts';
import {encodeAlert} from '../wire/alert.ts';
import {FRAME, type Frame} from '../wire/frame.ts';

/** A login that came now would wait longer than this: it is turned away, since it might not end within its time. Ms. */
export const WAIT_LIMIT_MS = 3000;
/** How much of the server's time is given to those who come back. The rest is for others. */
const SHARE = 0.85;
/** Nobody is sent away for longer, s. When so many were sent away that the last place is later, the place is drawn. */
const LONGEST_S = 60;

export class ReturnTimes {
	readonly #random: Random;
	/** How long the server works on a login, ms. */
	readonly #loginMs: () => number;
	/** Monotonic, ms. */
	readonly #elapsed: () => number;
	/** The time of the last place that was given, monotonic ms. */
	#last = 0;

	constructor(loginMs: () => number, elapsed: () => number, random: Random) {
		this.#loginMs = loginMs;
		this.#elapsed = elapsed;
		this.#random = random;
	}

	/** In how many s the next one who is turned away shall come back: in `soonest` s at the soonest. */
	next(soonest: number): number {
		const now = this.#elapsed();
		const place = Math.max(this.#last, now + soonest * 1000) + this.#loginMs() / SHARE;
		if (place <= now + LONGEST_S * 1000) this.#last = place;
		else return this.#between(Math.min(soonest, LONGEST_S), LONGEST_S);
		return Math.floor((place - now) / 1000);
	}

	/** When one of so many clients shall come back that are all sent away at once: `soonest` s from now at the soonest. */
	oneOf(clients: number, soonest: number): number {
		const needed = (clients * this.#loginMs()) / SHARE / 1000;
		return this.#between(soonest, soonest + Math.min(needed, LONGEST_S));
	}

	#between(first: number, last: number): number {
		const chance = this.#random(4).readUInt32BE(0) / 2 ** 32;
		return Math.floor(first + chance * (last - first));
	}
}

/** ALERT busy in clear. `retryAfter` in s. */
export function busyFrame(retryAfter: number): Frame {
	return {type: FRAME.alert, body: encodeAlert({reason: 'busy', triesLeft: 0, retryAfter})};
}
