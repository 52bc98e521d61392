// Packages as one file each: tests get what they would get without.
import {execFileSync} from 'node:child_process';
import {utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {PACKAGES, packedPackages, stateOf} from '../../tools/build/packed-packages.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

/** Prints what each of the packages exports, in Node's own way. */
const TELL = `const told = {};
for (const name of process.argv.slice(1)) told[name] = Object.keys(await import(name));
console.log(JSON.stringify(told));`;

test('packages export what they do by themselves', async t => {
	const names = [...PACKAGES.modules, ...PACKAGES.commonJs];
	const answer = execFileSync(process.execPath, ['--input-type=module', '-e', TELL, ...names], {
		cwd: import.meta.dirname,
		encoding: 'utf8',
	});
	const told = Object.entries(JSON.parse(answer) as Record<string, string[]>);
	t.deepEqual(
		told.map(([name]) => name),
		names,
	);
	for (const [name, exported] of told) {
		const file = path.join(await packedPackages(), `${name.replaceAll('/', '-')}.mjs`);
		const packed = (await import(pathToFileURL(file).href)) as object;
		t.deepEqual(
			exported.filter(each => each !== 'module.exports' && !(each in packed)),
			[],
			name,
		);
	}
});

test('this file gets such a package, and such a runner', async t => {
	// Of this run: what a package is made of may have been touched since, and the next run makes others.
	const made = pathToFileURL(path.dirname(await packedPackages())).href;
	for (const name of ['cborg', 'ava']) {
		const found = import.meta.resolve(name);
		t.true(found.startsWith(`${made}/`), found);
		t.is(path.posix.basename(found), `${name}.mjs`);
	}
});

test('a file that was written is not what it was, whatever its size and time say', t => {
	const file = path.join(temporaryFolder(t), 'file');
	writeFileSync(file, 'one');
	utimesSync(file, 1, 1);
	const before = stateOf([file]);
	t.is(stateOf([file]), before);
	writeFileSync(file, 'two');
	utimesSync(file, 1, 1);
	t.not(stateOf([file]), before);
});
