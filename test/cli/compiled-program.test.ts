// What Node has compiled of the program is kept for the next start, where nobody else can change it.
import {execFile} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import test from 'ava';
import project from '../../package.json' with {type: 'json'};
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {clientDoor} from '../programs.ts';

const OTHERS = 0o077;

/** Asks for the version, as somebody whose caches are in `home`; the words of Node's cache. */
async function start(home: string): Promise<string> {
	const {PATH} = process.env;
	const env = {PATH, HOME: home, XDG_CACHE_HOME: home, LC_ALL: 'C.UTF-8', NODE_DEBUG_NATIVE: 'COMPILE_CACHE'};
	const {stdout, stderr} = await promisify(execFile)(process.execPath, [clientDoor, '--version'], {env});
	if (!`${stdout}${stderr}`.includes(project.version)) throw new Error(stdout);
	return `${stdout}${stderr}`;
}

/** Files below `folder`. */
function filesIn(folder: string): string[] {
	return existsSync(folder) ? readdirSync(folder, {recursive: true, encoding: 'utf8'}) : [];
}

test('the second start does not compile again what the first has compiled', async t => {
	const home = temporaryFolder(t);
	t.notRegex(await start(home), /was accepted/);
	const files = filesIn(home);
	t.true(files.length > 3, files.join('\n'));
	t.is(statSync(path.join(home, 'simchat/compiled', project.version)).mode & OTHERS, 0);
	t.regex(await start(home), /was accepted/);
	t.deepEqual(filesIn(home), files);
});

test('what an older version has compiled is gone', async t => {
	const home = temporaryFolder(t);
	const old = path.join(home, 'simchat/compiled/0.0.1');
	mkdirSync(old, {recursive: true, mode: 0o700});
	writeFileSync(path.join(old, 'file'), 'compiled');
	await start(home);
	t.deepEqual(readdirSync(path.join(home, 'simchat/compiled')), [project.version]);
});

test('nothing is run that others could have put there', async t => {
	const home = temporaryFolder(t);
	const compiled = path.join(home, 'simchat/compiled');
	mkdirSync(path.join(compiled, project.version), {recursive: true, mode: 0o700});
	const before = filesIn(home);
	for (const each of [path.join(home, 'simchat'), compiled, path.join(compiled, project.version)]) {
		chmodSync(each, 0o777);
		await start(home);
		t.deepEqual(filesIn(home), before, each);
		chmodSync(each, 0o700);
	}

	const other = temporaryFolder(t);
	mkdirSync(path.join(other, 'simchat/compiled'), {recursive: true, mode: 0o700});
	symlinkSync(path.join(compiled, project.version), path.join(other, 'simchat/compiled', project.version));
	await start(other);
	t.deepEqual(filesIn(home), before);
});
