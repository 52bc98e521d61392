// Whether new clients shall come to this server: it does not stop, the others know of it, and its store can be written.

import {LastingAnswer} from './lasting-answer.ts';

/** What the last look at the store said is good for so long, ms: whoever asks often costs no more. */
const GOOD_MS = 1000;

export type ReadinessPorts = {
	readonly isDraining: () => boolean;
	/** Where servers share a database: whether the others leave the sessions of this one alone. */
	readonly holdsLease: () => boolean;
	/** Writes something to the store. Throws, or rejects, when that cannot be kept. */
	readonly write: () => unknown;
	/** Monotonic, ms. */
	readonly elapsed: () => number;
};

export class Readiness {
	readonly #ports: ReadinessPorts;
	readonly #look: LastingAnswer<string | undefined>;

	constructor(ports: ReadinessPorts) {
		this.#ports = ports;
		this.#look = new LastingAnswer(async () => this.#lookAtStore(), GOOD_MS, ports.elapsed);
	}

	/** Why no new client shall come; undefined when all is well. */
	async obstacle(): Promise<string | undefined> {
		const {isDraining, holdsLease} = this.#ports;
		if (isDraining()) return 'draining';
		if (!holdsLease()) return 'no lease in the database';
		return this.#look.read();
	}

	async #lookAtStore(): Promise<string | undefined> {
		try {
			await this.#ports.write();
			return undefined;
		} catch {
			return 'the store cannot be written';
		}
	}
}
