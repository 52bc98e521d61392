import test from 'ava';
import {SnapshotStore} from '../../source/client/snapshot-store.ts';
import {type Message} from '../../source/client/snapshot.ts';

function message(number: number, direction: 'in' | 'out' = 'out'): Message {
	const id = number.toString(16).padStart(32, '0');
	return {id, peer: 'bob', direction, time: number, text: `text ${number}`, state: 'queued', reason: undefined};
}

function shown(board: SnapshotStore): readonly Message[] {
	return board.snapshot().conversations.get('bob')?.messages ?? [];
}

test('a snapshot is the same value until something changes, and the old one stays as it was', t => {
	const board = new SnapshotStore();
	const empty = board.snapshot();
	t.is(board.snapshot(), empty);
	board.change('bob', {unread: 1});
	const one = board.snapshot();
	t.not(one, empty);
	t.is(board.snapshot(), one);
	board.change('bob', {unread: 2});
	board.change('ann', {});
	t.is(one.contacts[0]?.unread, 1);
	t.deepEqual(
		board.snapshot().contacts.map(({name, unread}) => [name, unread]),
		[
			['ann', 0],
			['bob', 2],
		],
	);
	t.deepEqual(empty.contacts, []);
});

test('listeners are told once a turn, however much has changed, and not after they left', async t => {
	const board = new SnapshotStore();
	let calls = 0;
	const leave = board.subscribe(() => calls++);
	for (let number = 0; number < 10; number++) board.append('bob', [message(number)]);
	t.is(calls, 0);
	await new Promise(resolve => setImmediate(resolve));
	t.is(calls, 1);
	leave();
	board.clear();
	await new Promise(resolve => setImmediate(resolve));
	t.is(calls, 1);
	t.deepEqual(shown(board), []);
});

test('states move where their messages are, also once older ones are in front; an id of ours in a peer’s hand is not ours', t => {
	const board = new SnapshotStore();
	board.append('bob', [message(1), message(1, 'in'), message(2)]);
	board.prepend('bob', [message(0)], false);
	board.setState('bob', [message(1).id, message(2).id, message(7).id], 'delivered');
	t.deepEqual(
		shown(board).map(({direction, state}) => `${direction} ${state}`),
		['out queued', 'out delivered', 'in queued', 'out delivered'],
	);
	t.is(board.message(message(2).id)?.text, 'text 2');
	board.remove('bob');
	t.is(board.message(message(2).id), undefined);
});

test('what is on show is bounded, and what is left of it is still found', t => {
	const board = new SnapshotStore();
	const count = 25_000;
	for (let number = 0; number < count; number += 100) {
		board.append(
			'bob',
			Array.from({length: 100}, (_, index) => message(number + index)),
		);
	}

	const messages = shown(board);
	t.true(messages.length >= 10_000 && messages.length <= 11_000, String(messages.length));
	t.is(messages.at(-1)?.text, `text ${count - 1}`);
	t.true(board.conversation('bob')?.hasOlder);
	t.is(board.message(message(0).id), undefined);
	board.setState('bob', [message(count - 1).id], 'delivered');
	t.is(shown(board).at(-1)?.state, 'delivered');
});

/** Messages from number `from` up to `to`, that one not included. */
function numbered(from: number, to: number): Message[] {
	return Array.from({length: to - from}, (_, index) => message(from + index));
}

function counts(board: SnapshotStore): Array<number | undefined> {
	return ['ann', 'bob'].map(name => board.conversation(name)?.messages.length);
}

test('who went far back in a conversation stays there while new ones come, until they go far back in another', t => {
	const board = new SnapshotStore();
	board.append('bob', numbered(50_000, 50_050));
	board.append('ann', numbered(50_050, 50_100));
	board.prepend('bob', numbered(0, 50_000), true);
	for (let number = 60_000; number < 62_000; number += 100) board.append('bob', numbered(number, number + 100));
	t.deepEqual(counts(board), [50, 52_050]);
	t.is(shown(board)[0]?.text, 'text 0');
	board.prepend('ann', numbered(100_000, 100_100), true);
	t.deepEqual(counts(board), [150, 52_050]);
	board.prepend('ann', numbered(110_000, 120_000), false);
	t.deepEqual(counts(board), [10_150, 10_000]);
	t.is(shown(board).at(-1)?.text, 'text 61999');
	t.true(board.conversation('bob')?.hasOlder);
	t.is(board.message(message(5).id), undefined);
	board.setState('bob', [message(61_999).id], 'delivered');
	t.is(shown(board).at(-1)?.state, 'delivered');
});

test('also the one that somebody went far back in is bounded', t => {
	const board = new SnapshotStore();
	board.prepend('bob', numbered(0, 100_000), false);
	board.append('bob', numbered(100_000, 101_000));
	t.is(shown(board).length, 101_000);
	board.append('bob', numbered(101_000, 101_001));
	t.is(shown(board).length, 100_000);
	t.true(board.conversation('bob')?.hasOlder);
	t.is(shown(board)[0]?.text, 'text 1001');
});
