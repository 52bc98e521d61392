// Who may connect: counts the connections that have not signed in yet, over all and by address, and how fast they come.
import {type Address} from '../wire/address.ts';
import {type Limits, RateLimiter, networkOf} from './limits.ts';

export class Admission {
	readonly #limits: Limits;
	readonly #arrivals: RateLimiter;
	/** Half-open connections by network; bounded by the limit over all. */
	readonly #waiting = new Map<string, number>();
	#halfOpen = 0;

	constructor(limits: Limits) {
		this.#limits = limits;
		this.#arrivals = new RateLimiter(limits.connections);
	}

	/** Connections that were admitted and neither signed in nor closed. */
	get halfOpen(): number {
		return this.#halfOpen;
	}

	admit({host}: Address, now: number): 'admitted' | 'full' | 'address limit' {
		const network = networkOf(host);
		const waiting = this.#waiting.get(network) ?? 0;
		if (this.#halfOpen >= this.#limits.halfOpen) return 'full';
		if (waiting >= this.#limits.halfOpenPerAddress || !this.#arrivals.allows(network, now)) return 'address limit';
		this.#waiting.set(network, waiting + 1);
		this.#halfOpen++;
		return 'admitted';
	}

	/** An admitted connection has signed in, or is closed. */
	release({host}: Address): void {
		const network = networkOf(host);
		const waiting = (this.#waiting.get(network) ?? 0) - 1;
		if (waiting > 0) this.#waiting.set(network, waiting);
		else this.#waiting.delete(network);
		this.#halfOpen--;
	}

	sweep(now: number): void {
		this.#arrivals.sweep(now);
	}
}
