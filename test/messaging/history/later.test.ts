// What is kept for later: of kinds and options that this build does not know, and acts that are ahead of their time.
import {Buffer} from 'node:buffer';
import {readFileSync} from 'node:fs';
import {encode} from 'cborg';
import test from 'ava';
import {SnapshotStore} from '../../../source/client/snapshot-store.ts';
import {Conversations} from '../../../source/messaging/conversations.ts';
import {type Deferred, type History} from '../../../source/messaging/history/history.ts';
import {openHistory} from '../../../source/messaging/history/sqlite-history.ts';
import {type Change} from '../../../source/client/snapshot.ts';
import {AHEAD_MS} from '../../../source/content/act.ts';
import {decodeContent} from '../../../source/content/content.ts';
import {seededRandom} from '../../twins/random.ts';
import {historyFile, key} from './entries.ts';
import {connected} from './older.ts';
import {plainPages} from './plain-pages.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

const NOW = 1_800_000_000_000;
const FAR = NOW + 400 * 86_400_000;
const id = (number: number) => Buffer.alloc(16, number);
const hex = (number: number) => id(number).toString('hex');
const item = (...fields: unknown[]) => Buffer.from(encode(fields));

/** What bob says, as it arrives. */
function said(...contents: readonly Buffer[]) {
	return contents.map(bytes => {
		const content = decodeContent(bytes);
		if (content === undefined || !('id' in content)) throw new TypeError('that would not be kept');
		return {conversation: talkWith('bob'), content};
	});
}

function over(history: History) {
	const snapshots = new SnapshotStore();
	snapshots.change('bob', {});
	const own = {time: 0};
	const conversations = new Conversations(history, snapshots, seededRandom('ids'), () => own.time);
	conversations.open([talkWith('bob')]);
	return {snapshots, conversations, own};
}

/** The bytes that are kept in a file that is closed. */
function kept(file: string): Array<{kind: number; due: number; bytes: Buffer}> {
	const database = connected(file);
	const rows = database.prepare('SELECT kind, due, bytes FROM contents ORDER BY place').all();
	database.close();
	return rows as Array<{kind: number; due: number; bytes: Buffer}>;
}

const words = (history: History) => history.page(talkWith('bob'), 99).map(({text}) => text);

test('what this build does not know is kept as it came, once, shown nowhere, and gone with the conversation', async t => {
	const file = await historyFile(t);
	let history = openHistory(file, key);
	const {snapshots, conversations} = over(history);
	const offer = item(100, id(1), NOW, {name: 'rumpelstiltskin'});
	const text = item(1, id(2), NOW, 'a text', {life: 60, x: 'of straw'});
	conversations.record(said(offer, text, offer), NOW);
	conversations.record(said(offer, text), NOW);
	t.deepEqual(words(history), ['a text']);
	t.deepEqual(snapshots.conversation(talkWith('bob'))?.messages, history.page(talkWith('bob'), 9));
	t.is(history.page(talkWith('bob'), 9)[0]?.lifetime, 60);
	t.deepEqual(history.conversations(), [{conversation: talkWith('bob'), unread: 1}]);
	t.deepEqual(history.takeDue(Number.MAX_SAFE_INTEGER), [], 'nobody knows it yet');
	history.close();
	t.deepEqual(kept(file), [
		{kind: 100, due: NOW, bytes: offer},
		{kind: 1, due: NOW, bytes: text},
	]);
	history = openHistory(file, key);
	t.deepEqual(words(history), ['a text']);
	history.forget(talkWith('bob'));
	const plain = plainPages(file, key).toString('latin1');
	t.false(plain.includes('rumpelstiltskin') || plain.includes('straw'));
	history.close();
	t.deepEqual(kept(file), []);
	t.true(readFileSync(file).length > 0);
});

test('a text that is deleted takes its unknown options with it; what is old goes, known or not', async t => {
	const file = await historyFile(t);
	const history = openHistory(file, key);
	const {conversations} = over(history);
	conversations.record(
		said(
			item(1, id(1), NOW, 'a', {x: 'rumpelstiltskin'}),
			item(100, id(2), FAR, 'straw'),
			item(5, id(4), NOW + 1, id(1)),
		),
		NOW,
	);
	conversations.record(said(item(100, id(3), FAR, 'gold')), NOW + 5);
	const plain = () => plainPages(file, key).toString('latin1');
	t.false(plain().includes('rumpelstiltskin'));
	t.true(plain().includes('straw'));
	t.deepEqual(history.discard(NOW + 1, NOW + 1), ['bob']);
	t.false(plain().includes('straw'));
	history.close();
	t.deepEqual(
		kept(file).map(({bytes}) => bytes),
		[item(100, id(3), FAR, 'gold')],
	);
});

