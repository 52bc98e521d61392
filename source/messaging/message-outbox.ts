// Own messages and acts: written to the disk first, then handed to the peer that they are for.
import {type Conversations, type Written} from './conversations.ts';
import {type DiskWatch} from './disk-watch.ts';
import {type Act, type Remembered, isAct} from './history/history.ts';
import {type Peers} from './peers.ts';
import {type MessageName} from '../client/snapshot.ts';

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
	send(name: string, text: string, written?: Written): string {
		const {conversations, peers, disk, serverTime, accept} = this.#options;
		accept(name);
		const message = disk.must(() => conversations.write(name, text, serverTime(), written));
		peers.queue(name, [message]);
		return message.id;
	}

	/** Writes an act down, does it here, and hands it to the peer. */
	act(name: string, act: Pick<Act, 'kind' | 'target' | 'value'>, draft?: Remembered): void {
		const {conversations, peers, disk, serverTime} = this.#options;
		const written = disk.must(() => conversations.act(name, act, serverTime(), draft));
		if (act.kind === 'delete') peers.peer(name).renew(conversations.outbox(name));
		else peers.queue(name, [written]);
	}

	/** Tells the peer that everything up to this message is read, in place of readings that it was not told yet. */
	tellRead(name: string, target: MessageName): void {
		const {conversations, peers} = this.#options;
		const peer = peers.peer(name);
		const former = peer.outbox.filter(entry => isAct(entry) && entry.kind === 'read' && peer.cancel(entry.id));
		conversations.withdraw(
			name,
			former.map(({id}) => id),
		);
		this.act(name, {kind: 'read', target, value: ''});
	}

	/** Takes a message back that has not left yet; false when it has. */
	cancel(name: string, id: string): boolean {
		const {conversations, peers} = this.#options;
		if (!peers.peer(name).cancel(id)) return false;
		conversations.failed(name, [id], 'cancelled');
		return true;
	}

	/** Queues a failed message again. */
	retry(name: string, id: string): void {
		const {conversations, peers} = this.#options;
		conversations.queued(name, id);
		const message = conversations.outbox(name).find(each => each.id === id);
		if (message !== undefined) peers.queue(name, [message]);
	}

	/** Takes a conversation off the disk for good, and what waits to be sent, unless a session has it already. */
	forget(name: string): void {
		const {conversations, peers} = this.#options;
		const peer = peers.peer(name);
		for (const {id} of peer.outbox.slice()) peer.cancel(id);
		conversations.forget(name);
	}
}
