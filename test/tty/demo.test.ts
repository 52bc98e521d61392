// The demo on a terminal, as a newcomer sees it.
import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Screen} from './screen.ts';

/** How long the screen is watched for a byte, ms. */
const IDLE_MS = 60_000;
const restored = {
	screen: 'normal',
	bracketedPasteMode: false,
	sendFocusMode: false,
	mouseTrackingMode: 'none',
	wraparoundMode: true,
};

test('echo is there and answers; a terminal of one cell is survived; the terminal is given back', async t => {
	const screen = new Screen(t, ['demo'], {env: {TMPDIR: temporaryFolder(t)}});
	await screen.shows(/› *● echo/);
	t.is(screen.modes.screen, 'alternate');
	screen.type('hello\r');
	await screen.shows(/you {2}hello +✓✓/);
	await screen.shows(/echo {2}hello/);

	screen.resize({columns: 1, rows: 1});
	screen.resize({columns: 90, rows: 24});
	await screen.shows(/echo {2}hello/);

	screen.type('\u0003\u0003');
	t.is(await screen.ended(), 0);
	t.deepEqual(screen.modes, restored);
	t.true(screen.isCursorShown);
});

test('an idle screen writes nothing; a process that is stopped or ended leaves the terminal as it was', async t => {
	const screen = new Screen(t, ['demo'], {env: {TMPDIR: temporaryFolder(t)}});
	await screen.shows(/› *● echo/);
	screen.type('hello\r');
	await screen.shows(/echo {2}hello/);
	await screen.rests();
	const bytes = screen.written;
	await screen.pass(IDLE_MS);
	t.is(screen.written, bytes, screen.output.slice(bytes));

	screen.type('half a line');
	await screen.shows(/> half a line/);
	screen.signal('SIGTSTP');
	await screen.until(() => isDeepStrictEqual(screen.modes, restored), 'the shell’s screen and modes');
	t.true(screen.isCursorShown);
	await screen.until(() => screen.isStopped, 'the process stops');
	screen.signal('SIGCONT');
	await screen.shows(/> half a line/);
	t.is(screen.modes.screen, 'alternate');
	t.true(screen.modes.bracketedPasteMode);

	screen.signal('SIGTERM');
	t.is(await screen.ended(), 143);
	t.deepEqual(screen.modes, restored);
	t.true(screen.isCursorShown);
});
