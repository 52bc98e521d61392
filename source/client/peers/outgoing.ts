// What goes out to one peer besides the handshake: receipts, and own messages between the disk and the peer's.
import {Buffer} from 'node:buffer';
import {RECEIPT_LIMIT, encodeContent} from '../../wire/messages/content.ts';
import {type Message} from '../snapshot.ts';

/** Messages in a session's hands at once: enough to fill its windows, few enough to start over with. */
const HANDED_LIMIT = 2048;

/** Puts a content into a session; false when it has no room for now. */
type Enqueue = (content: Buffer) => boolean;

export class Outgoing {
	/** Own messages, oldest first: those that no session has yet … */
	#waiting: Message[] = [];
	/** … and, by id, those in the current session's hands, HANDED_LIMIT at most. */
	readonly #handed = new Map<string, Message>();
	/** Ids to acknowledge; written down already. */
	#receipts: Buffer[] = [];

	/** Own messages that are not on the peer's disk, in order. */
	get messages(): readonly Message[] {
		return [...this.#handed.values(), ...this.#waiting];
	}

	/** How many they are. */
	get size(): number {
		return this.#handed.size + this.#waiting.length;
	}

	queue(messages: readonly Message[]): void {
		this.#waiting.push(...messages);
	}

	acknowledge(ids: readonly Buffer[]): void {
		this.#receipts.push(...ids);
	}

	/** Drops a message that no session has yet; false when one has. */
	cancel(id: string): boolean {
		const index = this.#waiting.findIndex(message => message.id === id);
		if (index === -1) return false;
		this.#waiting.splice(index, 1);
		return true;
	}

	/** Forgets the messages that wait: the disk has them. */
	forget(): void {
		this.#waiting = [];
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

	/** The ids of those that have gone into the session's hands. */
	handMessages(enqueue: Enqueue): readonly string[] {
		let taken = 0;
		while (this.#handed.size < HANDED_LIMIT && taken < this.#waiting.length) {
			const message = this.#waiting[taken]!;
			const {time, text} = message;
			if (!enqueue(encodeContent({kind: 'text', id: Buffer.from(message.id, 'hex'), time, text}))) break;
			this.#handed.set(message.id, message);
			taken++;
		}

		const ids = this.#waiting.slice(0, taken).map(({id}) => id);
		if (taken > 0) this.#waiting = this.#waiting.slice(taken);
		return ids;
	}

	/** Those of the ids that were under way: only these can be acknowledged, whatever a peer claims. */
	delivered(ids: readonly Buffer[]): readonly string[] {
		return ids.map(bytes => bytes.toString('hex')).filter(id => this.#handed.delete(id) || this.cancel(id));
	}
}
