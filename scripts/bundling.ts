// How a door becomes one file: what the build and the bench of what is built have in common.
import {type BuildOptions} from 'esbuild';

export const bundling = {
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node24',
	define: {'process.env.NODE_ENV': '"production"'},
	// Native, and found beside the bundle at run time.
	external: ['better-sqlite3-multiple-ciphers'],
	// Ink loads it in development alone.
	alias: {'react-devtools-core': './scripts/no-devtools.js'},
	// Packages written for require() find one in an ES module.
	banner: {js: "import {createRequire as makeRequire} from 'node:module';const require=makeRequire(import.meta.url);"},
} as const satisfies BuildOptions;
