// One file that comes: asked for part by part, each part on the disk before the next ones are asked for, and the whole checked before it
// has its name.
import {Buffer} from 'node:buffer';
import {LEAF_SIZE} from '../../protocol/files/file-limits.ts';
import {Fetching} from '../../protocol/files/fetching.ts';
import {TreeBuilder, hashLeaf, leafSizeOf, leavesOf} from '../../protocol/files/hash-tree.ts';
import {FILE_END, type FileEnd, type FileLeaf, type FilePiece} from '../../wire/messages/file.ts';
import {type PartFile} from '../../os/part-file.ts';
import {type ConversationId} from '../conversation.ts';
import {type FileOfMessage} from '../message.ts';
import {FileRate} from './file-rate.ts';
import {numberedName, savedName} from './saved-name.ts';
import {type FileProblem, type Transfer, type TransferState} from './transfer.ts';

/** With nothing come for so long, ms, it is shown as waiting. */
const QUIET_MS = 5000;
/** Whether the message is still there is looked at so often, ms: when something else is to be done, and when nothing is. */
const [LOOK_AGAIN_MS, LOOK_MS] = [1000, 60_000];

export type WantedFile = {readonly conversation: ConversationId; readonly id: string; readonly file: FileOfMessage};

export type FileFetchPorts = {
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	/** Whether the message that offers the file is. */
	readonly isThere: () => boolean;
	/** So many parts are on the disk; false when the message that offers the file is not there any more. */
	readonly keep: (leaves: number) => boolean;
	/** All of it is there, under this path. */
	readonly onDone: (path: string) => void;
	/** So many parts of it are good for another try. */
	readonly onFailed: (problem: FileProblem, leaves: number) => void;
	/** The other side gives no more of it. */
	readonly onStopped: () => void;
	/** The message has gone: nothing is to stay of it. */
	readonly onGone: () => void;
	/** There is something to say. */
	readonly onWork: () => void;
	/** There is something to show. */
	readonly onProgress: () => void;
};

export class FileFetch {
	readonly wanted: WantedFile;
	/** The device that has it, 8 bytes. */
	readonly device: Buffer;
	readonly #ports: FileFetchPorts;
	readonly #part: PartFile;
	readonly #fetching: Fetching;
	readonly #rate = new FileRate();
	/** What is on the disk, and what is written after it. */
	#leaves: number;
	#work = Promise.resolve();
	#cameAt = Number.NEGATIVE_INFINITY;
	#state: 'fetching' | 'checking' | 'over' = 'fetching';
	#isShownRunning = false;
	#lookedAt: number;

	constructor(wanted: WantedFile, part: PartFile, leaves: number, ports: FileFetchPorts) {
		const {size, root, device} = wanted.file;
		this.wanted = wanted;
		this.device = Buffer.from(device, 'hex');
		this.#ports = ports;
		this.#part = part;
		this.#leaves = leaves;
		this.#lookedAt = ports.elapsed();
		const offer = Buffer.from(wanted.id, 'hex');
		this.#fetching = new Fetching({offer, size, root: Buffer.from(root, 'hex')}, leaves);
	}

	/** How it stands. */
	get transfer(): Transfer {
		const {conversation, id, file} = this.wanted;
		const now = this.#ports.elapsed();
		const state = this.#shown(now);
		this.#isShownRunning = state === 'running';
		return {
			conversation,
			message: {direction: 'in', id},
			state,
			done: this.#fetching.received,
			size: file.size,
			rate: this.#rate.at(now),
		};
	}

