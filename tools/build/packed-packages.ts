// Packages of many files, and the test runner, made into one file each for the processes of tests (test-imports.ts).
import {readFileSync, readdirSync, renameSync, statSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import type {Plugin} from 'esbuild';
import {removeFolder} from '../temporary-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');
const cache = path.join(root, 'node_modules/.cache/simchat-packages');
const packed = path.join(cache, 'packed.json');
/** Another run may still read older ones, but not for so long, ms. */
const KEPT_MS = 24 * 3600 * 1000;

/** What our own files import: ES modules, and those written for require(). What one is made of another may be, too: each module is there once. */
export const PACKAGES = {
	modules: ['cborg', 'conf', 'fast-check', 'ink', 'ink-text-input', 'string-width', 'zod/mini'],
	commonJs: ['prom-client', 'react', 'react/jsx-runtime'],
} as const;

/** The test runner: what it starts for each file of tests, and what these import. Both are one, with one state. */
const RUNNER = {worker: 'node_modules/ava/lib/worker/base.js', main: 'ava'} as const;

/** By name of package, and by URL what the runner starts: the URL to import. */
export type PackedIndex = Readonly<Record<string, string>>;

type Packed = {
	readonly folder: string;
	/** What it was made of, and how. */
	readonly made: string;
	/** Files of `made`. */
	readonly inputs: readonly string[];
};

/** A folder with one file for each package and what they share, and `index.json`; made anew whenever a file that went into it has changed. */
export async function packedPackages(): Promise<string> {
	const last = read();
	if (last !== undefined && last.made === stateOf(last.inputs)) return last.folder;
	const folder = path.join(cache, `${process.pid}-${Date.now()}`);
	const inputs = await pack(folder);
	const own = `${folder}.json`;
	writeFileSync(own, JSON.stringify({folder, made: stateOf(inputs), inputs} satisfies Packed));
	renameSync(own, packed);
	removeOld();
	return folder;
}

function read(): Packed | undefined {
	try {
		const last = JSON.parse(readFileSync(packed, 'utf8')) as Packed;
		return statSync(last.folder).isDirectory() ? last : undefined;
	} catch {
		return undefined;
	}
}

/** Whatever is written to a file changes the last of these; a package that is installed elsewhere changes npm's own list. */
export function stateOf(inputs: readonly string[]): string {
	const files = [import.meta.filename, path.join(root, 'node_modules/.package-lock.json'), ...inputs];
	const states = files.map(file => {
		const found = statSync(file, {throwIfNoEntry: false});
		return found === undefined ? '' : `${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
	});
	return [process.version, ...states].join('\n');
}

/** Puts all of them into `folder`. The files that they were made of. */
async function pack(folder: string): Promise<string[]> {
	const {build} = await import('esbuild');
	const index: Record<string, string> = {};
	const entryPoints: Record<string, string> = {};
	for (const name of [...PACKAGES.modules, ...PACKAGES.commonJs, RUNNER.main]) {
		const entry = name.replaceAll('/', '-');
		entryPoints[entry] = `packed:${name}`;
		index[name] = pathToFileURL(path.join(folder, `${entry}.mjs`)).href;
	}

	const worker = path.join(root, RUNNER.worker);
	entryPoints['ava-worker'] = worker;
	index[pathToFileURL(worker).href] = pathToFileURL(path.join(folder, 'ava-worker.mjs')).href;
	const {metafile} = await build({
		entryPoints,
		absWorkingDir: root,
		outdir: folder,
		outExtension: {'.js': '.mjs'},
		metafile: true,
		bundle: true,
		splitting: true,
		platform: 'node',
		format: 'esm',
		target: 'node24',
		logLevel: 'error',
		plugins: [entries],
		// What Ink loads when somebody develops it.
		external: ['react-devtools-core'],
		// Packages written for require() find one in an ES module.
		banner: {
			js: "import {createRequire as makeRequire} from 'node:module';const require=makeRequire(import.meta.url);",
		},
	});
	writeFileSync(path.join(folder, 'index.json'), JSON.stringify(index satisfies PackedIndex));
	return Object.keys(metafile.inputs)
		.filter(file => file.startsWith('node_modules/'))
		.map(file => path.join(root, file));
}

/** Entries that export what the packages do. */
const entries: Plugin = {
	name: 'entries',
	setup(build) {
		build.onResolve({filter: /^packed:/}, ({path: entry}) => ({
			path: entry.slice('packed:'.length),
			namespace: 'packed',
		}));
		build.onLoad({filter: /./, namespace: 'packed'}, ({path: name}) => {
			const whole = JSON.stringify(name);
			const own = `import * as all from ${whole}; export default all.default; export * from ${whole};`;
			const isCommonJs = PACKAGES.commonJs.some(each => each === name);
			if (!isCommonJs) return {contents: own, resolveDir: root};
			const found = createRequire(import.meta.url)(name) as object;
			const names = Object.keys(found).filter(each => each !== 'default');
			return {
				contents: `import all from ${whole}; export default all; export const {${names.join()}} = all;`,
				resolveDir: root,
			};
		});
	},
};

function removeOld(): void {
	for (const name of readdirSync(cache)) {
		const file = path.join(cache, name);
		const made = statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? Date.now();
		if (file !== packed && Date.now() - made > KEPT_MS) removeFolder(file);
	}
}
