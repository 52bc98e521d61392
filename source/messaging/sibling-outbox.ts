// What other devices of the own account have written and nobody has delivered yet: this one sends it when its writer is away, or takes too long.
import {type Buffer} from 'node:buffer';
import {type ConversationId} from './conversation.ts';
import {type Exchanges} from './exchanges.ts';
import {type WaitingEntry} from './history/entry-states.ts';
import {type OwnEntry} from './history/history.ts';
import {type Replica} from './history/replica.ts';
import {type WaitingElsewhere, sendingAt} from './replication/sending-for-others.ts';

export type SiblingOutboxPorts = {
	readonly replica: Pick<Replica, 'waitingOfOthers'>;
	readonly exchanges: Exchanges;
	/** What this device has written and waits, as the disk has it. */
	readonly ownWaiting: (conversation: ConversationId) => readonly OwnEntry[];
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	/** Whether a device, 8 bytes, is there as far as anybody has heard. */
	readonly isThere: (device: Buffer) => boolean;
};

type Waiting = WaitingElsewhere & {readonly conversation: ConversationId; readonly entry: WaitingEntry['entry']};

export class SiblingOutbox {
	readonly #ports: SiblingOutboxPorts;
	/** By id, in order: what waits, as the disk has it. */
	readonly #waiting = new Map<string, Waiting>();
	/** Ids of those that this device sends, with their conversation. */
	readonly #sent = new Map<string, ConversationId>();

	constructor(ports: SiblingOutboxPorts) {
		this.#ports = ports;
	}

	/** Something has changed in these: what waits in them is read again. Throws ClientError 'disk'. */
	look(conversations: Iterable<ConversationId>): void {
		const {replica, elapsed} = this.#ports;
		const now = elapsed();
		for (const conversation of new Set(conversations)) {
			const waiting = new Map(replica.waitingOfOthers(conversation).map(each => [each.entry.id, each]));
			for (const [id, {conversation: where}] of this.#waiting) {
				if (where === conversation && !waiting.has(id)) this.#waiting.delete(id);
			}

			for (const [id, where] of this.#sent) if (where === conversation && !waiting.has(id)) this.#sent.delete(id);
			this.#settle(conversation, waiting);

			for (const [id, {entry, writer}] of waiting) {
				const since = this.#waiting.get(id)?.since ?? now;
				if (!this.#sent.has(id)) this.#waiting.set(id, {conversation, entry, writer, since});
			}
		}
	}

	/** Of the others' entries those that this device sends, as the disk has them. Throws ClientError 'disk'. */
	sending(conversation: ConversationId): readonly OwnEntry[] {
		const waiting = this.#sent.size === 0 ? [] : this.#ports.replica.waitingOfOthers(conversation);
		return waiting.map(({entry}) => entry).filter(({id}) => this.#sent.has(id));
	}

	/** Which of these wait, and were written by another device: what was sent by that one may be acknowledged to this one. They wait no more. */
	delivered(conversation: ConversationId, ids: readonly string[]): readonly string[] {
		const known = ids.filter(id => this.#waiting.get(id)?.conversation === conversation);
		for (const id of known) this.#waiting.delete(id);
		return known;
	}

	/** What another device has done with is not said from here any more, whoever has written it. */
	#settle(conversation: ConversationId, ofOthers: ReadonlyMap<string, unknown>): void {
		const {exchanges, ownWaiting} = this.#ports;
		const underWay = exchanges.outbox(conversation).filter(({id}) => !ofOthers.has(id));
		if (underWay.length === 0) return;
		const own = new Set(ownWaiting(conversation).map(({id}) => id));
		const done = underWay.map(({id}) => id).filter(id => !own.has(id));
		if (done.length > 0) exchanges.settle(conversation, new Set(done));
	}

	/** Hands over what is due; when more will be, on the elapsed clock. */
	onTurn(): number {
		if (this.#waiting.size === 0) return Number.POSITIVE_INFINITY;
		const {exchanges, elapsed, isThere} = this.#ports;
		const {sent, next} = sendingAt([...this.#waiting.values()], isThere, elapsed());
		for (const [conversation, group] of Map.groupBy(sent, each => each.conversation)) {
			for (const {entry} of group) {
				this.#waiting.delete(entry.id);
				this.#sent.set(entry.id, conversation);
			}

			exchanges.queue(
				conversation,
				group.map(({entry}) => entry),
			);
		}

		return next ?? Number.POSITIVE_INFINITY;
	}
}