test('a build that knows more does what an older one kept, in its place, and once', async t => {
	const file = await historyFile(t);
	// To the build that has written this, an edit and a reading were of a later version.
	const opaque = (number: number, own: number, bytes: Buffer): Deferred => ({
		kind: 'deferred',
		id: hex(own),
		conversation: talkWith('bob'),
		direction: 'in',
		state: 'delivered',
		reason: undefined,
		time: NOW,
		due: NOW,
		number,
		bytes,
		target: undefined,
	});
	let history = openHistory(file, key);
	const before = over(history);
	const mine = before.conversations.write(talkWith('bob'), 'mine', NOW);
	before.conversations.delivered(talkWith('bob'), [mine.id]);
	before.conversations.record(said(item(1, id(1), NOW, 'frist')), NOW);
	history.append([
		opaque(4, 2, item(4, id(2), NOW, id(1), 'first')),
		opaque(7, 3, item(7, id(3), NOW, Buffer.from(mine.id, 'hex'))),
		opaque(4, 4, item(4, id(4), NOW, id(1), '')),
		opaque(100, 5, item(100, id(5), NOW)),
	]);
	t.deepEqual(words(history), ['mine', 'frist']);
	history.close();

	history = openHistory(file, key);
	const {snapshots, conversations} = over(history);
	const changes: Change[] = [];
	conversations.onChange(change => changes.push(change));
	t.is(conversations.takeDue(NOW), undefined);
	t.deepEqual(words(history), ['mine', 'first']);
	t.deepEqual(
		snapshots.conversation(talkWith('bob'))?.messages.map(({text, state}) => [text, state]),
		[
			['mine', 'read'],
			['first', 'delivered'],
		],
	);
	t.deepEqual(
		changes.map(({kind}) => kind),
		['edit', 'read'],
	);
	t.is(conversations.takeDue(NOW), undefined);
	t.is(changes.length, 2);
	conversations.record(said(item(4, id(2), NOW, id(1), 'said again')), NOW);
	t.deepEqual(words(history), ['mine', 'first']);
	t.deepEqual(history.check(), []);
	history.close();
	t.deepEqual(
		kept(file).map(({kind}) => kind),
		[100],
	);
});

test('an act ahead of its time does nothing until then, and is done then, after a restart too', async t => {
	const file = await historyFile(t);
	let history = openHistory(file, key);
	const first = over(history);
	const mine = first.conversations.write(talkWith('bob'), 'mine', NOW);
	const arrived = said(
		item(1, id(1), NOW, 'theirs'),
		item(8, id(2), FAR, 3600),
		item(6, id(3), FAR + 1, [false, Buffer.from(mine.id, 'hex')], 'e'),
		item(4, id(4), FAR + 2, id(1), 'theirs, edited'),
		item(5, id(5), FAR + AHEAD_MS + 3, id(1)),
		item(7, id(6), FAR, Buffer.from(mine.id, 'hex')),
	);
	t.true(first.conversations.record(arrived, NOW));
	t.false(first.conversations.record(arrived, NOW), 'once');
	first.conversations.delivered(talkWith('bob'), [mine.id]);
	t.is(first.conversations.takeDue(NOW), FAR - AHEAD_MS);
	t.is(history.setting(talkWith('bob'), 'timer'), undefined);
	t.deepEqual(
		history.page(talkWith('bob'), 9).map(({text, state, reactions}) => [text, state, reactions]),
		[
			['mine', 'delivered', undefined],
			['theirs', 'delivered', undefined],
		],
	);
	t.deepEqual(history.edits(talkWith('bob'), {direction: 'in', id: hex(1)}), []);
	// One's own act is not dragged along: it has the time that it is.
	t.is(first.conversations.act(talkWith('bob'), {kind: 'timer', target: undefined, value: '60'}, NOW).time, NOW);
	t.is(history.setting(talkWith('bob'), 'timer')?.value, '60');
	t.is(
		first.conversations.act(talkWith('bob'), {kind: 'reaction', target: {direction: 'in', id: hex(1)}, value: 'o'}, NOW)
			.time,
		NOW,
	);
	history.close();

	history = openHistory(file, key);
	const {snapshots, conversations} = over(history);
	const changes: Change[] = [];
	conversations.onChange(change => changes.push(change));
	t.is(conversations.takeDue(FAR - AHEAD_MS - 1), FAR - AHEAD_MS);
	t.deepEqual(changes, []);
	t.is(conversations.takeDue(FAR + 2 - AHEAD_MS), FAR + 3);
	t.deepEqual(changes.map(({kind}) => kind).toSorted(), ['edit', 'reaction', 'read', 'timer']);
	t.is(history.setting(talkWith('bob'), 'timer')?.value, '3600');
	t.is(snapshots.contact('bob')?.agreed?.timer?.value, '3600');
	t.deepEqual(
		snapshots.conversation(talkWith('bob'))?.messages.map(({text, state}) => [text, state]),
		[
			['mine', 'read'],
			['theirs, edited', 'delivered'],
		],
	);
	t.is(snapshots.message(mine.id)?.reactions?.length, 1);
	t.is(conversations.takeDue(FAR + 3), undefined);
	t.deepEqual(words(history), ['mine', '']);
	history.close();
	t.deepEqual(kept(file), []);
});

test('the words of an edit that waits for its time go with its message, whatever comes first', async t => {
	const file = await historyFile(t);
	const history = openHistory(file, key);
	const {conversations, own} = over(history);
	const edit = (number: number, target: number) => item(4, id(number), FAR, id(target), `rumpelstiltskin ${number}`);
	const remove = (number: number, target: number) => item(5, id(number), NOW, id(target));
	const text = (number: number) => item(1, id(number), NOW, 'a text', {life: 1});
	conversations.record(said(text(1), edit(11, 1), remove(21, 1)), NOW);
	conversations.record(said(remove(22, 2), text(2), edit(12, 2)), NOW);
	conversations.record(said(text(3), edit(13, 3)), NOW);
	t.true(plainPages(file, key).toString('latin1').includes('rumpelstiltskin'));
	conversations.markRead(talkWith('bob'));
	own.time = 1000;
	conversations.expire();
	conversations.record(said(edit(14, 3)), NOW);
	t.false(plainPages(file, key).toString('latin1').includes('rumpelstiltskin'));
	t.is(conversations.takeDue(FAR), undefined);
	history.close();
	t.deepEqual(kept(file), []);
});
