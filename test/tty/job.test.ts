// Job control: in a shell, as a job of more than one process, Ctrl-Z leaves a usable shell and `fg` brings the screen back.
import process from 'node:process';
import test from 'ava';
import {EmulatedTerminal} from '../../tools/terminal/emulated-terminal.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {stageDoor} from '../programs.ts';

test('Ctrl-Z, a command, and fg', async t => {
	const env = {PATH: process.env['PATH'] ?? '', TZ: 'UTC', PS1: 'sh> ', HOME: temporaryFolder(t)};
	const program = {command: '/bin/sh', args: ['-i'], env};
	const shell = new EmulatedTerminal(program, {columns: 90, rows: 24}, {answers: true});
	t.teardown(async () => shell.kill());
	await shell.shows(/sh>/);
	// The shell in between waits for the screen, as npm does.
	shell.type(`sh -c '"${process.execPath}" "${stageDoor}" chat; true'\r`);
	await shell.shows(/and new/);
	shell.type('half a line');
	await shell.shows(/> half a line/);
	shell.type('\u001A');
	// The shell's screen is there a moment before the shell.
	await shell.shows(/Stopped[^]*sh>/);
	shell.type('echo $((6 * 7)) here\r');
	await shell.shows(/42 here/);
	shell.type('fg\r');
	await shell.shows(/> half a line/);
	t.notRegex(shell.text, /42 here/);
	shell.type('\u0003\u0003\u0003');
	await shell.shows(/sh>\s*$/);
	t.regex(shell.text, /42 here/);
});
