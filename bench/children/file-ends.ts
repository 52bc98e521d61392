// Both ends of a file without a disk: one has its leaves in memory, the other checks them and lets them go.
import {Buffer} from 'node:buffer';
import {type Fetching} from '../../source/protocol/files/fetching.ts';
import {LEAF_SIZE} from '../../source/protocol/files/file-limits.ts';
import {Giving} from '../../source/protocol/files/giving.ts';
import {type HashTree, TreeBuilder, hashLeaf, leavesOf} from '../../source/protocol/files/hash-tree.ts';
import {decodeFileMessage} from '../../source/wire/messages/file.ts';

/** Takes what has come on the channel of files, and hands over what is to be said there. */
export type FileEnd = {
	take(messages: readonly Buffer[], now: number): void;
	say(enqueue: (message: Buffer) => boolean, now: number): void;
};

/** A file of so many bytes, which are all zero: its tree, and who gives it. */
export function giverOf(size: number): {readonly root: Buffer; readonly end: FileEnd} {
	const leaf = Buffer.alloc(LEAF_SIZE);
	const builder = new TreeBuilder();
	for (let index = 0; index < leavesOf(size); index++) builder.add(hashLeaf(leaf));
	const tree = builder.finish();
	return {root: tree.root, end: new Giver(tree, leaf)};
}

class Giver implements FileEnd {
	readonly #giving = new Giving(0);
	readonly #tree: HashTree;
	readonly #leaf: Buffer;

	constructor(tree: HashTree, leaf: Buffer) {
		this.#tree = tree;
		this.#leaf = leaf;
	}

	take(messages: readonly Buffer[], now: number): void {
		for (const message of messages) {
			const asked = decodeFileMessage(message);
			if (asked?.kind === 'ask' || asked?.kind === 'end') this.#giving.take(asked, now);
		}
	}

	say(enqueue: (message: Buffer) => boolean, now: number): void {
		for (let need = this.#giving.needs(now); need !== undefined; need = this.#giving.needs(now)) {
			this.#giving.read(need.offer, need.leaf, this.#leaf, this.#tree.path(need.leaf));
		}

		this.#giving.say(enqueue);
	}
}

export class Fetcher implements FileEnd {
	readonly #fetching: Fetching;
	readonly #onComplete: () => void;

	constructor(fetching: Fetching, now: number, onComplete: () => void) {
		this.#fetching = fetching;
		this.#onComplete = onComplete;
		fetching.onSession(now);
	}

	take(messages: readonly Buffer[], now: number): void {
		for (const message of messages) {
			const said = decodeFileMessage(message);
			if (said === undefined || said.kind === 'ask') continue;
			const step = this.#fetching.take(said, now);
			if (step === undefined) continue;
			if (step.kind !== 'leaf') throw new Error(`no file: ${step.kind}`);
			this.#fetching.written(step.index);
			if (this.#fetching.isComplete) this.#onComplete();
		}
	}

	say(enqueue: (message: Buffer) => boolean, now: number): void {
		this.#fetching.say(enqueue, now);
	}
}
