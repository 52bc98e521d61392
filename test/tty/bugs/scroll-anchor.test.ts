// Bug class: scroll anchor. Messages that arrive below, history that is loaded above, and messages taller than the screen.
import test from 'ava';
import {contact, message} from '../../twins/client.ts';
import {StagedScreen} from '../stage/staged-screen.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

const PAGE_UP = '\u001B[5~';
const PAGE_DOWN = '\u001B[6~';
const WHEEL_UP = '\u001B[<64;50;5M';

/** Rows of messages, without the title, the list, the status line and the input. */
function page({screen}: StagedScreen): readonly string[] {
	return screen.text
		.split('\n')
		.slice(1, -2)
		.map(row => row.slice(17).trimEnd());
}

/** Types, and waits until the page is another. */
async function turn(staged: StagedScreen, keys: string): Promise<void> {
	const before = page(staged).join('\n');
	staged.screen.type(keys);
	await staged.screen.until(() => page(staged).join('\n') !== before, 'another page');
	await staged.screen.rests(60);
}

test('what arrives below is counted and moves nothing', async t => {
	const staged = await StagedScreen.open(t, 'long');
	const {screen} = staged;
	await screen.shows(/message 9999 /m);
	screen.type(PAGE_UP + PAGE_UP);
	await screen.shows(/↓ 40 below/);
	const before = page(staged);
	for (let count = 1; count <= 30; count++) {
		const text = count % 3 === 0 ? 'tall\n'.repeat(40) : `new ${count}`;
		const direction = count % 7 === 0 ? 'out' : 'in';
		const asked = await staged.cue({kind: 'say', messages: [message('alice', 10_000 + count, {text, direction})]});
		t.deepEqual(asked, [], 'nothing of it counts as read');
	}

	await screen.shows(/↓ 70 below/);
	t.deepEqual(page(staged), before);
	screen.resize({columns: 100, rows: 30});
	await screen.shows(/unread|below/);
	screen.resize({columns: 80, rows: 24});
	await screen.until(() => page(staged).join('\n') === before.join('\n'), 'the same page in the old size');

	screen.type('\u001B[F');
	await screen.shows(/tall\n[^]*tall\n/);
	await screen.until(() => !screen.text.includes('below'), 'the end');
	t.true((await staged.asked()).includes('markRead alice'));
});

test('a message taller than the screen is read to its end and back', async t => {
	const staged = await StagedScreen.open(t, 'long');
	const {screen} = staged;
	await screen.shows(/message 9999 /m);
	const lines = Array.from({length: 75}, (_, index) => `line ${index}.`);
	await staged.cue({
		kind: 'say',
		messages: [message('alice', 10_000, {text: lines.join('\n')}), message('alice', 10_001)],
	});
	await screen.shows(/▸ 64 more lines[^]*message 10001/);
	screen.type('\u001Bmk\r');
	await screen.shows(/line 0\.[^]*line 20\./);
	screen.type('\u001B[27u\u001B[F');
	await screen.shows(/line 74\.[^]*message 10001/);
	const bottom = page(staged);
	const seen = new Set<string>();
	const look = () => {
		for (const [line] of page(staged)
			.join('\n')
			.matchAll(/line \d+\./g))
			seen.add(line);
	};

	look();
	for (let rounds = 0; rounds < 8 && !screen.text.includes('message 9999'); rounds++) {
		await turn(staged, rounds % 2 === 0 ? PAGE_UP : WHEEL_UP);
		look();
	}

	t.is(seen.size, lines.length, 'upwards');
	seen.clear();
	for (let pages = 0; pages < 10 && screen.text.includes('below'); pages++) {
		look();
		await turn(staged, PAGE_DOWN);
	}

	look();
	t.is(seen.size, lines.length, 'downwards');
	t.deepEqual(page(staged), bottom);
});

test('older messages come in above without moving the page', async t => {
	const staged = await StagedScreen.open(t, 'empty');
	const {screen} = staged;
	const messages = Array.from({length: 60}, (_, index) => message('alice', 100 + index));
	await staged.cue({kind: 'conversation', conversation: {id: talkWith('alice'), messages, hasOlder: true}});
	await staged.cue({kind: 'put', part: {contacts: [contact('alice')]}});
	await screen.shows(/message 159 /m);
	t.deepEqual(await staged.asked(), []);
	for (const _ of '12') await turn(staged, PAGE_UP);
	await screen.shows(/─ Tue 3 Nov ─/);
	t.true((await staged.asked()).includes('loadOlder alice'));
	const before = page(staged);
	t.regex(before[1] ?? '', /message 100 +\d\d:\d\d$/);

	const older = Array.from({length: 90}, (_, index) => message('alice', 10 + index, {text: 'old '.repeat(index)}));
	const conversation = {id: talkWith('alice'), messages: [...older, ...messages], hasOlder: false};
	await staged.cue({kind: 'conversation', conversation});
	await screen.until(() => !/Tue 3 Nov/.test(screen.text), 'the day line is further up');
	// The line of the day and the name at the head of the run have gone up with what is older.
	t.deepEqual(page(staged).slice(2), before.slice(2));
	t.regex(page(staged)[1] ?? '', /message 100 +\d\d:\d\d$/);
	await turn(staged, PAGE_UP);
	t.regex(page(staged).at(-1) ?? '', /message 100 |old/);
});
