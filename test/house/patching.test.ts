// What the build makes of packages: a change that does not apply fails it, with name and version, and their licences go with the bundle.
import {execFile} from 'node:child_process';
import {mkdir, readFile, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {type BuildFailure, type Plugin, build} from 'esbuild';
import {bundle} from '../../tools/build/bundling.ts';
import {faster} from '../../tools/build/faster.ts';
import {noticesOf, packagesIn} from '../../tools/build/notices.ts';
import {type Patches, patching} from '../../tools/build/patching.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

type Files = Readonly<Record<string, string>>;

const packages = path.resolve('node_modules');
const OUTPUT = 'build/output.js';
const SQUASH = 'build/squash-text-nodes.js';
const LINES = 'build/line-update.js';

/** What the files of the package import is no part of the bundle. */
const alone: Plugin = {
	name: 'alone',
	setup(plan) {
		plan.onResolve({filter: /./}, ({importer, path: name}) =>
			/^$|entry\.js$|index\.js$/.test(importer) ? undefined : {path: name, external: true},
		);
	},
};

async function ink(file: string): Promise<string> {
	return readFile(path.join(packages, 'ink', file), 'utf8');
}

/** The errors of a build of these files of Ink, which are all that its index imports. */
async function errorsOf(t: ExecutionContext, files: Files, patches: Patches, required?: readonly string[]) {
	const folder = temporaryFolder(t);
	const all: Files = {
		'entry.js': "import 'ink';",
		'node_modules/ink/package.json': '{"name": "ink", "version": "8.0.1", "main": "build/index.js"}',
		'node_modules/ink/build/index.js': Object.keys(files)
			.map(file => `import './${path.basename(file)}';`)
			.join('\n'),
		...Object.fromEntries(Object.entries(files).map(([file, text]) => [`node_modules/ink/${file}`, text])),
	};
	for (const [file, text] of Object.entries(all)) {
		await mkdir(path.dirname(path.join(folder, file)), {recursive: true});
		await writeFile(path.join(folder, file), text);
	}

	try {
		await build({
			entryPoints: [path.join(folder, 'entry.js')],
			bundle: true,
			write: false,
			format: 'esm',
			logLevel: 'silent',
			plugins: [patching(patches, required), alone],
		});
		return [];
	} catch (error) {
		return (error as BuildFailure).errors.map(({text}) => text);
	}
}

test('the Ink that is installed is patched', async t => {
	t.deepEqual(
		await errorsOf(t, {[OUTPUT]: await ink(OUTPUT), [SQUASH]: await ink(SQUASH), [LINES]: await ink(LINES)}, faster),
		[],
	);
});

test('an Ink whose source is another fails the build', async t => {
	const output = await ink(OUTPUT);
	const changed = output.replace('    widths = new Map();', '    widths = new WeakMap();');
	t.not(changed, output);
	t.deepEqual(await errorsOf(t, {[OUTPUT]: changed, [SQUASH]: await ink(SQUASH), [LINES]: await ink(LINES)}, faster), [
		'The patch of ink does not apply to its version 8.0.1: build/output.js has 0 times, not once:     widths = new Map();',
	]);
});

test('an Ink that has the text of a change twice fails the build', async t => {
	const output = `${await ink(OUTPUT)}\n//    widths = new Map();`;
	t.deepEqual(await errorsOf(t, {[OUTPUT]: output, [SQUASH]: await ink(SQUASH), [LINES]: await ink(LINES)}, faster), [
		'The patch of ink does not apply to its version 8.0.1: build/output.js has 2 times, not once:     widths = new Map();',
	]);
});

test('an Ink that has the file no more fails the build', async t => {
	t.deepEqual(await errorsOf(t, {[OUTPUT]: await ink(OUTPUT), [LINES]: await ink(LINES)}, faster), [
		'The patch of ink does not apply to its version 8.0.1: build/squash-text-nodes.js is not in the bundle',
	]);
});

test('a package that has to be there and is not fails the build', async t => {
	const files = {[OUTPUT]: await ink(OUTPUT), [SQUASH]: await ink(SQUASH), [LINES]: await ink(LINES)};
	t.deepEqual(await errorsOf(t, files, faster, ['ink', 'string-width']), [
		'The patch of string-width is not applied: it is not in the bundle',
	]);
});

test('conf still takes a schema when it is bundled', async t => {
	const folder = temporaryFolder(t);
	await symlink(packages, path.join(folder, 'node_modules'));
	const entry = path.join(folder, 'entry.js');
	await writeFile(
		entry,
		`import Conf from 'conf';
		const conf = new Conf({cwd: ${JSON.stringify(folder)}, schema: {at: {type: 'string', format: 'date'}}});
		conf.set('at', '2026-11-23');
		try {
			conf.set('at', 'never');
		} catch (error) {
			console.log(conf.get('at'), error.message);
		}`,
	);
	const built = path.join(folder, 'built');
	await bundle({entry}, built);
	const {stdout} = await promisify(execFile)(process.execPath, [path.join(built, 'entry.js')]);
	t.is(stdout, '2026-11-23 Config schema violation: `at` must match format "date"\n');
});

test('what a bundle is made of goes with its licences, and what it was not made of does not', async t => {
	const folder = temporaryFolder(t);
	const entry = path.join(folder, 'entry.js');
	await symlink(packages, path.join(folder, 'node_modules'));
	await writeFile(entry, "import {encode} from 'uqr'; console.log(encode);");
	const notices = await noticesOf(packagesIn(await bundle({entry}, path.join(folder, 'built'))));
	const {version} = JSON.parse(await readFile(path.join(packages, 'uqr/package.json'), 'utf8')) as {version: string};
	t.true(notices.includes(`uqr ${version} (MIT)\n\nMIT License`), notices);
	t.false(notices.includes('cborg'));
	// The native module is beside each bundle.
	t.regex(notices, /better-sqlite3-multiple-ciphers [\d.]+ \(MIT\)/);
	t.regex(notices, /Copyright: \(c\) 2006-\d+ Ulrich Telle/);
	await writeFile(path.join(folder, 'package.json'), '{"name": "unnamed", "version": "1.0.0"}');
	await t.throwsAsync(async () => noticesOf([folder]), {message: /^unnamed 1.0.0 names no licence/});
});
