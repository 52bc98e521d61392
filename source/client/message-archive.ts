// What was said before: pages, searches, former texts, removal from the disk.
import {KeptMessages} from './kept-messages.ts';
import {type SnapshotStore} from './snapshot-store.ts';
import {type ConversationId, otherIn, talkWith} from '../messaging/conversation.ts';
import {type Message, type MessageName} from '../messaging/message.ts';
import {type CurrentSignIn} from './current-sign-in.ts';

export class MessageArchive {
	readonly #current: CurrentSignIn;
	readonly #snapshots: SnapshotStore;

	constructor(current: CurrentSignIn, snapshots: SnapshotStore) {
		this.#current = current;
		this.#snapshots = snapshots;
	}

	/** Former texts of a message, oldest first. Throws ClientError 'not-signed-in'. */
	edits(
		conversation: ConversationId,
		message: MessageName,
	): ReadonlyArray<{readonly time: number; readonly text: string}> {
		return this.#current.require().history.edits(conversation, message);
	}

	/** Shows one more page of older messages. */
	loadOlder(conversation: ConversationId): void {
		const {conversations} = this.#current.require();
		if (this.#snapshots.conversation(conversation)?.hasOlder === true) conversations.loadOlder(conversation);
	}

	/**
	 * Messages with all words of `query`, each as the beginning of one, newest first: of one conversation, or with everybody in the list.
	 * Letter case and accents do not count.
	 */
	find(
		query: string,
		{conversation, limit = 50}: {readonly conversation?: ConversationId; readonly limit?: number} = {},
	): readonly Message[] {
		const {history, roster} = this.#current.require();
		const all = roster.names.map(name => talkWith(name));
		const wanted = conversation === undefined ? all : all.filter(each => each === conversation);
		return history.find(query, limit, wanted);
	}

	/** Has the snapshot reach back to a message of a contact's conversation; false when there is none, or it lies over 100,000 messages back. */
	reveal(conversation: ConversationId, id: string): boolean {
		const {conversations, roster} = this.#current.require();
		return roster.has(otherIn(conversation)) && conversations.reveal(conversation, id);
	}

	/** The earliest message from `time` on, server ms. */
	firstSince(conversation: ConversationId, time: number): Message | undefined {
		return this.#current.require().history.firstSince(conversation, time);
	}

	/** Everything that was said, or that was said in a conversation, oldest first; read as it is asked for. */
	said(conversation?: ConversationId): Iterable<Message> {
		return this.#current.require().history.said(conversation);
	}

	/** Takes a conversation off the disk for good, drafts and the index of words included. Its messages are not accepted again. */
	forget(conversation: ConversationId): void {
		this.#current.require().outbox.forget(conversation);
	}

	/** All of it, said with people who are not in the list as well. Throws ClientError 'not-signed-in'. */
	kept(): KeptMessages {
		return new KeptMessages(this.#current.require().history, conversation => this.forget(conversation));
	}

	/** What is wrong with the history, all of it read; nothing when it is sound. */
	check(): readonly string[] {
		return this.#current.require().history.check();
	}
}
