// Rows of a conversation are kept while they are looked at, and no longer.
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import test from 'ava';
import {type Message} from '../../../source/client/snapshot.ts';
import {conversationRows} from '../../../source/ui/panes/conversation-rows.ts';
import {message} from '../../twins/client.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const look = {
	width: 80,
	self: 'me',
	isTall: false,
	firstNew: undefined,
	selected: undefined,
	marked: undefined,
	opened: new Set<string>(),
	raw: new Set<string>(),
	now: 0,
	devices: undefined,
	transfers: undefined,
};

/** Lays the last ten of a talk out as it goes on; of its messages the newest hundred are there. Those, and the first of all. */
function longTalk(count: number): {readonly shown: readonly Message[]; readonly first: WeakRef<Message>} {
	let shown: Message[] = [];
	let first: Message | undefined;
	for (let index = 0; index < count; index++) {
		shown = [...shown, message('bob', index)].slice(-100);
		first ??= shown[0];
		const rowsAt = conversationRows({id: talkWith('bob'), messages: shown, hasOlder: true}, look);
		for (let place = Math.max(0, shown.length - 10); place < shown.length; place++) rowsAt(place);
	}

	return {shown, first: new WeakRef(first!)};
}

test('a talk of hours does not keep every message that was ever on the screen', async t => {
	const {shown, first} = longTalk(3000);
	await new Promise(resolve => setImmediate(resolve));
	collectGarbage();
	t.is(first.deref(), undefined);
	t.is(shown.length, 100);
});

test('a message whose neighbour has not changed is laid out once', t => {
	const messages = [message('bob', 1), message('bob', 2), message('bob', 3)];
	const rowsAt = conversationRows({id: talkWith('bob'), messages, hasOlder: false}, look);
	const [first, second] = [rowsAt(0), rowsAt(1)];
	const again = conversationRows(
		{id: talkWith('bob'), messages: [...messages.slice(0, 2), message('bob', 4)], hasOlder: false},
		look,
	);
	t.is(again(0), first);
	t.is(again(1), second);
});

test('that somebody uses other devices stands where it was learned, and not before what is on show', t => {
	const messages = [message('bob', 1), message('bob', 2), message('bob', 3)];
	const shown = (since: number, hasOlder = false) => {
		const rowsAt = conversationRows({id: talkWith('bob'), messages, hasOlder}, {...look, devices: {count: 2, since}});
		const texts = messages.flatMap((_, index) => rowsAt(index).map(row => row.map(({text}) => text).join('')));
		return texts.flatMap(text => /message \d|bob now uses 2 devices/.exec(text) ?? []);
	};

	const said = ['message 1', 'message 2', 'message 3'];
	const told = 'bob now uses 2 devices';
	const [first, second, third] = messages.map(({time}) => time) as [number, number, number];
	t.deepEqual(shown(third + 1), [...said, told]);
	t.deepEqual(shown(second), [...said.slice(0, 2), told, 'message 3']);
	t.deepEqual(shown(first - 1), [told, ...said]);
	t.deepEqual(shown(first - 1, true), said);
});
