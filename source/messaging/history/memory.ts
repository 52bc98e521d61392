// What the screen remembers: of a conversation or of the whole screen, and in which conversation something is.
import {type HistoryDatabase} from './database.ts';
import {MEMORY_LIMIT} from './history.ts';

/** Stands for the whole screen: no peer has this name. */
const SCREEN = '';

export class Memory {
	readonly #recall;
	readonly #remember;
	readonly #forget;
	readonly #recallPeer;
	readonly #forgetPeers;

	constructor(database: HistoryDatabase) {
		this.#recall = database
			.prepare<[string, string], string>('SELECT value FROM memory WHERE key = ? AND peer = ?')
			.pluck();
		this.#remember = database.prepare(`
			INSERT OR REPLACE INTO memory (key, peer, value) SELECT :key, :peer, :value
			WHERE EXISTS (SELECT 1 FROM memory WHERE key = :key AND peer = :peer)
				OR (SELECT count(*) FROM memory) < ${MEMORY_LIMIT}`);
		this.#forget = database.prepare('DELETE FROM memory WHERE key = ? AND peer = ?');
		this.#recallPeer = database
			.prepare<[string], string>(`SELECT peer FROM memory WHERE key = ? AND peer != '${SCREEN}' LIMIT 1`)
			.pluck();
		const others = database.prepare(`DELETE FROM memory WHERE key = :key AND peer NOT IN ('${SCREEN}', :peer)`);
		this.#forgetPeers = database.transaction((key: string, peer: string | undefined) => {
			others.run({key, peer: peer ?? SCREEN});
			return peer === undefined || this.remember(key, '', peer);
		});
	}

	recall(key: string, peer = SCREEN): string | undefined {
		return this.#recall.get(key, peer);
	}

	/** Undefined forgets. False when it would be one more than MEMORY_LIMIT. */
	remember(key: string, value: string | undefined, peer = SCREEN): boolean {
		if (value !== undefined) return this.#remember.run({key, peer, value}).changes > 0;
		this.#forget.run(key, peer);
		return true;
	}

	recallPeer(key: string): string | undefined {
		return this.#recallPeer.get(key);
	}

	/** Moves what is under `key` to this conversation; undefined forgets it. False when it would be one more than MEMORY_LIMIT. */
	rememberPeer(key: string, peer: string | undefined): boolean {
		return this.#forgetPeers(key, peer);
	}
}