	/** When `fill` has something to do by itself, on the elapsed clock. */
	get dueAt(): number {
		const quietAt =
			this.#shown(this.#ports.elapsed()) === 'running' ? this.#cameAt + QUIET_MS : Number.POSITIVE_INFINITY;
		return Math.min(quietAt, this.#lookedAt + LOOK_MS, this.#fetching.deadline);
	}

	/** From here on it comes, in the session with this device if one stands. */
	begin(device: Buffer | undefined): void {
		if (this.#fetching.isComplete) this.#check();
		this.onSession(device);
	}

	/** Another session is sent on, with this device: what was under way in the former one comes no more. */
	onSession(device: Buffer | undefined): void {
		if (device?.equals(this.device) === true) this.#fetching.onSession(this.#ports.elapsed());
		else this.#fetching.onSessionEnd();
	}

	/** Says what is wanted, as far as `enqueue` takes it. */
	fill(enqueue: (message: Buffer) => boolean): void {
		if (this.#state === 'over') return;
		const now = this.#ports.elapsed();
		if (now >= this.#lookedAt + LOOK_AGAIN_MS) {
			this.#lookedAt = now;
			if (!this.#ports.isThere()) return this.#gone();
		}

		if (this.#isShownRunning && this.#shown(now) === 'waiting') this.#ports.onProgress();
		if (this.#fetching.run(now) === 'silent') this.#fetching.askAnew(now);
		this.#fetching.say(enqueue, now);
	}

	/** What the device says of this file. */
	take(message: FileLeaf | FilePiece | FileEnd): void {
		if (this.#state !== 'fetching') return;
		const now = this.#ports.elapsed();
		const step = this.#fetching.take(message, now);
		if (step?.kind === 'ended') return this.#ended(step.reason);
		if (step?.kind === 'violation') return this.#spoiled('damaged');
		if (message.kind === 'end') return;
		this.#cameAt = now;
		if (step?.kind === 'leaf') this.#write(step.index, step.data);
		if (this.#rate.note(this.#fetching.received, now)) this.#ports.onProgress();
	}

	/** Keeps what is there, so that it can go on: at sign-off. */
	async close(): Promise<void> {
		this.#state = 'over';
		await this.#work;
		await this.#part.close();
	}

	/** Takes what is there off the disk. */
	async discard(): Promise<void> {
		this.#state = 'over';
		await this.#work;
		await this.#part.discard();
	}

	/** The other side gives no more of it, and says why. */
	#ended(reason: number): void {
		if (reason === FILE_END.unreadable) return this.#fail('unreadable');
		if (reason !== FILE_END.stopped) return this.#spoiled(reason === FILE_END.changed ? 'changed' : 'missing');
		void this.discard().then(() => this.#ports.onStopped());
	}

	/** It will never be what was offered: nothing of it stays. */
	#spoiled(problem: FileProblem): void {
		if (!this.#ports.isThere()) return this.#gone();
		void this.discard().then(() => this.#ports.onFailed(problem, 0));
	}

	/** The message that offers the file has gone. */
	#gone(): void {
		void this.discard().then(() => this.#ports.onGone());
	}

	#shown(now: number): TransferState {
		if (this.#state === 'checking') return 'checking';
		return now - this.#cameAt < QUIET_MS ? 'running' : 'waiting';
	}

	#write(leaf: number, data: Buffer): void {
		this.#then(async () => {
			await this.#part.write(data, leaf * LEAF_SIZE);
			this.#leaves = leaf + 1;
			if (this.#isOver) return;
			if (!this.#ports.keep(this.#leaves)) return this.#gone();
			this.#fetching.written(leaf);
			this.#ports.onWork();
			if (this.#fetching.isComplete) this.#check();
		});
	}

	/** Reads all of it once more: what the disk has is what counts. */
	#check(): void {
		this.#state = 'checking';
		this.#ports.onProgress();
		this.#then(async () => {
			const isSound = await this.#isSound();
			if (this.#isOver) return;
			if (!isSound) return this.#spoiled('damaged');
			const name = savedName(this.wanted.file.name);
			const path = await this.#part.finish(number => numberedName(name, number));
			this.#state = 'over';
			this.#ports.onDone(path);
		});
	}

	async #isSound(): Promise<boolean> {
		const {size, root} = this.wanted.file;
		const tree = new TreeBuilder();
		const bytes = Buffer.allocUnsafe(Math.min(LEAF_SIZE, size));
		const leaves = leavesOf(size);
		for (let leaf = 0; leaf < leaves && !this.#isOver; leaf++) {
			const part = bytes.subarray(0, leafSizeOf(size, leaf));
			if ((await this.#part.read(part, leaf * LEAF_SIZE)) !== part.length) return false;
			tree.add(hashLeaf(part));
		}

		return !this.#isOver && tree.finish().root.toString('hex') === root;
	}

	get #isOver(): boolean {
		return this.#state === 'over';
	}

	/** One step after the other; what the disk refuses ends it, and what is there stays. */
	#then(step: () => Promise<void>): void {
		this.#work = this.#after(this.#work, step);
	}

	async #after(before: Promise<void>, step: () => Promise<void>): Promise<void> {
		await before;
		if (this.#isOver) return;
		try {
			await step();
		} catch (error) {
			this.#fail(problemOf(error));
		}
	}

	/** What is there stays for another try, as long as the message does. */
	#fail(problem: FileProblem): void {
		if (this.#isOver) return;
		if (!this.#ports.isThere()) return this.#gone();
		void this.close()
			.catch(() => {})
			.then(() => this.#ports.onFailed(problem, this.#leaves));
	}
}

/** What the file system refused. */
export function problemOf(error: unknown): FileProblem {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return 'no-room';
	return code === 'EIO' ? 'disk' : 'folder';
}
