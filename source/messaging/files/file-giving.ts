// Files that one device of somebody fetches: parts are read as they are asked for, and only of what was offered to that account.
import {Buffer} from 'node:buffer';
import {LEAF_SIZE} from '../../protocol/files/file-limits.ts';
import {Giving, type NeededLeaf} from '../../protocol/files/giving.ts';
import {type HashTree, leafSizeOf, leavesOf} from '../../protocol/files/hash-tree.ts';
import {FILE_END, type FileAsk, type FileEnd, decodeFileMessage} from '../../wire/messages/file.ts';
import {SourceFile} from '../../os/source-file.ts';
import {type FileOfMessage} from '../message.ts';
import {FileRate} from './file-rate.ts';
import {treeOf} from './tree-of-source.ts';

/** Files that are open at once for a device; those that were opened before are opened again when they are asked for. */
const OPEN_LIMIT = 16;

/** A file that is given: what was offered, and where it is. */
export type GivenFile = {readonly file: FileOfMessage; readonly path: string};

/** Of bytes, so many have gone out, at so many a second. */
export type GivenSoFar = {readonly done: number; readonly size: number; readonly rate: number};

export type FileGivingPorts = {
	readonly elapsed: () => number;
	/** What is offered to this account under this id, 32 hex digits; else why nothing is, of FILE_END. */
	readonly given: (id: string) => GivenFile | number;
	/** There is something to say. */
	readonly onWork: () => void;
	readonly onProgress: (id: string, how: GivenSoFar) => void;
};

/** `done`: bytes that have gone out. */
type Open = {readonly source: SourceFile; readonly tree: HashTree; readonly rate: FileRate; done: number};

export class FileGiving {
	readonly #ports: FileGivingPorts;
	readonly #giving: Giving;
	/** By id; those that are asked for. */
	readonly #open = new Map<string, Open>();
	#isReading = false;
	#isClosed = false;

	constructor(ports: FileGivingPorts) {
		this.#ports = ports;
		this.#giving = new Giving(ports.elapsed());
	}

	/** What the device asks for. */
	take(message: FileAsk | FileEnd): void {
		this.#giving.take(message, this.#ports.elapsed());
		// Whoever begins anew ends what was before, too: the file stays open.
		if (message.kind === 'end' && message.reason === FILE_END.complete) this.#forget(message.offer.toString('hex'));
		this.#read();
	}

	/** Says what is asked for, as far as `enqueue` takes it. */
	fill(enqueue: (message: Buffer) => boolean): void {
		this.#giving.say(message => {
			const isTaken = enqueue(message);
			if (isTaken) this.#said(message);
			return isTaken;
		});
		this.#read();
	}

	/** When there is something to say by itself, on the elapsed clock. */
	get dueAt(): number {
		return this.#giving.deadline(this.#ports.elapsed());
	}

	/** By id: what has gone out of those that are not given to their end. */
	get underWay(): ReadonlyArray<readonly [id: string, how: GivenSoFar]> {
		const begun = [...this.#open].filter(([, {done, source}]) => done > 0 && done < source.size);
		return begun.map(([id, {done, source}]) => [id, {done, size: source.size, rate: 0}]);
	}

	/** Gives no more of it; `reason` of FILE_END. */
	end(id: string, reason: number): void {
		if (this.#open.has(id)) this.#refuse(Buffer.from(id, 'hex'), reason);
	}

	close(): void {
		this.#isClosed = true;
		for (const id of this.#open.keys()) this.#forget(id);
	}

	#read(): void {
		if (!this.#isReading && !this.#isClosed) void this.#readAll();
	}

	/** One leaf after the other, as long as one is needed. */
	async #readAll(): Promise<void> {
		this.#isReading = true;
		for (let needed = this.#needs; needed !== undefined; needed = this.#needs) {
			await this.#readOne(needed.offer, needed.leaf);
			if (!this.#isClosed) this.#ports.onWork();
		}

		this.#isReading = false;
	}

	get #needs(): NeededLeaf | undefined {
		return this.#isClosed ? undefined : this.#giving.needs(this.#ports.elapsed());
	}

	async #readOne(offer: Buffer, leaf: number): Promise<void> {
		const id = offer.toString('hex');
		try {
			const given = this.#ports.given(id);
			if (typeof given === 'number') return this.#refuse(offer, given);
			const {size} = given.file;
			if (leaf >= leavesOf(size)) return this.#refuse(offer, FILE_END.notHere);
			const open = this.#open.get(id) ?? (await this.#opened(id, given));
			if (typeof open === 'number') return this.#refuse(offer, open);
			const data = await open.source.read(leaf * LEAF_SIZE, leafSizeOf(size, leaf));
			if (data === undefined) return this.#refuse(offer, FILE_END.changed);
			this.#giving.read(offer, leaf, data, open.tree.path(leaf));
		} catch {
			this.#refuse(offer, FILE_END.unreadable);
		}
	}

	/** Opened for the first time since it was asked for: it has to be what was offered, all of it. */
	async #opened(id: string, {file, path}: GivenFile): Promise<Open | number> {
		const opened = await SourceFile.open(path);
		if (!('file' in opened)) return opened.refusal === 'missing' ? FILE_END.notHere : FILE_END.unreadable;
		const {file: source} = opened;
		const tree = source.size === file.size ? await treeOf(source) : undefined;
		if (this.#isClosed || tree?.root.toString('hex') !== file.root) {
			await source.close();
			return FILE_END.changed;
		}

		const open = {source, tree, rate: new FileRate(), done: 0};
		this.#open.set(id, open);
		const [oldest = id] = this.#open.keys();
		if (this.#open.size > OPEN_LIMIT) this.#forget(oldest);
		return open;
	}

	#refuse(offer: Buffer, reason: number): void {
		this.#forget(offer.toString('hex'));
		this.#giving.refuse(offer, reason);
	}

	/** It has gone into the hands of a session. */
	#said(bytes: Buffer): void {
		const message = decodeFileMessage(bytes);
		if (message?.kind !== 'piece') return;
		const id = message.offer.toString('hex');
		const open = this.#open.get(id);
		if (open === undefined) return;
		const now = this.#ports.elapsed();
		const done = message.leaf * LEAF_SIZE + message.offset + message.data.length;
		const {size} = open.source;
		open.done = done;
		if (!open.rate.note(done, now) && done < size) return;
		this.#ports.onProgress(id, {done, size, rate: open.rate.at(now)});
	}

	#forget(id: string): void {
		const open = this.#open.get(id);
		this.#open.delete(id);
		void open?.source.close().catch(() => {});
	}
}
