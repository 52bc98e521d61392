// What a device of one's own account may say when it is broken, old, put back, or not in its owner's hands: each is refused by its name, and
// nothing is lost, doubled or shown that did not happen.
import {Buffer} from 'node:buffer';
import test, {type ExecutionContext} from 'ava';
import {encode} from 'cborg';
import {encodeContent} from '../../../source/content/content.ts';
import {talkWith} from '../../../source/messaging/conversation.ts';
import {type Message} from '../../../source/messaging/message.ts';
import {
	type Fault,
	SiblingReplication,
	WAITING_BYTES,
} from '../../../source/messaging/replication/sibling-replication.ts';
import {LATER_ITEMS} from '../../../source/messaging/history/replica-intake.ts';
import {REGISTER, REGISTERS_LIMIT} from '../../../source/messaging/replication/registers.ts';
import {
	FrameJoiner,
	type FrameToSend,
	type HeadFrame,
	cutFrame,
	decodeReplicationFrame,
	encodeReplicationFrame,
} from '../../../source/wire/messages/replication.ts';
import {type RegisterItem, type RowItem, encodeItem} from '../../../source/wire/messages/replication-items.ts';
import {ClientError} from '../../../source/os/errors.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {connected} from '../history/older.ts';
import {type Clock, Link, TestDevice} from './devices.ts';

const START = 1_700_000_000_000;
const bob = talkWith('bob');
const LOG = Buffer.alloc(16, 0xaa);
const OTHER = Buffer.alloc(8, 0xbb);

/** One device of alice, and another one that says whatever a test wants. */
class Hostile {
	readonly device: TestDevice;
	readonly clock: Clock = {now: START};
	readonly faults: Fault[] = [];
	readonly said: FrameToSend[] = [];
	readonly #replication: SiblingReplication;
	readonly #joiner = new FrameJoiner();

	constructor(t: ExecutionContext) {
		this.device = new TestDevice(temporaryFolder(t), 1, this.clock);
		t.teardown(() => this.device.close());
		this.#replication = new SiblingReplication({
			replica: this.device.history.replica,
			device: OTHER,
			elapsed: () => this.clock.now,
			send: piece => {
				const bytes = this.#joiner.add(Buffer.from(piece));
				const frame = Buffer.isBuffer(bytes) ? decodeReplicationFrame(bytes) : undefined;
				if (typeof frame === 'object') this.said.push(frame as unknown as FrameToSend);
				return true;
			},
			onTaken: () => undefined,
			onSignal() {},
			onFault: fault => this.faults.push(fault),
		});
		this.#turn();
	}

	says(frame: FrameToSend | Buffer): void {
		for (const piece of cutFrame(Buffer.isBuffer(frame) ? frame : encodeReplicationFrame(frame)))
			this.#replication.receive(piece);
		this.#turn();
	}

	/** Items as the next ones of its log. */
	tells(items: readonly Buffer[], from = 0): void {
		this.says({kind: 'head', log: LOG, head: 1000});
		this.says({kind: 'rows', log: LOG, from, to: from + items.length, items});
	}

	get replication(): SiblingReplication {
		return this.#replication;
	}

	#turn(): void {
		while (this.#replication.turn());
	}
}

function row(direction: 'in' | 'out', number: number, text: string, more: Partial<RowItem> = {}): RowItem {
	const id = Buffer.from(number.toString(16).padStart(32, '0'), 'hex');
	return {
		kind: 'row',
		conversation: 'bob',
		direction,
		state: 'delivered',
		reason: undefined,
		decided: undefined,
		place: START * 256 + number * 64,
		isDeleted: false,
		left: undefined,
		writer: undefined,
		content: encodeContent({kind: 'text', id, time: START - 1000, text}),
		...more,
	};
}

function message(direction: Message['direction'], number: number, text: string): Message {
	const id = number.toString(16).padStart(32, '0');
	return {id, conversation: bob, direction, time: START - 1000, text, state: 'delivered', reason: undefined};
}

