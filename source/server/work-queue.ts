// A queue for the costly steps of logins. At most one step starts in each turn of the event loop, and few run at once, so that many
// logins do not hold up the rest of the server. Networks are served in rotation: one that asks for much only delays itself.

export class WorkQueue {
	/** How many steps may run at once. */
	readonly #atOnce: number;
	/** Waiting steps by network, the next network first. At most one step for each connection that has not signed in. */
	readonly #waiting = new Map<string, Array<() => void>>();
	#running = 0;
	/** Waiting steps in all networks. */
	#size = 0;
	/** Whether the next start is scheduled. */
	#isScheduled = false;

	constructor(atOnce: number) {
		this.#atOnce = atOnce;
	}

	/** Steps that wait or run. */
	get load(): number {
		return this.#size + this.#running;
	}

	/** Runs a step for a client in this network. It starts in a turn of the event loop in which no other step starts. */
	async run<Result>(network: string, step: () => Promise<Result>): Promise<Result> {
		await this.#wait(network);
		try {
			return await step();
		} finally {
			this.#running--;
			this.#schedule();
		}
	}

	async #wait(network: string): Promise<void> {
		return new Promise(resolve => {
			const queue = this.#waiting.get(network) ?? [];
			queue.push(resolve);
			this.#waiting.set(network, queue);
			this.#size++;
			this.#schedule();
		});
	}

	#schedule(): void {
		if (this.#isScheduled || this.#size === 0 || this.#running >= this.#atOnce) return;
		this.#isScheduled = true;
		setImmediate(() => {
			this.#isScheduled = false;
			this.#startNext();
			this.#schedule();
		});
	}

	#startNext(): void {
		for (const [network, queue] of this.#waiting) {
			const next = queue.shift()!;
			this.#size--;
			this.#running++;
			// A network that still has waiting steps goes behind all others.
			this.#waiting.delete(network);
			if (queue.length > 0) this.#waiting.set(network, queue);
			next();
			return;
		}
	}
}
