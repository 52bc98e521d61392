// Bug class: crash, suspend, exit. On every way out the terminal is given back; who cannot give it back leaves a usable shell.
import {existsSync, readFileSync} from 'node:fs';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {SHELL_MODES, Screen} from '../screen.ts';
import {stageDoor} from '../../programs.ts';
import {StagedScreen} from '../stage/staged-screen.ts';

async function givenBack(t: ExecutionContext, screen: Screen, code: number): Promise<void> {
	t.is(await screen.ended(), code);
	await screen.givenBack();
}

test.serial('what fails while drawing is said on the terminal that was before', async t => {
	const staged = await StagedScreen.open(t, 'chat');
	const {screen} = staged;
	await screen.shows(/and new/);
	screen.type('/settings\r\u001B[B\u001B[B\r');
	await screen.until(() => screen.modes.mouseTrackingMode === 'vt200', 'the mouse is ours');
	void staged.cue({kind: 'fail'});
	await givenBack(t, screen, 1);
	await screen.shows(/broken on purpose/);
});

for (const [signal, code] of [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const) {
	test.serial(`${signal}, with something typed and an overlay open`, async t => {
		const {screen} = await StagedScreen.open(t, 'chat');
		await screen.shows(/and new/);
		screen.type('half a line\u001BOP');
		await screen.shows(/Help/);
		screen.signal(signal);
		await givenBack(t, screen, code);
	});
}

test.serial('a signal in the middle of a resize', async t => {
	const {screen} = await StagedScreen.open(t, 'chat');
	await screen.shows(/and new/);
	screen.resize({columns: 50, rows: 10});
	screen.signal('SIGTERM');
	await givenBack(t, screen, 143);
});

/** The one process that `pid` has started, if it has. */
function childOf(pid: number): number | undefined {
	const [child = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ');
	return child === '' ? undefined : Number(child);
}

test.serial(
	'a process that is killed leaves a shell that works, and what it could not switch off goes with the next one',
	async t => {
		const env = {PS1: 'sh> ', ENV: '', TZ: 'UTC'};
		const screen = new Screen(t, ['-i'], {command: ['/bin/sh'], columns: 80, env});
		await screen.shows(/sh>/);
		const stage = `'${process.execPath}' '${stageDoor}' chat\r`;
		screen.type(stage);
		await screen.shows(/and new/);
		const killed = childOf(screen.pid);
		t.truthy(killed);
		process.kill(killed!, 'SIGKILL');
		await screen.shows(/Killed/);
		const left = {screen: 'alternate', bracketedPasteMode: true, sendFocusMode: true, wraparoundMode: false};
		t.deepEqual(screen.modes, {...SHELL_MODES, ...left});
		// Enter is Ctrl-J to a terminal that is still raw, and nothing is echoed.
		screen.type('echo $((6 * 7)) here\n');
		await screen.shows(/sh> 42 here$/m);
		screen.type('stty sane\n');
		await screen.shows(/sh> sh> *$/m);
		screen.type('echo $((7 * 7)) there\r');
		await screen.shows(/sh> echo \$\(\(7 \* 7\)\) there\n49 there$/m);

		const {drawings} = screen;
		screen.type(stage);
		await screen.until(() => screen.drawings > drawings, 'the next one');
		await screen.shows(/and new/);
		screen.type('\u0003\u0003');
		await screen.givenBack();
		await screen.shows(/sh> *\s*$/);
		screen.type('echo $((8 * 8)) again\r');
		await screen.shows(/sh> echo \$\(\(8 \* 8\)\) again\n64 again$/m);
	},
);

for (const [name, before] of [
	['which is told of it', []],
	['which is not: in a session of its own', ['setsid', '--fork', '--wait']],
] as const) {
	test.serial(`a terminal that goes away ends the process, ${name}`, async t => {
		const command = [...before, process.execPath, stageDoor];
		const screen = new Screen(t, ['chat'], {command, env: {TZ: 'UTC'}});
		await screen.shows(/and new/);
		const pid = before.length === 0 ? screen.pid : childOf(screen.pid);
		t.truthy(pid);
		t.teardown(() => isAlive(pid!) && process.kill(pid!, 'SIGKILL'));
		screen.hangUp();
		await screen.until(() => !isAlive(pid!), 'the end of the process');
	});
}

function isAlive(pid: number): boolean {
	return existsSync(`/proc/${pid}`);
}
