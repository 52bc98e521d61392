// The lines of a run: what was expected, with figures, and whether it is so.

export class ClusterReport {
	readonly #print: (line: string) => void;
	#lines = 0;
	#good = 0;

	constructor(print: (line: string) => void) {
		this.#print = print;
	}

	line(isGood: boolean, text: string): void {
		this.#lines++;
		if (isGood) this.#good++;
		this.#print(`${isGood ? '✔' : '✘'} ${text}`);
	}

	/** What is known besides. */
	note(text: string): void {
		this.#print(`  ${text}`);
	}

	/** The last line; whether all are as expected. */
	end(): boolean {
		this.#print(`${this.#good} of ${this.#lines} lines as expected`);
		return this.#good === this.#lines;
	}
}