const texts = ({history}: TestDevice, conversation = bob) => history.page(conversation, 99).map(({text}) => text);

test('rows in a wrong direction are dropped, and those beside them taken', t => {
	const hostile = new Hostile(t);
	const queued = encodeItem(row('in', 1, 'to be sent, says who?', {state: 'queued'}));
	hostile.tells([queued, encodeItem(row('in', 2, 'sound'))]);
	t.deepEqual(hostile.faults, ['direction']);
	t.deepEqual(texts(hostile.device), ['sound']);
	t.deepEqual(hostile.device.history.replica.waitingOfOthers(bob), []);
});

test('who uses ids of others changes nothing that was said under them', t => {
	const hostile = new Hostile(t);
	hostile.device.history.append([message('in', 1, 'from bob'), message('out', 2, 'to bob')]);
	hostile.tells(
		[
			row('in', 1, 'never said by bob', {place: START * 256 + 6400}),
			row('out', 2, 'never said to bob', {place: START * 256 + 6400}),
			row('out', 1, 'another one under the id of bob’s'),
			row('in', 1, 'another one in another talk', {conversation: 'carol'}),
		].map(each => encodeItem(each)),
	);
	t.deepEqual(hostile.faults, []);
	t.deepEqual(texts(hostile.device).toSorted(), ['another one under the id of bob’s', 'from bob', 'to bob']);
	t.deepEqual(texts(hostile.device, talkWith('carol')), ['another one in another talk']);
});

test('a talk with oneself is dropped', t => {
	const hostile = new Hostile(t);
	hostile.tells([
		encodeItem(row('in', 1, 'hello me', {conversation: 'alice'})),
		encodeItem({kind: 'forgotten', conversation: 'alice', place: 1}),
	]);
	t.deepEqual(hostile.faults, ['conversation', 'conversation']);
	t.deepEqual(hostile.device.history.conversations(), []);
});

test('a row that holds nothing that anybody keeps is dropped: a receipt, typing, no content at all', t => {
	const hostile = new Hostile(t);
	const contents = [
		encodeContent({kind: 'receipt', ids: [Buffer.alloc(16)]}),
		encodeContent({kind: 'typing', isTyping: true}),
		Buffer.alloc(0),
		Buffer.from('8401', 'hex'),
		Buffer.concat([encodeContent({kind: 'text', id: Buffer.alloc(16, 5), time: 1, text: 'x'}), Buffer.of(0)]),
	];
	hostile.tells(contents.map(content => encodeItem(row('in', 1, '', {content}))));
	t.deepEqual(
		hostile.faults,
		Array.from({length: 5}, () => 'content'),
	);
	t.deepEqual(hostile.device.history.conversations(), []);
	// Not one of them has used up an id.
	hostile.device.history.append([{...message('in', 1, 'x'), id: '05'.repeat(16)}]);
	t.deepEqual(texts(hostile.device), ['x']);
});

test('a place that runs backwards is dropped, one that leaves a gap is asked for once more, and nothing is taken twice', t => {
	const hostile = new Hostile(t);
	hostile.tells([encodeItem(row('in', 1, 'one')), encodeItem(row('in', 2, 'two'))]);
	hostile.says({kind: 'rows', log: LOG, from: 0, to: 1, items: [encodeItem(row('in', 3, 'backwards'))]});
	hostile.says({kind: 'rows', log: LOG, from: 5, to: 6, items: [encodeItem(row('in', 4, 'behind a gap'))]});
	t.deepEqual(hostile.faults, ['place', 'place']);
	t.deepEqual(texts(hostile.device), ['one', 'two']);
	const asked = hostile.said.filter(({kind}) => kind === 'since');
	t.like(asked.at(-1), {kind: 'since', place: 2});
	hostile.says({kind: 'rows', log: Buffer.alloc(16, 1), from: 2, to: 3, items: []});
	t.is(hostile.faults.at(-1), 'log');
	t.is(hostile.replication.progress?.place, 2);
});

