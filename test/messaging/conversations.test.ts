import {Buffer} from 'node:buffer';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {SnapshotStore} from '../../source/client/snapshot-store.ts';
import {Conversations} from '../../source/messaging/conversations.ts';
import {type History} from '../../source/messaging/history/history.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {type Message} from '../../source/client/snapshot.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {seededRandom} from '../twins/random.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

async function newHistory(t: ExecutionContext): Promise<History> {
	const history = openHistory(path.join(temporaryFolder(t), 'history.db'), Buffer.alloc(32, 1));
	t.teardown(() => history.close());
	return history;
}

function over(history: History, seed = 'ids') {
	const snapshots = new SnapshotStore();
	return {snapshots, conversations: new Conversations(history, snapshots, seededRandom(seed), () => 0)};
}

function text(from: string, id: string, said: string, time = 5) {
	return {conversation: talkWith(from), content: {kind: 'text', id: Buffer.from(id, 'hex'), time, text: said} as const};
}

function idOf(number: number): string {
	return number.toString(16).padStart(32, '0');
}

function shown(snapshots: SnapshotStore, account: string): string[] {
	return (snapshots.conversation(talkWith(account))?.messages ?? []).map(({text: said}) => said);
}

test('a message of ours is on the disk, on show, and waits', async t => {
	const history = await newHistory(t);
	const {snapshots, conversations} = over(history);
	const message = conversations.write(talkWith('bob'), 'hello', 7);
	t.regex(message.id, /^[\da-f]{32}$/);
	t.not(conversations.write(talkWith('bob'), 'hello', 7).id, message.id);
	t.deepEqual(history.page(talkWith('bob'), 9)[0], message);
	t.deepEqual(snapshots.conversation(talkWith('bob'))?.messages[0], message);
	t.deepEqual(conversations.outbox(talkWith('bob')), history.page(talkWith('bob'), 9));
	t.is(message.state, 'queued');
	t.is(message.time, 7);
});

test('several messages of ours go to the disk in one step: all of them, or none', async t => {
	const history = await newHistory(t);
	let steps = 0;
	let isFull = false;
	const counted: History = {
		...history,
		append(...entries) {
			steps++;
			if (isFull) throw new Error('no space left on device');
			return history.append(...entries);
		},
	};
	const {snapshots, conversations} = over(counted);
	const messages = conversations.writeAll(talkWith('bob'), ['one', 'two', 'three'], 7);
	t.is(steps, 1);
	t.deepEqual(shown(snapshots, 'bob'), ['one', 'two', 'three']);
	t.deepEqual(conversations.outbox(talkWith('bob')), messages);
	t.is(new Set(messages.map(({id}) => id)).size, 3);
	isFull = true;
	t.throws(() => conversations.writeAll(talkWith('bob'), ['four', 'five'], 8), {message: /no space/});
	t.deepEqual(shown(snapshots, 'bob'), ['one', 'two', 'three']);
});

test('what comes is written down before anybody hears of it, and once', async t => {
	const history = await newHistory(t);
	const {snapshots, conversations} = over(history);
	const heard: Message[] = [];
	const stop = conversations.onMessage(message => {
		t.true(history.page(message.conversation, 9).some(({id}) => id === message.id));
		heard.push(message);
	});
	conversations.record([text('bob', idOf(1), 'one'), text('bob', idOf(2), 'two'), text('bob', idOf(1), 'one')], 9);
	conversations.record([text('bob', idOf(2), 'two, again'), text('ann', idOf(1), 'from ann')], 9);
	t.deepEqual(
		heard.map(({conversation, text: said}) => [conversation, said]),
		[
			['bob', 'one'],
			['bob', 'two'],
			['ann', 'from ann'],
		],
	);
	t.deepEqual(shown(snapshots, 'bob'), ['one', 'two']);
	t.is(snapshots.contact('bob')?.unread, 2);
	t.is(snapshots.contact('ann')?.unread, 1);
	stop();
	conversations.record([text('bob', idOf(3), 'three')], 9);
	t.is(heard.length, 3);
	t.deepEqual(shown(snapshots, 'bob'), ['one', 'two', 'three']);
});

test('a message that was taken back waits nowhere: it is in the outbox no more; one that failed stays there', async t => {
	const history = await newHistory(t);
	const {conversations, snapshots} = over(history);
	history.putContact({name: 'bob', blocked: false, addedAt: 1, request: false, nickname: undefined});
	const [back, failed, queued] = ['back', 'failed', 'queued'].map(said =>
		conversations.write(talkWith('bob'), said, 7),
	);
	conversations.failed(talkWith('bob'), [back!.id], 'cancelled');
	conversations.failed(talkWith('bob'), [failed!.id], 'refused');
	t.deepEqual(
		conversations.undelivered().map(({text: said}) => said),
		['failed', 'queued'],
	);
	t.is(snapshots.message(back!.id)?.reason, 'cancelled');
	conversations.queued(talkWith('bob'), back!.id);
	t.is(conversations.undelivered().length, 3, 'sent again, it waits again');
	t.truthy(queued);
});

