// Looks through all memory that this process can write, as the kernel shows it, for keys that are known only masked.
import {Buffer} from 'node:buffer';
import {closeSync, openSync, readFileSync, readSync} from 'node:fs';
import {MASK, type Note} from './recorder.ts';

const WINDOW = 1024 ** 2;
/** The longest that is looked for: windows overlap by it. */
const LONGEST = 256;
const EMPTY = Buffer.alloc(WINDOW);

/** What was found when. */
export type Findings = {
	readonly stretching: readonly string[];
	readonly talking: readonly string[];
	readonly signedOff: readonly string[];
};

/** What was found, each once. */
export function found(notes: readonly Note[]): string[] {
	const window = Buffer.alloc(WINDOW);
	const memory = openSync('/proc/self/mem', 'r');
	const search = new Search(notes);
	try {
		for (const line of readFileSync('/proc/self/maps', 'latin1').split('\n')) {
			const [, from = '', to = ''] = /^([\da-f]+)-([\da-f]+) rw/.exec(line) ?? [];
			const end = Number.parseInt(to, 16);
			for (let at = Number.parseInt(from, 16); at < end; at += WINDOW - LONGEST) {
				const size = read(memory, window, at, Math.min(WINDOW, end - at));
				// Most of what is mapped was never written.
				if (!window.equals(EMPTY)) search.through(window, size);
				window.fill(0);
			}
		}
	} finally {
		closeSync(memory);
	}

	return [...search.found].toSorted();
}

/** How much could be read: a mapping may have no pages, or be gone by now. */
function read(memory: number, window: Buffer, at: number, size: number): number {
	try {
		return readSync(memory, window, 0, size, at);
	} catch {
		return 0;
	}
}

class Search {
	readonly found = new Set<string>();
	/** By the first three bytes; a bit for each three. */
	readonly #notes = new Map<number, Note[]>();
	readonly #begins = new Uint8Array(2 ** 21);

	constructor(notes: readonly Note[]) {
		for (const note of notes) {
			const [a = 0, b = 0, c = 0] = note.masked;
			const begin = ((a ^ MASK) << 16) | ((b ^ MASK) << 8) | (c ^ MASK);
			this.#begins[begin >> 3]! |= 1 << (begin & 7);
			this.#notes.set(begin, [...(this.#notes.get(begin) ?? []), note]);
		}
	}

	through(window: Buffer, size: number): void {
		const begins = this.#begins;
		let begin = 0;
		for (let next = 0; next < size; next++) {
			begin = ((begin << 8) | window[next]!) & 0xff_ff_ff;
			if ((begins[begin >> 3]! & (1 << (begin & 7))) === 0 || next < 2) continue;
			const at = next - 2;
			for (const {what, masked} of this.#notes.get(begin) ?? []) {
				if (at + masked.length <= size && masked.every((byte, index) => (byte ^ MASK) === window[at + index])) {
					this.found.add(what);
				}
			}
		}
	}
}
