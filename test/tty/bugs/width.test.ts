// Bug class: width. Emoji sequences, flags, marks, CJK and what has no width: in messages, names and the input, and on narrow screens.
import test from 'ava';
import {contact, message} from '../../twins/client.ts';
import {SAMPLES} from '../../ui/text/samples.ts';
import type {Screen} from '../screen.ts';
import {StagedScreen} from '../stage/staged-screen.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

/** Columns of 80: the line beside the list, the input's text, that of messages under names as long as names get, delivery marks. */
const BORDER = 15;
const INPUT = 19;
const TEXT = 31;
const MARK = 78;
/** Of the title and the day. */
const TOP = 2;

const NAME = '👨‍👩‍👧‍👦漢\u200Be\u0301🇯🇵👋🏽';

function cell(screen: Screen, x: number, y: number): string {
	return screen.emulator.buffer.active.getLine(y)?.getCell(x)?.getChars() ?? '';
}

function column(screen: Screen, x: number): string {
	return Array.from({length: screen.emulator.rows}, (_, y) => cell(screen, x, y) || ' ').join('');
}

/** Every row where it belongs: none goes on in the next, and none is gone above. */
function isWhole({emulator, text}: Screen): boolean {
	const {active, normal} = emulator.buffer;
	const left = emulator.cols < 60 ? 0 : BORDER + 2;
	const rows = text.split('\n').map(row => row.slice(left));
	const isWrapped = rows.some((_, y) => active.getLine(y)?.isWrapped === true);
	const hasPrompt = rows.slice(-6).some(row => /^[>…]/.test(row));
	const isPlaced = /^[a…]/.test(rows[0] ?? '') && hasPrompt;
	return !isWrapped && isPlaced && active.type === 'alternate' && active.length === emulator.rows && normal.baseY === 0;
}

test('marks and borders stand in their columns', async t => {
	const {length} = SAMPLES;
	const rows = length + 4;
	const staged = await StagedScreen.open(t, 'chat', {rows});
	const {screen} = staged;
	await screen.shows(/and new/);
	const names = [NAME, '漢'.repeat(20), '🏳️‍🌈'.repeat(9), 'กี่'.repeat(30), '\u200B\u0301'];
	const contacts = names.map(name => contact(name, {identity: 'verified'}));
	await staged.cue({kind: 'put', part: {contacts}});
	await screen.until(() => cell(screen, BORDER + 2, 0) === '👨‍👩‍👧‍👦', 'the name above');
	for (const name of names.slice(1)) await staged.cue({kind: 'contact', name, part: {unread: 3}});
	const messages = SAMPLES.map(([grapheme], index) =>
		message(NAME, 0, {id: String(index), direction: 'out', text: `\u2060${grapheme}\u200B${grapheme} ${grapheme}|`}),
	);
	await staged.cue({kind: 'conversation', conversation: {id: talkWith(NAME), messages, hasOlder: false}});
	const marks = () => [MARK, MARK + 1].map(x => column(screen, x).slice(TOP, TOP + length));
	await screen.until(() => marks().join('') === '✓'.repeat(2 * length), 'the marks');
	t.is(column(screen, BORDER), '│'.repeat(rows));
	t.is(column(screen, BORDER - 2).slice(0, names.length), '✓3333');
	for (const [index, [grapheme, cells]] of SAMPLES.entries()) {
		t.is(cell(screen, TEXT + 3 * cells + 1, TOP + index), '|', grapheme);
	}
});

test('the cursor stands behind what was typed', async t => {
	const {screen} = await StagedScreen.open(t, 'chat');
	await screen.shows(/and new/);
	for (const [grapheme, cells] of SAMPLES) {
		screen.type(`${grapheme}\u200B${grapheme}`);
		const x = INPUT + 2 * cells;
		await screen.until(() => screen.cursor.x === x && screen.cursor.y === 23, `behind ${grapheme}${grapheme}`);
		t.is(cell(screen, x - cells, 23), grapheme);
		screen.type('\u0015');
		await screen.until(() => screen.cursor.x === INPUT, 'an empty input');
	}
});

test('every width from 60 to 1 and back holds whole rows', async t => {
	const {screen} = await StagedScreen.open(t, 'chat');
	await screen.shows(/and new/);
	screen.type('漢字👨‍👩‍👧‍👦');
	await screen.shows(/> 漢字/);
	for (const columns of [...Array.from({length: 60}, (_, index) => 60 - index), 30]) {
		const {drawings} = screen;
		screen.resize({columns, rows: 24});
		await screen.until(() => screen.drawings > drawings && isWhole(screen), `whole rows of ${columns}`);
	}

	t.pass();
});
