// What goes out to one peer besides the handshake: receipts, and own messages and acts between the disk and the peer's.
import {type Buffer} from 'node:buffer';
import {RECEIPT_LIMIT, RECEIPT_WAIT_MS, encodeContent} from '../../wire/messages/content.ts';
import {contentOf} from '../contents.ts';
import {type Entry, isAct} from '../history/history.ts';

/** Messages in a session's hands at once: enough to fill its windows, few enough to start over with. */
const HANDED_LIMIT = 2048;

/** Puts a content into a session; false when it has no room for now. */
type Enqueue = (content: Buffer) => boolean;

export class Outgoing {
	/** Own messages, oldest first: those that no session has yet … */
	#waiting: Entry[] = [];
	/** … and, by id, those in the current session's hands, HANDED_LIMIT at most. */
	readonly #handed = new Map<string, Entry>();
	/** When the last of these was handed over, or a receipt came for one, on the elapsed clock. */
	#movedAt = 0;
	/** Ids of the readings among them. */
	readonly #readings = new Set<string>();
	/** Ids to acknowledge; written down already. */
	#receipts: Buffer[] = [];

	/** What is not on the peer's disk, in order. */
	get entries(): readonly Entry[] {
		return [...this.#handed.values(), ...this.#waiting];
	}

	/** How many they are. */
	get size(): number {
		return this.#handed.size + this.#waiting.length;
	}

	/** How many of them are news to the peer. */
	get newsSize(): number {
		return this.size - this.#readings.size;
	}

	queue(entries: readonly Entry[]): void {
		for (const entry of entries) {
			this.#waiting.push(entry);
			if (isAct(entry) && entry.kind === 'read') this.#readings.add(entry.id);
		}
	}

	/** What waits, or is under way, has changed on the disk: `entries` is all of it. */
	renew(entries: readonly Entry[]): void {
		for (const entry of entries) if (this.#handed.has(entry.id)) this.#handed.set(entry.id, entry);
		this.#waiting = entries.filter(({id}) => !this.#handed.has(id));
	}

	acknowledge(ids: readonly Buffer[]): void {
		this.#receipts.push(...ids);
	}

	/** Drops a message that no session has yet; false when one has. */
	cancel(id: string): boolean {
		const index = this.#waiting.findIndex(message => message.id === id);
		if (index === -1) return false;
		this.#waiting.splice(index, 1);
		this.#readings.delete(id);
		return true;
	}

	/** Forgets the messages that wait: the disk has them. */
	forget(): void {
		for (const {id} of this.#waiting) this.#readings.delete(id);
		this.#waiting = [];
	}

	/**
	 * When what a session has in its hands is to be said again although the session stands: the peer has ended without a word once it
	 * had all of it, or its receipts went with another session. Said again, it finds out which.
	 */
	get overdueAt(): number {
		return this.#handed.size === 0 ? Number.POSITIVE_INFINITY : this.#movedAt + RECEIPT_WAIT_MS;
	}

	/** What no receipt has come for waits again, in order, for whatever session comes next; its ids. */
	takeBack(): readonly string[] {
		const ids = [...this.#handed.keys()];
		if (ids.length > 0) this.#waiting = [...this.#handed.values(), ...this.#waiting];
		this.#handed.clear();
		return ids;
	}

	/** False when the session has no room for all of them. */
	handReceipts(enqueue: Enqueue): boolean {
		while (this.#receipts.length > 0) {
			const ids = this.#receipts.slice(0, RECEIPT_LIMIT);
			if (!enqueue(encodeContent({kind: 'receipt', ids}))) return false;
			this.#receipts = this.#receipts.slice(RECEIPT_LIMIT);
		}

		return true;
	}

	/** The ids of those that have gone into the session's hands; `now` is of the elapsed clock. */
	handEntries(enqueue: Enqueue, now: number): readonly string[] {
		let taken = 0;
		while (this.#handed.size < HANDED_LIMIT && taken < this.#waiting.length) {
			const entry = this.#waiting[taken]!;
			if (!enqueue(encodeContent(contentOf(entry)))) break;
			this.#handed.set(entry.id, entry);
			this.#movedAt = now;
			taken++;
		}

		const ids = this.#waiting.slice(0, taken).map(({id}) => id);
		if (taken > 0) this.#waiting = this.#waiting.slice(taken);
		return ids;
	}

	/** Those of the ids that were under way: only these can be acknowledged, whatever a peer claims. */
	delivered(ids: readonly Buffer[], now: number): readonly string[] {
		this.#movedAt = now;
		return ids
			.map(bytes => bytes.toString('hex'))
			.filter(id => {
				if (!this.#handed.delete(id)) return this.cancel(id);
				this.#readings.delete(id);
				return true;
			});
	}
}
