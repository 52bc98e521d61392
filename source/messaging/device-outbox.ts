// What waits to go out to one device: receipts, refusals, and own messages and acts until it has them on its disk.
import {Buffer} from 'node:buffer';
import {sha256} from '../crypto/hash.ts';
import {encodeContent} from '../content/content.ts';
import {RECEIPT_LIMIT, RECEIPT_WAIT_MS} from '../content/receipt.ts';
import {DIGEST_SIZE, REFUSAL_EVERY_MS, REFUSAL_LIMIT} from '../content/refusal.ts';
import {contentOf} from './contents.ts';
import {type OwnEntry, isAct} from './history/history.ts';

/** Entries that a session may have at once: enough to fill its windows, few enough to send again in another session. */
const HANDED_LIMIT = 2048;

/** Puts a content into a session; false when it has no room for now. */
type Enqueue = (content: Buffer) => boolean;

export class DeviceOutbox {
	/** Own entries that no session has yet, oldest first. */
	#waiting: OwnEntry[] = [];
	/** By id, those that the current session has, HANDED_LIMIT at most, each with the digest of its content. */
	readonly #handed = new Map<string, {readonly entry: OwnEntry; readonly digest: string}>();
	/** Their ids, by that digest. */
	readonly #digests = new Map<string, string>();
	/** Ids of those that wait again after a session had them: of those that wait, only these can be acknowledged. */
	readonly #takenBack = new Set<string>();
	/** When the last of these was handed over, or a receipt came for one, on the elapsed clock. */
	#movedAt = 0;
	/** Ids of the readings among them. */
	readonly #readings = new Set<string>();
	/** Ids to acknowledge; written down already. */
	#receipts: Buffer[] = [];
	/** Digests of what came and was not well formed, REFUSAL_LIMIT at most: what is over that comes again, and is refused then. */
	readonly #refusals = new Set<string>();
	/** When these may go out, on the elapsed clock. */
	#refuseAt = 0;

