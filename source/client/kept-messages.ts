// All that is in the history, whoever it was said with: found, counted, forgotten, checked.
import {type ActName} from '../content/kinds.ts';
import {type ConversationId} from '../messaging/conversation.ts';
import {type History, type SaidFrom, isAct} from '../messaging/history/history.ts';
import {type Message, type MessageName} from '../messaging/message.ts';

export class KeptMessages {
	readonly #history: History;
	readonly #forget: (conversation: ConversationId) => void;

	/** `forget` takes a conversation off the disk, and off what is on show where something is. */
	constructor(history: History, forget: (conversation: ConversationId) => void) {
		this.#history = history;
		this.#forget = forget;
	}

	/** The newest `limit` messages with all of `words`, each as the beginning of one: of a conversation, or of all there are. */
	find(words: string, limit: number, conversation?: ConversationId): readonly Message[] {
		const all = () => this.#history.conversations().map(each => each.conversation);
		return this.#history.find(words, limit, conversation === undefined ? all() : [conversation]);
	}

	/** All messages, or those of a conversation, in the order that they came, behind a place; read as they are asked for. */
	said(conversation?: ConversationId, behind?: number): Iterable<Message> {
		return this.#history.said(conversation, behind);
	}

	/** Behind which place what has come since then begins. */
	placeBefore(from: SaidFrom): number {
		return this.#history.placeBefore(from);
	}

	/** A message as it is now. */
	message(conversation: ConversationId, name: MessageName): Message | undefined {
		return this.#history.messages(conversation, [name])[0];
	}

	/** The id of the newest own act of this kind that waits. */
	waitingAct(conversation: ConversationId, kind: ActName): string | undefined {
		return this.#history.outbox(conversation).findLast(entry => isAct(entry) && entry.kind === kind)?.id;
	}

	/** What became of an own message or act; undefined when it is not kept, as an act that a later one has superseded. */
	outcome(conversation: ConversationId, id: string): ReturnType<History['outcome']> {
		return this.#history.outcome(conversation, id);
	}

	/** How many messages there are. */
	count(conversation: ConversationId): number {
		const [first] = this.#history.said(conversation);
		return first === undefined ? 0 : this.#history.depth(conversation, first.id);
	}

	/** Takes a conversation off the disk for good. What came in does not come back. */
	forget(conversation: ConversationId): void {
		this.#forget(conversation);
	}

	/** What is wrong with the history, all of it read; nothing when it is sound. */
	check(): readonly string[] {
		return this.#history.check();
	}
}
