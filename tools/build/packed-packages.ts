// Packages of many files, made into one file each for the processes of tests (test-imports.ts).
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

type Importer = {
	/** The package whose files import these; '' for our own files. */
	readonly name: string;
	readonly modules: readonly string[];
	readonly commonJs: readonly string[];
};

/** What one of them is made of another may be, too: each module is there once. */
export const IMPORTERS: readonly Importer[] = [
	{
		name: 'ava',
		modules: ['cbor2', 'cbor2/encoder', 'cbor2/sorts', 'globby'],
		commonJs: ['concordance'],
	},
	{
		name: '',
		modules: ['cborg', 'conf', 'fast-check', 'ink', 'ink-text-input', 'string-width', 'zod'],
		commonJs: ['prom-client', 'react', 'react/jsx-runtime'],
	},
];

/** By the end of the importer's folder in node_modules, '' for our own files, and by name of package: the URL to import. */
export type PackedIndex = Readonly<Record<string, Readonly<Record<string, string>>>>;

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
	const index: Record<string, Record<string, string>> = {};
	const entryPoints: Record<string, string> = {};
	for (const importer of IMPORTERS) {
		const files: Record<string, string> = {};
		for (const name of [...importer.modules, ...importer.commonJs]) {
			const entry = `${importer.name}-${name.replaceAll('/', '-')}`;
			entryPoints[entry] = `packed:${importer.name}:${name}`;
			files[name] = pathToFileURL(path.join(folder, `${entry}.mjs`)).href;
		}

		index[importer.name] = files;
	}

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

/** Entries that export what the packages do, as seen from the folder of the importer. */
const entries: Plugin = {
	name: 'entries',
	setup(build) {
		build.onResolve({filter: /^packed:/}, ({path: entry}) => ({
			path: entry.slice('packed:'.length),
			namespace: 'packed',
		}));
		build.onLoad({filter: /./, namespace: 'packed'}, ({path: entry}) => {
			const [importer, name = ''] = entry.split(':');
			const isCommonJs = IMPORTERS.some(each => each.name === importer && each.commonJs.includes(name));
			const resolveDir = path.join(root, 'node_modules', importer ?? '');
			const whole = JSON.stringify(name);
			const own = `import * as all from ${whole}; export default all.default; export * from ${whole};`;
			if (!isCommonJs) return {contents: own, resolveDir};
			const found = createRequire(path.join(resolveDir, 'package.json'))(name) as object;
			const names = Object.keys(found).filter(each => each !== 'default');
			return {
				contents: `import all from ${whole}; export default all; export const {${names.join()}} = all;`,
				resolveDir,
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
