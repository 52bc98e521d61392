// How much room the history may take, where somebody has set a bound: with it, nothing more is taken from others, and what they sent comes again.
import {ClientError} from '../../os/errors.ts';
import {catalogue} from '../../catalogue/catalogue.ts';
import {type HistoryDatabase} from './database.ts';
import {PAGE} from './pages.ts';

const MB = 1_000_000;

export class HistoryRoom {
	readonly #pages;
	readonly #free;
	readonly #counts;
	#limit = Number.POSITIVE_INFINITY;

	constructor(database: HistoryDatabase) {
		this.#pages = database.prepare<[], number>('SELECT page_count FROM pragma_page_count').pluck();
		this.#free = database.prepare<[], number>('SELECT freelist_count FROM pragma_freelist_count').pluck();
		this.#counts = database.prepare<[], {messages: number; waiting: number}>(`
			SELECT (SELECT count(*) FROM messages WHERE kind = 0) AS messages,
				(SELECT count(*) FROM messages WHERE direction = 1 AND state = 0) AS waiting`);
	}

	/** Bytes. */
	limit(bytes: number): void {
		this.#limit = bytes;
	}

	/** Bytes that are used: pages that are free are written before the file grows. */
	size(): number {
		return (this.#pages.get()! - this.#free.get()!) * PAGE.size;
	}

	isFull(): boolean {
		return this.#limit !== Number.POSITIVE_INFINITY && this.size() >= this.#limit;
	}

	/** Throws ClientError 'disk' when nothing more is to be taken. */
	check(): void {
		if (!this.isFull()) return;
		const most = Math.round(this.#limit / MB);
		throw new ClientError('disk', () => catalogue.keeper.full(most));
	}

	/** Messages, and own entries that wait; reads an index of all of them. */
	counts(): {readonly messages: number; readonly waiting: number} {
		return this.#counts.get()!;
	}
}