test('nobody writes from the future', async t => {
	const {snapshots, conversations} = over(await newHistory(t));
	conversations.record([text('bob', idOf(1), 'early', 10), text('bob', idOf(2), 'late', 2 ** 50)], 100);
	t.deepEqual(
		snapshots.conversation(talkWith('bob'))?.messages.map(({time}) => time),
		[10, 100],
	);
});

test('somebody who sends our own ids back is heard, and changes nothing of ours', async t => {
	const history = await newHistory(t);
	const {snapshots, conversations} = over(history);
	const ours = conversations.write(talkWith('bob'), 'ours', 1);
	conversations.record([text('bob', ours.id, 'theirs'), text('ann', ours.id, 'of ann')], 9);
	conversations.delivered(talkWith('bob'), [ours.id]);
	t.deepEqual(shown(snapshots, 'bob'), ['ours', 'theirs']);
	t.deepEqual(snapshots.message(ours.id), {...ours, state: 'delivered'});
	conversations.failed(talkWith('ann'), [ours.id], 'cancelled');
	t.is(snapshots.message(ours.id)?.state, 'delivered');
	t.deepEqual(
		history.page(talkWith('ann'), 9).map(({state}) => state),
		['delivered'],
	);
});

test('the states of a message are on the disk, but for its being on the way', async t => {
	const history = await newHistory(t);
	const {snapshots, conversations} = over(history);
	const {id} = conversations.write(talkWith('bob'), 'hello', 1);
	const states = () => [
		snapshots.message(id)?.state,
		history.page(talkWith('bob'), 1)[0]?.state,
		history.page(talkWith('bob'), 1)[0]?.reason,
	];
	conversations.moved(talkWith('bob'), [id], 'sent');
	t.deepEqual(states(), ['sent', 'queued', undefined]);
	conversations.moved(talkWith('bob'), [id], 'queued');
	t.deepEqual(states(), ['queued', 'queued', undefined]);
	conversations.failed(talkWith('bob'), [id], 'blocked');
	t.deepEqual(states(), ['failed', 'failed', 'blocked']);
	t.is(snapshots.message(id)?.reason, 'blocked');
	t.deepEqual(conversations.outbox(talkWith('bob')), []);
	conversations.queued(talkWith('bob'), id);
	t.deepEqual(states(), ['queued', 'queued', undefined]);
	t.is(snapshots.message(id)?.reason, undefined);
	conversations.delivered(talkWith('bob'), [id]);
	t.deepEqual(states(), ['delivered', 'delivered', undefined]);
});

test('an edit that waits goes with the message that is deleted; a deletion and its message do not wait without each other', async t => {
	const history = await newHistory(t);
	const {snapshots, conversations} = over(history);
	const {id} = conversations.write(talkWith('bob'), 'a secret', 1);
	const target = {direction: 'out', id} as const;
	conversations.act(talkWith('bob'), {kind: 'edit', target, value: 'another secret'}, 2);
	conversations.act(talkWith('bob'), {kind: 'delete', target, value: ''}, 3);
	const waiting = over(history).conversations.outbox(talkWith('bob'));
	t.deepEqual(
		waiting.map(entry => ('kind' in entry ? entry.kind : `text '${entry.text}'`)),
		["text ''", 'delete'],
	);
	t.true(snapshots.message(id)?.deleted);
});

test('acts of one’s own are later than each other whatever the clock says, and one from the future is not done', async t => {
	const history = await newHistory(t);
	const {snapshots, conversations} = over(history);
	const {id} = conversations.write(talkWith('bob'), 'first', 1);
	const target = {direction: 'out', id} as const;
	const times = ['one', 'two', 'three'].map(
		value => conversations.act(talkWith('bob'), {kind: 'edit', target, value}, 100).time,
	);
	t.deepEqual(times, [100, 101, 102]);
	t.is(conversations.act(talkWith('bob'), {kind: 'edit', target, value: 'the clock was set back'}, 50).time, 103);
	t.is(snapshots.message(id)?.text, 'the clock was set back');
	const reaction = (time: number, number: number) => ({
		conversation: talkWith('bob'),
		content: {
			kind: 'reaction' as const,
			id: Buffer.from(idOf(number), 'hex'),
			time,
			target: {isOwn: false, id: Buffer.from(id, 'hex')},
			value: `e${number}`,
		},
	});
	conversations.record([reaction(61_000, 1), reaction(61_001, 2)], 1000);
	t.deepEqual(snapshots.message(id)?.reactions, [{direction: 'in', emoji: 'e1'}]);
});

test('what is old is shown a page at a time, each message once and in order, whatever ids the other chose', async t => {
	const history = await newHistory(t);
	const before = over(history).conversations;
	const said: string[] = [];
	for (let number = 0; number < 60; number++) {
		const ours = before.write(talkWith('bob'), `ours ${number}`, number);
		before.record([text('bob', ours.id, `theirs ${number}`)], 1000);
		said.push(`ours ${number}`, `theirs ${number}`);
	}

	const {snapshots, conversations} = over(history);
	conversations.open([talkWith('bob')]);
	for (const count of [50, 100, 120, 120]) {
		t.deepEqual(shown(snapshots, 'bob'), said.slice(-count));
		t.is(snapshots.conversation(talkWith('bob'))?.hasOlder, count < 120);
		conversations.loadOlder(talkWith('bob'));
	}
});

