// The signed-in screen, key by key, without a terminal.
import test from 'ava';
import {type Snapshot} from '../../../source/client/snapshot.ts';
import {talkFrame} from '../../../source/ui/screens/talk-frame.ts';
import {settingsOverlay} from '../../../source/ui/overlays/settings-overlay.ts';
import {loadEmoji} from '../../../source/content/emoji.ts';
import {bannerRows} from '../../../source/ui/screens/talk-view.ts';
import {screenOf} from './typed-screen.ts';
import {ClientTwin, contact, message} from '../../twins/client.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';

function withMessages(
	client: ClientTwin,
	name: string,
	messages: ReturnType<typeof message>[],
): Snapshot['conversations'] {
	return new Map(client.snapshot().conversations).set(talkWith(name), {id: talkWith(name), messages, hasOlder: false});
}

test('a line and its Enter in one chunk are one message, newlines and // included', t => {
	const client = new ClientTwin([contact('bob')]);
	const {type} = screenOf(client);
	type('hello\r');
	type('two\u001B\rlines\r');
	type('//help\r');
	type('\u001B[200~/quit\nnow\u001B[201~');
	t.deepEqual(client.asked, ['send bob hello', 'send bob two\nlines', 'send bob /help']);
});

test('commands and names are completed; an unknown command stays where it was typed', t => {
	const client = new ClientTwin([contact('bob'), contact('barbara')]);
	const {talk, type} = screenOf(client);
	type('/blo\tbar\t');
	t.is(talk.writing.draft.text, '/block barbara ');
	type('\r');
	t.deepEqual(client.asked, ['block barbara true']);
	type('/nothing\r');
	t.is(talk.writing.draft.text, '/nothing');
	t.regex(talk.store.value.notice, /no command \/nothing.*\/\//);
});

test('a name that the directory does not know makes no contact, and the line comes back', async t => {
	const client = new ClientTwin([contact('bob')]);
	const {talk, type} = screenOf(client);
	for (const line of ['/add nobdy', '/msg nobdy hello', '/block nobdy']) {
		type(`${line}\r`);
		await new Promise(setImmediate);
		t.is(talk.store.value.notice, 'No such name in the directory: nobdy.');
		t.is(talk.writing.draft.text, line);
		type('\u0003');
	}

	t.is(talk.conversation, talkWith('bob'));
	type('/mute nobdy\r');
	t.is(talk.store.value.notice, 'There is no nobdy in your list.');
	t.deepEqual(client.asked, []);
	type('/msg carol hello\r');
	await new Promise(setImmediate);
	t.deepEqual(client.asked, ['addContact carol', 'send carol hello']);
	client.unknown = undefined;
	type('/add dave\r');
	await new Promise(setImmediate);
	t.is(client.asked.at(-1), 'addContact dave');
	t.regex(talk.store.value.notice, /directory is out of reach/);
});

test('the first row of a page names its author, in a run that has scrolled and in the middle of a long message', t => {
	const run = Array.from({length: 90}, (_, index) => message('bob', index, {time: 1000 + index}));
	const long = message('bob', 90, {time: 2000, direction: 'out', text: 'word '.repeat(600)});
	const {talk, type} = screenOf(new ClientTwin([contact('bob')], [...run, long]));
	const firstLine = () =>
		talkFrame(talk.view)
			.rows[1]?.map(({text}) => text)
			.join('') ?? '';
	talk.reading.open(long.id, true);
	t.regex(firstLine(), /^ me {2}word word/);
	talk.reading.open(long.id, false);
	for (let scrolls = 0; scrolls < 2; scrolls++) type('\u001B[5~');
	t.regex(firstLine(), /^bob {2}message \d+/);
	type('\u001Bm'.padEnd(40, 'k'));
	t.regex(firstLine(), /^bob▌ message \d+/, 'a selected one, too');
	for (let scrolls = 0; scrolls < 9; scrolls++) type('\u001B[5~');
	t.regex(firstLine(), /^─+ .* ─+$/, 'a day stays a day');
});

test('/raw shows the newest message plain, p the selected one, and both with markup again', t => {
	const said = [1, 2].map(index => message('bob', index, {text: `*bold ${index}*`}));
	const {talk, type, done} = screenOf(new ClientTwin([contact('bob')], said));
	const bold = () =>
		talkFrame(talk.view)
			.rows.flat()
			.filter(({isBold}) => isBold === true)
			.map(({text}) => text);
	t.deepEqual(bold(), ['bold 1', 'bold 2']);
	type('/raw\r');
	t.deepEqual(bold(), ['bold 1']);
	t.is(talk.store.value.notice, 'Shown plain, as it was typed.');
	type('\u001Bmkp');
	t.deepEqual(bold(), []);
	type('p');
	t.is(talk.store.value.notice, 'Shown with its markup.');
	type('y\u001B[27u/raw\r');
	t.deepEqual(bold(), ['bold 1', 'bold 2']);
	t.deepEqual(done, ['copy *bold 1*'], 'what is copied has its signs');
});

test('a paste says how many lines it has, and loses the line end behind the last one', t => {
	const {talk, type} = screenOf(new ClientTwin([contact('bob')]));
	const lines = Array.from({length: 500}, (_, index) => `line ${index}`).join('\n');
	type(`\u001B[200~${lines}\r\n\u001B[201~`);
	t.is(talk.writing.draft.text, lines);
	t.is(talk.store.value.notice, '500 lines were pasted: Enter sends them.');
	type('\u0003\u001B[200~one line\n\u001B[201~');
	t.is(talk.writing.draft.text, 'one line');
	t.is(talk.store.value.notice, '');
});

test('a changed key: what is typed is kept, and Enter says why it is not sent and what can be done', t => {
	const client = new ClientTwin([contact('bob')]);
	const {talk, type} = screenOf(client);
	type('half a line');
	client.put({contacts: [contact('bob', {identity: 'changed'})]});
	client.marks.length = 0;
	type(' goes on\r');
	t.deepEqual(client.asked, []);
	t.is(talk.writing.draft.text, 'half a line goes on');
	t.regex(talk.store.value.overlay?.title ?? '', /Not sent: the key of bob has changed/);
	type('!\r\u001B[B\u001B[B\r');
	t.is(talk.writing.draft.text, 'half a line goes on!', 'a letter goes into the input');
	t.regex(talk.store.value.overlay?.title ?? '', /Sure/);
	type('\r');
	t.deepEqual(client.asked, []);
	t.false(client.marks.includes('bob true'), 'nobody is told that somebody types');
	type('\r\u001B[B\r');
	t.regex(talk.store.value.overlay?.title ?? '', /Safety number with bob/);
	client.number = '33333 44444';
	type('\u001B[B\r');
	t.deepEqual(client.asked, [], 'another key than the one that was compared');
	t.regex(talk.store.value.notice, /changed meanwhile/);
	type('\u001B[B\r');
	t.deepEqual(client.asked, ['verify bob']);
	client.put({contacts: [contact('bob', {identity: 'verified'})]});
	t.is(talk.writing.draft.text, 'half a line goes on!');
	type('\r');
	t.is(client.asked.at(-1), 'send bob half a line goes on!');
});

test('a stranger: what is typed is kept and not sent until one has decided; no bell rings', t => {
	const client = new ClientTwin([contact('bob', {request: true})], [message('bob', 1)]);
	const {talk, type, done} = screenOf(client);
	t.teardown(talk.attach());
	type('hello\r');
	t.deepEqual(
		client.asked.filter(words => words.startsWith('send')),
		[],
	);
	t.is(talk.writing.draft.text, 'hello');
	t.is(talk.store.value.overlay?.title, 'Not sent: bob is not in your list');
	t.deepEqual(client.marks, []);
	type('\u001B[O');
	client.say(message('bob', 2));
	t.deepEqual(done, []);
	type('\u001B[I\u001B[B\r');
	t.true(client.asked.includes('accept bob'));
	client.put({contacts: [contact('bob')]});
	type('\r');
	t.true(client.asked.includes('send bob hello'));
});

test('a selected message is answered, edited, deleted and looked into; Esc leaves it, and the draft stands', async t => {
	const own = message('bob', 2, {direction: 'out', text: 'mine'});
	const client = new ClientTwin([contact('bob')], [message('bob', 1), own]);
	const {talk, type} = screenOf(client);
	const asked = () => client.asked.filter(words => !words.startsWith('markRead'));
	type('a draft\u001Bmkr');
	t.is(talk.target?.kind, 'reply');
	t.is(bannerRows(talk.view).length, 1);
	type(' to it\r');
	t.deepEqual(asked(), [`send bob a draft to it re ${message('bob', 1).id}`]);
	t.is(talk.target, undefined);
	type('another\u001Bme');
	t.is(talk.writing.draft.text, 'mine');
	type('\u001B[27u');
	t.is(talk.target, undefined);
	t.is(talk.writing.draft.text, 'another');
	type('\u001Bme!\r');
	t.is(asked().at(-1), `edit bob ${own.id} mine!`);
	t.is(talk.writing.draft.text, 'another');
	type('\u001Bmd');
	t.regex(talk.store.value.overlay?.title ?? '', /Sure/);
	type('\u001B[B\r');
	t.is(asked().at(-1), `erase bob ${own.id}`);
	type('\u001Bmh');
	t.regex(talk.store.value.notice, /not edited/);
	client.former = [{time: 0, text: 'as it was'}];
	type('h');
	t.is(talk.store.value.overlay?.title, 'What it said before');
	type('\u001B[27u\u001B[27u\u001Bmke');
	t.regex(talk.store.value.notice, /Only your own messages/);
	await loadEmoji(error => t.fail(String(error)));
	type('+');
	t.is(talk.store.value.overlay?.title, 'Reaction');
	type('\r');
	t.is(asked().at(-1), `react bob ${message('bob', 1).id} 👍`);
});

test('commands about messages take the newest that fits', async t => {
	const messages = [
		message('bob', 1, {text: 'theirs'}),
		message('bob', 2, {direction: 'out', text: 'mine', state: 'queued'}),
		message('bob', 3, {direction: 'out', text: '', deleted: true}),
	];
	const client = new ClientTwin([contact('bob')], messages);
	const {talk, type} = screenOf(client);
	const asked = () => client.asked.findLast(words => !words.startsWith('markRead'));
	const [first, second] = messages;
	type('/react 🎉\r');
	await new Promise(setImmediate);
	t.is(asked(), `react bob ${first!.id} 🎉`);
	type('/reply\rok\r');
	t.is(asked(), `send bob ok re ${first!.id}`);
	type('/edit\r, better\r');
	t.is(asked(), `edit bob ${second!.id} mine, better`);
	type('/delete\r\u001B[B\r');
	t.is(asked(), `erase bob ${second!.id}`);
	type('/me waves\r');
	t.is(asked(), 'send bob /me waves');
	for (const [words, seconds] of [
		['1h', 3600],
		['30 s', 30],
		['2w', 1_209_600],
		['off', 0],
	] as const) {
		type(`/timer ${words}\r`);
		t.is(asked(), `setTimer bob ${seconds}`);
	}

	type('/pin\r');
	t.regex(asked() ?? '', /^act bob pin \S+ pinned$/);
	type('/pin off\r');
	t.is(talk.store.value.notice, 'Nothing is pinned.');
	type('/timer never\r');
	t.regex(talk.store.value.notice, /^Messages stay; change it as \/timer 1h/);
	type('/nick Bobby\r');
	t.is(asked(), 'setNickname bob Bobby');
	type('/away at lunch\r');
	t.is(asked(), 'setAway at lunch');
	type('/away\r');
	t.is(asked(), 'setAway -');
	type('/goto 2026-13-40\r');
	t.regex(talk.store.value.notice, /Usage: \/goto/);
	type('/goto 2026-11-03\r');
	t.is(talk.store.value.marked, first!.id);
	type('/goto 2026-11-02\r');
	t.is(talk.store.value.marked, first!.id);
	t.regex(talk.store.value.notice, /^Nothing on Mon 2 Nov(?: 2026)?: showing Tue 3 Nov(?: 2026)?\.$/);
	type('/forget\r\u001B[B\r');
	t.is(asked(), 'forget bob');
	type('/outbox\r');
	t.is(talk.store.value.overlay?.title, 'Outbox: 1');
	type('\r\u001B[B\u001B[B\r');
	t.is(asked(), `cancel ${second!.id}`);
	type('\r\u001B[B\r');
	t.is(talk.store.value.marked, second!.id);
});

test('Ctrl-C clears, then asks, then quits, with an overlay open too; any other key calls it off', t => {
	const {talk, type, done} = screenOf(new ClientTwin([contact('bob')]));
	type('draft\u0003');
	t.is(talk.writing.draft.text, '');
	type('\u0003x\u0003\u0003');
	t.deepEqual(done, []);
	type('\u0003');
	t.deepEqual(done, ['quit']);
	type('\u001BOP\u0003');
	t.is(talk.store.value.overlay, undefined);
	type('\u0003');
	t.deepEqual(done, ['quit', 'quit']);
});

test('each conversation keeps its draft and its place; unread ones get a line and are read when opened', t => {
	const unread = [message('carol', 1), message('carol', 2)];
	const many = Array.from({length: 10_000}, (_, index) => message('bob', index));
	const client = new ClientTwin([contact('bob')], many);
	const {talk, type} = screenOf(client);
	type('\u001B[5~draft');
	t.truthy(talk.store.value.anchors.get(talkWith('bob')));
	const conversations = withMessages(client, 'carol', unread);
	client.put({contacts: [contact('bob'), contact('carol', {unread: 2})], conversations});
	talk.attend();
	type('\u000E');
	t.is(talk.conversation, talkWith('carol'));
	t.deepEqual(talk.store.value.firstNew.get(talkWith('carol')), {id: unread[0]!.id, count: 2});
	t.deepEqual(client.asked, ['markRead carol']);
	t.is(talk.writing.draft.text, '');
	type('\u0010');
	t.is(talk.writing.draft.text, 'draft');
	t.truthy(talk.store.value.anchors.get(talkWith('bob')));
});

test('drafts and the open conversation outlive the screen', t => {
	const client = new ClientTwin([contact('bob'), contact('carol')]);
	const first = screenOf(client);
	first.type('to bob\u000Eto carol');
	first.talk.keep();
	const second = screenOf(client);
	t.is(second.talk.conversation, talkWith('carol'));
	t.is(second.talk.writing.draft.text, 'to carol');
	second.type('\u0010');
	t.is(second.talk.writing.draft.text, 'to bob');
	second.type('\r');
	second.talk.keep();
	t.is(screenOf(client).talk.writing.drafts.get({conversation: talkWith('bob'), kind: 'draft'}).text, '');
	t.deepEqual(client.asked, ['send bob to bob']);
});

test('a draft that the disk does not take stays on the screen, and the trace is told', t => {
	class FullDisk extends ClientTwin {
		override readonly remember = () => {
			throw new Error('full');
		};
		override readonly rememberConversation = () => {
			throw new Error('full');
		};
	}
	const client = new FullDisk([contact('bob')]);
	const {talk, type} = screenOf(client);
	type('hello');
	talk.keep();
	t.is(talk.writing.draft.text, 'hello');
	t.true(client.asked.includes('caught draft'));
	t.true(client.asked.includes('caught open conversation'));
});

test('typing is told of, commands are not, and nothing when the person wants it so', t => {
	const client = new ClientTwin([contact('bob')]);
	const {talk, type} = screenOf(client);
	type('/he\u0015h\r');
	t.deepEqual(client.marks, ['bob true', 'bob false']);
	talk.prefer({typing: false});
	type('hello');
	t.is(client.marks.length, 2);
	talk.keep();
});

test('the list is filtered by typing, and the directory’s names come below', async t => {
	const client = new ClientTwin([contact('bob'), contact('barbara'), contact('dave')]);
	const {talk, type} = screenOf(client);
	type('\tba');
	t.deepEqual(
		talk.list.entries.map(({name}) => name),
		['barbara'],
	);
	talk.store.put({found: [{name: 'basil', online: true}]});
	type('\u001B[B\r');
	t.deepEqual(client.asked, ['addContact basil']);
	t.is(talk.store.value.filter, '');
	t.is(talk.store.value.pane, 'input');
});

test('the switcher goes where a few letters say', t => {
	const client = new ClientTwin([contact('bob'), contact('barbara'), contact('dave')]);
	const {talk, type} = screenOf(client);
	type('\u0007bra');
	type('\r');
	t.is(talk.conversation, talkWith('barbara'));
	t.is(talk.store.value.overlay, undefined);
});

test('what was said is found, here or everywhere, and gone to', t => {
	const messages = [message('bob', 1), message('dave', 1, {id: 'd', text: 'needle in dave'})];
	const client = new ClientTwin([contact('bob'), contact('dave')], messages);
	const {talk, type} = screenOf(client);
	type('\u0006needle');
	type('\r');
	t.is(talk.conversation, talkWith('bob'), 'nothing here');
	type('\t\r');
	t.is(talk.conversation, talkWith('dave'));
	t.is(talk.store.value.marked, 'd');
	t.is(talk.store.value.selected, undefined);
	type('\u001Bm');
	t.is(talk.store.value.selected, 'd', 'it is the one to be selected');
});

test('a message is selected, copied, its link opened; what failed is sent again', t => {
	const messages = [
		message('bob', 1, {text: 'see https://example.org/a.'}),
		message('bob', 2, {direction: 'out', state: 'failed', reason: 'cancelled'}),
	];
	const client = new ClientTwin([contact('bob')], messages);
	const {talk, type, done} = screenOf(client);
	type('draft\u001Bms\u001B[B\r');
	type('ko\u001B[B\ry');
	t.deepEqual(client.asked, [`retry ${messages[1]!.id}`]);
	t.deepEqual(done, ['open https://example.org/a', 'copy see https://example.org/a.']);
	type('\r');
	t.is(talk.store.value.selected, undefined);
	t.is(talk.writing.draft.text, 'draft');
	t.deepEqual(client.asked, [`retry ${messages[1]!.id}`], 'Enter left the selection, and sent no draft');
});

test('keys are rebound in the settings, a wrong one is refused, Backspace gives the old back', t => {
	const client = new ClientTwin([contact('bob')]);
	const {talk, type} = screenOf(client);
	type('/settings\r');
	type('\u001B[6~\r');
	t.is(talk.store.value.overlay?.title, 'Keys');
	type('\rx');
	t.deepEqual(client.preferences.keys, {});
	t.regex(talk.store.value.notice, /is text/);
	type('\r\u001B[15~');
	t.deepEqual(client.preferences.keys, {send: ['f5']});
	t.is(talk.keymap.actionOf('enter', 'input'), undefined);
	type('\u007F');
	t.deepEqual(client.preferences.keys, {});
	t.is(talk.keymap.actionOf('enter', 'input'), 'send');
});

test('who is muted or looked at makes no sound', t => {
	const client = new ClientTwin([contact('bob'), contact('dave')]);
	const {talk, type, done} = screenOf(client);
	const detach = talk.attach();
	client.arrive(message('bob', 1));
	t.deepEqual(done, []);
	client.arrive(message('dave', 1, {text: 'hello @me'}));
	type('\u001B[O');
	client.arrive(message('bob', 2));
	type('\u001B[I/mute dave\r');
	t.true(talk.isMuted(talkWith('dave')));
	t.regex(talk.store.value.notice, /muted dave/);
	client.arrive(message('dave', 2));
	detach();
	client.arrive(message('bob', 3));
	t.deepEqual(done, ['notify dave true', 'notify bob false']);
});

test('the server is tried at once by /reconnect and its key, after a send, and with the first key after a minute of silence', t => {
	let now = 0;
	const client = new ClientTwin([contact('bob')]);
	const {talk, type} = screenOf(client, () => now);
	const noticeOf = (keys: string) => {
		type(keys);
		return talk.store.value.notice;
	};

	t.is(client.reconnects, 0);
	t.is(noticeOf('/reconnect\r'), 'Connected already.');
	client.put({connection: {state: 'waiting', problem: 'unreachable', retryAt: 0}});
	client.pause = 0;
	t.is(noticeOf('/reconnect\r'), 'Connecting …');
	client.pause = 4200;
	t.is(noticeOf('\u001B[15~'), 'Connecting in 5 s: the server asked for this pause.');
	client.pause = undefined;
	client.put({connection: {state: 'connecting'}});
	t.is(noticeOf('/reconnect\r'), 'Connecting already.');
	t.is(client.reconnects, 4);

	type('hello\r');
	t.is(client.reconnects, 5);
	now = 59_999;
	type('a');
	t.is(client.reconnects, 5);
	now = 119_999;
	type('b');
	t.is(client.reconnects, 6);
	type('c');
	t.is(client.reconnects, 6);
	t.deepEqual(
		client.asked.filter(words => words.startsWith('send')),
		['send bob hello'],
	);
});

test.serial('what is typed behind the first shortcode waits until that is looked up', async t => {
	const {talk, keys} = screenOf(new ClientTwin([contact('bob')]));
	const later = keys.take({kind: 'text', text: 'love :heart: and more'});
	t.true(later instanceof Promise);
	t.is(talk.writing.draft.text, '');
	await later;
	t.is(keys.take({kind: 'text', text: 'love :heart: and more'}), undefined);
	t.is(talk.writing.draft.text, 'love ❤️ and more');
});

test('shortcodes become emoji, and an ambiguous one as far as it is clear', async t => {
	const {talk, type} = screenOf(new ClientTwin([contact('bob')]));
	type('so :thumbsup:\t');
	for (let turn = 0; turn < 100 && !talk.writing.draft.text.includes('👍'); turn++) await new Promise(setImmediate);
	t.is(talk.writing.draft.text, 'so 👍');
	type(' and :heart:');
	t.is(talk.writing.draft.text, 'so 👍 and ❤️', 'a whole one needs no Tab');
	type(' a:b: :no-such-emoji:\u001B[200~:heart:\u001B[201~');
	t.is(talk.writing.draft.text, 'so 👍 and ❤️ a:b: :no-such-emoji::heart:', 'and what is pasted stays');
});

const bursts: ReadonlyArray<readonly [chunks: readonly string[], draft: string]> = [
	[['so :smile: it is'], 'so 😄 it is'],
	[[':smile: :heart:\u001B\r:tada: x'], '😄 ❤️\n🎉 x'],
	[['so :smi', 'le: it is'], 'so 😄 it is'],
	[['a', ':smile: b'], 'a:smile: b'],
	[['a', ':smile: :smile:'], 'a:smile: 😄'],
	[[':smile:', ':smile: b'], '😄:smile: b'],
	[['12:30: and :no-such-emoji: and :+1:.'], '12:30: and :no-such-emoji: and 👍.'],
	[['b\u0001', 'a :smile:'], 'a 😄b'],
	[['\u001B[200~:smile:\u001B[201~', ' and :smile: too'], ':smile: and 😄 too'],
	[['\u001B[200~:smile\u001B[201~', ': now'], '😄 now'],
];

test('a shortcode in the middle of what is typed at once becomes its emoji, as when it is typed letter by letter', async t => {
	await loadEmoji(error => t.fail(String(error)));
	for (const [chunks, draft] of bursts) {
		const atOnce = screenOf(new ClientTwin([contact('bob')]));
		for (const chunk of chunks) atOnce.type(chunk);
		t.is(atOnce.talk.writing.draft.text, draft);
		const isPasted = chunks.some(chunk => chunk.includes('[200~'));
		if (isPasted) continue;
		const slowly = screenOf(new ClientTwin([contact('bob')]));
		for (const key of chunks.join('').match(/\u001B?[^]/gu) ?? []) slowly.type(key);
		t.is(slowly.talk.writing.draft.text, draft, 'letter by letter');
	}
});

test('lines that no terminal marked as a paste have their shortcodes read, too', async t => {
	await loadEmoji(error => t.fail(String(error)));
	const {talk, keys} = screenOf(new ClientTwin([contact('bob')]));
	void keys.take({kind: 'paste', text: 'one :smile:\n:heart: two', keys: []});
	t.is(talk.writing.draft.text, 'one 😄\n❤️ two');
	t.regex(talk.store.value.notice, /^2 lines were pasted/);
});

test('what is typed at once behind the key for a reaction looks for the emoji, and acts on nothing', async t => {
	await loadEmoji(error => t.fail(String(error)));
	const client = new ClientTwin([contact('bob')], [message('bob', 1)]);
	const {talk, type} = screenOf(client);
	type('\u001Bm+hear');
	t.is(talk.store.value.overlay?.title, 'Reaction');
	t.is(talk.store.value.overlay?.query, 'hear');
	type('t\r');
	t.deepEqual(
		client.asked.filter(words => words.startsWith('react')),
		[`react bob ${message('bob', 1).id} ❤️`],
	);
});

test('a reaction may be named by its shortcode, and is no other text', async t => {
	const client = new ClientTwin([contact('bob')], [message('bob', 1)]);
	const {talk, type} = screenOf(client);
	const asked = () => client.asked.filter(words => words.startsWith('react'));
	type('/react :thumbsup:\r');
	for (let turn = 0; turn < 100 && asked().length === 0; turn++) await new Promise(setImmediate);
	t.deepEqual(asked(), [`react bob ${message('bob', 1).id} 👍`]);
	type('/react :nothing-of-that-name:\r');
	for (let turn = 0; turn < 100 && talk.store.value.notice === ''; turn++) await new Promise(setImmediate);
	t.is(talk.store.value.notice, 'No emoji is called :nothing-of-that-name:');
	t.is(asked().length, 1);
});

test('Tab again goes through what fits, round and round; a new name is asked of the directory', async t => {
	const client = new ClientTwin([contact('bob'), contact('barbara'), contact('basil')]);
	const {talk, type} = screenOf(client);
	const drafts: string[] = [];
	type('hi b');
	for (let presses = 0; presses < 5; presses++) {
		type('\t');
		drafts.push(talk.writing.draft.text);
	}

	t.deepEqual(drafts, ['hi b', 'hi bob', 'hi barbara', 'hi basil', 'hi bob']);
	t.regex(talk.store.value.notice, /\[bob\] {2}barbara/);
	type(', b\t');
	t.is(talk.writing.draft.text, 'hi bob, b', 'a letter ends the round');
	type('\u0003/add ca\t');
	await new Promise(setImmediate);
	t.is(talk.writing.draft.text, '/add carol ');
});

test('what fits is shown as it is typed: no name gets a capital letter, and no command a stop', t => {
	const {talk, type} = screenOf(new ClientTwin([contact('bob'), contact('barbara')]));
	type('hi b\t');
	t.is(talk.store.value.notice, 'bob  barbara');
	type('\u0003/rec\t');
	t.is(talk.store.value.notice, '/recovery  /reconnect');
});

test('the editor’s text is the draft', async t => {
	const {talk, type} = screenOf(new ClientTwin([contact('bob')]));
	type('text\u001Be');
	await new Promise(setImmediate);
	t.is(talk.writing.draft.text, 'text, edited');
});

test('a frame is drawn from its snapshot alone: drawing asks the client nothing, and changes nothing', t => {
	const calls: string[] = [];
	const messages = Array.from({length: 50}, (_, index) => message('bob', index));
	const changed = contact('carol', {identity: 'changed', unread: 1});
	const twin = new ClientTwin([contact('bob'), changed], [...messages, message('carol', 1)]);
	const client = new Proxy(twin, {
		get(target, name, receiver) {
			calls.push(String(name));
			return Reflect.get(target, name, receiver) as unknown;
		},
	});
	const {talk, type} = screenOf(client);
	const steps = [
		'draft',
		'\u001B[5~',
		'\u001Bm',
		'\u001B[27u',
		'\t',
		'\u001B[27u',
		'\u001BOP',
		'\u001B[B',
		'\u001B[27u',
	];
	for (const keys of [...steps, '\u0006mess', '\u0015/doctor\r', '\u000E', '/verify\r', '\u001B[B', '\u001B[27u']) {
		type(keys);
		const [snapshot, state, drafts] = [twin.snapshot(), talk.store.value, talk.writing.drafts.store.value];
		calls.length = 0;
		const frame = talkFrame(talk.viewOf(snapshot, state));
		t.is(frame.rows.length, 24);
		t.deepEqual(talkFrame(talk.viewOf(snapshot, state)), frame);
		t.deepEqual(calls, [], keys);
		t.is(talk.store.value, state);
		t.is(talk.writing.drafts.store.value, drafts);
	}
});

test('a frame of an older snapshot shows what that snapshot says', t => {
	const client = new ClientTwin([contact('bob')]);
	const {talk, type} = screenOf(client);
	type('draft');
	const before = client.snapshot();
	const drawn = () => talkFrame(talk.viewOf(before, talk.store.value));
	const frame = drawn();
	client.put({contacts: [contact('bob', {identity: 'changed'})]});
	t.deepEqual(drawn(), frame);
});

const textOf = (rows: ReturnType<typeof talkFrame>['rows']) => rows.map(row => row.map(({text}) => text).join(''));

test('no overlay covers the conversation where there is room for both, and the field is typed into inside the box', t => {
	const messages = Array.from({length: 40}, (_, index) => message('bob', index));
	const {talk, type} = screenOf(new ClientTwin([contact('bob')], messages));
	for (const keys of ['/settings\r', '/doctor\r', '\u001BOP', '\u0006mess', '\u0007', '/outbox\r', '/verify\r']) {
		type(keys);
		const {rows, field, cursor} = talkFrame(talk.viewOf(talk.client.snapshot(), talk.store.value));
		const lines = textOf(rows);
		t.is(rows.length, 24);
		t.true(
			lines.some(line => line.includes('message 39')),
			`${keys}\n${lines.join('\n')}`,
		);
		t.is(lines.filter(line => /^╭─ .*─╮/.test(line)).length, 1, keys);
		t.regex(lines.find(line => line.startsWith('╰')) ?? '', /Esc closes/, keys);
		if (field !== undefined) {
			t.regex(lines[field.row] ?? '', /^│ \/ .* │$/);
			t.is(cursor?.y, field.row);
		}

		type('\u001B[27u');
	}
});

test('whoever reacts to a message sees it, however far up it is', t => {
	const messages = Array.from({length: 40}, (_, index) => message('bob', index));
	const {talk, type} = screenOf(new ClientTwin([contact('bob')], messages));
	const drawn = () => textOf(talkFrame(talk.viewOf(talk.client.snapshot(), talk.store.value)).rows).join('\n');
	type('\u001Bm');
	for (let step = 0; step < 15; step++) type('k');
	t.regex(drawn(), /message 24/);
	type('d');
	t.is(talk.store.value.overlay, undefined, 'theirs is not deleted');
	talk.show(settingsOverlay(talk.preferences));
	t.regex(drawn(), /message 24[^]*Settings/);
});

test('a click selects the message under it, and the wheel moves through an overlay', t => {
	const messages = Array.from({length: 3}, (_, index) => message('bob', index));
	const {talk, keys, type} = screenOf(new ClientTwin([contact('bob')], messages));
	const lines = textOf(talkFrame(talk.viewOf(talk.client.snapshot(), talk.store.value)).rows);
	const row = lines.findIndex(line => line.includes('message 1'));
	const click = (at: number) => void keys.take({kind: 'click', column: 40, row: at});
	click(row);
	t.is(talk.store.value.selected, messages[1]!.id);
	click(row + 1);
	t.is(talk.store.value.selected, messages[2]!.id);
	for (const elsewhere of [0, 1, 23]) click(elsewhere);
	t.is(talk.store.value.selected, messages[2]!.id);
	type('\u001B[27u/settings\r');
	void keys.take({kind: 'wheel', direction: 'down', column: 40, row: 9});
	const chosen = talkFrame(talk.viewOf(talk.client.snapshot(), talk.store.value)).rows.find(each =>
		each.some(({text, role}) => role === 'selected' && text.includes('› ')),
	);
	t.regex(chosen?.map(({text}) => text).join('') ?? '', /notifications/);
});

test('the first message, the first contact without a comparison and the first stranger are explained once each', t => {
	const client = new ClientTwin([contact('bob')]);
	const {talk, type} = screenOf(client);
	const tip = () => {
		talk.attend();
		const rows = textOf(talkFrame(talk.viewOf(client.snapshot(), talk.store.value)).rows);
		return rows.find(line => line.startsWith('Tip')) ?? '';
	};

	t.regex(textOf(talkFrame(talk.view).rows).join('\n'), /Nothing has been said with bob yet\.\s+Type a message/);
	t.is(tip(), '');
	client.say(message('bob', 1, {direction: 'out'}));
	t.regex(tip(), /✓ means sent/);
	t.regex(tip(), /✓ means sent/, 'it stays');
	type('draft\u001B[27u');
	t.is(talk.writing.draft.text, 'draft');
	t.regex(tip(), /not verified bob/);
	type('\r');
	t.is(tip(), '');
	client.put({contacts: [...client.snapshot().contacts, contact('mallory', {request: true, unread: 1})]});
	t.regex(tip(), /A stranger, mallory/);
	type('\u001B[27u');
	t.is(tip(), '');
	t.is(client.recall('explained'), 'message unverified stranger');

	const later = screenOf(client);
	later.talk.attend();
	t.is(later.talk.store.value.tip, undefined, 'after a restart, too');
});

test('a notice is a sentence, whatever it was made from', t => {
	const {talk} = screenOf(new ClientTwin([contact('bob')]));
	const said = (words: string) => {
		talk.tell(words);
		return talk.store.value.notice;
	};

	t.is(said('nothing is unread'), 'Nothing is unread.');
	t.is(said('ärger mit dem Server'), 'Ärger mit dem Server.');
	t.is(said('/home/x/settings.json: theme must be a text'), '/home/x/settings.json: theme must be a text.');
	for (const as of [
		'',
		'Done.',
		'Really?',
		'Connecting …',
		'[bob]  barbara.',
		'👍 :+1:',
		'Opening https://example.org/a',
	]) {
		t.is(said(as), as);
	}
});
