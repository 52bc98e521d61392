// Costly steps of logins, one in each turn of the event loop and few at once: many logins wait for each other, and nobody else
// for all of them. Each network is served in its turn, so that who asks for much waits for itself.

export class Turns {
	/** Steps under way at once. */
	readonly #atOnce: number;
	/** Whose turn comes next in each network, by its name, the next network first; one entry a connection that has not signed in. */
	readonly #waiting = new Map<string, Array<() => void>>();
	#running = 0;
	#size = 0;
	#isDue = false;

	constructor(atOnce: number) {
		this.#atOnce = atOnce;
	}

	/** Steps that wait or are under way. */
	get load(): number {
		return this.#size + this.#running;
	}

	/** Runs a step for somebody in this network, begun in a turn of the event loop that no other step gets. */
	async run<Result>(network: string, step: () => Promise<Result>): Promise<Result> {
		await this.#turn(network);
		try {
			return await step();
		} finally {
			this.#running--;
			this.#goOn();
		}
	}

	async #turn(network: string): Promise<void> {
		return new Promise(resolve => {
			const queue = this.#waiting.get(network) ?? [];
			queue.push(resolve);
			this.#waiting.set(network, queue);
			this.#size++;
			this.#goOn();
		});
	}

	#goOn(): void {
		if (this.#isDue || this.#size === 0 || this.#running >= this.#atOnce) return;
		this.#isDue = true;
		setImmediate(() => {
			this.#isDue = false;
			this.#give();
			this.#goOn();
		});
	}

	#give(): void {
		for (const [network, queue] of this.#waiting) {
			const next = queue.shift()!;
			this.#size--;
			this.#running++;
			// Behind all others, where it still has somebody.
			this.#waiting.delete(network);
			if (queue.length > 0) this.#waiting.set(network, queue);
			next();
			return;
		}
	}
}