test('an answer that begins earlier and goes further is taken: who was asked twice, as when both open a session at once, goes on from there', t => {
	const hostile = new Hostile(t);
	hostile.tells([encodeItem(row('in', 1, 'one')), encodeItem(row('in', 2, 'two'))]);
	hostile.says({
		kind: 'rows',
		log: LOG,
		from: 0,
		to: 3,
		items: [encodeItem(row('in', 2, 'two')), encodeItem(row('in', 3, 'three'))],
	});
	t.deepEqual(hostile.faults, []);
	t.deepEqual(texts(hostile.device), ['one', 'two', 'three']);
	t.is(hostile.replication.progress?.place, 3);
});

test('a row from the year 9999 stands where it comes, and does not push what is said next there', t => {
	const hostile = new Hostile(t);
	hostile.device.history.append([message('in', 1, 'before')]);
	hostile.clock.now += 1000;
	hostile.tells([
		encodeItem(row('in', 2, 'late', {place: Number.MAX_SAFE_INTEGER})),
		encodeItem({kind: 'seen', conversation: 'bob', place: Number.MAX_SAFE_INTEGER}),
		encodeItem({kind: 'forgotten', conversation: 'bob', place: Number.MAX_SAFE_INTEGER}),
	]);
	t.deepEqual(hostile.faults, ['place', 'place', 'place']);
	hostile.clock.now += 1000;
	hostile.device.history.append([message('in', 3, 'after')]);
	t.deepEqual(texts(hostile.device), ['before', 'late', 'after']);
	t.deepEqual(hostile.device.history.conversations(), [{conversation: bob, unread: 3}]);
});

test('rows at one place each have one, and none is lost', t => {
	const hostile = new Hostile(t);
	const place = START * 256;
	hostile.tells(Array.from({length: 200}, (_, number) => encodeItem(row('in', number + 1, `text ${number}`, {place}))));
	t.is(hostile.device.history.page(bob, 999).length, 200);
	t.deepEqual(hostile.device.history.check(), []);
});

test('ahead of the log comes only what was asked for', t => {
	const hostile = new Hostile(t);
	hostile.tells([encodeItem(row('in', 1, 'one'))]);
	hostile.says({kind: 'recent', items: [encodeItem(row('in', 2, 'unasked'))]});
	t.deepEqual(hostile.faults, ['unasked']);
	t.deepEqual(texts(hostile.device), ['one']);
});

test('a million rows at once are no frame; a million one after the other hold the other device up', t => {
	const hostile = new Hostile(t);
	const item = encodeItem(row('in', 1, 'x'));
	hostile.says(Buffer.concat([Buffer.of(4), ...Array.from({length: 1_000_000}, () => item)]));
	t.true(hostile.faults.every(fault => fault === 'malformed' || fault === 'unknown'));
	hostile.says({kind: 'head', log: LOG, head: 1_000_000});
	const frame = encodeReplicationFrame({
		kind: 'rows',
		log: LOG,
		from: 0,
		to: 512,
		items: Array.from({length: 512}, () => item),
	});
	let taken = 0;
	for (; !hostile.replication.isFull; taken++) for (const piece of cutFrame(frame)) hostile.replication.receive(piece);
	t.true(taken * frame.length <= WAITING_BYTES + frame.length);
});

