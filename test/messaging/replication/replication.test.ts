// Devices of one account that tell each other what they have: on good days.
import {Buffer} from 'node:buffer';
import {copyFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {encode} from 'cborg';
import {decodeContent, type KeptContent} from '../../../source/content/content.ts';
import {TEXT_LIMIT} from '../../../source/content/text.ts';
import {entryOf} from '../../../source/messaging/contents.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';
import {type Message} from '../../../source/messaging/message.ts';
import {openHistory} from '../../../source/messaging/history/sqlite-history.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {connected, olderFile} from '../history/older.ts';
import {type Clock, KEY, Link, TestDevice} from './devices.ts';

const START = 1_700_000_000_000;
const bob = talkWith('bob');
/** The step before replication. */
const BEFORE = 7;

function devices(t: ExecutionContext, count: number) {
	const clock: Clock = {now: START};
	const folder = temporaryFolder(t);
	const made = Array.from({length: count}, (_, index) => new TestDevice(folder, index + 1, clock));
	t.teardown(() => made.forEach(device => device.close()));
	return {clock, folder, made: made as [TestDevice, TestDevice, TestDevice]};
}

function message(
	direction: Message['direction'],
	number: number,
	text: string,
	state: Message['state'] = 'delivered',
): Message {
	const id = number.toString(16).padStart(32, '0');
	return {id, conversation: bob, direction, time: START - 5000 + number, text, state, reason: undefined};
}

const texts = ({history}: TestDevice) => history.page(bob, 1000).map(({text}) => text);

/** What the log of a file is called. */
function logOf(file: string): string {
	const history = openHistory(file, KEY);
	const {log} = history.replica.head();
	history.close();
	return log.toString('hex');
}

test('what one device has said, heard and read, the other shows as well, in the same order and state', t => {
	const {clock, made} = devices(t, 2);
	const [a, b] = made;
	a.history.append([message('out', 1, 'hi', 'queued'), message('in', 2, 'hello')]);
	a.history.setState(bob, [message('out', 1, '').id], 'delivered');
	a.history.markRead(bob);
	const link = new Link(a, b, clock);
	link.run();
	t.deepEqual(b.history.page(bob, 9), a.history.page(bob, 9));
	t.deepEqual(b.history.conversations(), [{conversation: bob, unread: 0}]);
	// And live: what either of them has next goes over the session that stands.
	clock.now += 1000;
	b.history.append([message('in', 3, 'there?')]);
	link.run();
	clock.now += 1000;
	a.history.append([message('out', 4, 'yes')]);
	link.run();
	t.deepEqual(texts(a), ['hi', 'hello', 'there?', 'yes']);
	t.deepEqual(texts(b), texts(a));
	t.deepEqual(a.history.conversations(), b.history.conversations());
	t.deepEqual(link.faults, []);
});

test('of a message that was deleted no device shows the words of an edit, though that came to it alone', t => {
	const {clock, made} = devices(t, 2);
	const [a, b] = made;
	const target = {direction: 'in', id: message('in', 1, '').id} as const;
	const head = {conversation: bob, direction: 'in', state: 'delivered', reason: undefined, target} as const;
	const edit = {...head, kind: 'edit', id: 'ee'.repeat(16), time: START - 4000, value: 'edited'} as const;
	const deletion = {...head, kind: 'delete', id: 'dd'.repeat(16), time: START - 3000, value: ''} as const;
	b.history.append([edit]);
	a.history.append([message('in', 1, 'first'), deletion]);
	new Link(a, b, clock).run();
	t.deepEqual(texts(b), ['']);
	t.deepEqual(b.history.page(bob, 9), a.history.page(bob, 9));
	t.deepEqual(b.history.find('edited', 9, [bob]), []);
});

test('what two devices were sent stands once, where the first of them had it', t => {
	const {clock, made} = devices(t, 2);
	const [a, b] = made;
	a.history.append([message('in', 1, 'one'), message('in', 2, 'two')]);
	clock.now += 1000;
	// No receipt came for the first one, so it was sent to the other device.
	b.history.append([message('in', 1, 'one')]);
	clock.now += 1000;
	b.history.append([message('in', 3, 'three')]);
	new Link(a, b, clock).run();
	t.deepEqual(texts(b), ['one', 'two', 'three']);
	t.deepEqual(texts(a), texts(b));
	t.is(b.history.find('one', 9, [bob]).length, 1);
	t.deepEqual(b.history.check(), []);
});

test('a device without anything shows the newest first, and then has it all', t => {
	const {clock, made} = devices(t, 2);
	const [a, b] = made;
	a.history.append(Array.from({length: 600}, (_, number) => message('in', number + 1, `text ${number}`)));
	a.history.putContact({name: 'bob', blocked: false, addedAt: 1, request: false, nickname: 'Bobby'});
	// It says of itself what it is called before it has heard of anything.
	b.history.replica.setRegister('label', 'b'.repeat(16), Buffer.from('laptop'));
	const link = new Link(a, b, clock);
	while (b.history.page(bob, 9).length === 0) t.true(link.step());
	t.is(texts(b).at(-1), 'text 599');
	t.is(texts(b).length, 50);
	t.is(b.history.contacts()[0]?.nickname, 'Bobby');
	link.run();
	t.deepEqual(texts(b), texts(a));
	t.deepEqual(link.progress[1], {place: a.history.replica.head().place, head: a.history.replica.head().place});
});

test('a session that is cut goes on where it was, after a restart too', t => {
	const {clock, made} = devices(t, 2);
	const [a, b] = made;
	a.history.append(Array.from({length: 2000}, (_, number) => message('in', number + 1, `text ${number}`)));
	const first = new Link(a, b, clock);
	while ((first.progress[1]?.place ?? 0) < 1000) t.true(first.step());
	const had = b.history.page(bob, 5000).length;
	t.true(had < 1500);
	b.restart();
	t.is(b.history.page(bob, 5000).length, had);
	const second = new Link(a, b, clock);
	second.run();
	t.is(b.history.page(bob, 5000).length, 2000);
	t.true(second.bytes < first.bytes * 1.5, `${first.bytes} and ${second.bytes} bytes`);
	const third = new Link(a, b, clock);
	third.run();
	t.true(third.bytes < 500, `${third.bytes} bytes when there is nothing new`);
});

test('a conversation that was forgotten stays so when an old device comes back, and when what was said is sent once more', t => {
	const {clock, made} = devices(t, 3);
	const [a, b, c] = made;
	a.history.append([message('in', 1, 'secret'), message('out', 2, 'hush')]);
	for (const other of [b, c]) new Link(a, other, clock).run();
	clock.now += 1000;
	// The old one hears something that nobody else has, and is away.
	c.history.append([message('in', 3, 'more')]);
	clock.now += 1000;
	a.history.append([message('in', 4, 'unheard of')]);
	a.history.forget(bob);
	clock.now += 1000;
	b.history.append([message('in', 4, 'unheard of')]);
	for (const [one, two] of [
		[a, b],
		[b, c],
		[a, c],
	] as const)
		new Link(one, two, clock).run();
	for (const device of made) t.deepEqual(texts(device), []);
	clock.now += 1000;
	c.history.append([message('in', 4, 'unheard of'), message('in', 5, 'anew')]);
	for (const other of [b, a]) new Link(c, other, clock).run();
	for (const device of made) t.deepEqual(texts(device), ['anew']);
});

test('what has disappeared on one device does so on the others, and comes back from none', t => {
	const {clock, made} = devices(t, 3);
	const [a, b, c] = made;
	a.history.append([{...message('in', 1, 'soon gone'), lifetime: 60}, message('in', 2, 'stays')]);
	for (const other of [b, c]) new Link(a, other, clock).run();
	a.history.markRead(bob);
	a.history.startClocks(bob, clock.now);
	clock.now += 61_000;
	t.is(a.history.expire(clock.now).length, 1);
	for (const [one, two] of [
		[a, b],
		[b, c],
		[c, a],
	] as const)
		new Link(one, two, clock).run();
	for (const device of made) t.deepEqual(texts(device), ['stays']);
});

test('delivered is so for good; a message that was cancelled waits nowhere, and may be sent again', t => {
	const {clock, made} = devices(t, 2);
	const [a, b] = made;
	const [first, second] = [message('out', 1, 'first', 'queued'), message('out', 2, 'second', 'queued')];
	a.history.append([first, second]);
	const link = new Link(a, b, clock);
	link.run();
	t.deepEqual(b.history.outbox(bob), [], 'the other one has written them');
	const waiting = b.history.replica.waitingOfOthers(bob);
	t.deepEqual(
		waiting.map(({entry, writer}) => [entry.id, writer]),
		[
			[first.id, a.id],
			[second.id, a.id],
		],
	);
	// One is cancelled here while it is delivered there; the other one is only cancelled.
	a.history.setState(bob, [first.id, second.id], 'failed', 'cancelled');
	b.history.setState(bob, [first.id], 'delivered');
	link.run();
	const states = (device: TestDevice) => device.history.page(bob, 9).map(({state, reason}) => [state, reason]);
	t.deepEqual(states(a), [
		['delivered', undefined],
		['failed', 'cancelled'],
	]);
	t.deepEqual(states(b), states(a));
	t.deepEqual(b.history.replica.waitingOfOthers(bob), []);
	clock.now += 1000;
	b.history.setState(bob, [second.id], 'queued');
	link.run();
	t.deepEqual(
		a.history.outbox(bob).map(({id}) => id),
		[second.id],
	);
});

test('who is in the list, what they are called, who is muted and who is blocked is so on every device, by the last word', t => {
	const {clock, made} = devices(t, 2);
	const [a, b] = made;
	a.history.putContact({name: 'bob', blocked: false, addedAt: 5, request: true, nickname: undefined});
	const link = new Link(a, b, clock);
	link.run();
	t.true(b.history.contacts()[0]?.request);
	clock.now += 1000;
	a.history.putContact({name: 'bob', blocked: true, addedAt: 5, request: false, nickname: 'A'});
	clock.now += 1000;
	b.history.putContact({name: 'bob', blocked: false, addedAt: 5, request: false, nickname: 'B'});
	b.history.remember('mute', 'yes', bob);
	b.history.remember('draft', 'never told', bob);
	link.run();
	for (const {history} of [a, b]) {
		const [contact] = history.contacts();
		t.like(contact, {name: 'bob', request: false, nickname: 'B', blocked: true}, 'b did not touch the block');
		t.is(history.recall('mute', bob), 'yes');
	}

	t.is(a.history.recall('draft', bob), undefined);
	clock.now += 1000;
	a.history.removeContact('bob');
	const pin = Buffer.concat([Buffer.alloc(32, 1), Buffer.of(1), Buffer.alloc(32, 2)]);
	a.history.replica.setRegister('pin', 'bob', pin);
	a.history.replica.setRegister('setting', 'receipts', Buffer.from('false'));
	link.run();
	t.deepEqual(b.history.contacts(), []);
	t.deepEqual(b.history.replica.register('pin', 'bob'), pin);
	t.is(b.history.replica.register('setting', 'receipts')?.toString(), 'false');
});

test('the longest text, what answers it, and what a later build says get to the other device as they came', t => {
	const {clock, made} = devices(t, 2);
	const [a, b] = made;
	const id = Buffer.alloc(16, 9);
	const later = Buffer.from(encode([100, id, START, {what: 'it says'}]));
	const option = Buffer.from(encode([1, Buffer.alloc(16, 8), START, 'with an option', {new: true}]));
	const long = 'x'.repeat(TEXT_LIMIT);
	const kept = [later, option].map(bytes => entryOf(bob, decodeContent(bytes) as KeptContent, START));
	const reply = {direction: 'in', id: message('in', 1, '').id, text: undefined} as const;
	a.history.append([message('in', 1, long), {...message('out', 2, 'so long'), reply}, ...kept]);
	const link = new Link(a, b, clock);
	link.run();
	t.deepEqual(link.faults, []);
	t.is(b.history.page(bob, 9)[0]?.text, long);
	t.deepEqual(b.history.page(bob, 9), a.history.page(bob, 9));
	b.close();
	const database = connected(b.file);
	const bytes = database.prepare('SELECT bytes FROM contents ORDER BY kind').pluck().all();
	t.deepEqual(bytes, [option, later]);
	database.close();
});

test('who has one device pays nothing: what is said has no second entry anywhere', t => {
	const file = path.join(temporaryFolder(t), 'history.db');
	const history = openHistory(file, KEY);
	history.append([message('in', 1, 'one'), message('out', 2, 'two', 'queued')]);
	history.setState(bob, [message('out', 2, '').id], 'delivered');
	history.markRead(bob);
	history.putContact({name: 'bob', blocked: false, addedAt: 1, request: false, nickname: undefined});
	history.close();
	const database = connected(file);
	for (const table of ['log', 'registers', 'gone', 'followed']) {
		t.is(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), 0, table);
	}

	t.deepEqual(database.prepare('SELECT place FROM messages').pluck().all(), [1, 2]);
	database.close();
});

