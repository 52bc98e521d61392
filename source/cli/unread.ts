// Prints what came in and nobody has seen, and what comes. A message counts as read once its line is written, and not before.
import {type Client} from '../client/facade.ts';
import {type ConversationId, type Message} from '../client/snapshot.ts';

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

	async #printUnread(conversation: ConversationId): Promise<void> {
		const owed = this.#owed.get(conversation);
		if (owed !== undefined && !this.#markRead(owed)) return;
		for (;;) {
			const batch = this.#client.unread(conversation, AT_ONCE);
			const last = await this.#printAll(batch);
			if (last === undefined || !this.#markRead(last)) return;
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

function keyOf({conversation, id}: Message): string {
	return `${conversation} ${id}`;
}
