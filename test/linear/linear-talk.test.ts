// Lines that are typed and what comes of them, without a terminal and without a network.
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {ClientError} from '../../source/client/facade.ts';
import {type Contact, type Message, talkWith} from '../../source/client/snapshot.ts';
import {linearCommands} from '../../source/linear/linear-commands.ts';
import {type LinearClient} from '../../source/linear/linear-controls.ts';
import {LinearTalk} from '../../source/linear/linear-talk.ts';
import {SLASH_COMMANDS} from '../../source/ui/commands.ts';
import {ClientTwin, contact, message} from '../twins/client.ts';

const BOB = talkWith('bob');

class LinearTwin extends ClientTwin implements LinearClient {
	/** What is not read yet. */
	waiting: Message[] = [];
	readonly unread = () => this.waiting.slice(0, 100);
	override readonly markRead = (name: string, upTo?: string) => {
		this.waiting = this.waiting.slice(this.waiting.findIndex(({id}) => id === upTo) + 1);
		this.asked.push(`markRead ${name}`);
		return true;
	};

	readonly onChange = () => () => {};
}

/** `open`: whom one talked to last, '' for nobody. */
function talking(
	contacts: readonly Contact[],
	messages: readonly Message[] = [],
	open = 'bob',
	waiting: Message[] = [],
) {
	const client = new LinearTwin(contacts, messages);
	client.waiting = waiting;
	if (open !== '') client.rememberConversation('open', talkWith(open));
	const said: string[] = [];
	const rung: string[] = [];
	const state = {isHeld: false, hasQuit: false};
	/** Of what was said while a line was half typed. */
	const written = Promise.withResolvers<void>();
	const talk: LinearTalk = new LinearTalk({
		client,
		async say(...lines) {
			said.push(...lines);
			if (state.isHeld) await written.promise;
		},
		news: (...lines) => void said.push(...lines),
		isHeld: () => state.isHeld,
		notify: (from, isMention) => void rung.push(`${from} ${isMention}`),
		quit: () => (state.hasQuit = true),
		now: () => Date.UTC(2026, 10, 3, 12),
		wake() {},
		onError(error) {
			throw error;
		},
	});
	const stop = talk.start();
	/** What is said of a line. */
	const take = async (line: string) => {
		said.length = 0;
		await talk.take(line);
		await turn();
		return [...said];
	};

	return {client, said, rung, state, talk, take, release: () => written.resolve(), stop};
}

test('the start says how things stand, and reads out what is unread where one left off', async t => {
	const first = talking([]);
	t.deepEqual(first.said, [
		'Signed in as me at 127.0.0.1:1.',
		'Connected.',
		'Nobody is in your list yet. /add NAME takes somebody in, and opens the conversation.',
		'/help lists the commands.',
	]);
	const own = message('bob', 1, {direction: 'out', state: 'queued'});
	const come = message('bob', 0, {text: 'hi'});
	const contacts = [contact('bob', {unread: 1}), contact('carol', {unread: 2})];
	const {said, client} = talking(contacts, [own, come], 'bob', [come]);
	await turn();
	t.deepEqual(said.slice(2), [
		'1 message is not delivered yet. /outbox lists them.',
		'Talking to bob, online, not verified.',
		'Unread: carol 2.',
		'/help lists the commands.',
		'bob: hi',
	]);
	t.deepEqual(client.asked, [`markRead ${BOB}`]);
	t.regex(talking([contact('bob')], [], '').said.join('\n'), /No conversation is open/);
});

test('a line goes to the open conversation and is not repeated; // sends a slash; an empty line sends nothing', async t => {
	const {client, take} = talking([contact('bob')]);
	t.deepEqual(await take('hello'), []);
	t.deepEqual(await take('//etc'), []);
	t.deepEqual(await take(' '), []);
	t.deepEqual(client.asked, [`send ${BOB} hello`, `send ${BOB} /etc`]);
	t.is(client.reconnects, 2);
	t.deepEqual(await take('/nothing'), [
		'There is no command /nothing: /help lists them, and // begins a message with a slash.',
	]);
	const nobody = talking([contact('bob')], [], '');
	t.regex((await nobody.take('hello')).join(), /^Nobody to send to yet/);
	t.deepEqual(nobody.client.asked, []);
});

test('what comes is read out and counts as read then; who is half through a line hears a bell', async t => {
	const {client, said, rung, state} = talking([contact('bob'), contact('carol')]);
	said.length = 0;
	const come = message('bob', 0, {text: 'one'});
	client.waiting = [come];
	client.say(come);
	await turn();
	t.deepEqual(said, ['bob: one']);
	t.deepEqual(client.asked, [`markRead ${BOB}`]);
	t.deepEqual(rung, []);
	state.isHeld = true;
	client.say(message('bob', 0));
	client.say(message('carol', 0, {text: 'hey @me'}));
	t.deepEqual(rung, ['bob false', 'carol true']);
});

