// Files that others offer: those that the person wants, over sessions and restarts, until they are here.
import {Buffer} from 'node:buffer';
import path from 'node:path';
import {type FileAnswer} from '../../content/file-answer.ts';
import {LEAF_LIMIT, LEAF_SIZE} from '../../protocol/files/file-limits.ts';
import {leavesOf} from '../../protocol/files/hash-tree.ts';
import {FILE_END, type FileEnd, type FileLeaf, type FilePiece, encodeFileMessage} from '../../wire/messages/file.ts';
import {PartFile, freeBytes} from '../../os/part-file.ts';
import {type ConversationId, otherIn} from '../conversation.ts';
import {type FileRow, type FileState} from '../history/file-row.ts';
import {type History} from '../history/history.ts';
import {type Message, type MessageName} from '../message.ts';
import {FileFetch, type WantedFile, problemOf} from './file-fetch.ts';
import {numberedName, savedName} from './saved-name.ts';
import {type FileProblem, type Transfer, transferKey} from './transfer.ts';

/** Files of one account that come at once; the others wait for their turn. */
const AT_ONCE = 4;
/** Of files that are not wanted any more, what is still to be said. */
const LAST_WORDS = 64;

export type IncomingFilesPorts = {
	readonly history: Pick<History, 'file' | 'putFile' | 'removeFile' | 'filesInState'>;
	/** A message as it is now. */
	readonly message: (conversation: ConversationId, name: MessageName) => Message | undefined;
	/** Writes down what this side says of a file, and sends it. */
	readonly answer: (conversation: ConversationId, message: MessageName, value: FileAnswer) => void;
	/** There is something to say to the devices of an account. */
	readonly wake: (account: string) => void;
	/** Where files are saved: an absolute path. */
	readonly folder: () => string;
	/** Bytes of the largest file that is taken. */
	readonly limit: () => number;
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	/** A write that is done again later when the disk refuses it: undefined then. */
	readonly may: <Result>(work: () => Result) => Result | undefined;
	readonly show: (transfer: Transfer) => void;
};

type Saved = {readonly saved: string; readonly stamp: string};
type Begun = {readonly part: PartFile; readonly leaves: number} | Saved;

export class IncomingFiles {
	readonly #ports: IncomingFilesPorts;
	/** By `transferKey`, in the order that they were wanted in. */
	readonly #fetches = new Map<string, FileFetch>();
	/** Those that are being opened: not to be opened twice, and not wanted any more once they are taken out. */
	readonly #opening = new Set<string>();
	#lastWords: Array<{readonly account: string; readonly device: Buffer; readonly message: Buffer}> = [];
	/** By account: the device of the session that is sent on. */
	readonly #standing = new Map<string, Buffer>();
	#starting = Promise.resolve();
	#isClosed = false;

	constructor(ports: IncomingFilesPorts) {
		this.#ports = ports;
	}

	/** What was wanted when the process ended is wanted still, unless its message has gone: then nothing stays of it. */
	start(): void {
		this.#starting = this.#start();
	}

	async #start(): Promise<void> {
		const {history} = this.#ports;
		for (const row of [...history.filesInState('fetching'), ...history.filesInState('failed')]) {
			if (this.#isClosed) return;
			const wanted = this.#wanted(row.conversation, row.message.id);
			if (wanted === undefined) await this.#clear(row);
			else if (row.state === 'fetching') await this.#begin(wanted);
		}
	}

