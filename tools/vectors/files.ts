// Test values of files: a tree of three leaves, an empty file, and each message of their channel.
import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {LEAF_SIZE} from '../../source/protocol/files/file-limits.ts';
import {TreeBuilder, hashLeaf, isInTree} from '../../source/protocol/files/hash-tree.ts';
import {FILE_END, encodeFileMessage} from '../../source/wire/messages/file.ts';
import {type Value, section} from './sheet.ts';

const SIZE = 2 * LEAF_SIZE + 5;

export function filesSection(): string {
	const file = Buffer.from(Uint8Array.from({length: SIZE}, (_, index) => index % 251));
	const leaves = [0, 1, 2].map(leaf => file.subarray(leaf * LEAF_SIZE, (leaf + 1) * LEAF_SIZE));
	const hashes = leaves.map(leaf => hashLeaf(leaf));
	const builder = new TreeBuilder();
	for (const hash of hashes) builder.add(hash);
	const tree = builder.finish();
	for (const [leaf, hash] of hashes.entries()) assert(isInTree(tree, leaf, hash, tree.path(leaf)));
	const offer = Buffer.alloc(16, 0x22);
	const values: Value[] = [
		['size of the file', SIZE],
		...hashes.map((hash, leaf): Value => [`hash of leaf ${leaf}`, hash]),
		['root', tree.root],
		['path of leaf 1', Buffer.concat(tree.path(1))],
		['path of leaf 2', Buffer.concat(tree.path(2))],
		['root of a file of no bytes', hashLeaf(Buffer.alloc(0))],
		['ASK: leaves 1 and 2', encodeFileMessage({kind: 'ask', offer, from: 1, until: 3})],
		['LEAF: 2', encodeFileMessage({kind: 'leaf', offer, index: 2, path: tree.path(2)})],
		['PIECE: all of leaf 2', encodeFileMessage({kind: 'piece', offer, leaf: 2, offset: 0, data: leaves[2]!})],
		['END: complete', encodeFileMessage({kind: 'end', offer, reason: FILE_END.complete})],
	];
	const prose = 'A file whose bytes are their own places modulo 251. The id of its offer is sixteen bytes 22.';
	return section('A.10 Files', prose, values);
}