test('an edit and a reply take the next line; an empty one leaves it', async t => {
	const own = message('bob', 1, {direction: 'out', text: 'helo'});
	const {client, take} = talking([contact('bob')], [message('bob', 0, {text: 'bye'}), own]);
	t.deepEqual(await take('/edit'), ['Changing "helo". Type the new text. An empty line leaves it as it is.']);
	t.deepEqual(await take(''), ['Left as it is.']);
	await take('/edit');
	t.deepEqual(await take('hello'), ['Changed.']);
	t.deepEqual(await take('/reply'), ['Replying to "bye". Type the answer. An empty line stops that.']);
	await take('so long');
	t.deepEqual(client.asked, [`edit ${BOB} ${own.id} hello`, `send ${BOB} so long re ${message('bob', 0).id}`]);
});

test('what cannot be undone is asked about in words, and only “yes” does it', async t => {
	const own = message('bob', 1, {direction: 'out', text: 'oops'});
	const {client, take, talk} = talking([contact('bob')], [own]);
	t.deepEqual(await take('/delete'), [
		'Delete “oops” here and on the disk of bob?',
		'Type yes for: Delete it on both sides.',
		'Anything else means: Keep it.',
	]);
	t.deepEqual(await take('yess'), ['Keep it.']);
	await take('/delete');
	// A command is one all the same.
	t.deepEqual(await take('/unread'), ['Keep it.', 'Nothing is unread.']);
	await take('/delete');
	t.true(talk.drop());
	t.false(talk.drop());
	await take('/delete');
	t.deepEqual(await take('Yes'), ['Done.']);
	t.deepEqual(client.asked, [`erase ${BOB} ${own.id}`]);
});

test('while a key has changed nothing is sent, and what was typed is offered once that is decided', async t => {
	const {client, take, said} = talking([contact('bob', {identity: 'changed'})]);
	t.deepEqual(await take('secret'), [
		'Not sent: the key of bob has changed.',
		'/verify bob shows the number to compare. /trust bob takes the new key without comparing.',
	]);
	t.deepEqual(client.asked, []);
	await take('/trust');
	t.regex((await take('yes')).join('\n'), /^The new key of bob is trusted/);
	said.length = 0;
	client.put({contacts: [contact('bob')]});
	t.deepEqual(said, ['You typed before: "secret".', 'Type yes for: send it.', 'Anything else means: not sent.']);
	t.deepEqual(await take('yes'), []);
	t.deepEqual(client.asked, ['trust bob', `send ${BOB} secret`]);
});

test('a question that comes while a line is half typed is not answered by that line', async t => {
	const {client, take, state, talk, release} = talking([contact('bob', {identity: 'changed'})]);
	await take('before');
	state.isHeld = true;
	client.put({contacts: [contact('bob')]});
	state.isHeld = false;
	await talk.take('meant for bob');
	t.deepEqual(client.asked, [`send ${BOB} meant for bob`]);
	release();
	await turn();
	await talk.take('yes');
	t.deepEqual(client.asked, [`send ${BOB} meant for bob`, `send ${BOB} before`]);
});

test('a stranger is accepted or blocked; what was typed is offered, or gone', async t => {
	for (const [line, part, isOffered] of [
		['/accept', {}, true],
		['/block', {request: true, blocked: true}, false],
	] as const) {
		const {client, take, said} = talking([contact('eve', {request: true})], [], 'eve');
		t.deepEqual(await take('who?'), [
			'Not sent: eve is not in your list.',
			'/accept eve lets you answer. /block eve takes nothing more.',
		]);
		t.is((await take(line)).length, 1);
		said.length = 0;
		client.put({contacts: [contact('eve', part)]});
		t.is(said.length > 0, isOffered, said.join());
		t.is(client.asked.length, 1);
	}
});

test('a safety number comes in groups of five, each a line, and is verified if it still is the same', async t => {
	const {client, take} = talking([contact('bob')]);
	t.deepEqual((await take('/verify')).slice(0, 3), ['The safety number with bob, in 2 lines:', '11111', '22222']);
	t.deepEqual(await take('no'), ['Not compared yet.']);
	await take('/verify bob');
	client.number = '33333 44444';
	t.regex((await take('yes')).join(), /changed meanwhile/);
	t.deepEqual(client.asked, []);
	await take('/verify');
	t.deepEqual(await take('yes'), ['bob is verified.']);
	t.deepEqual(client.asked, ['verify bob']);
});

test('/open goes to a name, or to who waits to be read, a mention first', async t => {
	const {take, talk} = talking(
		[contact('bob'), contact('carol', {unread: 1}), contact('dave', {unread: 1})],
		[message('dave', 0, {text: '@me'})],
	);
	t.deepEqual(await take('/unread'), ['Unread: carol 1; dave 1.']);
	await take('/open');
	t.is(talk.conversation, talkWith('dave'));
	t.deepEqual(await take('/open @Carol'), ['Talking to carol, online, not verified.']);
	t.regex((await take('/open eve')).join(), /eve is not in your list/i);
	t.regex((await take('/open 9')).join(), /that is no name/i);
	t.is(talk.conversation, talkWith('carol'));
});

