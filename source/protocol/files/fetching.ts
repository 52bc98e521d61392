// Who fetches one file from one device: asks for leaves no further ahead of the disk than there is memory for, puts their pieces together, and
// checks each against the root that was offered. Pure: the caller writes leaves down. Times in ms of a clock that only runs forward.
import {Buffer} from 'node:buffer';
import {FILE_END, type FileEnd, type FileLeaf, type FilePiece, encodeFileMessage} from '../../wire/messages/file.ts';
import {ASKED_AHEAD, FILE_SILENCE_MS, LEAF_LIMIT, LEAF_SIZE} from './file-limits.ts';
import {hashLeaf, isInTree, leafSizeOf, leavesOf} from './hash-tree.ts';

/** What was offered: id 16, bytes, and the root of its tree, 32 bytes. */
export type OfferedFile = {readonly offer: Buffer; readonly size: number; readonly root: Buffer};

/** What no honest device sends: what was not asked for, pieces in another order or outside of their leaf, and a leaf that is not of the file. */
export type FetchFlaw = 'unasked' | 'order' | 'outside' | 'hash';

/** leaf: whole and checked, to be written down, then `written` is called; the buffer is the caller's. ended: the device gives nothing more. */
export type FetchStep =
	| {readonly kind: 'leaf'; readonly index: number; readonly data: Buffer}
	| {readonly kind: 'ended'; readonly reason: number}
	| {readonly kind: 'violation'; readonly flaw: FetchFlaw};

/**
 * apart: in no session. opening: END and ASK are to be said. open: they were; what comes before the answer to END was asked for before that.
 * over: nothing more is to be said.
 */
type Phase = 'apart' | 'opening' | 'open' | 'over';

export class Fetching {
	readonly #file: OfferedFile;
	readonly #leaves: number;
	#phase: Phase = 'apart';
	/** Leaves that are on the disk, from the first on. */
	#written: number;
	/** The one that comes next. */
	#next: number;
	/** ENDs of this session that have no answer. */
	#unanswered = 0;
	/** Leaves from here on have not been asked for in this session. */
	#askedUntil = 0;
	/** The pieces of the next leaf that have come. */
	#coming: {readonly path: readonly Buffer[]; readonly data: Buffer; size: number} | undefined;
	#heardAt = 0;

	/** So many leaves are `written` already, from the first on. Throws RangeError when the file has more leaves than there are numbers. */
	constructor(file: OfferedFile, written = 0) {
		this.#file = file;
		this.#leaves = leavesOf(file.size);
		if (this.#leaves > LEAF_LIMIT) throw new RangeError(`a file of ${file.size} bytes has too many leaves`);
		this.#written = written;
		this.#next = written;
	}

	/** Whether all of it is on the disk. */
	get isComplete(): boolean {
		return this.#written === this.#leaves;
	}

	/** Bytes that have come, those that are on the disk included. */
	get received(): number {
		return Math.min(this.#next * LEAF_SIZE, this.#file.size) + (this.#coming?.size ?? 0);
	}

	/** A session with the device stands, another one than before. */
	onSession(now: number): void {
		this.#unanswered = 0;
		this.askAnew(now);
	}

	/** The device is asked anew in the session that stands, from the first leaf on that has not come whole. */
	askAnew(now: number): void {
		if (this.#phase === 'over') return;
		this.#phase = 'opening';
		this.#coming = undefined;
		this.#askedUntil = 0;
		this.#heardAt = now;
	}

	/** No session with the device stands. */
	onSessionEnd(): void {
		if (this.#phase !== 'over') this.#phase = 'apart';
	}

	/** A leaf is on the disk, and those before it are. */
	written(leaf: number): void {
		this.#written = Math.max(this.#written, leaf + 1);
	}

	/** Hands over what is to be said, until `enqueue` has no more room. The last is that all of it is on the disk. */
	say(enqueue: (message: Buffer) => boolean, now: number): void {
		const {offer} = this.#file;
		const end = (reason: number) => enqueue(encodeFileMessage({kind: 'end', offer, reason}));
		if (this.#phase === 'over' || this.#phase === 'apart') return;
		if (this.isComplete) {
			if (end(FILE_END.complete)) this.#phase = 'over';
			return;
		}

		if (this.#phase === 'opening') {
			if (!end(FILE_END.stopped)) return;
			this.#phase = 'open';
			this.#unanswered++;
		}

		const until = Math.min(this.#leaves, this.#written + ASKED_AHEAD);
		if (until <= this.#askedUntil || until <= this.#next) return;
		if (!enqueue(encodeFileMessage({kind: 'ask', offer, from: this.#next, until}))) return;
		if (this.#next >= this.#askedUntil) this.#heardAt = now;
		this.#askedUntil = until;
	}

	/** Takes what the device says of this offer. */
	take(message: FileLeaf | FilePiece | FileEnd, now: number): FetchStep | undefined {
		if (message.kind === 'end' && message.reason === FILE_END.answered) {
			this.#unanswered = Math.max(0, this.#unanswered - 1);
			return undefined;
		}

		// Of before the session, or before it was asked anew.
		if (this.#phase !== 'open' || this.#unanswered > 0) return undefined;
		this.#heardAt = now;
		if (message.kind === 'end') {
			this.#phase = 'over';
			return {kind: 'ended', reason: message.reason};
		}

		return message.kind === 'leaf' ? this.#begin(message) : this.#add(message);
	}

	/** When `run` is next due. */
	get deadline(): number {
		const isAsked = this.#phase === 'open' && this.#next < this.#askedUntil;
		return isAsked ? this.#heardAt + FILE_SILENCE_MS : Number.POSITIVE_INFINITY;
	}

	/** silent: nothing came for too long of what was asked for. `askAnew` is what may help. */
	run(now: number): 'waiting' | 'silent' {
		return now >= this.deadline ? 'silent' : 'waiting';
	}

	#begin({index, path}: FileLeaf): FetchStep | undefined {
		if (index >= this.#askedUntil) return this.#violation('unasked');
		if (index !== this.#next || this.#coming !== undefined) return this.#violation('order');
		this.#coming = {path, data: Buffer.allocUnsafeSlow(leafSizeOf(this.#file.size, index)), size: 0};
		return this.#finish();
	}

	#add({leaf, offset, data}: FilePiece): FetchStep | undefined {
		const coming = this.#coming;
		if (leaf >= this.#askedUntil) return this.#violation('unasked');
		if (coming === undefined || leaf !== this.#next || offset !== coming.size) return this.#violation('order');
		if (offset + data.length > coming.data.length) return this.#violation('outside');
		data.copy(coming.data, offset);
		coming.size += data.length;
		return this.#finish();
	}

	/** The leaf, once all of its pieces are here. */
	#finish(): FetchStep | undefined {
		const {path, data, size} = this.#coming!;
		if (size < data.length) return undefined;
		const index = this.#next;
		const tree = {root: this.#file.root, leaves: this.#leaves};
		if (!isInTree(tree, index, hashLeaf(data), path)) return this.#violation('hash');
		this.#coming = undefined;
		this.#next++;
		return {kind: 'leaf', index, data};
	}

	#violation(flaw: FetchFlaw): FetchStep {
		this.#phase = 'over';
		this.#coming = undefined;
		return {kind: 'violation', flaw};
	}
}
