// Logins that have succeeded and read their account: one whose account changes meanwhile reads it again, so that nobody signs in on what
// was so a moment ago.

/** How often an account is read for a login whose account keeps changing. More changes than its clients may make in that time. */
const TRIES = 4;

export class Arrivals {
	/** By name, those that are reading: at most one for each connection. */
	readonly #reading = new Map<string, Set<{isStale: boolean}>>();

	/** Called when the account has changed in the store, at the time at which those who are signed in follow the change. */
	changed(name: string): void {
		for (const each of this.#reading.get(name) ?? []) each.isStale = true;
	}

	/**
	 * Reads, and hands what was read to `act` in the same turn in which it is seen to be valid. Undefined when it never was. Rejects as
	 * `read` does.
	 */
	async read<T, Result>(name: string, read: () => Promise<T>, act: (found: T) => Result): Promise<Result | undefined> {
		for (let tries = 0; tries < TRIES; tries++) {
			const reading = {isStale: false};
			const others = this.#reading.get(name) ?? new Set();
			this.#reading.set(name, others.add(reading));
			try {
				const found = await read();
				if (!reading.isStale) return act(found);
			} finally {
				others.delete(reading);
				if (others.size === 0) this.#reading.delete(name);
			}
		}

		return undefined;
	}
}
