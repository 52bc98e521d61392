// Costly steps, one in each turn of the event loop: many logins at once wait for each other, and nobody else for all of them.

export class Turns {
	/** Whose turn comes next; one entry a connection that has not signed in. */
	readonly #waiting: Array<() => void> = [];

	/** Resolves in a turn of the event loop that no other caller gets. */
	async take(): Promise<void> {
		return new Promise(resolve => {
			this.#waiting.push(resolve);
			if (this.#waiting.length === 1) setImmediate(this.#give);
		});
	}

	readonly #give = (): void => {
		this.#waiting.shift()?.();
		if (this.#waiting.length > 0) setImmediate(this.#give);
	};
}
