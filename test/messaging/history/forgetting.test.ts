import {Buffer} from 'node:buffer';
import {readFileSync, writeFileSync} from 'node:fs';
import test from 'ava';
import {type History, type SaidFrom} from '../../../source/messaging/history/history.ts';
import {openHistory} from '../../../source/messaging/history/sqlite-history.ts';
import {historyFile, key, message} from './entries.ts';
import {plainPages} from './plain-pages.ts';
import {type ConversationId, talkWith} from '../../../source/messaging/conversation.ts';

const secrets = ['rumpelstiltskin', 'rumpelstil', 'straw', 'spindle'];

/** The words and the name, in any case, as the file has them in clear. */
function left(file: string): string[] {
	const plain = plainPages(file, key).toString('latin1').toLowerCase();
	return secrets.filter(word => plain.includes(word));
}

function fill(history: History, count: number): void {
	history.append(
		Array.from({length: count}, (_, index) =>
			message(
				index % 2 === 0 ? 'in' : 'out',
				'miller',
				index,
				`rumpelstiltskin${index} spins straw to gold, spindle ${index}`,
			),
		),
	);
	history.append(Array.from({length: 50}, (_, index) => message('in', 'queen', index, `a guess ${index}`)));
}

for (const count of [40, 2500]) {
	test(`of ${count} messages that are forgotten nothing is left in the file or its journal`, async t => {
		const file = await historyFile(t);
		const history = openHistory(file, key);
		fill(history, count);
		const {id} = message('in', 'miller', 0, '');
		const act = {
			conversation: talkWith('miller'),
			direction: 'in',
			state: 'delivered',
			reason: undefined,
			time: 7,
		} as const;
		history.append([
			{...act, kind: 'edit', id: 'ee'.repeat(16), target: {direction: 'in', id}, value: 'the spindle, edited'},
		]);
		history.remember('draft', 'a draft of straw', talkWith('miller'));
		history.remember('mute', 'yes', talkWith('queen'));
		history.rememberConversation('open', talkWith('miller'));
		t.true(left(file).length > 0, 'it was there');
		history.forget(talkWith('miller'));
		t.deepEqual(left(file), []);
		t.deepEqual(history.page(talkWith('miller'), 9), []);
		t.deepEqual(history.edits(talkWith('miller'), {direction: 'in', id}), []);
		t.deepEqual(
			[
				history.recall('draft', talkWith('miller')),
				history.recallConversation('open'),
				history.recall('mute', talkWith('queen')),
			],
			[undefined, undefined, 'yes'],
		);
		t.deepEqual(history.find('straw', 9, [talkWith('miller'), talkWith('queen')]), []);
		t.deepEqual(history.conversations(), [{conversation: talkWith('queen'), unread: 50}]);
		t.is(history.find('guess', 99, [talkWith('queen')]).length, 50);
		t.deepEqual(history.append([message('in', 'miller', 0, 'straw')]), [], 'it does not come back');
		t.deepEqual(history.check(), []);
		history.close();
		t.deepEqual(left(file), []);
	});
}

test('who is muted stays muted when all that they said is forgotten, as on the other devices', async t => {
	const history = openHistory(await historyFile(t), key);
	history.append([message('in', 'miller', 0, 'straw')]);
	history.remember('mute', 'yes', talkWith('miller'));
	history.remember('draft', 'a draft of straw', talkWith('miller'));
	history.forget(talkWith('miller'));
	t.is(history.recall('mute', talkWith('miller')), 'yes');
	t.is(history.recall('draft', talkWith('miller')), undefined);
	history.close();
});

test('what is older than it should be goes for good, and what waits stays', async t => {
	const file = await historyFile(t);
	const history = openHistory(file, key);
	history.append([
		message('in', 'bob', 10, 'straw'),
		{...message('out', 'bob', 20, 'it waits'), state: 'queued'},
		{...message('out', 'bob', 25, 'spindle'), state: 'failed', reason: 'cancelled'},
		message('in', 'bob', 30, 'it is young'),
		message('in', 'ann', 31, 'young too'),
	]);
	history.append([
		{
			conversation: talkWith('bob'),
			direction: 'out',
			state: 'delivered',
			reason: undefined,
			kind: 'reaction',
			id: 'ab'.repeat(16),
			time: 40,
			target: {direction: 'in', id: message('in', 'bob', 10, '').id},
			value: 'rumpelstiltskin',
		},
	]);
	t.deepEqual(history.discard(30, 0), ['bob']);
	t.deepEqual(
		history.page(talkWith('bob'), 9).map(({text}) => text),
		['it waits', 'it is young'],
	);
	t.deepEqual(left(file), []);
	t.deepEqual(history.discard(30, 0), []);
	t.is(history.page(talkWith('ann'), 9).length, 1);
	history.close();
});

test('the first message since a moment', async t => {
	const history = openHistory(await historyFile(t), key);
	const all = [5, 9, 7, 12].map((time, index) => ({...message('in', 'bob', index, `at ${time}`), time}));
	history.append([...all, message('in', 'ann', 6, 'another')]);
	for (const [since, text] of [
		[0, 'at 5'],
		[5, 'at 5'],
		[6, 'at 7'],
		[8, 'at 9'],
		[12, 'at 12'],
		[13, undefined],
	] as const) {
		t.is(history.firstSince(talkWith('bob'), since)?.text, text, String(since));
	}

	history.close();
});

test('everything that was said comes oldest first, though something is said meanwhile', async t => {
	const history = openHistory(await historyFile(t), key);
	const all = Array.from({length: 1201}, (_, index) =>
		message('in', index % 3 === 0 ? 'ann' : 'bob', index, `text ${index}`),
	);
	history.append(all);
	t.deepEqual([...history.said()], all);
	t.deepEqual(
		[...history.said(talkWith('ann'))],
		all.filter(({conversation}) => conversation === 'ann'),
	);
	t.deepEqual([...history.said(talkWith('nobody'))], []);
	let count = 0;
	for (const _ of history.said(talkWith('bob'))) if (++count === 1) history.append([message('in', 'bob', 5000, 'now')]);
	t.is(count, 801);
	const texts = (from: SaidFrom, conversation?: ConversationId) =>
		[...history.said(conversation, history.placeBefore(from))].map(({text}) => text);
	t.deepEqual(texts({time: 1199}), ['text 1199', 'text 1200', 'now']);
	t.deepEqual(texts({time: 1199}, talkWith('ann')), ['text 1200']);
	t.deepEqual(texts({after: all[1195]!}, talkWith('bob')), ['text 1196', 'text 1198', 'text 1199', 'now']);
	t.deepEqual(texts({time: 5001}), []);
	// What came later belongs to it, though it says that it is older.
	history.append([message('in', 'ann', 4, 'late')]);
	t.deepEqual(texts({time: 5000}), ['now', 'late']);
	history.close();
});

test('a check names the page that is damaged, also a free one', async t => {
	const file = await historyFile(t);
	let history = openHistory(file, key);
	fill(history, 600);
	history.forget(talkWith('miller'));
	t.deepEqual(history.check(), []);
	history.close();
	const whole = readFileSync(file);
	for (let page = 3; page <= whole.length / 4096; page += 5) {
		const bad = Buffer.from(whole);
		bad[page * 4096 - 1000]! ^= 0x10;
		writeFileSync(file, bad);
		try {
			history = openHistory(file, key);
			t.true(history.check().includes(`page ${page} is damaged`));
			history.close();
		} catch (error) {
			t.is((error as {code: string}).code, 'damaged');
		}
	}
});
