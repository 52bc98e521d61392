// Bug class: a mode that is not seen. What is typed goes into the input unless the screen says otherwise, and no letter does what
// cannot be undone.
import test from 'ava';
import {message} from '../../twins/client.ts';
import {StagedScreen} from '../stage/staged-screen.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

/** The Escape key as kitty writes it. */
const CLOSE = '\u001B[27u';
const DOWN = '\u001B[B';
const did = (asked: readonly string[]) => asked.filter(words => !words.startsWith('markRead'));

/** Whether all cells of a row of the talk are reversed, or none. */
function reversed({screen}: StagedScreen, y: number, from = 17): 'all' | 'none' | 'some' {
	const line = screen.emulator.buffer.active.getLine(y);
	const cells = Array.from({length: 80 - from}, (_, x) => line?.getCell(from + x)?.isInverse() !== 0);
	if (cells.every(Boolean)) return 'all';
	return cells.some(Boolean) ? 'some' : 'none';
}

const rowOf = ({screen}: StagedScreen, text: string) => screen.text.split('\n').findIndex(row => row.includes(text));

/** What is typed, each part once the screen shows what the part before it leads to: what comes at once is a paste. */
for (const [way, ...parts] of [
	['a day that was gone to', ['/goto 2026-11-03\r', /▌/]],
	['a message that was searched for', ['\u0006', /Find in/], ['waits', /waits[^]*this waits/], ['\r', /▌/]],
	['a message of the outbox', ['/outbox\r', /Outbox: \d/], ['\r', /Go to it/], [DOWN, /› Go to it/], ['\r', /▌/]],
] as ReadonlyArray<readonly [string, ...ReadonlyArray<readonly [string, RegExp]>]>) {
	test.serial(`typing today after ${way} writes today, and deletes nothing`, async t => {
		const staged = await StagedScreen.open(t, 'grammar');
		const {screen} = staged;
		await screen.shows(/this waits/);
		for (const [keys, shown] of parts) {
			screen.type(keys);
			await screen.shows(shown);
		}

		t.is(reversed(staged, rowOf(staged, '▌')), 'none', 'marked, not selected');
		t.is(screen.cursor.y, 23);
		screen.type('today');
		await screen.shows(/> today *$/);
		t.notRegex(screen.text, /Sure|SELECT/);
		screen.type('\r');
		await screen.shows(/> *$/);
		t.deepEqual(did(await staged.asked()), ['send alice today']);
	});
}

test.serial(
	'a selected message is seen to be: all of it is reversed, the cursor is on it, and a line says what keys do',
	async t => {
		const staged = await StagedScreen.open(t, 'grammar');
		const {screen} = staged;
		await screen.shows(/this waits/);
		screen.type('\u001Bm');
		await screen.shows(/^.*│ {2}SELECT {2}Esc leaves · k up · j down · r reply/m);
		const own = rowOf(staged, 'this waits');
		t.is(reversed(staged, own), 'all');
		t.regex(screen.text, /this waits {2}◔ 1 h/, 'with what is said about it');
		t.is(reversed(staged, own - 1), 'none');
		t.deepEqual(screen.cursor, {x: 17, y: own});
		// It stays so while something is done with it.
		screen.type('y');
		await screen.shows(/│ {2}SELECT {2}Sent to the terminal’s clipboard/);
		screen.type('k');
		await screen.shows(/│ {2}SELECT {2}Esc leaves/);
		t.is(screen.cursor.y, rowOf(staged, 'and so does this'));
		screen.type(CLOSE);
		await screen.shows(/unread 1: mallory/);
		t.is(screen.cursor.y, 23);
		t.is(reversed(staged, own), 'none');
	},
);

test.serial('a letter that is no command goes into the input, and so does all that follows it', async t => {
	const staged = await StagedScreen.open(t, 'grammar');
	const {screen} = staged;
	await screen.shows(/this waits/);
	screen.type('\u001Bm');
	await screen.shows(/SELECT/);
	screen.type('today');
	await screen.shows(/> today *$/);
	t.notRegex(screen.text, /SELECT|Sure/);
	screen.type(`\u0015\u001Bm\u001B[200~dddd\u001B[201~`);
	await screen.shows(/> dddd *$/);
	t.notRegex(screen.text, /SELECT|Sure/);
	// A page of help is in nobody's way either.
	screen.type('\u0015\u001BOP');
	await screen.shows(/Help/);
	screen.type('quit');
	await screen.shows(/> quit *$/);
	t.deepEqual(did(await staged.asked()), []);
});

