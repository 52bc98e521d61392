// Bug class: resize storms. Sizes that follow each other faster than they are drawn, one cell among them, also under an overlay.
import test from 'ava';
import {StagedScreen} from '../stage/staged-screen.ts';

const HOME = {columns: 80, rows: 24};
/** The two new messages are on the screen, and do not count as unread in the list any more. */
const READ = /^›● alice ✓ {3}…[^]*and new/;

/** Forty sizes, none near the one before. */
const STORM = Array.from({length: 40}, (_, index) =>
	index % 8 === 3 ? {columns: 1, rows: 1} : {columns: 1 + ((index * 67) % 211), rows: 1 + ((index * 29) % 61)},
);

/** Between two sizes, ms: the process wakes for each, and has no time to draw it. */
const GUST_MS = 5;

test('after forty sizes the screen is what it was, cell for cell', async t => {
	const staged = await StagedScreen.open(t, 'chat', HOME);
	const {screen} = staged;
	await screen.shows(READ);
	screen.type('a draft');
	await screen.shows(/> a draft/);
	await screen.rests(200);
	const talk = staged.cells;
	const storm = async () => {
		for (const size of STORM) {
			screen.resize(size);
			await screen.pass(GUST_MS);
		}

		screen.resize(HOME);
	};

	await storm();
	await staged.becomes(talk);
	screen.type('\u001BOP');
	await screen.shows(/Help/);
	await screen.rests(200);
	const help = staged.cells;
	t.not(help, talk);
	await storm();
	await staged.becomes(help);
	t.is(screen.modes.screen, 'alternate');
	screen.type('\u001B[27u');
	await staged.becomes(talk);
	await screen.until(() => screen.cursor.x === 26 && screen.cursor.y === 23, 'the cursor behind the draft');
});

test('an overlay that is opened and closed on one cell leaves the screen as it was', async t => {
	const staged = await StagedScreen.open(t, 'chat', HOME);
	const {screen} = staged;
	await screen.shows(READ);
	await screen.rests(200);
	const talk = staged.cells;
	for (const keys of ['\u001BOP\u001B[27u', '\u0007ar\u001B[27u', '\u001B[5~\u001B[5~\u001B[6~\u001B[6~', 'x\u0015']) {
		const {drawings} = screen;
		screen.resize({columns: 1, rows: 1});
		screen.type(keys);
		await screen.until(() => screen.drawings > drawings, 'drawn in one cell');
		screen.resize(HOME);
		await staged.becomes(talk);
	}

	t.pass();
});
