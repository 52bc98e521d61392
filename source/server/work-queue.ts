// A queue for the costly steps of logins. At most one step starts in each turn of the event loop, and few run at once, so that many
// logins do not hold up the rest of the server. Logins that have begun come before new ones, so that what was spent on them is not lost.
// Among either, networks are served in rotation: one that asks for much only delays itself.

/** Costly steps of a whole login: SERVER, SRP, ACCEPT. */
const STEPS = 3;
/** What a step takes of the machine before any was measured, ms; and how much the newest one counts in the mean. */
const FIRST_GUESS_MS = 2;
const NEWEST_SHARE = 0.05;
/** One that took longer than so many times the mean, as when the disk stood still, counts as that. */
const MOST_TIMES = 5;

/** Waiting steps by network, the next network first. At most one step for each connection that has not signed in. */
type Line = Map<string, Array<() => void>>;

export class WorkQueue {
	/** How many steps may run at once. */
	readonly #atOnce: number;
	readonly #elapsed: () => number;
	readonly #begun: Line = new Map();
	readonly #new: Line = new Map();
	/** Steps that wait or run, of either kind of login. */
	readonly #steps = {begun: 0, new: 0};
	#running = 0;
	/** Whether the next start is scheduled. */
	#isScheduled = false;
	/** The mean time from the end of a step to the end of the next, when there is always one to do, ms. */
	#stepMs = FIRST_GUESS_MS;

	/** `elapsed` is the monotonic time, ms. */
	constructor(atOnce: number, elapsed: () => number = () => performance.now()) {
		this.#atOnce = atOnce;
		this.#elapsed = elapsed;
	}

	/** Steps that wait or run. */
	get load(): number {
		return this.#steps.begun + this.#steps.new;
	}

	/** How long the machine works on a login, ms. */
	get loginMs(): number {
		return STEPS * this.#stepMs;
	}

	/** How long a login that came now would wait until all before it are through, ms. */
	get waitMs(): number {
		return (this.#steps.begun + STEPS * this.#steps.new) * this.#stepMs;
	}

	/** Runs a step for a client in this network, whose login has begun or is new. It starts in a turn of the event loop in which no other does. */
	async run<Result>(network: string, step: () => Promise<Result>, login: 'begun' | 'new' = 'new'): Promise<Result> {
		await this.#wait(network, login);
		const start = this.#elapsed();
		const beside = this.#running;
		try {
			return await step();
		} finally {
			const share = (this.#elapsed() - start) / beside;
			this.#stepMs += NEWEST_SHARE * (Math.min(share, MOST_TIMES * this.#stepMs) - this.#stepMs);
			this.#running--;
			this.#steps[login]--;
			this.#schedule();
		}
	}

	async #wait(network: string, login: 'begun' | 'new'): Promise<void> {
		const line = login === 'begun' ? this.#begun : this.#new;
		return new Promise(resolve => {
			const queue = line.get(network) ?? [];
			queue.push(resolve);
			line.set(network, queue);
			this.#steps[login]++;
			this.#schedule();
		});
	}

	#schedule(): void {
		if (this.#isScheduled || this.load === this.#running || this.#running >= this.#atOnce) return;
		this.#isScheduled = true;
		setImmediate(() => {
			this.#isScheduled = false;
			this.#startNext(this.#begun.size > 0 ? this.#begun : this.#new);
			this.#schedule();
		});
	}

	#startNext(line: Line): void {
		for (const [network, queue] of line) {
			const next = queue.shift()!;
			this.#running++;
			// A network that still has waiting steps goes behind all others.
			line.delete(network);
			if (queue.length > 0) line.set(network, queue);
			next();
			return;
		}
	}
}
