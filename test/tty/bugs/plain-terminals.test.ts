// Terminals that cannot put text in its place, or that take ASCII alone, by what they say or by what the person says.
import test from 'ava';
import {serverDoor} from '../../programs.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {LINES_ALONE, Screen} from '../screen.ts';
import {StagedScreen} from '../stage/staged-screen.ts';

test.serial('with TERM=dumb nothing is drawn: what cannot do without says why, and what to do', async t => {
	const top = new Screen(t, ['top', '--data', temporaryFolder(t)], {door: serverDoor, env: {TERM: 'dumb'}});
	t.is(await top.ended(), 64);
	t.regex(top.output, /^simchat-server: top needs a terminal[^]*TERM is not dumb[^]*simchat-server status/);
	// The client talks in lines there: test/tty/linear.test.ts. A wrong link from the command line is said at once.
	const screen = new Screen(t, ['--profile', temporaryFolder(t), 'simchat://h:1/#key'], {env: {TERM: 'dumb'}});
	await screen.shows(/That is no join link[^]*Join link: *$/i);
	screen.type('\u0004');
	t.is(await screen.ended(), 0);
	t.regex(screen.output, LINES_ALONE);
});

test.serial('with LC_ALL=C every sign is ASCII, in its own cells', async t => {
	const {screen} = await StagedScreen.open(t, 'chat', {env: {LC_ALL: 'C'}});
	await screen.shows(/^>\* alice v +\. \| alice {2}v verified[^]*and new/);
	screen.type('\u001B[5~');
	await screen.shows(/family/);
	screen.type('schön ✓');
	await screen.shows(/> schon v$/);
	t.regex(screen.text, /\?\? flag \?\? and \?\?/);
	// eslint-disable-next-line no-control-regex -- all of ASCII.
	t.regex(screen.output, /^[\u0000-\u007F]*$/);
	screen.type('\u0015\u0003\u0003\u0003');
	t.is(await screen.ended(), 0);
});

test.serial('with "glyphs" set to ASCII the same is drawn at once, whatever the locale', async t => {
	const {screen} = await StagedScreen.open(t, 'chat', {env: {LC_ALL: 'C.UTF-8'}});
	await screen.shows(/^›● alice/);
	screen.type('/settings\r\u001B[B\u001B[B\u001B[B\r');
	await screen.shows(/^>\* alice[^]*\| \+- Settings -[^]*glyphs +ASCII/);
	screen.type('\r');
	await screen.shows(/^›● alice[^]*glyphs +Unicode/);
	t.pass();
});

test.serial('with "glyphs" set to ASCII Japanese stays Japanese, and so does what people write', async t => {
	const {screen} = await StagedScreen.open(t, 'chat', {env: {LC_ALL: 'ja_JP.UTF-8'}});
	await screen.shows(/^›● alice/);
	screen.type('/settings\r\u001B[B\u001B[B\u001B[B\r');
	await screen.shows(/^>\* alice[^]*\| \+- 設定 -[^]*記号 +ASCII/);
	screen.type('\u001B');
	await screen.shows(/^(?![^]*設定)>\* alice/);
	screen.type('schön 漢字 ✓');
	await screen.shows(/> schön 漢字 v/);
	t.notRegex(screen.text, /\?\?/);
});

test.serial('with LC_ALL=ja_JP.eucJP the program speaks English: nothing but ASCII is shown there', async t => {
	const screen = new Screen(t, ['--profile', temporaryFolder(t)], {env: {LC_ALL: 'ja_JP.eucJP'}});
	await screen.shows(/Join link/i);
	// eslint-disable-next-line no-control-regex -- all of ASCII.
	t.regex(screen.output, /^[\u0000-\u007F]*$/);
	t.false(screen.text.includes('??'));
});
