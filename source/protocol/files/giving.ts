// Who has files and gives them to one device: takes what it asks, says which leaf is to be read next, and cuts leaves into messages, by turns of
// the offers. Pure: the caller reads the disk, and hands messages to a session. Times in ms of a clock that only runs forward.
import {type Buffer} from 'node:buffer';
import {FILE_END, FILE_PIECE_SIZE, type FileAsk, type FileEnd, encodeFileMessage} from '../../wire/messages/file.ts';
import {type Bucket, type Rate, fullBucket, untilToken} from '../token-bucket.ts';
import {
	ANSWERS_LIMIT,
	GIVEN_LEAVES,
	GIVEN_OFFERS,
	LEAF_SIZE,
	VAIN_LEAVES,
	VAIN_LEAVES_A_SECOND,
} from './file-limits.ts';

/** Leaves `next` … `until` − 1 are still to be read. */
type Asked = {readonly offer: Buffer; next: number; until: number};

/** A leaf that is being read, or, with `data`, that goes out: `said` of its bytes have, −1 before its LEAF. */
type Loaded = {
	readonly offer: Buffer;
	readonly leaf: number;
	data: Buffer | undefined;
	path: readonly Buffer[];
	said: number;
	/** Nobody wants it any more: it keeps its place until it has been read. */
	isVain: boolean;
};

/** A leaf of an offer, which is to be read. */
export type NeededLeaf = {readonly offer: Buffer; readonly leaf: number};

const VAIN: Rate = {burst: VAIN_LEAVES, perSecond: VAIN_LEAVES_A_SECOND};

export class Giving {
	/** By the offer in hex: GIVEN_OFFERS at most, in the order of their turns. */
	readonly #asked = new Map<string, Asked>();
	/** GIVEN_LEAVES at most, in the order in which they were asked for. */
	#loaded: Loaded[] = [];
	/** ANSWERS_LIMIT at most. */
	readonly #answers: Buffer[] = [];
	readonly #vain: Bucket;
	/** What the session had no room for. */
	#unsaid: {readonly of: Loaded; readonly message: Buffer} | undefined;

	constructor(now: number) {
		this.#vain = fullBucket(VAIN, now);
	}

	/** Whether nothing is asked for any more, and nothing waits to be said. */
	get isOver(): boolean {
		return this.#asked.size === 0 && this.#loaded.length === 0 && this.#answers.length === 0;
	}

	/** Takes what the device says. Whether it may have the offer is for the caller to know: `refuse` it otherwise. */
	take(message: FileAsk | FileEnd, now: number): void {
		if (message.kind === 'ask') this.#ask(message);
		else if (message.reason !== FILE_END.answered) {
			this.#forget(message.offer, now);
			this.#answer(message.offer, FILE_END.answered);
		}
	}

	/** The next leaf to read, once each: then call `read` or `refuse`. Undefined while enough is in memory, and while too much was read in vain. */
	needs(now: number): NeededLeaf | undefined {
		if (this.#loaded.length >= GIVEN_LEAVES || untilToken(this.#vain, VAIN, now) > 0) return undefined;
		for (const [key, asked] of this.#asked) {
			if (asked.next >= asked.until) continue;
			const {offer} = asked;
			const leaf = asked.next++;
			// Its next turn is after those of the others.
			this.#asked.delete(key);
			this.#asked.set(key, asked);
			this.#loaded.push({offer, leaf, data: undefined, path: [], said: -1, isVain: false});
			return {offer, leaf};
		}

		return undefined;
	}

	/** When `needs` may have something that it has not now; Infinity when only the device or the caller can cause anything. */
	deadline(now: number): number {
		const wait = untilToken(this.#vain, VAIN, now);
		return wait > 0 ? now + wait : Number.POSITIVE_INFINITY;
	}

	/** A leaf that `needs` has named has been read: its bytes, and its audit path. Throws RangeError when it is longer than a leaf. */
	read(offer: Buffer, leaf: number, data: Buffer, path: readonly Buffer[]): void {
		if (data.length > LEAF_SIZE) throw new RangeError(`a leaf of ${data.length} bytes is over ${LEAF_SIZE}`);
		const loaded = this.#loaded.find(each => each.data === undefined && each.leaf === leaf && each.offer.equals(offer));
		if (loaded === undefined) return;
		if (loaded.isVain) this.#loaded = this.#loaded.filter(each => each !== loaded);
		else Object.assign(loaded, {data, path});
	}

	/** Nothing more of an offer is given; `reason` of FILE_END is why. */
	refuse(offer: Buffer, reason: number): void {
		this.#asked.delete(keyOf(offer));
		this.#loaded = this.#loaded.filter(each => !each.offer.equals(offer));
		this.#answer(offer, reason);
	}

	/** Hands over what is to be said, until `enqueue` has no more room. */
	say(enqueue: (message: Buffer) => boolean): void {
		for (let answer = this.#answers[0]; answer !== undefined; answer = this.#answers[0]) {
			if (!enqueue(answer)) return;
			this.#answers.shift();
		}

		for (let loaded = this.#next; loaded !== undefined; loaded = this.#next) {
			const message = this.#unsaid?.of === loaded ? this.#unsaid.message : messageOf(loaded);
			this.#unsaid = undefined;
			if (!enqueue(message)) {
				this.#unsaid = {of: loaded, message};
				return;
			}

			loaded.said = loaded.said < 0 ? 0 : Math.min(loaded.said + FILE_PIECE_SIZE, loaded.data!.length);
			const done = loaded;
			if (done.said === done.data!.length) this.#loaded = this.#loaded.filter(each => each !== done);
		}
	}

	#ask({offer, from, until}: FileAsk): void {
		const asked = this.#asked.get(keyOf(offer));
		if (asked !== undefined) Object.assign(asked, {next: Math.max(asked.next, from), until});
		else if (this.#asked.size < GIVEN_OFFERS) this.#asked.set(keyOf(offer), {offer, next: from, until});
		else this.#answer(offer, FILE_END.tooMany);
	}

	/** The device is done with an offer. What was read of it and has not gone out was read in vain. */
	#forget(offer: Buffer, now: number): void {
		this.#asked.delete(keyOf(offer));
		let vain = 0;
		for (const each of this.#loaded) {
			if (each.isVain || !each.offer.equals(offer)) continue;
			each.isVain = true;
			vain++;
		}

		// What is over the budget is owed.
		untilToken(this.#vain, VAIN, now);
		this.#vain.tokens -= vain;

		this.#loaded = this.#loaded.filter(({isVain, data}) => !isVain || data === undefined);
	}

	/** Of an offer the leaves go out in their order, and of two offers whatever has been read. */
	get #next(): Loaded | undefined {
		const wanted = this.#loaded.filter(({isVain}) => !isVain);
		return wanted.find(
			({data, offer}, index) => data !== undefined && !wanted.slice(0, index).some(each => each.offer.equals(offer)),
		);
	}

	#answer(offer: Buffer, reason: number): void {
		if (this.#answers.length < ANSWERS_LIMIT) this.#answers.push(encodeFileMessage({kind: 'end', offer, reason}));
	}
}

function messageOf({offer, leaf, data, path, said}: Loaded): Buffer {
	if (said < 0) return encodeFileMessage({kind: 'leaf', offer, index: leaf, path});
	return encodeFileMessage({
		kind: 'piece',
		offer,
		leaf,
		offset: said,
		data: data!.subarray(said, said + FILE_PIECE_SIZE),
	});
}

function keyOf(offer: Buffer): string {
	return offer.toString('hex');
}
