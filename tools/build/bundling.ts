// How doors become bundles: what the build and the bench of what is built have in common.
import {rm} from 'node:fs/promises';
import {build} from 'esbuild';
import {faster} from './faster.ts';

const unused = './tools/build/unused.js';

/** Puts the bundles of these files, by name, and what they share into an emptied `folder`. */
export async function bundle(files: Readonly<Record<string, string>>, folder: string): Promise<void> {
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
		plugins: [faster],
		// Native, and found beside the bundle at run time.
		external: ['better-sqlite3-multiple-ciphers'],
		alias: {'react-devtools-core': unused, 'ajv/dist/2020.js': unused, 'ajv-formats': unused},
		// Packages written for require() find one in an ES module.
		banner: {
			js: "import {createRequire as makeRequire} from 'node:module';const require=makeRequire(import.meta.url);",
		},
	});
}