test('a message is shown with everything since, and the states of what is on show still move', async t => {
	const history = await newHistory(t);
	const ours = Array.from({length: 300}, (_, number) =>
		over(history, `id ${number}`).conversations.write(talkWith('bob'), `${number}`, 1),
	);
	over(history).conversations.record([text('ann', idOf(1), 'of ann'), text('bob', ours[100]!.id, 'an echo')], 9);
	const everything = [...ours.map(each => each.text), 'an echo'];
	const {snapshots, conversations} = over(history);
	conversations.open([talkWith('ann'), talkWith('bob')]);
	t.true(conversations.reveal(talkWith('bob'), ours[299]!.id));
	t.is(shown(snapshots, 'bob').length, 50);
	for (const [number, first] of [
		[100, 100],
		[250, 100],
		[99, 99],
		[0, 0],
	] as const) {
		t.true(conversations.reveal(talkWith('bob'), ours[number]!.id), String(number));
		t.deepEqual(shown(snapshots, 'bob'), everything.slice(first), String(number));
		t.is(snapshots.conversation(talkWith('bob'))?.hasOlder, first > 0);
	}

	conversations.delivered(talkWith('bob'), [ours[0]!.id]);
	t.is(snapshots.conversation(talkWith('bob'))?.messages[0]?.state, 'delivered');
	for (const id of [idOf(1), idOf(77), '', 'no id']) t.false(conversations.reveal(talkWith('bob'), id), id);
	t.false(conversations.reveal(talkWith('nobody'), ours[0]!.id));
	t.is(snapshots.conversation(talkWith('nobody')), undefined);
});

test('a message that lies too far back to show all since is not shown', async t => {
	const history = await newHistory(t);
	const {id} = over(history).conversations.write(talkWith('bob'), 'long ago', 1);
	for (const [depth, isShown] of [
		[100_000, true],
		[100_001, false],
	] as const) {
		const {snapshots, conversations} = over({...history, depth: () => depth});
		conversations.open([talkWith('bob')]);
		t.is(conversations.reveal(talkWith('bob'), id), isShown);
		t.deepEqual(shown(snapshots, 'bob'), ['long ago']);
	}
});

test('what is read stays read', async t => {
	const history = await newHistory(t);
	const {snapshots, conversations} = over(history);
	conversations.record([text('bob', idOf(1), 'one'), text('bob', idOf(2), 'two'), text('ann', idOf(1), 'one')], 9);
	conversations.markRead(talkWith('bob'));
	conversations.markRead(talkWith('nobody'));
	t.is(snapshots.contact('bob')?.unread, 0);
	t.is(snapshots.contact('nobody'), undefined);
	conversations.record([text('bob', idOf(3), 'three')], 9);
	const again = over(history);
	again.conversations.open([talkWith('bob')]);
	t.is(again.snapshots.contact('ann'), undefined);
	again.conversations.open([talkWith('ann')]);
	t.is(again.snapshots.contact('bob')?.unread, 1);
	t.is(again.snapshots.contact('ann')?.unread, 1);
});

test('what is read up to a message leaves what came later unread, and never becomes unread again', async t => {
	const history = await newHistory(t);
	const {snapshots, conversations} = over(history);
	conversations.record(
		[1, 2, 3, 4].map(id => text('bob', idOf(id), String(id))),
		9,
	);
	const unread = () => history.unread(talkWith('bob'), 9).map(message => message.text);
	t.deepEqual(
		history.unread(talkWith('bob'), 2).map(message => message.text),
		['1', '2'],
	);
	t.like(conversations.markRead(talkWith('bob'), idOf(2)), {id: idOf(2), direction: 'in'});
	t.deepEqual(unread(), ['3', '4']);
	t.is(snapshots.contact('bob')?.unread, 2);
	t.is(conversations.markRead(talkWith('bob'), idOf(1)), undefined);
	t.is(conversations.markRead(talkWith('bob'), idOf(7)), undefined);
	t.deepEqual(unread(), ['3', '4']);
	conversations.markRead(talkWith('bob'), idOf(4));
	t.deepEqual(unread(), []);
	t.is(snapshots.contact('bob')?.unread, 0);
});

test('what cannot be written down was not said: nothing shows it, nobody hears of it', async t => {
	const history = await newHistory(t);
	const full: History = {
		...history,
		append() {
			throw new Error('no space left on device');
		},
	};
	const {snapshots, conversations} = over(full);
	conversations.onMessage(() => t.fail());
	t.throws(() => conversations.write(talkWith('bob'), 'hello', 1), {message: /no space/});
	t.throws(() => conversations.record([text('bob', idOf(1), 'one')], 9), {message: /no space/});
	t.is(snapshots.conversation(talkWith('bob')), undefined);
	t.is(snapshots.contact('bob'), undefined);
});
