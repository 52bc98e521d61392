// Prints what came in and nobody has seen. A message counts as read once its line is written, and not before.
import {type Client} from '../client/facade.ts';
import {type Message} from '../client/snapshot.ts';

/** Messages that are read from the disk at once. */
const AT_ONCE = 100;

type Reader = Pick<Client, 'unread' | 'markRead'>;

export class UnreadPrinter {
	readonly #client: Reader;
	readonly #print: (message: Message) => Promise<void>;
	/** By name: the last message that is printed although the disk did not take that it is read. At most one a contact. */
	readonly #owed = new Map<string, Message>();

	constructor(client: Reader, print: (message: Message) => Promise<void>) {
		this.#client = client;
		this.#print = print;
	}

	/** Prints what is unread from `name`, oldest first. Rejects as `print` does; what was printed until then counts as read. */
	async print(name: string): Promise<void> {
		const owed = this.#owed.get(name);
		if (owed !== undefined && !this.#markRead(owed)) return;
		for (;;) {
			const batch = this.#client.unread(name, AT_ONCE);
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
		const isKept = this.#client.markRead(message.peer, message.id);
		if (isKept) this.#owed.delete(message.peer);
		else this.#owed.set(message.peer, message);
		return isKept;
	}
}