	/** Nothing more comes; what is there stays, so that it goes on later. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.#starting;
		await Promise.all([...this.#fetches.values()].map(async fetch => fetch.close()));
	}

	/** Wants a file; why it is not taken. It comes by itself from then on. */
	async take(conversation: ConversationId, id: string): Promise<FileProblem | undefined> {
		const wanted = this.#wanted(conversation, id);
		if (wanted === undefined || this.#fetches.has(keyOf(wanted))) return undefined;
		const problem = await this.#begin(wanted);
		if (problem === undefined && wanted.file.answers.out !== 'accepted') this.#answer(wanted, 'accepted');
		return problem;
	}

	/** Wants it not, or not any more. */
	refuse(conversation: ConversationId, id: string, answer: 'declined' | 'stopped'): void {
		const wanted = this.#wanted(conversation, id);
		if (wanted === undefined) return;
		this.#abandon(wanted);
		this.#answer(wanted, answer);
	}

	/** The device of an account that one of its files is wanted of, 8 bytes. */
	wantedDevice(account: string): Buffer | undefined {
		return this.#current(account)[0]?.device;
	}

	/**
	 * What a device of an account says of a file; false when nothing is wanted of it under that id. With `isSentOn` it came in the session in which it
	 * is asked for: what else comes was asked for before.
	 */
	onMessage(account: string, message: FileLeaf | FilePiece | FileEnd, device: Buffer, isSentOn: boolean): boolean {
		const id = message.offer.toString('hex');
		const fetch = this.#of(account).find(each => each.wanted.id === id && each.device.equals(device));
		if (isSentOn) fetch?.take(message);
		return fetch !== undefined;
	}

	/** Another session is sent on, with this device of the account; undefined when none stands. */
	onSession(account: string, device: Buffer | undefined): void {
		if (device === undefined) this.#standing.delete(account);
		else this.#standing.set(account, device);
		for (const fetch of this.#of(account)) fetch.onSession(device);
	}

	/** Says to the devices of an account what there is to say, as far as `enqueue` takes it. */
	fill(account: string, enqueue: (message: Buffer, to: Buffer) => boolean): void {
		// Who is not there to hear it hears it when they ask, or give.
		for (const words of this.#lastWords) if (words.account === account) enqueue(words.message, words.device);
		this.#lastWords = this.#lastWords.filter(words => words.account !== account);
		for (const fetch of this.#current(account)) fetch.fill(message => enqueue(message, fetch.device));
	}

	/** When there is something to say to an account by itself, on the elapsed clock. */
	dueAt(account: string): number {
		return Math.min(Number.POSITIVE_INFINITY, ...this.#current(account).map(({dueAt}) => dueAt));
	}

	/** A file that somebody offers, and that has not gone. */
	#wanted(conversation: ConversationId, id: string): WantedFile | undefined {
		const file = this.#ports.message(conversation, {direction: 'in', id})?.file;
		return file && {conversation, id, file};
	}

	async #begin(wanted: WantedFile): Promise<FileProblem | undefined> {
		const key = keyOf(wanted);
		if (this.#opening.has(key) || this.#fetches.has(key)) return undefined;
		this.#opening.add(key);
		try {
			const begun = await this.#open(wanted);
			if (typeof begun === 'string') {
				this.#show(wanted, {state: 'failed', problem: begun});
				return begun;
			}

			if ('saved' in begun) {
				this.#done(wanted, begun);
				return undefined;
			}

			const {part, leaves} = begun;
			// The person may have said no meanwhile.
			const isRefused = !this.#opening.has(key);
			const state = isRefused ? 'stopped' : 'fetching';
			const isKept = this.#keep(wanted, {path: part.path, stamp: part.stamp, leaves, state});
			if (this.#isClosed || !isKept || isRefused) {
				await (isKept && !isRefused ? part.close() : part.discard());
				return undefined;
			}

			const fetch = this.#newFetch(wanted, part, leaves);
			this.#fetches.set(key, fetch);
			fetch.begin(this.#standing.get(otherIn(wanted.conversation)));
			this.#ports.show(fetch.transfer);
			this.#ports.wake(otherIn(wanted.conversation));
			return undefined;
		} finally {
			this.#opening.delete(key);
		}
	}

	/** The part of it that is there, or a new one; where it is when it was whole; why there is none. */
	async #open(wanted: WantedFile): Promise<Begun | FileProblem> {
		const {conversation, id, file} = wanted;
		if (file.size > this.#ports.limit() || leavesOf(file.size) > LEAF_LIMIT) return 'limit';
		try {
			const row = this.#ports.history.file(conversation, {direction: 'in', id});
			const leaves = row?.leaves ?? 0;
			const there = Math.min(leaves * LEAF_SIZE, file.size);
			const isBegun = row !== undefined && row.state !== 'done';
			const part = isBegun ? await PartFile.resume(row.path, row.stamp, there) : undefined;
			const name = savedName(file.name);
			const nameOf = (number: number) => numberedName(name, number);
			if (isBegun && part === undefined && leaves === leavesOf(file.size)) {
				// The process was killed before it could say so.
				const saved = await PartFile.finished(row.path, row.stamp, nameOf);
				if (saved !== undefined) return {saved, stamp: row.stamp};
			}

			const folder = part === undefined ? this.#ports.folder() : path.dirname(part.path);
			if ((await freeBytes(folder)) < file.size - (part === undefined ? 0 : there)) {
				await part?.close();
				return 'no-room';
			}

			if (part !== undefined) return {part, leaves};
			const before = (at: string) => {
				this.#keep(wanted, {path: at, stamp: '', leaves: 0, state: 'fetching'});
			};
			return {part: await PartFile.create(folder, nameOf, before), leaves: 0};
		} catch (error) {
			return problemOf(error);
		}
	}

	#newFetch(wanted: WantedFile, part: PartFile, leaves: number): FileFetch {
		const end = (shown: Pick<Transfer, 'state' | 'problem' | 'path'>) => {
			this.#fetches.delete(keyOf(wanted));
			this.#show(wanted, shown);
			this.#ports.wake(otherIn(wanted.conversation));
		};
		const keep = (count: number, state: FileState) =>
			this.#keep(wanted, {path: part.path, stamp: part.stamp, leaves: count, state});
		const fetch: FileFetch = new FileFetch(wanted, part, leaves, {
			elapsed: this.#ports.elapsed,
			isThere: () => this.#wanted(wanted.conversation, wanted.id) !== undefined,
			keep: count => keep(count, 'fetching'),
			onDone: saved => {
				this.#fetches.delete(keyOf(wanted));
				this.#tell(fetch, FILE_END.complete);
				this.#done(wanted, {saved, stamp: part.stamp});
			},
			onFailed: (problem, count) => {
				keep(count, 'failed');
				end({state: 'failed', problem});
			},
			onStopped: () => {
				keep(0, 'stopped');
				end({state: 'stopped'});
			},
			onGone: () => {
				this.#forget(wanted);
				end({state: 'stopped'});
			},
			onWork: () => this.#ports.wake(otherIn(wanted.conversation)),
			onProgress: () => this.#ports.show(fetch.transfer),
		});
		return fetch;
	}

	/** Takes the part of a file off the disk whose message has gone. */
	async #clear({conversation, message, path: at, stamp}: FileRow): Promise<void> {
		await (await PartFile.resume(at, stamp, 0))?.discard();
		this.#forget({conversation, id: message.id});
	}

	#forget({conversation, id}: Pick<WantedFile, 'conversation' | 'id'>): void {
		if (this.#isClosed) return;
		this.#ports.may(() => this.#ports.history.removeFile(conversation, {direction: 'in', id}));
	}

	/** All of it is here. Who is killed in the middle finds it so again. */
	#done(wanted: WantedFile, {saved, stamp}: Saved): void {
		if (wanted.file.answers.out !== 'received') this.#answer(wanted, 'received');
		this.#keep(wanted, {path: saved, stamp, leaves: leavesOf(wanted.file.size), state: 'done'});
		this.#show(wanted, {state: 'done', path: saved});
		this.#ports.wake(otherIn(wanted.conversation));
	}

	/** It is not wanted any more, and nothing of it stays. */
	#abandon(wanted: WantedFile): void {
		const {conversation, id} = wanted;
		const key = keyOf(wanted);
		const fetch = this.#fetches.get(key);
		this.#fetches.delete(key);
		this.#opening.delete(key);
		if (fetch !== undefined) this.#leave(fetch);

		const row = this.#ports.history.file(conversation, {direction: 'in', id});
		if (row !== undefined && row.state !== 'done') this.#keep(wanted, {...row, leaves: 0, state: 'stopped'});
		this.#show(wanted, {state: 'stopped'});
		this.#ports.wake(otherIn(conversation));
	}

	/** Takes what is there of it off the disk, and tells the device once. */
	#leave(fetch: FileFetch): void {
		void fetch.discard();
		this.#tell(fetch, FILE_END.stopped);
	}

