// Files as tests give them: what is in them, their tree, and a disk that is read at once.
import {Buffer} from 'node:buffer';
import {type OfferedFile} from '../../source/protocol/files/fetching.ts';
import {LEAF_SIZE} from '../../source/protocol/files/file-limits.ts';
import {type Giving} from '../../source/protocol/files/giving.ts';
import {type HashTree, TreeBuilder, hashLeaf, leavesOf} from '../../source/protocol/files/hash-tree.ts';
import {FILE_END} from '../../source/wire/messages/file.ts';

export type SharedFile = OfferedFile & {readonly bytes: Buffer; readonly tree: HashTree};

export const offerOf = (number: number) => Buffer.alloc(16, number);

export function fileOf(size: number, number = 1): SharedFile {
	const bytes = Buffer.alloc(size);
	for (let at = 0; at < size; at += 4096) bytes.writeUInt8((at / 4096 + number) % 251, at);
	const builder = new TreeBuilder();
	for (let leaf = 0; leaf < leavesOf(size); leaf++) builder.add(hashLeaf(leafOf(bytes, leaf)));
	const tree = builder.finish();
	return {offer: offerOf(number), size, root: tree.root, bytes, tree};
}

export function leafOf(bytes: Buffer, leaf: number): Buffer {
	return bytes.subarray(leaf * LEAF_SIZE, (leaf + 1) * LEAF_SIZE);
}

/** Reads what is needed. */
export function readAll(giving: Giving, files: readonly SharedFile[], now: number): number {
	let reads = 0;
	for (let need = giving.needs(now); need !== undefined; need = giving.needs(now)) {
		const {offer, leaf} = need;
		const {bytes, tree} = files.find(each => each.offer.equals(offer))!;
		if (leaf < tree.leaves) giving.read(offer, leaf, leafOf(bytes, leaf), tree.path(leaf));
		else giving.refuse(offer, FILE_END.notHere);
		reads++;
	}

	return reads;
}
