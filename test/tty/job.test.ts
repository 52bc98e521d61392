// Job control: in a shell, as a job of more than one process, Ctrl-Z leaves a usable shell and `fg` brings the screen back.
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {Terminal} from '../../scripts/media/terminal.ts';
import {temporaryFolder} from '../cli/processes.ts';
import {stageDoor} from './screen.ts';

test('Ctrl-Z, a command, and fg', async t => {
	const cwd = path.dirname(stageDoor);
	const env = {PATH: process.env['PATH'] ?? '', TZ: 'UTC', PS1: 'sh> ', HOME: await temporaryFolder(t)};
	const shell = Terminal.spawn('/bin/sh', ['-i'], {columns: 90, rows: 24, cwd, env});
	t.teardown(async () => shell.close());
	await shell.waitFor(/sh>/);
	// The shell in between waits for the screen, as npm does.
	shell.write(`sh -c '"${process.execPath}" --import=tsx stage.tsx chat; true'\r`);
	await shell.waitFor(/and new/);
	shell.write('half a line');
	await shell.waitFor(/> half a line/);
	shell.write('\u001A');
	// The shell's screen is there a moment before the shell.
	await shell.waitFor(/Stopped[^]*sh>/);
	shell.write('echo $((6 * 7)) here\r');
	await shell.waitFor(/42 here/);
	shell.write('fg\r');
	await shell.waitFor(/> half a line/);
	t.notRegex(shell.text, /42 here/);
	shell.write('\u0003\u0003\u0003');
	await shell.waitFor(/sh>\s*$/);
	t.regex(shell.text, /42 here/);
});
