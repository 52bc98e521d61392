// Standard input as text: its first line for a password, then the rest whole or line by line.
import {type Readable} from 'node:stream';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {catalogue} from '../catalogue/catalogue.ts';

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
		const length = end === -1 ? this.#pending.length : end;
		if (length > limit) throw new Failure(EXIT_CODES.badData, catalogue.commandLine.longLine(limit));
		return this.#take(length);
	}

	/** The whole lines that are here already, up to one that is longer than `limit` UTF-16 units: for that `line` fails. */
	ready(limit: number): readonly string[] {
		const lines: string[] = [];
		for (let end = this.#pending.indexOf('\n'); end !== -1 && end <= limit; end = this.#pending.indexOf('\n')) {
			lines.push(this.#take(end));
		}

		return lines;
	}

	/** All that is left, without one newline at its end. Longer than `limit` UTF-16 units: Failure. */
	async all(limit: number): Promise<string> {
		while (!this.#isOver && this.#pending.length <= limit + 1) await this.#more();
		const text = this.#pending.replace(/\r?\n$/, '');
		if (text.length > limit) throw new Failure(EXIT_CODES.badData, catalogue.commandLine.longInput(limit));
		this.#pending = '';
		return text;
	}

	/** Reads no more, so that a process is free to end. */
	close(): void {
		this.#stream.destroy();
	}

	/** The line that ends there, with its end. */
	#take(end: number): string {
		const line = this.#pending.slice(0, end);
		this.#pending = this.#pending.slice(end + 1);
		return line.endsWith('\r') ? line.slice(0, -1) : line;
	}

	async #more(): Promise<void> {
		const {done, value} = await this.#chunks.next();
		this.#isOver = done === true;
		try {
			this.#pending += this.#isOver ? this.#decoder.decode() : this.#decoder.decode(value, {stream: true});
		} catch {
			throw new Failure(EXIT_CODES.badData, catalogue.commandLine.notText);
		}
	}
}