	/** What is not on the device's disk, in order. */
	get entries(): readonly OwnEntry[] {
		return [...this.#inHand(), ...this.#waiting];
	}

	/** How many they are. */
	get size(): number {
		return this.#handed.size + this.#waiting.length;
	}

	/** How many of them are news to the device. */
	get newsSize(): number {
		return this.size - this.#readings.size;
	}

	queue(entries: readonly OwnEntry[]): void {
		for (const entry of entries) {
			this.#waiting.push(entry);
			if (isAct(entry) && entry.kind === 'read') this.#readings.add(entry.id);
		}
	}

	/** What waits, or is under way, has changed on the disk: `entries` is all of it. */
	renew(entries: readonly OwnEntry[]): void {
		for (const entry of entries) {
			const handed = this.#handed.get(entry.id);
			if (handed !== undefined) this.#handed.set(entry.id, {...handed, entry});
		}

		this.#waiting = entries.filter(({id}) => !this.#handed.has(id));
	}

	acknowledge(ids: readonly Buffer[]): void {
		this.#receipts.push(...ids);
	}

	/** Something came that is not well formed. */
	refuse(content: Buffer): void {
		if (this.#refusals.size < REFUSAL_LIMIT) this.#refusals.add(digestOf(content));
	}

	/** When what is to be refused may be, on the elapsed clock. */
	get refusalsAt(): number {
		return this.#refusals.size === 0 ? Number.POSITIVE_INFINITY : this.#refuseAt;
	}

	/** Drops a message that no session has yet; false when one has. */
	cancel(id: string): boolean {
		const index = this.#waiting.findIndex(message => message.id === id);
		if (index === -1) return false;
		this.#waiting.splice(index, 1);
		this.#takenBack.delete(id);
		this.#readings.delete(id);
		return true;
	}

	/** Forgets entries that are done with, by another device of the account: those that wait, and those that a session has. */
	settle(ids: ReadonlySet<string>): void {
		for (const id of ids) if (!this.#done(id)) this.cancel(id);
	}

	/** Forgets the messages that wait: the disk has them. */
	forget(): void {
		for (const {id} of this.#waiting) this.#readings.delete(id);
		this.#waiting = [];
		this.#takenBack.clear();
	}

	/**
	 * When what a session has is to be sent again although the session stands: the peer may have ended without a word once it had all
	 * of it, or its receipts were lost with another session.
	 */
	get overdueAt(): number {
		return this.#handed.size === 0 ? Number.POSITIVE_INFINITY : this.#movedAt + RECEIPT_WAIT_MS;
	}

	/** What no receipt has come for waits again, in order, for whatever session comes next; its ids. */
	takeBack(): readonly string[] {
		const ids = [...this.#handed.keys()];
		if (ids.length > 0) this.#waiting = [...this.#inHand(), ...this.#waiting];
		for (const id of ids) this.#takenBack.add(id);
		this.#handed.clear();
		this.#digests.clear();
		return ids;
	}

	/**
	 * Gives a session what waits: receipts first, then refusals, then own entries if `maySend`. The ids of the entries that
	 * it has taken; `now` is of the elapsed clock.
	 */
	handOver(enqueue: Enqueue, now: number, maySend: boolean): readonly string[] {
		if (!this.handReceipts(enqueue)) return [];
		this.handRefusals(enqueue, now);
		return maySend ? this.handEntries(enqueue, now) : [];
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

	/** What waits to be refused, all in one, as often as that may be; `now` is of the elapsed clock. */
	handRefusals(enqueue: Enqueue, now: number): void {
		if (this.refusalsAt > now) return;
		const digests = [...this.#refusals].map(digest => Buffer.from(digest, 'hex'));
		if (!enqueue(encodeContent({kind: 'refusal', digests}))) return;
		this.#refusals.clear();
		this.#refuseAt = now + REFUSAL_EVERY_MS;
	}

	/** The ids of those that have gone into the session's hands; `now` is of the elapsed clock. */
	handEntries(enqueue: Enqueue, now: number): readonly string[] {
		let taken = 0;
		while (this.#handed.size < HANDED_LIMIT && taken < this.#waiting.length) {
			const entry = this.#waiting[taken]!;
			const content = encodeContent(contentOf(entry));
			if (!enqueue(content)) break;
			const digest = digestOf(content);
			this.#handed.set(entry.id, {entry, digest});
			this.#digests.set(digest, entry.id);
			this.#takenBack.delete(entry.id);
			this.#movedAt = now;
			taken++;
		}

		const ids = this.#waiting.slice(0, taken).map(({id}) => id);
		if (taken > 0) this.#waiting = this.#waiting.slice(taken);
		return ids;
	}

	/** Those of the ids that were under way: of what this device has said, only these can be acknowledged, whatever a peer claims. */
	delivered(ids: readonly Buffer[], now: number): readonly string[] {
		this.#movedAt = now;
		return ids
			.map(bytes => bytes.toString('hex'))
			.filter(id => this.#done(id) || (this.#takenBack.has(id) && this.cancel(id)));
	}

	/** The ids of what the peer refuses, of what it was handed: that is not said again. */
	refused(digests: readonly Buffer[]): readonly string[] {
		return digests
			.map(digest => this.#digests.get(digest.toString('hex')))
			.filter(id => id !== undefined)
			.filter(id => this.#done(id));
	}

	#done(id: string): boolean {
		const handed = this.#handed.get(id);
		if (handed === undefined) return false;
		this.#readings.delete(id);
		this.#digests.delete(handed.digest);
		return this.#handed.delete(id);
	}

	#inHand(): OwnEntry[] {
		return [...this.#handed.values()].map(({entry}) => entry);
	}
}

function digestOf(content: Buffer): string {
	return sha256(content).toString('hex', 0, DIGEST_SIZE);
}
