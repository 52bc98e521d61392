// An answer that is good for a while: whoever asks often costs no more.

export class LastingAnswer<T> {
	readonly #ask: () => Promise<T>;
	readonly #goodMs: number;
	/** Monotonic, ms. */
	readonly #elapsed: () => number;
	#askedAt = 0;
	#answer: Promise<T> | undefined;

	constructor(ask: () => Promise<T>, goodMs: number, elapsed: () => number) {
		this.#ask = ask;
		this.#goodMs = goodMs;
		this.#elapsed = elapsed;
	}

	/** Rejects as `ask` does; then the next one asks again. */
	async read(): Promise<T> {
		const now = this.#elapsed();
		if (this.#answer === undefined || now - this.#askedAt >= this.#goodMs) {
			this.#askedAt = now;
			const answer = this.#ask();
			this.#answer = answer;
			answer.catch(() => {
				if (this.#answer === answer) this.#answer = undefined;
			});
		}

		return this.#answer;
	}
}
