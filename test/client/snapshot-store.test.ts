import test from 'ava';
import {SnapshotStore} from '../../source/client/snapshot-store.ts';
import {type Message} from '../../source/client/snapshot.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

function message(number: number, direction: 'in' | 'out' = 'out'): Message {
	const id = number.toString(16).padStart(32, '0');
	return {
		id,
		conversation: talkWith('bob'),
		direction,
		time: number,
		text: `text ${number}`,
		state: 'queued',
		reason: undefined,
	};
}

function shown(snapshots: SnapshotStore): readonly Message[] {
	return snapshots.snapshot().conversations.get(talkWith('bob'))?.messages ?? [];
}

test('a snapshot is the same value until something changes, and the old one stays as it was', t => {
	const snapshots = new SnapshotStore();
	const empty = snapshots.snapshot();
	t.is(snapshots.snapshot(), empty);
	snapshots.change('bob', {unread: 1});
	const one = snapshots.snapshot();
	t.not(one, empty);
	t.is(snapshots.snapshot(), one);
	snapshots.change('bob', {unread: 2});
	snapshots.change('ann', {});
	t.is(one.contacts[0]?.unread, 1);
	t.deepEqual(
		snapshots.snapshot().contacts.map(({name, unread}) => [name, unread]),
		[
			['ann', 0],
			['bob', 2],
		],
	);
	t.deepEqual(empty.contacts, []);
});

test('listeners are told once a turn, however much has changed, and not after they left', async t => {
	const snapshots = new SnapshotStore();
	let calls = 0;
	const leave = snapshots.subscribe(() => calls++);
	for (let number = 0; number < 10; number++) snapshots.append(talkWith('bob'), [message(number)]);
	t.is(calls, 0);
	await new Promise(resolve => setImmediate(resolve));
	t.is(calls, 1);
	leave();
	snapshots.clear();
	await new Promise(resolve => setImmediate(resolve));
	t.is(calls, 1);
	t.deepEqual(shown(snapshots), []);
});

test('states move where their messages are, also once older ones are in front; an id of ours in a peer’s hand is not ours', t => {
	const snapshots = new SnapshotStore();
	snapshots.append(talkWith('bob'), [message(1), message(1, 'in'), message(2)]);
	snapshots.prepend(talkWith('bob'), [message(0)], false);
	snapshots.setState(talkWith('bob'), [message(1).id, message(2).id, message(7).id], 'delivered');
	t.deepEqual(
		shown(snapshots).map(({direction, state}) => `${direction} ${state}`),
		['out queued', 'out delivered', 'in queued', 'out delivered'],
	);
	t.is(snapshots.message(message(2).id)?.text, 'text 2');
	snapshots.remove('bob');
	t.is(snapshots.message(message(2).id), undefined);
});

test('what is on show is bounded, and what is left of it is still found', t => {
	const snapshots = new SnapshotStore();
	const count = 25_000;
	for (let number = 0; number < count; number += 100) {
		snapshots.append(
			talkWith('bob'),
			Array.from({length: 100}, (_, index) => message(number + index)),
		);
	}

	const messages = shown(snapshots);
	t.true(messages.length >= 10_000 && messages.length <= 11_000, String(messages.length));
	t.is(messages.at(-1)?.text, `text ${count - 1}`);
	t.true(snapshots.conversation(talkWith('bob'))?.hasOlder);
	t.is(snapshots.message(message(0).id), undefined);
	snapshots.setState(talkWith('bob'), [message(count - 1).id], 'delivered');
	t.is(shown(snapshots).at(-1)?.state, 'delivered');
});

/** Messages from number `from` up to `to`, that one not included. */
function numbered(from: number, to: number): Message[] {
	return Array.from({length: to - from}, (_, index) => message(from + index));
}

function counts(snapshots: SnapshotStore): Array<number | undefined> {
	return ['ann', 'bob'].map(name => snapshots.conversation(talkWith(name))?.messages.length);
}

test('who went far back in a conversation stays there while new ones come, until they go far back in another', t => {
	const snapshots = new SnapshotStore();
	snapshots.append(talkWith('bob'), numbered(50_000, 50_050));
	snapshots.append(talkWith('ann'), numbered(50_050, 50_100));
	snapshots.prepend(talkWith('bob'), numbered(0, 50_000), true);
	for (let number = 60_000; number < 62_000; number += 100)
		snapshots.append(talkWith('bob'), numbered(number, number + 100));
	t.deepEqual(counts(snapshots), [50, 52_050]);
	t.is(shown(snapshots)[0]?.text, 'text 0');
	snapshots.prepend(talkWith('ann'), numbered(100_000, 100_100), true);
	t.deepEqual(counts(snapshots), [150, 52_050]);
	snapshots.prepend(talkWith('ann'), numbered(110_000, 120_000), false);
	t.deepEqual(counts(snapshots), [10_150, 10_000]);
	t.is(shown(snapshots).at(-1)?.text, 'text 61999');
	t.true(snapshots.conversation(talkWith('bob'))?.hasOlder);
	t.is(snapshots.message(message(5).id), undefined);
	snapshots.setState(talkWith('bob'), [message(61_999).id], 'delivered');
	t.is(shown(snapshots).at(-1)?.state, 'delivered');
});

test('also the one that somebody went far back in is bounded', t => {
	const snapshots = new SnapshotStore();
	snapshots.prepend(talkWith('bob'), numbered(0, 100_000), false);
	snapshots.append(talkWith('bob'), numbered(100_000, 101_000));
	t.is(shown(snapshots).length, 101_000);
	snapshots.append(talkWith('bob'), numbered(101_000, 101_001));
	t.is(shown(snapshots).length, 100_000);
	t.true(snapshots.conversation(talkWith('bob'))?.hasOlder);
	t.is(shown(snapshots)[0]?.text, 'text 1001');
});
