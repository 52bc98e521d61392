// Mentions among what is unread, counted once for each state of a conversation.
import test from 'ava';
import {type Message} from '../../../source/client/snapshot.ts';
import {mentionCount} from '../../../source/ui/panes/mention-count.ts';
import {ClientTwin, contact, message} from '../../twins/client.ts';

function counted(unread: number, messages: readonly Message[]): number {
	const bob = contact('bob', {unread});
	return mentionCount(new ClientTwin([bob], messages).snapshot(), bob);
}

const named = (index: number, change: Partial<Message> = {}) => message('bob', index, {text: 'hello @me!', ...change});

test('only what is unread counts, newest first, and what one wrote oneself is not unread', t => {
	const messages = [named(1), message('bob', 2), named(3), named(4, {direction: 'out'}), message('bob', 5), named(6)];
	t.deepEqual(
		[0, 1, 2, 3, 4, 5].map(unread => counted(unread, messages)),
		[0, 1, 1, 2, 2, 3],
	);
});

test('more unread than there are on show: those on show count', t => {
	t.is(counted(1000, [named(1), message('bob', 2)]), 1);
	t.is(counted(3, []), 0);
});

test('somebody else’s name is none of it', t => {
	t.is(counted(2, [message('bob', 1, {text: '@mel and me'}), message('bob', 2, {text: '@ME'})]), 1);
});

test('without a conversation, or signed out, there are none', t => {
	const client = new ClientTwin([contact('bob', {unread: 1})], [named(1)]);
	t.is(mentionCount(client.snapshot(), contact('dave', {unread: 1})), 0);
	t.is(mentionCount({...client.snapshot(), account: undefined}, contact('bob', {unread: 1})), 0);
});

test('one conversation is read again when more of it is unread, and when it has changed', t => {
	const client = new ClientTwin([contact('bob')], [named(1), named(2)]);
	const count = (unread: number) => mentionCount(client.snapshot(), contact('bob', {unread}));
	t.deepEqual([count(1), count(1), count(2), count(1), count(0)], [1, 1, 2, 1, 0]);
	client.say(named(3));
	t.is(count(3), 3);
});

test('a conversation is read once while nothing changes', t => {
	let reads = 0;
	const watched = {
		...message('bob', 1),
		get text() {
			reads++;
			return '@me';
		},
	};
	const bob = contact('bob', {unread: 1});
	const snapshot = new ClientTwin([bob], [watched]).snapshot();
	for (let draws = 0; draws < 5; draws++) t.is(mentionCount(snapshot, bob), 1);
	t.is(reads, 1);
});
