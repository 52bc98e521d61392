// Own messages and acts: written to the disk first, then handed to the devices that they are for.
import {type AccountReplication} from './account-replication.ts';
import {type Contacts} from './contacts.ts';
import {type ConversationId, otherIn} from './conversation.ts';
import {type Conversations, type Written} from './conversations.ts';
import {type DiskWatch} from './disk-watch.ts';
import {type Exchanges} from './exchanges.ts';
import {type Act, type Remembered, isAct} from './history/history.ts';
import {type MessageName} from './message.ts';

export type MessageOutboxOptions = {
	readonly conversations: Conversations;
	readonly exchanges: Exchanges;
	readonly disk: DiskWatch;
	/** Server time, ms. */
	readonly serverTime: () => number;
	readonly contacts: Pick<Contacts, 'accept'>;
	/** What this device sends for others of the account. */
	readonly siblings: Pick<AccountReplication, 'sending'>;
};

export class MessageOutbox {
	readonly #options: MessageOutboxOptions;

	constructor(options: MessageOutboxOptions) {
		this.#options = options;
	}

	/** Writes a message down and hands it over; its id. A stranger who is written to becomes a contact. */
	send(conversation: ConversationId, text: string, written?: Written): string {
		const {conversations, exchanges, disk, serverTime, contacts} = this.#options;
		contacts.accept(otherIn(conversation));
		const message = disk.must(() => conversations.write(conversation, text, serverTime(), written));
		exchanges.queue(conversation, [message]);
		return message.id;
	}

	/** The same for several, in one step on the disk; their ids. */
	sendAll(conversation: ConversationId, texts: readonly string[]): readonly string[] {
		const {conversations, exchanges, disk, serverTime, contacts} = this.#options;
		contacts.accept(otherIn(conversation));
		const messages = disk.must(() => conversations.writeAll(conversation, texts, serverTime()));
		exchanges.queue(conversation, messages);
		return messages.map(({id}) => id);
	}

	/** Writes an act down, does it here, and hands it over; its id. */
	act(conversation: ConversationId, act: Pick<Act, 'kind' | 'target' | 'value'>, draft?: Remembered): string {
		const {conversations, exchanges, disk, serverTime, siblings} = this.#options;
		const written = disk.must(() => conversations.act(conversation, act, serverTime(), draft));
		if (act.kind === 'delete') {
			exchanges.renew(conversation, [...siblings.sending(conversation), ...conversations.outbox(conversation)]);
		} else exchanges.queue(conversation, [written]);
		return written.id;
	}

	/** Says that everything up to this message is read, in place of readings that were not said yet. */
	tellRead(conversation: ConversationId, target: MessageName): void {
		const {conversations, exchanges} = this.#options;
		const former = exchanges
			.outbox(conversation)
			.filter(entry => isAct(entry) && entry.kind === 'read' && exchanges.cancel(conversation, entry.id));
		conversations.withdraw(
			conversation,
			former.map(({id}) => id),
		);
		this.act(conversation, {kind: 'read', target, value: ''});
	}

	/** Takes a message back that has not left yet; false when it has. */
	cancel(conversation: ConversationId, id: string): boolean {
		const {conversations, exchanges} = this.#options;
		if (!exchanges.cancel(conversation, id)) return false;
		conversations.failed(conversation, [id], 'cancelled');
		return true;
	}

	/** Queues a failed message again. */
	retry(conversation: ConversationId, id: string): void {
		const {conversations, exchanges} = this.#options;
		conversations.queued(conversation, id);
		const message = conversations.outbox(conversation).find(each => each.id === id);
		if (message !== undefined) exchanges.queue(conversation, [message]);
	}

	/** Takes a conversation off the disk for good, and what waits to be sent, unless a session has it already. */
	forget(conversation: ConversationId): void {
		const {conversations, exchanges} = this.#options;
		for (const {id} of exchanges.outbox(conversation)) exchanges.cancel(conversation, id);
		conversations.forget(conversation);
	}
}
