// The signed-in screen, key by key, without a terminal.
import test from 'ava';
import {KeyParser} from '../../../source/ui/input/key-parser.ts';
import {Talk} from '../../../source/ui/screens/talk.ts';
import {ClientTwin, contact, message} from './client-twin.ts';

function talkWith(client: ClientTwin) {
	const ends: string[] = [];
	const talk = new Talk({
		client,
		size: () => ({columns: 80, rows: 24}),
		quit: () => ends.push('quit'),
		suspend: () => ends.push('suspend'),
		redraw: () => ends.push('redraw'),
	});
	const type = (keys: string) => {
		for (const event of new KeyParser().push(keys)) talk.take(event);
	};

	return {talk, type, ends};
}

test('a line and its Enter in one chunk are one message, newlines and // included', t => {
	const client = new ClientTwin([contact('bob')]);
	const {type} = talkWith(client);
	type('hello\r');
	type('two\u001B\rlines\r');
	type('//help\r');
	type('\u001B[200~/quit\nnow\u001B[201~');
	t.deepEqual(client.asked, ['send bob hello', 'send bob two\nlines', 'send bob /help']);
});

test('commands and names are completed; an unknown command stays where it was typed', t => {
	const client = new ClientTwin([contact('bob'), contact('barbara')]);
	const {talk, type} = talkWith(client);
	type('/blo\tbar\t');
	t.is(talk.draft.text, '/block barbara ');
	type('\r');
	t.deepEqual(client.asked, ['block barbara true']);
	type('/nothing\r');
	t.is(talk.draft.text, '/nothing');
	t.regex(talk.store.value.notice, /no command \/nothing.*\/\//);
});

test('a changed key takes commands alone, and keeps the draft', t => {
	const client = new ClientTwin([contact('bob')]);
	const {talk, type} = talkWith(client);
	type('half a line');
	client.put({contacts: [contact('bob', {identity: 'changed'})]});
	type('secret\r');
	type('//secret\r');
	t.deepEqual(client.asked, []);
	type('\u0003/verify\r');
	t.like(talk.store.value.overlay, {kind: 'verify', digits: '11111 22222'});
	client.number = '33333 44444';
	type('\ry');
	t.deepEqual(client.asked, [], 'another key than the one that was compared');
	t.like(talk.store.value.overlay, {digits: '33333 44444'});
	type('y');
	t.deepEqual(client.asked, ['verify bob']);
	client.put({contacts: [contact('bob', {identity: 'verified'})]});
	t.is(talk.draft.text, 'half a line');
});

test('Ctrl-C clears, then asks, then quits; any other key calls it off', t => {
	const {talk, type, ends} = talkWith(new ClientTwin([contact('bob')]));
	type('draft\u0003');
	t.is(talk.draft.text, '');
	type('\u0003x\u0003\u0003');
	t.deepEqual(ends, []);
	type('\u0003');
	t.deepEqual(ends, ['quit']);
});

test('each conversation keeps its draft and its place; unread ones get a line and are read when opened', t => {
	const unread = [message('carol', 1), message('carol', 2)];
	const many = Array.from({length: 10_000}, (_, index) => message('bob', index));
	const client = new ClientTwin([contact('bob')], many);
	const {talk, type} = talkWith(client);
	type('\u001B[5~draft');
	t.truthy(talk.store.value.anchors.get('bob'));
	const conversations = new Map(client.snapshot().conversations);
	conversations.set('carol', {peer: 'carol', messages: unread, hasOlder: false});
	client.put({contacts: [contact('bob'), contact('carol', {unread: 2})], conversations});
	talk.attend();
	type('\u000E');
	t.is(talk.peer, 'carol');
	t.deepEqual(talk.store.value.firstNew.get('carol'), {id: unread[0]!.id, count: 2});
	t.deepEqual(client.asked, ['markRead carol']);
	t.is(talk.draft.text, '');
	type('\u0010');
	t.is(talk.draft.text, 'draft');
	t.truthy(talk.store.value.anchors.get('bob'));
});
