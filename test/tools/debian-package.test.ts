// What the Debian package is made from, with stand-ins for what is built: the same places for each processor, and nobody's address.
import {mkdir, readFile, readdir, readlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {putPackage} from '../../tools/package/debian-package.ts';
import {type Architecture} from '../../tools/package/runtime.ts';
import {SHELLS, completionFile} from '../../source/usage/shell-completion.ts';

const PROGRAMS = ['simchat', 'simchat-server'];

/** The folder of a package; `dist` and Node are made up, and say for which processor they are. */
async function packaged(t: ExecutionContext, architecture: Architecture): Promise<string> {
	const folder = temporaryFolder(t);
	const dist = path.join(folder, 'dist');
	const shared = PROGRAMS.flatMap(program => [
		`share/man/${program}.1`,
		...SHELLS.map(shell => `share/completions/${shell}/${completionFile(program, shell)}`),
	]);
	const natives = ['x64', 'arm64'].map(each => `native/linux-${each}.node`);
	for (const name of ['cli.js', 'server.js', 'THIRD-PARTY-NOTICES.txt', ...natives, ...shared]) {
		const file = path.join(dist, name);
		await mkdir(path.dirname(file), {recursive: true});
		await writeFile(file, name);
	}

	const node = path.join(folder, 'node');
	await writeFile(node, `node for ${architecture}`);
	const root = path.join(folder, 'root');
	await putPackage(root, {architecture, runtime: {node, licence: 'as it is'}, dist, version: '1.2.3'});
	return root;
}

/** Paths with what is in them; '' for folders. */
async function contentsOf(root: string): Promise<ReadonlyMap<string, string>> {
	const entries = await readdir(root, {recursive: true, withFileTypes: true});
	const contents = entries.map(async (entry): Promise<[string, string]> => {
		const file = path.join(entry.parentPath, entry.name);
		const text = entry.isSymbolicLink() ? await readlink(file) : entry.isFile() ? await readFile(file, 'latin1') : '';
		return [path.relative(root, file), text];
	});
	return new Map((await Promise.all(contents)).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

const native = (architecture: Architecture) => `usr/lib/simchat/dist/native/linux-${architecture}.node`;
const control = (text = '') => text.replaceAll(/\b(?:amd64|arm64)\b/g, 'ARCHITECTURE');

test('the package for arm64 is that for x64, but for Node, the native module and what says so', async t => {
	const [x64, arm64] = await Promise.all([packaged(t, 'x64').then(contentsOf), packaged(t, 'arm64').then(contentsOf)]);
	t.deepEqual(
		[...arm64.keys()].map(name => (name === native('arm64') ? native('x64') : name)),
		[...x64.keys()],
	);
	const differing = [...x64.keys()].filter(name => arm64.get(name) !== x64.get(name));
	t.deepEqual(differing, ['DEBIAN/control', 'DEBIAN/md5sums', native('x64'), 'usr/lib/simchat/node']);
	t.is(arm64.get('usr/lib/simchat/node'), 'node for arm64');
	t.is(arm64.get(native('arm64')), 'native/linux-arm64.node');
	t.is(control(arm64.get('DEBIAN/control')), control(x64.get('DEBIAN/control')));
	t.regex(arm64.get('DEBIAN/control') ?? '', /^Architecture: arm64$/m);
});

test('the maintainer of the package has an address in form, and it is nobody’s', async t => {
	const text = (await contentsOf(await packaged(t, 'x64'))).get('DEBIAN/control') ?? '';
	t.regex(text, /^Maintainer: [a-z ]+ <[a-z]+@[a-z.]+\.invalid>$/m);
});
