// Bundles both doors into dist/, one file each: a bundle starts four times as fast as the sources.
import {build} from 'esbuild';

await build({
	entryPoints: {cli: 'cli.tsx', server: 'server.ts'},
	outdir: 'dist',
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
});
