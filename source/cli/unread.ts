// Prints what came in and nobody has seen, and what comes. A message counts as read once its line is written, and not before.
import {setImmediate as pause} from 'node:timers/promises';
import {type Client, type KeptMessages, type SaidFrom} from '../client/facade.ts';
import {type ConversationId, type Message} from '../client/snapshot.ts';

/** Messages after which others have their turn. */
const PAUSE_EVERY = 500;
/** Messages that are read from the disk at once. */
const AT_ONCE = 100;
/** Messages that have come and are not printed yet; past them the oldest are printed only if they are still unread by then. */
const ARRIVED_LIMIT = 1000;

type Reader = Pick<Client, 'unread' | 'markRead'>;

export class UnreadPrinter {
	readonly #client: Reader;
	readonly #print: (message: Message) => Promise<void>;
	/** By conversation: the last message that is printed although the disk did not take that it is read. At most one in each. */
	readonly #owed = new Map<ConversationId, Message>();
	/** What has come and is not printed, by conversation and id, oldest first: a screen may have it read before we print it. */
	readonly #arrived = new Map<string, Message>();

	constructor(client: Reader, print: (message: Message) => Promise<void>) {
		this.#client = client;
		this.#print = print;
	}

	/** Notes a message that has just come. */
	arrived(message: Message): void {
		this.#arrived.set(keyOf(message), message);
		const [oldest] = this.#arrived.keys();
		if (this.#arrived.size > ARRIVED_LIMIT && oldest !== undefined) this.#arrived.delete(oldest);
	}

	/**
	 * Prints what is unread in these conversations, oldest first, then what has come and was read elsewhere meanwhile. Rejects as `print`
	 * does; what was printed until then counts as read.
	 */
	async print(...conversations: readonly ConversationId[]): Promise<void> {
		const before = [...this.#arrived];
		for (const conversation of conversations) await this.#printUnread(conversation);
		for (const [key, message] of before) {
			if (!this.#arrived.has(key) || this.#owed.has(message.conversation)) continue;
			await this.#print(message);
			this.#arrived.delete(key);
		}
	}

	/**
	 * Prints what has come in these conversations from there on, read or not, in the order that it came; before it what is unread and
	 * older. Rejects as `print` does.
	 */
	async printFrom(kept: KeptMessages, from: SaidFrom, conversations: readonly ConversationId[]): Promise<void> {
		const behind = kept.placeBefore(from);
		for (const conversation of conversations) {
			const [oldest] = this.#client.unread(conversation, 1);
			if (oldest === undefined) continue;
			const first = firstIncoming(kept.said(conversation, behind));
			// Where it comes before what is unread, that is printed with the rest.
			const isLater =
				first !== undefined && hasIncoming(kept.said(conversation, kept.placeBefore({after: oldest})), first);
			if (isLater) await this.#printUnread(conversation, first);
		}

		const wanted = new Set(conversations);
		const last = new Map<ConversationId, Message>();
		let seen = 0;
		try {
			for (const message of kept.said(undefined, behind)) {
				// What is passed over waits for nobody, and there may be much of it.
				if (++seen % PAUSE_EVERY === 0) await pause();
				if (message.direction === 'out' || message.deleted === true || !wanted.has(message.conversation)) continue;
				await this.#print(message);
				this.#arrived.delete(keyOf(message));
				last.set(message.conversation, message);
			}
		} finally {
			for (const message of last.values()) this.#markRead(message);
		}
	}

	/** `before`: the id of one that is not printed, and nothing behind it. */
	async #printUnread(conversation: ConversationId, before?: string): Promise<void> {
		const owed = this.#owed.get(conversation);
		if (owed !== undefined && !this.#markRead(owed)) return;
		for (;;) {
			const batch = this.#client.unread(conversation, AT_ONCE);
			const end = batch.findIndex(({id}) => id === before);
			const last = await this.#printAll(end === -1 ? batch : batch.slice(0, end));
			if (last === undefined || !this.#markRead(last) || end !== -1) return;
		}
	}

	/** The last one. What was printed counts as read, also when the next one fails. */
	async #printAll(batch: readonly Message[]): Promise<Message | undefined> {
		let last: Message | undefined;
		try {
			for (const message of batch) {
				await this.#print(message);
				this.#arrived.delete(keyOf(message));
				last = message;
			}
		} catch (error) {
			if (last !== undefined) this.#markRead(last);
			throw error;
		}

		return last;
	}

	/** Whether the disk has it. */
	#markRead(message: Message): boolean {
		const isKept = this.#client.markRead(message.conversation, message.id);
		if (isKept) this.#owed.delete(message.conversation);
		else this.#owed.set(message.conversation, message);
		return isKept;
	}
}

function firstIncoming(messages: Iterable<Message>): string | undefined {
	for (const {id, direction} of messages) if (direction === 'in') return id;
	return undefined;
}

function hasIncoming(messages: Iterable<Message>, wanted: string): boolean {
	for (const {id, direction} of messages) if (id === wanted && direction === 'in') return true;
	return false;
}

function keyOf({conversation, id}: Message): string {
	return `${conversation} ${id}`;
}