	/** Tells the device once that nothing more is wanted of a file, with `reason` of FILE_END. */
	#tell({wanted, device}: FileFetch, reason: number): void {
		const message = encodeFileMessage({kind: 'end', offer: Buffer.from(wanted.id, 'hex'), reason});
		if (this.#lastWords.length < LAST_WORDS)
			this.#lastWords.push({account: otherIn(wanted.conversation), device, message});
	}

	/** False when the message has gone; a full disk keeps what it has. */
	#keep(wanted: WantedFile, row: Pick<FileRow, 'path' | 'stamp' | 'leaves' | 'state'>): boolean {
		const {conversation, id} = wanted;
		const {path: at, stamp, leaves, state} = row;
		if (this.#isClosed) return true;
		const message = {direction: 'in', id} as const;
		const write = () => this.#ports.history.putFile({conversation, message, path: at, stamp, leaves, state});
		return this.#ports.may(write) ?? true;
	}

	#answer({conversation, id}: WantedFile, value: FileAnswer): void {
		if (this.#isClosed) return;
		this.#ports.may(() => this.#ports.answer(conversation, {direction: 'in', id}, value));
	}

	#show({conversation, id, file: {size}}: WantedFile, how: Pick<Transfer, 'state' | 'problem' | 'path'>): void {
		const done = how.state === 'done' ? size : 0;
		this.#ports.show({conversation, message: {direction: 'in', id}, done, size, rate: 0, ...how});
	}

	/** What is wanted of an account, oldest first. */
	#of(account: string): readonly FileFetch[] {
		return [...this.#fetches.values()].filter(({wanted}) => otherIn(wanted.conversation) === account);
	}

	/** Those whose turn it is: of one device at a time. */
	#current(account: string): readonly FileFetch[] {
		const all = this.#of(account);
		return all.filter(({device}) => all[0]?.device.equals(device)).slice(0, AT_ONCE);
	}
}

function keyOf({conversation, id}: WantedFile): string {
	return transferKey({conversation, message: {direction: 'in', id}});
}