test.serial(
	'whatever is typed at a question, it is answered by Enter on a row alone, and the first row does nothing',
	async t => {
		const staged = await StagedScreen.open(t, 'grammar');
		const {screen} = staged;
		await screen.shows(/this waits/);
		for (const [letter, row] of [
			['d', 'Delete it on both sides'],
			['x', 'Take it back'],
		] as const) {
			screen.type(`\u001Bm${letter}`);
			await screen.shows(new RegExp(`Sure[^]*› K?(?:eep it|Leave it as it is) *│\n.*${row}`));
			t.false(screen.isCursorShown, 'the cursor is in no input that takes no letters');
			screen.type('yes');
			await screen.shows(/> yes *$/);
			t.notRegex(screen.text, /Sure/);
			screen.type(`\u0015\u001Bm${letter}`);
			await screen.shows(/Sure/);
			screen.type('\r');
			await screen.shows(/SELECT/);
			t.deepEqual(did(await staged.asked()), []);
			screen.type(CLOSE);
		}

		screen.type('\u001Bmd');
		await screen.shows(/Sure/);
		screen.type(`${DOWN}\r`);
		await screen.shows(/SELECT/);
		t.deepEqual(did(await staged.asked()), [`erase alice ${message('alice', 9).id}`]);
	},
);

test.serial('Enter on a selected message, or over a page, sends no draft', async t => {
	const staged = await StagedScreen.open(t, 'grammar');
	const {screen} = staged;
	await screen.shows(/this waits/);
	screen.type('half a thought\u001Bm');
	await screen.shows(/SELECT/);
	screen.type('\r');
	await screen.shows(/unread 1: mallory/);
	screen.type('\u001Bmh');
	await screen.shows(/What it said before/);
	screen.type('\r');
	await screen.rests(100);
	t.deepEqual(did(await staged.asked()), []);
	screen.type(`${CLOSE}${CLOSE}`);
	await screen.shows(/> half a thought *$/);
});

test.serial(
	'a selected message stays in sight while others come and while one scrolls, and is not selected once it is gone',
	async t => {
		const staged = await StagedScreen.open(t, 'chat');
		const {screen} = staged;
		await screen.shows(/and new/);
		screen.type('\u001Bm');
		await screen.shows(/SELECT/);
		await staged.cue({
			kind: 'say',
			messages: Array.from({length: 40}, (_, index) => message('alice', 100 + index, {text: `flood ${index}`})),
		});
		await screen.shows(/↓|flood/);
		await screen.until(() => reversed(staged, screen.cursor.y) === 'all', 'the cursor on the selected message');
		t.regex(screen.text, /▌ and new/);
		screen.type('\u001B[5~\u001B[5~');
		await screen.until(() => !screen.text.includes('▌ and new'), 'another is selected');
		t.is(reversed(staged, screen.cursor.y), 'all');
		await staged.cue({
			kind: 'conversation',
			conversation: {id: talkWith('alice'), messages: [message('alice', 1)], hasOlder: false},
		});
		await screen.until(() => !screen.text.includes('SELECT'), 'nothing is selected');
		screen.type('day');
		await screen.shows(/> day *$/);
		t.deepEqual(did(await staged.asked()), []);
	},
);

test.serial('the mode is told on small screens, too', async t => {
	const staged = await StagedScreen.open(t, 'grammar', {columns: 40, rows: 5});
	const {screen} = staged;
	await screen.shows(/this waits/);
	screen.type('\u001Bm');
	await screen.shows(/▌ this waits[^]*^ SELECT/m);
	screen.type('kkk');
	await screen.until(() => !screen.text.includes('▌ this waits'), 'another is selected');
	screen.resize({columns: 80, rows: 24});
	await screen.shows(/▌ what was it that you said/);
	screen.resize({columns: 40, rows: 5});
	await screen.shows(/▌ what was it that you said[^]*^ SELECT/m);
	screen.type('jjj');
	await screen.shows(/▌ this waits/);
	for (const rows of [3, 2, 1]) {
		screen.resize({columns: 40, rows});
		await screen.shows(/^ SELECT /m);
	}

	screen.resize({columns: 40, rows: 5});
	screen.type('e');
	await screen.shows(/^Editing · Enter saves · Esc cancels/m);
	screen.type(CLOSE);
	await screen.until(() => !screen.text.includes('Editing'), 'the mode is left');
	screen.type('\u001B3');
	screen.resize({columns: 40, rows: 3});
	await screen.shows(/^STRANGER: /m);
	t.deepEqual(did(await staged.asked()), []);
});

test.serial(
	'while somebody else answers in place of the server, nothing is typed out of sight, and nothing sent',
	async t => {
		const staged = await StagedScreen.open(t, 'stopped');
		const {screen} = staged;
		await screen.shows(/SOMEBODY ELSE/);
		screen.type('secret\r');
		screen.type('\u001Bmd');
		// Ctrl-L, whose effect is to be seen: what was typed before it has been read.
		const {drawings} = screen;
		screen.type('\u000C');
		await screen.until(() => screen.drawings > drawings, 'drawn anew');
		t.deepEqual(did(await staged.asked()), []);
		await staged.cue({kind: 'put', part: {connection: {state: 'online'}}});
		await screen.shows(/> *$/);
		t.deepEqual(did(await staged.asked()), []);
		await staged.cue({kind: 'put', part: {connection: {state: 'stopped', problem: 'server-key'}}});
		await screen.shows(/SOMEBODY ELSE/);
		screen.type('\u0003');
		t.is(await screen.ended(), 0);
	},
);
