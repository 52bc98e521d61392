// The indexes of this endpoint: each names who waits for the datagrams that carry it, a session, a try to open one, or an answer.
import {type Buffer} from 'node:buffer';
import {type Random} from '../crypto/random.ts';
import {type PathPair} from '../protocol/path/probe-run.ts';

/** `from`: our socket, and the address that it came from. `type` is undefined for a datagram that is none of this version. */
export type Listener = (datagram: Buffer, from: PathPair, type: number | undefined) => void;

export class Listeners {
	readonly #random: Random;
	/** By our index; one for each session, try and answer. */
	readonly #listeners = new Map<number, Listener>();

	constructor(random: Random) {
		this.#random = random;
	}

	/** An index that nobody has; by chance, so that nobody else can guess it. */
	newIndex(): number {
		for (;;) {
			const index = this.#random(4).readUInt32BE(0);
			if (!this.#listeners.has(index)) return index;
		}
	}

	get(index: number): Listener | undefined {
		return this.#listeners.get(index);
	}

	set(index: number, listener: Listener): void {
		this.#listeners.set(index, listener);
	}

	delete(index: number): void {
		this.#listeners.delete(index);
	}
}
