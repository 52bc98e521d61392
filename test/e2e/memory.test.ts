// What somebody finds who reads the memory of a process in which everybody has signed off.
import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import process from 'node:process';
import {promisify} from 'node:util';
import test from 'ava';
import {type Findings} from './memory/search.ts';

const run = promisify(execFile);

test('no key and no password of somebody who has signed off is left in memory, neither the server’s nor the client’s', async t => {
	const file = fileURLToPath(new URL('memory/talk.ts', import.meta.url));
	const {stdout} = await run(process.execPath, ['--expose-gc', '--import=tsx', file]);
	const {stretching, talking, signedOff} = JSON.parse(stdout) as Findings;
	// The search finds what is there.
	t.true(stretching.includes('password'), stretching.join());
	for (const what of [
		'bind key',
		'chain key',
		'history key',
		'identity seed',
		'key that seals',
		'key for chain initiator',
		'SRP exponent',
	]) {
		t.true(talking.includes(what), `${what}: ${talking.join()}`);
	}

	t.deepEqual(signedOff, []);
});
