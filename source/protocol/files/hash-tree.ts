// What a file is known by: the root of a Merkle tree over its leaves, after RFC 9162 §2.1, with SHA-256. With its path each leaf is checked by itself.
import {Buffer} from 'node:buffer';
import {sha256} from '../../crypto/hash.ts';
import {LEAF_LIMIT, LEAF_SIZE} from './file-limits.ts';

const HASH_SIZE = 32;
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** How many leaves a file of so many bytes has: the last may be shorter, and a file of no bytes has one of none. */
export function leavesOf(size: number): number {
	return Math.max(1, Math.ceil(size / LEAF_SIZE));
}

/** Bytes of one of its leaves. */
export function leafSizeOf(size: number, leaf: number): number {
	return Math.min(LEAF_SIZE, size - leaf * LEAF_SIZE);
}

/** H(0 ‖ data), 32 bytes. */
export function hashLeaf(data: Buffer): Buffer {
	return sha256(LEAF, data);
}

/** H(1 ‖ left ‖ right), 32 bytes. */
function hashNode(left: Buffer, right: Buffer): Buffer {
	return sha256(NODE, left, right);
}

/** Takes the hashes of a file's leaves in their order, as it is read: 32 bytes of memory for each. */
export class TreeBuilder {
	#hashes = Buffer.alloc(64 * HASH_SIZE);
	#size = 0;

	/** Throws RangeError when there are more than a file may have. */
	add(hash: Buffer): void {
		if (this.#size >= LEAF_LIMIT * HASH_SIZE) throw new RangeError(`a file has at most ${LEAF_LIMIT} leaves`);
		if (this.#size === this.#hashes.length) this.#hashes = Buffer.concat([this.#hashes], 2 * this.#size);
		hash.copy(this.#hashes, this.#size);
		this.#size += HASH_SIZE;
	}

	/** Throws RangeError when there was none: a file of no bytes has one. */
	finish(): HashTree {
		return new HashTree(this.#hashes.subarray(0, this.#size));
	}
}

/** The whole tree of a file: 64 bytes of memory for each leaf. */
export class HashTree {
	/** The hashes of the leaves one behind the other, of which the tree can be made again. */
	readonly leafHashes: Buffer;
	/** Levels above the leaves, up to the root: of a level with an odd number the last one stands in the next as it is. */
	readonly #levels: readonly Buffer[];

	constructor(leafHashes: Buffer) {
		if (leafHashes.length === 0 || leafHashes.length % HASH_SIZE !== 0) {
			throw new RangeError(`${leafHashes.length} bytes are no hashes of leaves`);
		}

		this.leafHashes = leafHashes;
		const levels = [leafHashes];
		for (let level = leafHashes; level.length > HASH_SIZE; levels.push(level)) level = above(level);
		this.#levels = levels;
	}

	get leaves(): number {
		return this.leafHashes.length / HASH_SIZE;
	}

	/** 32 bytes. */
	get root(): Buffer {
		return this.#levels.at(-1)!;
	}

	/** The audit path of a leaf (RFC 9162 §2.1.3.1): the hashes beside it and beside what is above it, from the leaf up. */
	path(leaf: number): Buffer[] {
		const path: Buffer[] = [];
		let index = leaf;
		for (const level of this.#levels.slice(0, -1)) {
			const beside = index % 2 === 0 ? index + 1 : index - 1;
			if (beside * HASH_SIZE < level.length) path.push(hashAt(level, beside));
			index = Math.floor(index / 2);
		}

		return path;
	}
}

/** Whether a leaf with this hash is at this place of the tree with this root and so many leaves (RFC 9162 §2.1.3.2). */
export function isInTree(
	{root, leaves}: {readonly root: Buffer; readonly leaves: number},
	leaf: number,
	hash: Buffer,
	path: readonly Buffer[],
): boolean {
	let [index, last, reached] = [leaf, leaves - 1, hash];
	if (index > last) return false;
	for (const beside of path) {
		if (last === 0) return false;
		if (index % 2 === 1 || index === last) {
			reached = hashNode(beside, reached);
			while (index % 2 === 0 && index !== 0) [index, last] = [index / 2, Math.floor(last / 2)];
		} else {
			reached = hashNode(reached, beside);
		}

		[index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
	}

	return last === 0 && reached.equals(root);
}

function hashAt(level: Buffer, index: number): Buffer {
	return level.subarray(index * HASH_SIZE, (index + 1) * HASH_SIZE);
}

function above(level: Buffer): Buffer {
	const count = level.length / HASH_SIZE;
	const next = Buffer.allocUnsafe(Math.ceil(count / 2) * HASH_SIZE);
	for (let index = 0; index < count; index += 2) {
		const left = hashAt(level, index);
		const hash = index + 1 < count ? hashNode(left, hashAt(level, index + 1)) : left;
		hash.copy(next, (index / 2) * HASH_SIZE);
	}

	return next;
}