test('of a million registers no more are kept than there may be, and none from the future or of a wrong form', t => {
	const hostile = new Hostile(t);
	const register = (name: string, more: Partial<RegisterItem> = {}): Buffer =>
		encodeItem({
			kind: 'register',
			register: REGISTER.nickname,
			name,
			time: START,
			device: OTHER,
			value: Buffer.from('x'),
			...more,
		});
	const bad = [
		register('bob', {time: START + 3_600_000}),
		register('Bob'),
		register('bob', {register: REGISTER.block, value: Buffer.from('maybe')}),
		register('bob', {register: REGISTER.pin}),
		register('bob', {value: Buffer.from('ff', 'hex')}),
		register('receipts', {register: REGISTER.setting, value: Buffer.from('{')}),
	];
	hostile.tells(bad);
	t.deepEqual(hostile.faults, ['time', 'malformed', 'malformed', 'malformed', 'malformed', 'malformed']);
	hostile.device.close();
	const database = connected(hostile.device.file);
	const insert = database.prepare("INSERT INTO registers VALUES (2, ?, 1, x'0000000000000000', x'78', 0)");
	database.transaction(() => {
		for (let number = 0; number < REGISTERS_LIMIT; number++) insert.run(`name${number}`);
	})();
	database.close();
	hostile.device.restartFrom();
	const again = new SiblingReplication({
		replica: hostile.device.history.replica,
		device: OTHER,
		elapsed: () => START,
		send: () => true,
		onTaken: () => undefined,
		onSignal() {},
		onFault: fault => hostile.faults.push(fault),
	});
	for (const frame of [
		{kind: 'head', log: LOG, head: 99} as const,
		{kind: 'rows', log: LOG, from: 6, to: 8, items: [register('onemore'), register('name7')]} as const,
	]) {
		again.receive(Buffer.concat([Buffer.of(0), encodeReplicationFrame(frame)]));
	}

	while (again.turn());
	t.is(hostile.faults.at(-1), 'full');
	t.is(
		hostile.device.history.replica.register('nickname', 'name7')?.toString(),
		'x',
		'one that is there still changes',
	);
	t.is(hostile.device.history.replica.register('nickname', 'onemore'), undefined);
});

/** What a device keeps of a later version. */
function laterItems(device: TestDevice): unknown[] {
	device.history.close();
	const database = connected(device.file);
	const found = database.prepare('SELECT bytes FROM later_items').pluck().all();
	database.close();
	device.restartFrom();
	return found;
}

test('what a later version tells is kept as it came, passed on once to each, and done by a build that knows it', t => {
	const clock: Clock = {now: START};
	const folder = temporaryFolder(t);
	const [a, b, c] = [1, 2, 3].map(number => new TestDevice(folder, number, clock)) as [
		TestDevice,
		TestDevice,
		TestDevice,
	];
	t.teardown(() => [a, b, c].forEach(device => device.close()));
	const other = Buffer.from('c80000000401020304', 'hex');
	const item = {kind: 'later', bytes: other} as const;
	for (const _ of [1, 2]) a.history.replica.take({device: OTHER, log: LOG, to: undefined, items: [item]}, true);
	for (let times = 0; times < 2; times++)
		for (const [one, two] of [
			[a, b],
			[b, c],
			[c, a],
		] as const)
			new Link(one, two, clock).run();
	const heads = [a, b, c].map(device => device.history.replica.head().place);
	for (const device of [a, b, c]) t.deepEqual(laterItems(device), [other]);
	for (const [one, two] of [
		[a, b],
		[b, c],
		[c, a],
	] as const)
		new Link(one, two, clock).run();
	t.deepEqual(
		[a, b, c].map(device => device.history.replica.head().place),
		heads,
		'it goes round no more',
	);
	// As if the build before had not known what a row is.
	b.history.close();
	const database = connected(b.file);
	database
		.prepare('INSERT INTO later_items (digest, bytes) VALUES (?, ?)')
		.run(Buffer.alloc(32), encodeItem(row('in', 1, 'known now')));
	database.close();
	b.restartFrom();
	t.deepEqual(texts(b), ['known now']);
	t.deepEqual(laterItems(b), [other]);
	t.true(LATER_ITEMS > 0);
});