test('lists, the past and what was found are lines, the newest last', async t => {
	const all = [0, 1, 2].map(index => message('bob', index, {text: `text ${index}`}));
	const {take} = talking([contact('bob'), contact('carol')], all);
	t.deepEqual(await take('/list'), ['bob, online, not verified', 'carol, online, not verified']);
	const endings = async (line: string) => (await take(line)).map(each => each.split(': ').at(-1));
	t.deepEqual(await endings('/last 2'), ['text 1', 'text 2']);
	t.deepEqual((await endings('/search text')).slice(1), ['text 0', 'text 1', 'text 2']);
	t.deepEqual(await take('/search nowhere'), ['Nothing was found.']);
	t.deepEqual(await take('/who c'), ['carol, online']);
	t.deepEqual(await take('/outbox'), ['Everything has been delivered.']);
	t.deepEqual(await endings('/goto 2026-11-03'), ['text 0', 'text 1', 'text 2']);
	t.regex((await take('/last many')).join(), /\/last 20/);
	t.true((await take('/doctor')).at(-1)?.startsWith('next step: '));
});

test('the help has every command of the screen but those about how it looks', async t => {
	const {take} = talking([contact('bob')]);
	const lines = await take('/help');
	for (const {name, words, help} of linearCommands()) t.true(lines.includes(`${`/${name} ${words}`.trim()}: ${help}`));
	const missing = SLASH_COMMANDS.filter(({name}) => !lines.some(line => line.startsWith(`/${name}`)));
	t.deepEqual(
		missing.map(({name}) => name),
		['raw', 'theme', 'settings'],
	);
	t.deepEqual(await take('/help mute'), ['/mute [NAME]: no notifications for somebody; again to undo']);
});

test('a :heart: is the emoji that it is on the screen, in messages and commands; what is no emoji stays as it was typed', async t => {
	const {client, take} = talking([contact('bob')]);
	await take('I :heart: it, +1:10:20 :nothing: a:b: :+1:');
	await take('/me waves :wave:');
	t.deepEqual(
		client.asked.filter(each => each.startsWith('send')),
		['send bob I ❤️ it, +1:10:20 :nothing: a:b: 👍', 'send bob /me waves 👋'],
	);
});

test('what fails is said, and what is done without a word is done', async t => {
	const {client, take, state} = talking([contact('bob')], [message('bob', 0)]);
	t.deepEqual(await take('/react :heart:'), ['Done.']);
	t.regex((await take('/react')).join(), /^Type it as \/react :heart:/);
	t.regex((await take('/react :nothing:')).join(), /^No emoji is called :nothing:/);
	t.deepEqual(await take('/me waves'), []);
	Object.assign(client, {
		send() {
			throw new ClientError('disk', 'the disk is full');
		},
	});
	t.deepEqual(await take('lost'), ['The disk is full.']);
	t.deepEqual(await take('/add nobdy'), ['Asking the directory for nobdy.', 'No such name in the directory: nobdy.']);
	await take('/quit');
	t.true(state.hasQuit);
});

test('the end says what is kept, and the next start goes on in the same conversation', t => {
	const own = message('bob', 1, {direction: 'out', state: 'queued'});
	const {client, said, talk} = talking([contact('bob')], [own]);
	client.rememberConversation('open', undefined);
	said.length = 0;
	talk.end();
	t.deepEqual(said, ['1 message is not delivered yet, kept, and sent when simchat runs again.', 'Goodbye.']);
	t.is(client.recallConversation('open'), BOB);
});

const offer = (index: number, name: string, change: Partial<Message> = {}) =>
	message('bob', index, {text: name, file: {name, size: 5, root: '', device: '', answers: {}}, ...change});

test('files are offered, told of, got, declined and stopped by lines', async t => {
	const {client, take} = talking([contact('bob')], [offer(1, 'a.txt'), offer(2, 'b.txt', {direction: 'out'})]);
	t.deepEqual(await take('/files'), ['a.txt, 5 B: offered: /get gets it', 'b.txt, 5 B: offered']);
	t.deepEqual(await take('/get'), ['Getting a.txt.']);
	t.deepEqual(await take('/decline a.txt'), ['You declined a.txt.']);
	t.deepEqual(await take('/stop'), [
		'Stop “b.txt”? bob gets nothing more of it.',
		'Type yes for: Stop it.',
		'Anything else means: Let it go on.',
	]);
	t.deepEqual(await take('yes'), ['Done.']);
	t.deepEqual(
		client.asked.filter(asked => asked.includes('File')),
		[
			`takeFile ${BOB} ${offer(1, '').id}`,
			`declineFile ${BOB} ${offer(1, '').id}`,
			`stopFile ${BOB} out ${offer(2, '').id}`,
		],
	);
	t.regex((await take('/get nothing')).join(), /No file here is called nothing/);
	client.put({conversations: new Map()});
	t.deepEqual(await take('/files'), ['No file is offered or under way here.']);
	t.deepEqual(await take('/stop'), ['No file is under way here.']);
});
