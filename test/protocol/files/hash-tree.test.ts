// The tree of a file against RFC 9162 §2.1 as it is written there, and what its paths prove.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {sha256} from '../../../source/crypto/hash.ts';
import {LEAF_SIZE} from '../../../source/protocol/files/file-limits.ts';
import {
	HashTree,
	TreeBuilder,
	hashLeaf,
	isInTree,
	leafSizeOf,
	leavesOf,
} from '../../../source/protocol/files/hash-tree.ts';

const node = (left: Buffer, right: Buffer) => sha256(Buffer.of(1), left, right);

/** The largest power of two below n. */
function half(count: number): number {
	let size = 1;
	while (size * 2 < count) size *= 2;
	return size;
}

/** MTH of §2.1.1, of hashes of leaves. */
function rootOf(hashes: readonly Buffer[]): Buffer {
	if (hashes.length === 1) return hashes[0]!;
	const at = half(hashes.length);
	return node(rootOf(hashes.slice(0, at)), rootOf(hashes.slice(at)));
}

/** PATH of §2.1.3.1. */
function pathOf(index: number, hashes: readonly Buffer[]): Buffer[] {
	if (hashes.length === 1) return [];
	const at = half(hashes.length);
	const [left, right] = [hashes.slice(0, at), hashes.slice(at)];
	return index < at ? [...pathOf(index, left), rootOf(right)] : [...pathOf(index - at, right), rootOf(left)];
}

const hashesOf = (count: number) => Array.from({length: count}, (_, index) => hashLeaf(Buffer.from(`${index}`)));

function treeOf(hashes: readonly Buffer[]): HashTree {
	const builder = new TreeBuilder();
	for (const hash of hashes) builder.add(hash);
	return builder.finish();
}

test('the roots of the test data of Certificate Transparency', t => {
	const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
	const roots = [
		'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
		'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
		'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
		'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
		'4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
		'76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
		'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
		'5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
	];
	const hashes = leaves.map(each => hashLeaf(Buffer.from(each, 'hex')));
	t.deepEqual(
		roots.map((_, index) => treeOf(hashes.slice(0, index + 1)).root.toString('hex')),
		roots,
	);
});

test('every tree of 1 to 70 leaves, and one of 1000, has the root and the paths that the RFC defines; each leaf is in it', t => {
	for (const count of [...Array.from({length: 70}, (_, index) => index + 1), 1000]) {
		const hashes = hashesOf(count);
		const tree = treeOf(hashes);
		t.deepEqual([tree.root, tree.leaves], [rootOf(hashes), count]);
		for (let index = 0; index < count; index += count > 70 ? 37 : 1) {
			const path = tree.path(index);
			t.deepEqual(path, pathOf(index, hashes));
			t.true(isInTree(tree, index, hashes[index]!, path));
		}

		t.deepEqual(new HashTree(tree.leafHashes).root, tree.root);
	}
});

test('a leaf is at its own place alone, with its own path, in a tree of its own size', t => {
	const place = fc.integer({min: 1, max: 40}).chain(count => fc.tuple(fc.constant(count), fc.nat(count - 1)));
	fc.assert(
		fc.property(place, fc.nat(), fc.nat(70), fc.nat(70), ([count, index], at, otherIndex, otherCount) => {
			const hashes = hashesOf(count);
			const tree = treeOf(hashes);
			const [path, hash] = [tree.path(index), hashes[index]!];
			t.false(isInTree(tree, index, hash, [...path, hash]));
			t.false(isInTree(tree, index, hashLeaf(Buffer.from('other')), path));
			if (otherIndex !== index) t.false(isInTree(tree, otherIndex, hash, path));
			if (path.length === 0) return;
			t.false(isInTree(tree, index, hash, path.slice(1)));
			t.false(isInTree(tree, index, hash, path.slice(0, -1)));
			const changed = path.map(each => Buffer.from(each));
			changed[at % path.length]![at % 32]! ^= 1;
			t.false(isInTree(tree, index, hash, changed));
			// A root says nothing of the number of leaves: with another one, no path that goes up in another way is taken.
			const other = {root: tree.root, leaves: otherCount};
			if (otherCount <= index) t.false(isInTree(other, index, hash, path));
		}),
	);
});

test('a node of the tree does not pass for a leaf', t => {
	const hashes = hashesOf(4);
	const tree = treeOf(hashes);
	const inner = Buffer.concat([hashes[0]!, hashes[1]!]);
	t.false(isInTree({root: tree.root, leaves: 2}, 0, hashLeaf(inner), [node(hashes[2]!, hashes[3]!)]));
});

test('a file has a leaf for each begun mebibyte, and at least one', t => {
	t.deepEqual([0, 1, LEAF_SIZE, LEAF_SIZE + 1, 5 * LEAF_SIZE, Number.MAX_SAFE_INTEGER].map(leavesOf), [
		1,
		1,
		1,
		2,
		5,
		2 ** 33,
	]);
	t.deepEqual(
		[leafSizeOf(0, 0), leafSizeOf(LEAF_SIZE, 0), leafSizeOf(LEAF_SIZE + 7, 0), leafSizeOf(LEAF_SIZE + 7, 1)],
		[0, LEAF_SIZE, LEAF_SIZE, 7],
	);
	t.deepEqual(treeOf([hashLeaf(Buffer.alloc(0))]).root, sha256(Buffer.of(0)));
	t.throws(() => new TreeBuilder().finish(), {instanceOf: RangeError});
	t.throws(() => new HashTree(Buffer.alloc(33)), {instanceOf: RangeError});
});