test('what a later build of ours has written is kept and passed on, and sent by those that know what it is', t => {
	const hostile = new Hostile(t);
	const content = Buffer.from(encode([100, Buffer.alloc(16, 9), START, {what: 'it says'}]));
	const item = encodeItem(row('out', 1, '', {content, state: 'queued', writer: OTHER}));
	hostile.tells([item]);
	t.deepEqual(hostile.faults, []);
	const {history} = hostile.device;
	t.deepEqual(history.outbox(bob), []);
	t.deepEqual(history.replica.waitingOfOthers(bob), []);
	t.deepEqual(history.replica.since(0, undefined).items, [item]);
	t.deepEqual(texts(hostile.device), []);
});

test('a copy that was put back without a word is found out in its first session: it gets back what it had, and loses nothing', t => {
	const clock: Clock = {now: START};
	const folder = temporaryFolder(t);
	const [a, b] = [1, 2].map(number => new TestDevice(folder, number, clock)) as [TestDevice, TestDevice];
	t.teardown(() => [a, b].forEach(device => device.close()));
	a.history.append([message('in', 1, 'before the copy')]);
	new Link(a, b, clock).run();
	a.backUp();
	clock.now += 1000;
	a.history.append([message('in', 2, 'after the copy')]);
	new Link(a, b, clock).run();
	const {log} = a.history.replica.head();
	clock.now += 1000;
	b.history.append([message('in', 4, 'on the other one')]);
	a.putBack(false);
	t.deepEqual(a.history.replica.head().log, log, 'nothing tells it from the file that was there');
	t.deepEqual(texts(a), ['before the copy']);
	new Link(a, b, clock).run();
	t.deepEqual(texts(a), ['before the copy', 'after the copy', 'on the other one']);
	t.notDeepEqual(a.history.replica.head().log, log);
	clock.now += 1000;
	a.history.append([message('in', 3, 'and on')]);
	new Link(a, b, clock).run();
	t.deepEqual(texts(b), ['before the copy', 'after the copy', 'on the other one', 'and on']);
});

test('a disk that is full has nothing taken in and no place reached: the next session goes on there', t => {
	const hostile = new Hostile(t);
	hostile.tells([encodeItem(row('in', 1, 'one'))]);
	const {replica} = hostile.device.history;
	const full = new ClientError('disk', 'the disk is full');
	const said: Buffer[] = [];
	const stopped = new SiblingReplication({
		replica: {
			...replica,
			take() {
				throw full;
			},
		},
		device: OTHER,
		elapsed: () => START,
		send: bytes => said.push(bytes) > 0,
		onTaken: () => t.fail(),
		onSignal() {},
		onFault: fault => t.fail(fault),
	});
	const items = [encodeItem(row('in', 2, 'two'))];
	for (const frame of [
		{kind: 'head', log: LOG, head: 9} as const,
		{kind: 'rows', log: LOG, from: 1, to: 2, items} as const,
	]) {
		for (const piece of cutFrame(encodeReplicationFrame(frame))) stopped.receive(piece);
	}

	t.is(
		t.throws(() => stopped.turn()),
		full,
	);
	t.false(
		said.some(bytes => bytes[1] === 5),
		'nothing says that it was kept',
	);
	t.is(replica.meet(OTHER, LOG), 1);
	hostile.tells(items, 1);
	t.deepEqual(texts(hostile.device), ['one', 'two']);
});

test('what another device claims to have of our log is not more than there is', t => {
	const hostile = new Hostile(t);
	hostile.device.history.append([message('in', 1, 'one')]);
	const own = hostile.said.find((frame): frame is HeadFrame => frame.kind === 'head')!;
	hostile.says({kind: 'head', log: LOG, head: 0});
	hostile.says({kind: 'kept', log: own.log, place: Number.MAX_SAFE_INTEGER});
	const {replica} = hostile.device.history;
	t.is(replica.keptByAll([OTHER]), replica.head().place);
	t.is(replica.keptByAll([OTHER, Buffer.alloc(8, 9)]), 0, 'of whom nothing is known has nothing');
	replica.leave(OTHER);
	t.is(replica.keptByAll([OTHER]), 0);
});
