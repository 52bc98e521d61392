// The hash tree over a file, read once from its beginning to its end.
import {LEAF_SIZE} from '../../protocol/files/file-limits.ts';
import {type HashTree, TreeBuilder, hashLeaf, leafSizeOf, leavesOf} from '../../protocol/files/hash-tree.ts';
import {type SourceFile} from '../../os/source-file.ts';

/** Undefined when the file changes meanwhile. Throws what the file system throws. */
export async function treeOf(source: SourceFile): Promise<HashTree | undefined> {
	const tree = new TreeBuilder();
	const leaves = leavesOf(source.size);
	for (let leaf = 0; leaf < leaves; leaf++) {
		const data = await source.read(leaf * LEAF_SIZE, leafSizeOf(source.size, leaf));
		if (data === undefined) return undefined;
		tree.add(hashLeaf(data));
	}

	return tree.finish();
}
