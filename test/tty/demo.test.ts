// The demo on a terminal, as a newcomer sees it.
import test from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Screen} from './screen.ts';

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
	await screen.givenBack();
});
