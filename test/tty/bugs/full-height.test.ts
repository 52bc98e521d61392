// Bug class: full-height frames. Stale rows, the last column, rows scrolled away, and frames that are drawn piece by piece.
import test from 'ava';
import {message} from '../../twins/client.ts';
import {StagedScreen} from '../stage/staged-screen.ts';

const SIZE = {columns: 80, rows: 24};
const MESSAGES = 200;
const BURST = 4;
/** Bytes of a key's drawing: its row and the cursor, never the screen. */
const KEY_BYTES = 500;

const HOLD = '\u001B[?2026h';
const SHOW = '\u001B[?2026l';

/** Texts of one to four rows, some as wide as there is room, some of wide characters. */
function text(index: number): string {
	const body = ['short', 'wide '.repeat(30), '漢'.repeat(50), 'one\ntwo\n\nfour', 'x'.repeat(51)][index % 5];
	return `${body} ${index}`;
}

test('after 200 messages and a draft nothing is stale', async t => {
	const staged = await StagedScreen.open(t, 'chat', SIZE);
	const {screen} = staged;
	const {emulator} = screen;
	await screen.shows(/and new/);
	for (let index = 0; index < MESSAGES; index += BURST) {
		const messages = Array.from({length: BURST}, (_, place) =>
			message('alice', 100 + index, {text: text(index + place), direction: place === 1 ? 'out' : 'in'}),
		);
		await staged.cue({kind: 'say', messages});
		// The input grows by a row now and then, and shrinks again.
		screen.type(index % 20 === 0 ? '\u001B\r' : 'y');
		if (index % 60 === 40) screen.type('\u0015'.repeat(6));
	}

	await screen.shows(new RegExp(`x ${MESSAGES - 1}\\b`));
	await screen.rests(200);
	const {cells} = staged;
	await staged.becomesAnew(cells);

	const {active, normal} = emulator.buffer;
	t.is(
		active
			.getLine(0)
			?.getCell(SIZE.columns - 1)
			?.getChars(),
		'e',
		'the last column is used',
	);
	t.regex(cells, /✓✓\|/);
	for (let y = 0; y < SIZE.rows; y++) t.false(active.getLine(y)?.isWrapped, `row ${y} goes on`);
	t.is(active.length, SIZE.rows);
	t.is(normal.length, SIZE.rows, 'nothing has scrolled away');
});

test('a key costs a row, and frames are held until they are whole', async t => {
	const {screen} = await StagedScreen.open(t, 'chat', SIZE);
	await screen.shows(/and new/);
	await screen.rests(200);
	const bytes = screen.written;
	screen.type('q');
	await screen.shows(/> q/);
	await screen.rests(200);
	const drawn = screen.output.slice(bytes);
	t.true(drawn.length < KEY_BYTES, `${drawn.length} bytes`);
	for (const frame of screen.output.split(SHOW).slice(0, -1)) {
		const [before = '', ...held] = frame.split(HOLD);
		t.true(held.length > 0, 'what is shown was held');
		// Modes, and questions for the terminal's name, its way to count and its kind.
		t.regex(before, /^(?:\p{Cc}\[(?:\?\d+[hl]|>0q|\?2027\$p|c))*$/u, 'nothing is drawn outside');
	}
});
