// Reads who is signed in at other servers: many names at a time, one question after the other, so that what is known is never older than
// what was known before.
import {type RemoteDevice} from './claims.ts';

/** Names in one question. */
const AT_A_TIME = 500;

type Find = (names: readonly string[]) => Promise<ReadonlyMap<string, readonly RemoteDevice[]>>;

export class ElsewhereReader {
	readonly #find: Find;
	readonly #onRead: (name: string, devices: readonly RemoteDevice[]) => void;
	/** Names to be read. At most those that somebody watches, or asks to. */
	readonly #names = new Set<string>();
	/** Those who wait until all of these are read. */
	#waiting: Array<{readonly resolve: () => void; readonly reject: (error: unknown) => void}> = [];
	#isReading = false;

	constructor(find: Find, onRead: (name: string, devices: readonly RemoteDevice[]) => void) {
		this.#find = find;
		this.#onRead = onRead;
	}

	/** Resolves when each was read by a question that began later than this. Rejects when the database fails. */
	async learn(names: readonly string[]): Promise<void> {
		if (names.length === 0) return;
		for (const name of names) this.#names.add(name);
		return new Promise((resolve, reject) => {
			this.#waiting.push({resolve, reject});
			if (!this.#isReading) void this.#readAll();
		});
	}

	async #readAll(): Promise<void> {
		this.#isReading = true;
		while (this.#waiting.length > 0) {
			const [names, waiting] = [[...this.#names], this.#waiting];
			this.#names.clear();
			this.#waiting = [];
			try {
				for (let at = 0; at < names.length; at += AT_A_TIME) await this.#read(names.slice(at, at + AT_A_TIME));
				for (const {resolve} of waiting) resolve();
			} catch (error) {
				for (const {reject} of waiting) reject(error);
			}
		}

		this.#isReading = false;
	}

	async #read(names: readonly string[]): Promise<void> {
		const found = await this.#find(names);
		for (const name of names) this.#onRead(name, found.get(name) ?? []);
	}
}
