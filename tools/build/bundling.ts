// How doors become bundles: what the build and the bench of what is built have in common.
import {rm} from 'node:fs/promises';
import {build} from 'esbuild';
import {faster} from './faster.ts';
import {patching} from './patching.ts';

/**
 * Puts the bundles of these files, by name, and what they share into an emptied `folder`. With `isWhole` the build fails when a
 * package that is to be patched is in none of them.
 */
export async function bundle(
	files: Readonly<Record<string, string>>,
	folder: string,
	{isWhole = false} = {},
): Promise<void> {
	await rm(folder, {recursive: true, force: true});
	await build({
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
		plugins: [patching(faster, isWhole ? Object.keys(faster) : [])],
		// Native, and found beside the bundle at run time.
		external: ['better-sqlite3-multiple-ciphers'],
		// What Ink loads when somebody develops it.
		alias: {'react-devtools-core': './tools/build/unused.js'},
		// Packages written for require() find one in an ES module.
		banner: {
			js: "import {createRequire as makeRequire} from 'node:module';const require=makeRequire(import.meta.url);",
		},
	});
}
