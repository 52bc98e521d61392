// How doors become bundles: what the build and the bench of what is built have in common.
import {rm} from 'node:fs/promises';
import {type Metafile, build} from 'esbuild';
import {faster} from './faster.ts';
import {copyNative, linkNative, nativeBinding} from './native.ts';
import {patching} from './patching.ts';

/**
 * Puts the bundles of these files, by name, and what they share into an emptied `folder`; what they are made of. With `isWhole` the folder
 * may go to other machines, and the build fails when a package that is to be patched is in none of them.
 */
export async function bundle(
	files: Readonly<Record<string, string>>,
	folder: string,
	{isWhole = false} = {},
): Promise<Metafile> {
	await rm(folder, {recursive: true, force: true});
	const {metafile} = await build({
		metafile: true,
		entryPoints: {...files},
		outdir: folder,
		bundle: true,
		// What is loaded on demand is read on demand.
		splitting: true,
		minify: true,
		platform: 'node',
		format: 'esm',
		target: 'node24',
		define: {
			'process.env.NODE_ENV': '"production"',
			// Yoga would fetch the bytes that it has in a string, and Node would load all of its HTTP for that. Nobody else fetches.
			fetch: 'undefined',
		},
		plugins: [nativeBinding, patching(faster, isWhole ? Object.keys(faster) : [])],
		alias: {
			// What Ink loads when somebody develops it.
			'react-devtools-core': './tools/build/unused.js',
			'simchat-segmenter': './source/content/segmenter.ts',
		},
		// Packages written for require() find one in an ES module.
		banner: {
			js: "import {createRequire as makeRequire} from 'node:module';const require=makeRequire(import.meta.url);",
		},
	});
	await (isWhole ? copyNative(folder) : linkNative(folder));
	return metafile;
}

/** Puts what the launcher loads before a door into `folder`. */
export async function bundleSkeleton(folder: string): Promise<void> {
	await build({
		entryPoints: {skeleton: 'source/cli/early-skeleton.ts'},
		outdir: folder,
		outExtension: {'.js': '.cjs'},
		bundle: true,
		minify: true,
		platform: 'node',
		format: 'cjs',
		target: 'node24',
	});
}
