// What is loaded of the catalogue and when: nothing before the first thing is seen, and of the languages the one that is spoken.
import path from 'node:path';
import test from 'ava';
import {type Metafile} from 'esbuild';
import {bundle} from '../../tools/build/bundling.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

/** The sources that are loaded with `output`, before it asks for others. */
function loadedWith({outputs}: Metafile, output: string, seen = new Set<string>()): string[] {
	const made = outputs[output];
	if (made === undefined || seen.has(output)) return [];
	seen.add(output);
	const needed = made.imports.filter(({kind, external}) => kind === 'import-statement' && external !== true);
	return [...Object.keys(made.inputs), ...needed.flatMap(each => loadedWith({inputs: {}, outputs}, each.path, seen))];
}

/** The language that a source belongs to; undefined for what belongs to none. */
function languageOf(source: string): string | undefined {
	return /^source\/catalogue\/([^/]+)\//.exec(source)?.[1];
}

test('the client shows its frame before any text is loaded, and loads no language but English and the one it speaks', async t => {
	const folder = path.join(temporaryFolder(t), 'dist');
	const made = await bundle({cli: 'cli.tsx'}, folder);
	const outputs = Object.entries(made.outputs);
	const [door] = outputs.find(([, {entryPoint}]) => entryPoint === 'cli.tsx') ?? [''];
	const loaded = loadedWith(made, door);
	t.true(loaded.includes('source/cli/skeleton.ts'));
	t.deepEqual(
		loaded.filter(source => languageOf(source) !== undefined),
		[],
	);
	for (const [output, {entryPoint}] of outputs) {
		if (entryPoint === undefined) continue;
		const others = loadedWith(made, output).filter(
			source => ![undefined, 'en', languageOf(entryPoint)].includes(languageOf(source)),
		);
		t.deepEqual(others, [], entryPoint);
	}
});
