// Standard input as text: its first line for a password, then the rest whole or line by line.
import {type Readable} from 'node:stream';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';

/** Reads UTF-8. Bytes that are none end the command: Failure. */
export class TextInput {
	readonly #stream: Readable;
	readonly #chunks: AsyncIterator<Uint8Array>;
	readonly #decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
	#pending = '';
	#isOver = false;

	constructor(stream: Readable) {
		this.#stream = stream;
		this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
	}

	/** The next line without its end, undefined behind the last one. Longer than `limit` UTF-16 units: Failure. */
	async line(limit: number): Promise<string | undefined> {
		let end = this.#pending.indexOf('\n');
		while (end === -1 && !this.#isOver && this.#pending.length <= limit) {
			const searched = this.#pending.length;
			await this.#more();
			end = this.#pending.indexOf('\n', searched);
		}

		if (end === -1 && this.#pending === '') return undefined;
		const line = end === -1 ? this.#pending : this.#pending.slice(0, end);
		if (line.length > limit)
			throw new Failure(EXIT_CODES.badData, `a line of standard input is longer than ${limit} characters`);
		this.#pending = end === -1 ? '' : this.#pending.slice(end + 1);
		return line.endsWith('\r') ? line.slice(0, -1) : line;
	}

	/** All that is left, without one newline at its end. Longer than `limit` UTF-16 units: Failure. */
	async all(limit: number): Promise<string> {
		while (!this.#isOver && this.#pending.length <= limit + 1) await this.#more();
		const text = this.#pending.replace(/\r?\n$/, '');
		if (text.length > limit) throw new Failure(EXIT_CODES.badData, `standard input is longer than ${limit} characters`);
		this.#pending = '';
		return text;
	}

	/** Reads no more, so that a process is free to end. */
	close(): void {
		this.#stream.destroy();
	}

	async #more(): Promise<void> {
		const {done, value} = await this.#chunks.next();
		this.#isOver = done === true;
		try {
			this.#pending += this.#isOver ? this.#decoder.decode() : this.#decoder.decode(value, {stream: true});
		} catch {
			throw new Failure(EXIT_CODES.badData, 'standard input is not UTF-8 text');
		}
	}
}
