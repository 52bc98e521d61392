// The driver of pseudo-terminals: it types, waits, resizes, hangs up, and knows what a person would see.
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {DARK} from '../../tools/terminal/colours.ts';
import {EmulatedTerminal} from '../../tools/terminal/emulated-terminal.ts';
import {type Size} from '../../tools/terminal/pseudo-terminal.ts';

/** A shell that runs `script`. */
function shell(t: ExecutionContext, script: string, size: Size): EmulatedTerminal {
	const env = {PATH: process.env['PATH'] ?? ''};
	const terminal = new EmulatedTerminal({command: '/bin/sh', args: ['-c', script], env}, size);
	t.teardown(async () => terminal.kill());
	return terminal;
}

test('it types, waits, resizes and hangs up', async t => {
	const script = 'printf "name? "; read name; echo "<$name>"; stty size; read end';
	const terminal = shell(t, script, {columns: 20, rows: 4});
	await terminal.shows(/^name\?$/v);
	terminal.resize({columns: 30, rows: 5});
	terminal.type('simchat\r');
	await terminal.shows(/\n5 30$/v);
	t.is(terminal.text, 'name? simchat\n<simchat>\n5 30');
	t.deepEqual([terminal.grid().length, terminal.grid()[0]?.length], [5, 30]);
	terminal.signal('SIGHUP');
	await terminal.ended();
});

test('it tells when a screen rests', async t => {
	const terminal = shell(t, 'for n in 1 2 3; do printf $n; sleep 0.1; done; read end', {columns: 4, rows: 2});
	await terminal.shows(/^1/v);
	await terminal.rests(1000);
	t.is(terminal.text, '123');
});

test('it knows whether the cursor is to be seen', async t => {
	const terminal = shell(t, 'printf "a\\033[?25l"; read key; printf "b\\033[?25h"; read end', {columns: 4, rows: 2});
	const isMarked = () => terminal.grid().some(row => row.some(({style}) => style.background !== DARK.background));

	await terminal.until(() => terminal.text === 'a' && !isMarked(), 'no cursor');
	terminal.type('\r');
	await terminal.until(() => terminal.text.endsWith('b') && isMarked(), 'the cursor');
	t.true(terminal.isCursorShown);
});

test('at the end, all that was written is on the screen', async t => {
	const terminal = shell(t, 'seq 2000; printf "\\033[?2004h"; exit 7', {columns: 8, rows: 3});
	t.is(await terminal.ended(), 7);
	t.is(terminal.text, '1999\n2000');
	t.true(terminal.modes.bracketedPasteMode);
});
