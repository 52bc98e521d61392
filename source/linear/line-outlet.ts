// The way out for lines: cleaned, one after the other, and none while a line is half typed.
import {printableLine} from '../cli/printable.ts';
import {asciiRow} from '../ui/terminal/ascii.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** Texts that wait; past them news are left out, and it is said how many lines. */
const WAITING_LIMIT = 1000;

export type OutletOptions = {
	/** Resolves once the text is written. Rejects with OutputError. */
	readonly write: (text: string) => Promise<void>;
	/** Whether a line is half typed at the terminal. */
	readonly isHeld: () => boolean;
	/** Takes ASCII alone. */
	readonly isAscii?: boolean;
	/** The output has failed. */
	readonly onError: (error: unknown) => void;
};

type Waiting = {readonly text: string; readonly done: () => void};

export class LineOutlet {
	readonly #options: OutletOptions;
	readonly #waiting: Waiting[] = [];
	#lost = 0;
	/** What is asked for; '' when nothing is. */
	#prompt = '';
	/** Whether it stands at the end of the output. */
	#isAsking = false;
	#isWriting = false;

	constructor(options: OutletOptions) {
		this.#options = options;
	}

	/** Resolves once the lines are written; where they are not, because the output has failed, it never does. */
	async say(...lines: readonly string[]): Promise<void> {
		if (lines.length === 0) return;
		const text = lines.map(line => `${this.#clean(line)}\n`).join('');
		return new Promise(resolve => {
			this.#waiting.push({text, done: resolve});
			this.flush();
		});
	}

	/** The same for what nobody has asked for: left out, and counted, where too much waits. */
	news(...lines: readonly string[]): void {
		if (this.#waiting.length < WAITING_LIMIT) void this.say(...lines);
		else this.#lost += lines.length;
	}

	/** Asks for something: `words` stand before what is typed next, also after what is said meanwhile. */
	prompt(words: string): void {
		// Another question has a line of its own.
		if (this.#isAsking && words !== this.#prompt) this.#waiting.push({text: '', done: () => {}});
		this.#prompt = words;
		this.flush();
	}

	/** A line is typed to its end: what was asked for is there, and the cursor is at the beginning of a line. */
	answered(): void {
		this.#prompt = '';
		this.#isAsking = false;
	}

	/** Writes what waits, unless a line is half typed. */
	flush(): void {
		if (!this.#isWriting) void this.#writeAll();
	}

	/** Resolves once nothing waits that may be written. */
	async rest(): Promise<void> {
		while (this.#isWriting) await new Promise(resolve => setImmediate(resolve));
	}

	async #writeAll(): Promise<void> {
		this.#isWriting = true;
		try {
			for (let next = this.#next(); next !== undefined; next = this.#next()) {
				await this.#options.write(next.text);
				next.done();
			}
		} catch (error) {
			this.#waiting.length = 0;
			this.#options.onError(error);
		} finally {
			this.#isWriting = false;
		}
	}

	#next(): Waiting | undefined {
		if (this.#options.isHeld()) return undefined;
		const next = this.#waiting.shift() ?? this.#apology();
		if (next !== undefined) {
			const text = this.#isAsking ? `\n${next.text}` : next.text;
			this.#isAsking = false;
			return {...next, text};
		}

		if (this.#prompt === '' || this.#isAsking) return undefined;
		this.#isAsking = true;
		return {text: this.#prompt, done: () => {}};
	}

	#apology(): Waiting | undefined {
		const lost = this.#lost;
		if (lost === 0) return undefined;
		this.#lost = 0;
		return {text: `${catalogue.linear.lost(lost)}\n`, done: () => {}};
	}

	#clean(line: string): string {
		const clean = printableLine(line).replaceAll('\t', ' ').trimEnd();
		return this.#options.isAscii ? asciiRow(clean) : clean;
	}
}