test('all that the build before has kept gets to a second device: messages in their order, contacts, what is read and muted', t => {
	const {clock, folder, made} = devices(t, 1);
	const file = path.join(folder, 'older');
	olderFile(file, BEFORE, database => {
		const insert = database.prepare(
			'INSERT INTO messages (peer, id, direction, time, text, state, kind, target_direction, target) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
		);
		const seen = database.prepare("INSERT INTO seen (peer, id) VALUES ('bob', ?)");
		for (let number = 1; number <= 700; number++) {
			const id = Buffer.from(message('in', number, '').id, 'hex');
			insert.run('bob', id, number % 2, number, `text ${number}`, 1, 0, null, null);
			if (number % 2 === 0) seen.run(id);
		}

		const target = Buffer.from(message('in', 700, '').id, 'hex');
		insert.run('bob', Buffer.alloc(16, 5), 1, 800, '👍', 1, 3, 0, target);
		insert.run('bob', Buffer.alloc(16, 6), 1, 801, 'waits', 0, 0, null, null);
		database.exec(`
			INSERT INTO search (rowid, words, peer) SELECT place, upper(text), hex(peer) FROM messages WHERE kind = 0;
			INSERT INTO marks (peer, place) VALUES ('bob', 690);
			INSERT INTO contacts VALUES ('bob', 0, 1, 0, 'Bobby'), ('carol', 1, 2, 0, NULL);
			INSERT INTO memory VALUES ('mute', 'bob', 'yes');
		`);
	});
	const [fresh] = made;
	const old = new TestDevice(folder, 2, clock, 'alice', 'older');
	t.teardown(() => old.close());
	t.deepEqual(old.history.check(), []);
	const link = new Link(old, fresh, clock);
	link.run();
	t.deepEqual(link.faults, []);
	t.deepEqual(fresh.history.page(bob, 1000), old.history.page(bob, 1000));
	t.is(fresh.history.page(bob, 1000).length, 701);
	t.deepEqual(fresh.history.page(bob, 2)[0]?.reactions, [{direction: 'out', emoji: '👍'}]);
	t.deepEqual(fresh.history.conversations(), [{conversation: bob, unread: 5}]);
	t.like(fresh.history.contacts(), [
		{name: 'bob', nickname: 'Bobby', addedAt: 1},
		{name: 'carol', blocked: true},
	]);
	t.is(fresh.history.recall('mute', bob), 'yes');
	t.is(fresh.history.replica.waitingOfOthers(bob).length, 1);
	// What is new stands behind all of that, on both.
	clock.now += 1000;
	fresh.history.append([message('in', 900, 'new')]);
	link.run();
	t.is(texts(old).at(-1), 'new');
	t.deepEqual(texts(old), texts(fresh));
});

test('a copy of the file calls its log something else, and the file itself never does', t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'history.db');
	const log = logOf(file);
	t.is(logOf(file), log);
	const copy = path.join(folder, 'copy.db');
	copyFileSync(file, copy);
	const other = logOf(copy);
	t.not(other, log);
	t.is(logOf(copy), other);
	t.is(logOf(file), log);
});

test('what comes later stands behind, also when the clock of the server is set back', t => {
	const {clock, made} = devices(t, 2);
	const [a, b] = made;
	a.history.append([message('in', 1, 'one')]);
	clock.now -= 1_000_000;
	a.history.append([message('in', 2, 'two')]);
	a.history.forget(talkWith('carol'));
	a.history.append([message('in', 3, 'three')]);
	clock.now += 1_000_000;
	new Link(a, b, clock).run();
	t.deepEqual(texts(a), ['one', 'two', 'three']);
	t.deepEqual(texts(b), texts(a));
});
