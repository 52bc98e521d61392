// The demo as a newcomer starts it: it ends with `ok`, or when it is told to, and leaves neither a process nor a file.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdir} from 'node:fs/promises';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {clientDoor} from '../programs.ts';

/** Runs the demo; `onStart` once its processes have been named. */
async function runDemo(t: ExecutionContext, folder: string, onStart: (demo: {kill(signal: 'SIGINT'): void}) => void) {
	const child = spawn(process.execPath, [clientDoor, 'demo'], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {...process.env, TMPDIR: folder},
	});
	t.teardown(() => child.kill('SIGKILL'));
	let [stdout, stderr] = ['', ''];
	let pids: number[] = [];
	child.stdout.on('data', chunk => {
		stdout += String(chunk);
		if (pids.length === 3) return;
		pids = [...stdout.matchAll(/^(?:server|echo|you) +process (\d+)/gm)].map(match => Number(match[1]));
		if (pids.length === 3) onStart({kill: signal => child.kill(signal)});
	});
	child.stderr.on('data', chunk => (stderr += String(chunk)));
	const [code] = (await once(child, 'close')) as [number | null];
	return {code, stdout, stderr, pids};
}

/** Neither processes nor files are left. The folder holds what tsx keeps of the sources it has compiled. */
async function hasLeftNothing(t: ExecutionContext, folder: string, pids: readonly number[]): Promise<void> {
	t.is(new Set(pids).size, 3);
	for (const pid of pids) t.throws(() => process.kill(pid, 0), {code: 'ESRCH'});
	t.deepEqual(
		(await readdir(folder)).filter(name => name.startsWith('simchat')),
		[],
	);
}

test('three processes talk, and the figures are those of this run', async t => {
	const folder = temporaryFolder(t);
	const {code, stdout, stderr, pids} = await runDemo(t, folder, () => {});
	t.is(code, 0, stderr);
	t.is(stderr, '');
	for (const author of ['you', 'echo']) {
		t.true(stdout.includes(`${author}: Hello, echo!\n`));
		t.true(stdout.includes(`${author}: Emoji: 👨‍👩‍👧‍👦 🏳️‍🌈 🇯🇵 👋🏽`));
		t.true(stdout.includes(`${author}: مرحبا بالعالم\n`));
	}

	t.regex(stdout, /20480 bytes there and back, compared byte for byte/);
	t.regex(stdout, /session set-up +\d+\.\d ms/);
	t.regex(stdout, /round trips +min \d+\.\d ms, median \d+\.\d ms, max \d+\.\d ms over 24 messages/);
	t.regex(stdout, /path +(?:lan|direct) to 127\.0\.0\.1:\d+, round-trip time \d+\.\d ms/);
	t.regex(stdout, /wrong password +refused: wrong password.*4 tries left/);
	t.regex(stdout, /\nok\n$/);
	await hasLeftNothing(t, folder, pids);
});

test('Ctrl-C ends all of it', async t => {
	const folder = temporaryFolder(t);
	const {code, stdout, pids} = await runDemo(t, folder, demo => demo.kill('SIGINT'));
	t.is(code, 130);
	t.false(stdout.includes('\nok\n'));
	await hasLeftNothing(t, folder, pids);
});
