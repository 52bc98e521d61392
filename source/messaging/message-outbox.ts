// Own messages and acts: written to the disk first, then handed to the peer that they are for.
import {type ConversationId, otherIn} from './conversation.ts';
import {type Conversations, type Written} from './conversations.ts';
import {type DiskWatch} from './disk-watch.ts';
import {type Act, type Remembered, isAct} from './history/history.ts';
import {type Peers} from './peers.ts';
import {type MessageName} from './message.ts';

export type MessageOutboxOptions = {
	readonly conversations: Conversations;
	readonly peers: Peers;
	readonly disk: DiskWatch;
	/** Server time, ms. */
	readonly serverTime: () => number;
	/** Makes a contact of a stranger. */
	readonly accept: (name: string) => void;
};

export class MessageOutbox {
	readonly #options: MessageOutboxOptions;

	constructor(options: MessageOutboxOptions) {
		this.#options = options;
	}

	/** Writes a message down and hands it to the peer; its id. A stranger who is written to becomes a contact. */
	send(conversation: ConversationId, text: string, written?: Written): string {
		const {conversations, peers, disk, serverTime, accept} = this.#options;
		accept(otherIn(conversation));
		const message = disk.must(() => conversations.write(conversation, text, serverTime(), written));
		peers.queue(otherIn(conversation), [message]);
		return message.id;
	}

	/** Writes an act down, does it here, and hands it to the peer. */
	act(conversation: ConversationId, act: Pick<Act, 'kind' | 'target' | 'value'>, draft?: Remembered): void {
		const {conversations, peers, disk, serverTime} = this.#options;
		const written = disk.must(() => conversations.act(conversation, act, serverTime(), draft));
		if (act.kind === 'delete') peers.peer(otherIn(conversation)).renew(conversations.outbox(conversation));
		else peers.queue(otherIn(conversation), [written]);
	}

	/** Tells the peer that everything up to this message is read, in place of readings that it was not told yet. */
	tellRead(conversation: ConversationId, target: MessageName): void {
		const {conversations, peers} = this.#options;
		const peer = peers.peer(otherIn(conversation));
		const former = peer.outbox.filter(entry => isAct(entry) && entry.kind === 'read' && peer.cancel(entry.id));
		conversations.withdraw(
			conversation,
			former.map(({id}) => id),
		);
		this.act(conversation, {kind: 'read', target, value: ''});
	}

	/** Takes a message back that has not left yet; false when it has. */
	cancel(conversation: ConversationId, id: string): boolean {
		const {conversations, peers} = this.#options;
		if (!peers.peer(otherIn(conversation)).cancel(id)) return false;
		conversations.failed(conversation, [id], 'cancelled');
		return true;
	}

	/** Queues a failed message again. */
	retry(conversation: ConversationId, id: string): void {
		const {conversations, peers} = this.#options;
		conversations.queued(conversation, id);
		const message = conversations.outbox(conversation).find(each => each.id === id);
		if (message !== undefined) peers.queue(otherIn(conversation), [message]);
	}

	/** Takes a conversation off the disk for good, and what waits to be sent, unless a session has it already. */
	forget(conversation: ConversationId): void {
		const {conversations, peers} = this.#options;
		const peer = peers.peer(otherIn(conversation));
		for (const {id} of peer.outbox.slice()) peer.cancel(id);
		conversations.forget(conversation);
	}
}
