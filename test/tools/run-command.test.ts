// What runs the toolchain: an exit code, lines, and an end for what hangs.
import process from 'node:process';
import test from 'ava';
import {runCommand} from '../../tools/run-command.ts';

test('lines and the exit code of a command', async t => {
	const lines: string[] = [];
	t.is(await runCommand('sh', ['-c', 'echo one; echo two; exit 3'], {onLine: line => lines.push(line)}), 3);
	t.deepEqual(lines, ['one', 'two']);
	t.is(await runCommand('sh', ['-c', 'kill -KILL $$']), 1);
	await t.throwsAsync(runCommand('no-such-command', []), {code: 'ENOENT'});
});

test('a command that falls silent is ended with all that it has started, and has failed', async t => {
	const lines: string[] = [];
	const hung: string[] = [];
	const script = 'sleep 600 & echo $!; wait; exit 0';
	const code = await runCommand('sh', ['-c', script], {
		onLine: line => lines.push(line),
		silenceMs: 300,
		onHang: line => hung.push(line),
	});
	t.is(code, 1);
	t.is(hung.length, 2);
	t.regex(hung[0]!, /sleep 600 & echo/);
	t.regex(hung[1]!, / sleep 600$/);
	for (let tries = 0; tries < 500 && isRunning(Number(lines[0])); tries++)
		await new Promise(resolve => setTimeout(resolve, 10));
	t.false(isRunning(Number(lines[0])));
});

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
