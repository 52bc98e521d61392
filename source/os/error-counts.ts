// How often the system refused something, by its code: for sockets, where a refusal is a datagram lost and no reason to stop.

/** Codes that are counted apart; the system has no more for a socket. */
const CODES = 32;

export class ErrorCounts {
	readonly #counts = new Map<string, number>();

	/** At most 32 codes. */
	get counts(): ReadonlyMap<string, number> {
		return this.#counts;
	}

	/** As a callback of Node, which is called with null for what went well. */
	readonly note = (error: unknown): void => {
		if (error === null || error === undefined) return;
		const code = systemCode(error);
		if (this.#counts.has(code) || this.#counts.size < CODES) this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
	};

	/** Whether `work` went well; what it throws is counted. */
	guard(work: () => void): boolean {
		try {
			work();
			return true;
		} catch (error) {
			this.note(error);
			return false;
		}
	}
}

/** `EADDRINUSE`, `EMFILE` and the like; `unknown` where the system gave none. */
export function systemCode(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return typeof code === 'string' ? code : 'unknown';
}
