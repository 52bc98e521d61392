// The mouse: the terminal's own until it is wanted, then the wheel scrolls, and a click opens a conversation or selects a message.
import test from 'ava';
import {Screen} from './screen.ts';
import {stageDoor} from '../programs.ts';

test('switched on in the settings, it scrolls and opens; switched off, it is given back', async t => {
	const screen = new Screen(t, ['chat'], {columns: 100, rows: 12, door: stageDoor, env: {TZ: 'UTC'}});
	await screen.shows(/and new/);
	t.is(screen.modes.mouseTrackingMode, 'none');
	const toggle = '/settings\r\u001B[B\u001B[B\r\u001B[27u';
	screen.type(toggle);
	await screen.until(() => screen.modes.mouseTrackingMode === 'vt200', 'the mouse is ours');
	screen.type('\u001B[<64;50;5M');
	await screen.shows(/below \(End\)/);
	screen.type('\u001B[<65;50;5M');
	await screen.until(() => !screen.text.includes('below (End)'), 'the end again');
	screen.type('\u001B[<0;5;3M\u001B[<0;5;3m');
	await screen.shows(/│ carol/);
	screen.type('\u001B[<0;50;10M');
	await screen.shows(/SELECT/);
	screen.type('\u001B[27u');
	screen.type('\u001B[<0;5;2M');
	await screen.shows(/│ bob/);
	screen.signal('SIGTSTP');
	await screen.until(() => screen.modes.mouseTrackingMode === 'none', 'the shell has it');
	await screen.until(() => screen.isStopped, 'stopped');
	screen.signal('SIGCONT');
	await screen.until(() => screen.modes.mouseTrackingMode === 'vt200', 'ours again');
	await screen.shows(/│ bob/);
	screen.type(toggle);
	await screen.until(() => screen.modes.mouseTrackingMode === 'none', 'given back');
	screen.type('\u0003\u0003');
	t.is(await screen.ended(), 0);
});
