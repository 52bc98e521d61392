// What the commands print: lines, events, errors with their way out.
import test from 'ava';
import {NO_NETWORK} from '../../source/channel/network/own-network.ts';
import {diagnose} from '../../source/client/diagnosis.ts';
import {ClientError} from '../../source/client/facade.ts';
import {type Change, type Contact, type Message, type Snapshot} from '../../source/client/snapshot.ts';
import {grid} from '../../source/cli/commands/identity-commands.ts';
import {describePath, minMedianMax, transcriptLines} from '../../source/cli/demo/results.ts';
import {failureSince, notYet} from '../../source/cli/until-delivered.ts';
import {EXIT_CODES} from '../../source/cli/sysexits.ts';
import {Failure} from '../../source/cli/failure.ts';
import {changeLine, contactLine, devicesLine, messageLine} from '../../source/cli/lines.ts';
import {clockLine, explain, stoppedFailure} from '../../source/cli/report.ts';
import {UnreadPrinter} from '../../source/cli/unread.ts';
import {until} from '../../source/cli/until.ts';
import {changeEvent, changes, messageEvent, messageRecord} from '../../source/cli/watch.ts';
import {talkWith} from '../../source/messaging/conversation.ts';

const message: Message = {
	id: 'ab',
	conversation: talkWith('alice'),
	direction: 'in',
	time: new Date(2026, 10, 3, 9, 5).getTime(),
	text: 'hello\nthere',
	state: 'delivered',
	reason: undefined,
};
const contact: Contact = {
	name: 'alice',
	presence: 'online',
	identity: 'verified',
	blocked: false,
	path: {kind: 'none'},
	typing: false,
	unread: 0,
	outbox: 0,
};
const snapshot: Snapshot = {
	account: undefined,
	connection: {state: 'online'},
	clockOffset: 0,
	reflexive: undefined,
	contacts: [contact],
	conversations: new Map(),
};

test('a message is a line with its local time', t => {
	t.is(messageLine(message), '2026-11-03 09:05 alice: hello\n    there');
	t.is(messageLine({...message, direction: 'out', text: '\u001B[2J'}), String.raw`2026-11-03 09:05 me: \u001b[2J`);
	t.deepEqual(messageEvent(message), {
		type: 'message',
		id: 'ab',
		peer: 'alice',
		time: message.time,
		text: message.text,
	});
});

test('the time of a strange clock is a date all the same', t => {
	for (const time of [8.7e15, -8.7e15, 1e300, Number.NaN, Number.POSITIVE_INFINITY]) {
		t.regex(messageLine({...message, time}), /^-?\d{4,6}-\d\d-\d\d \d\d:\d\d alice: /);
	}

	t.regex(messageLine({...message, time: Number.NaN}), /^19(?:69|70)-/);
});

test('a message of the history has the other one’s name as its peer, where scripts look for it', t => {
	const {conversation: _, id, ...rest} = message;
	t.is(JSON.stringify(messageRecord(message)), JSON.stringify({id, peer: 'alice', ...rest}));
});

test('a contact is a line', t => {
	t.is(contactLine(contact), 'alice  online  key verified');
	t.is(
		contactLine({...contact, blocked: true, unread: 2, outbox: 1}),
		'alice  online  key verified  blocked  2 unread  1 not delivered',
	);
	t.is(
		contactLine({...contact, nickname: 'Al', away: 'tea\n\u001B[2J', request: true}),
		String.raw`alice  online  key verified  called Al  wants to talk  away: tea\n\u001b[2J`,
	);
});

test('what somebody does about messages is a line and an event', t => {
	const {time} = message;
	const change = (kind: Change['kind'], value: string, own = false): Change => {
		const about = {message: {direction: own ? ('out' as const) : ('in' as const), id: 'cd'}};
		return {kind, conversation: talkWith('alice'), direction: 'in', time, value, ...(kind !== 'timer' && about)};
	};

	const head = {peer: 'alice', time};
	for (const [done, line, event] of [
		[
			change('edit', 'two\nlines'),
			'changed a message: two\n    lines',
			{type: 'edit', ...head, id: 'cd', text: 'two\nlines'},
		],
		[change('delete', ''), 'deleted a message', {type: 'delete', ...head, id: 'cd'}],
		[change('reaction', '👍', true), 'reacted with 👍', {type: 'reaction', ...head, id: 'cd', own: true, emoji: '👍'}],
		[
			change('reaction', '\u001B[31m'),
			String.raw`reacted with \u001b[31m`,
			{type: 'reaction', ...head, id: 'cd', own: false, emoji: '\u001B[31m'},
		],
		[change('reaction', ''), 'took a reaction back', {type: 'reaction', ...head, id: 'cd', own: false, emoji: ''}],
		[change('timer', '60'), 'has messages disappear 60 s after they were read', {type: 'timer', ...head, seconds: 60}],
		[change('timer', '0'), 'has messages stay', {type: 'timer', ...head, seconds: 0}],
	] as const) {
		t.is(changeLine(done), `2026-11-03 09:05 alice ${line}`);
		t.deepEqual(changeEvent(done), event);
	}

	t.is(changeLine(change('read', '', true)), undefined);
	t.deepEqual(changeEvent(change('read', '', true)), {type: 'read', ...head, id: 'cd'});
	t.deepEqual(messageEvent({...message, lifetime: 5, reply: {direction: 'out', id: 'cd', text: 'what it answers'}}), {
		type: 'message',
		id: 'ab',
		peer: 'alice',
		time,
		text: message.text,
		lifetime: 5,
		reply: {id: 'cd', own: true},
	});
});

test('a line of pipe that the other side cannot read is told of, one of an earlier run is not', t => {
	const out = (id: string, reason?: 'refused'): Message => ({
		...message,
		id,
		direction: 'out',
		state: reason === undefined ? 'delivered' : 'failed',
		reason,
	});
	const messages = [out('01', 'refused'), out('02'), {...message, id: '02'}, out('03', 'refused'), out('04')];
	const now = {
		...snapshot,
		conversations: new Map([[talkWith('alice'), {id: talkWith('alice'), messages, hasOlder: false}]]),
	};
	for (const [first, words] of [
		['01', 'the simchat of alice cannot read the message'],
		['02', 'the simchat of alice cannot read the message'],
		['not on show any more', 'the simchat of alice cannot read the message'],
		['04', undefined],
	] as const) {
		const failure = failureSince(now, talkWith('alice'), first);
		t.is(failure?.message, words, first);
		t.is(failure?.exitCode, words && EXIT_CODES.unavailable);
	}
});

test('a change is told once', t => {
	t.deepEqual(changes(undefined, snapshot), [
		{type: 'connection', state: 'online'},
		{type: 'presence', name: 'alice', presence: 'online'},
		{type: 'identity', name: 'alice', identity: 'verified'},
	]);
	t.deepEqual(changes(snapshot, {...snapshot, connection: {state: 'online'}}), []);
	const disk = {message: 'the disk is full: make room'};
	t.deepEqual(changes(snapshot, {...snapshot, disk}), [{type: 'disk', problem: disk.message}]);
	t.deepEqual(changes({...snapshot, disk}, {...snapshot, disk}), []);
	t.deepEqual(changes({...snapshot, disk}, snapshot), [{type: 'disk', problem: null}]);
	const using = (since: number) => ({...snapshot, contacts: [{...contact, devices: {count: 2, since}}]});
	t.deepEqual(changes(snapshot, using(1)), [{type: 'devices', name: 'alice', time: 1, count: 2}]);
	t.deepEqual(changes(using(1), using(2)), [{type: 'devices', name: 'alice', time: 2, count: 2}]);
	t.is(
		devicesLine({type: 'devices', name: 'alice', time: message.time, count: 2}),
		'2026-11-03 09:05 alice now uses 2 devices',
	);
	t.deepEqual(changes(using(1), using(1)), []);
	t.false(
		changes(undefined, using(1)).some(({type}) => type === 'devices'),
		'what is known at the start is no news',
	);
	const waiting = {state: 'waiting', problem: 'timeout', retryAt: 5} as const;
	t.deepEqual(changes(snapshot, {...snapshot, connection: waiting, contacts: [{...contact, presence: 'offline'}]}), [
		{type: 'connection', ...waiting},
		{type: 'presence', name: 'alice', presence: 'offline'},
	]);
});

const states = (before: Snapshot, after: Snapshot) =>
	changes(before, after).map(event => (event.type === 'state' ? [event.id, event.state, event.reason] : event));

test('what becomes of own messages is told, and not of those that only come on show', t => {
	const conversation = talkWith('alice');
	const own = (id: string, state: Message['state'], reason?: 'refused'): Message => ({
		...message,
		id,
		direction: 'out',
		state,
		reason,
	});
	const showing = (...messages: Message[]) => ({
		...snapshot,
		conversations: new Map([[conversation, {id: conversation, messages, hasOlder: false}]]),
	});
	t.deepEqual(states(snapshot, showing(own('01', 'delivered'), own('02', 'queued'))), [['02', 'queued', undefined]]);
	const queued = showing(message, own('02', 'queued'));
	t.deepEqual(states(queued, showing(own('00', 'read'), message, own('02', 'sent'), own('03', 'delivered'))), [
		['02', 'sent', undefined],
		['03', 'delivered', undefined],
	]);
	t.deepEqual(states(queued, showing(message, own('02', 'failed', 'refused'))), [['02', 'failed', 'refused']]);
	// Theirs may have the id of ours.
	t.deepEqual(states(queued, showing({...message, id: '02'}, message, own('02', 'queued'))), []);
	t.deepEqual(
		changes(undefined, queued).filter(({type}) => type === 'state'),
		[],
	);
	t.deepEqual(changes(queued, {...queued, contacts: [{...contact, request: true, away: 'tea', identity: 'changed'}]}), [
		{type: 'request', name: 'alice'},
		{type: 'identity', name: 'alice', identity: 'changed'},
		{type: 'away', name: 'alice', text: 'tea'},
	]);
	t.deepEqual(changes({...queued, contacts: [{...contact, away: 'tea'}]}, queued), [
		{type: 'away', name: 'alice', text: null},
	]);
});

const reached = (path: Contact['path']) => ({...snapshot, contacts: [{...contact, path}]});

test('how a contact is reached is told of when it changes, not with each round-trip time', t => {
	const of = (before: Contact['path'], after: Contact['path']) => changes(reached(before), reached(after));
	const lan = {kind: 'lan', address: '10.0.0.2:7', rtt: 1} as const;
	const head = {type: 'path', name: 'alice'} as const;
	t.deepEqual(of({kind: 'none'}, {kind: 'looking', since: 5}), [
		{...head, path: 'looking', words: 'looking for a way'},
	]);
	t.deepEqual(of({kind: 'looking', since: 5}, {kind: 'looking', since: 6}), []);
	t.deepEqual(of({kind: 'looking', since: 5}, lan), [{...head, path: 'lan', words: 'lan', address: '10.0.0.2:7'}]);
	t.deepEqual(of(lan, {...lan, rtt: 99}), []);
	t.deepEqual(of(lan, {...lan, address: '10.0.0.3:7'}), [{...head, path: 'lan', words: 'lan', address: '10.0.0.3:7'}]);
	t.deepEqual(of(lan, {kind: 'no-way', reason: {kind: 'both-vary'}}), [
		{...head, path: 'no-way', words: 'no way: both NATs change ports', reason: 'both-vary'},
	]);
	t.deepEqual(of(lan, {kind: 'blocked', why: 'unanswered'}), [
		{
			...head,
			path: 'blocked',
			words: 'blocked: no answer from any of its addresses',
			why: 'no answer from any of its addresses',
		},
	]);
	const varying = {kind: 'no-way', reason: {kind: 'both-vary'}} as const;
	t.deepEqual(of(varying, {kind: 'looking', since: 9, after: varying}), [], 'that it is tried again is no news');
	t.deepEqual(of(lan, {kind: 'none'}), [{...head, path: 'none', words: ''}]);
	t.is(changes(undefined, reached(lan)).length, 4, 'news without an earlier snapshot');
});

test('why a message waits: what is known of the way, what was tried, and one next step', t => {
	const conversation = talkWith('alice');
	const kept = ' It is kept on this disk and goes out when simchat runs again.';
	const words = (change: Partial<Contact>, connection: Snapshot['connection'] = {state: 'online'}) => {
		const now = {...snapshot, connection, contacts: [{...contact, ...change}]};
		const addresses = [{address: '192.0.2.7:4000', asks: 7, rtt: undefined}];
		const probes = {role: 'initiator', since: 0, outcome: {kind: 'unanswered'}, mapping: 'same', addresses} as const;
		const diagnosis = diagnose(now, {}, [], {
			network: NO_NETWORK,
			keptPort: undefined,
			elapsed: 0,
			probesOf: () => probes,
		});
		const failure = notYet({snapshot: () => now, diagnose: () => diagnosis}, conversation);
		t.is(failure.exitCode, 75);
		return failure.message.split('\n');
	};

	const tried = '  tried 192.0.2.7:4000, 7 times: no answer';
	t.deepEqual(words({path: {kind: 'direct', address: '192.0.2.7:4000', rtt: 9}}), [
		`not delivered yet: alice has not confirmed it.${kept}`,
	]);
	t.deepEqual(words({path: {kind: 'no-way', reason: {kind: 'unanswered'}}}), [
		`not delivered yet: there is no way to alice: alice answers no probe.${kept}`,
		tried,
		'  next step: ask alice to run simchat doctor: a firewall on one of the two sides may drop UDP',
	]);
	t.deepEqual(words({path: {kind: 'looking', since: 0}}), [
		`not delivered yet: a way to alice is still being looked for.${kept}`,
		tried,
		'  next step: wait longer with --wait, or see what simchat doctor alice says',
	]);
	t.regex(
		words({path: {kind: 'looking', since: 0, after: {kind: 'no-way', reason: {kind: 'both-vary'}}}})[0] ?? '',
		/: there is no way to alice: both NATs change ports\./,
	);
	t.regex(words({})[0] ?? '', /: there is no session with alice yet\./);
	t.regex(
		words({path: {kind: 'blocked', why: 'dead'}})[0] ?? '',
		/: there is no session with alice: it does not answer any more\./,
	);
	t.deepEqual(
		words({presence: 'offline', path: {kind: 'no-way', reason: {kind: 'unanswered'}}})[0],
		[`not delivered yet: alice is not online.${kept}`][0],
	);
	t.deepEqual(words({presence: 'unknown'}, {state: 'waiting', problem: 'timeout', retryAt: 0}), [
		`not delivered yet: the server does not answer.${kept}`,
	]);
});

/** A disk with `count` unread messages of alice, which may refuse to note what is read. */
function unreadDisk(count: number) {
	const left = Array.from({length: count}, (_, index): Message => ({...message, id: String(index)}));
	return {
		left,
		takesMarks: true,
		unread: (_name: string, limit: number) => left.slice(0, limit),
		markRead(_name: string, upTo?: string) {
			if (this.takesMarks) left.splice(0, left.findIndex(({id}) => id === upTo) + 1);
			return this.takesMarks;
		},
	};
}

test('unread messages are printed once, oldest first, however many there are', async t => {
	const disk = unreadDisk(250);
	const printed: string[] = [];
	const unread = new UnreadPrinter(disk, async ({id}) => void printed.push(id));
	await unread.print(talkWith('alice'));
	await unread.print(talkWith('alice'));
	t.deepEqual(
		printed,
		Array.from({length: 250}, (_, index) => String(index)),
	);
	t.is(disk.left.length, 0);
});

test('what could not be printed stays unread', async t => {
	const disk = unreadDisk(10);
	const unread = new UnreadPrinter(disk, async ({id}) => {
		if (id === '7') throw new Error('the disk of the output is full');
	});
	await t.throwsAsync(unread.print(talkWith('alice')), {message: /output is full/});
	t.deepEqual(
		disk.left.map(({id}) => id),
		['7', '8', '9'],
	);
	const stopped = new UnreadPrinter(disk, async () => Promise.reject(new Error('nobody reads')));
	await t.throwsAsync(stopped.print(talkWith('alice')));
	t.is(disk.left.length, 3);
});

test('what was printed while the own disk was full is not printed again', async t => {
	const disk = unreadDisk(2);
	const printed: string[] = [];
	const unread = new UnreadPrinter(disk, async ({id}) => void printed.push(id));
	disk.takesMarks = false;
	await unread.print(talkWith('alice'));
	await unread.print(talkWith('alice'));
	disk.takesMarks = true;
	disk.left.push({...message, id: 'later'});
	await unread.print(talkWith('alice'));
	t.deepEqual(printed, ['0', '1', 'later']);
	t.is(disk.left.length, 0);
});

test('what comes is printed once, also when it was read elsewhere before, and not when it is still unread', async t => {
	const disk = unreadDisk(2);
	const printed: string[] = [];
	const unread = new UnreadPrinter(disk, async ({id}) => void printed.push(id));
	const [first, second] = disk.left;
	unread.arrived(first!);
	unread.arrived(second!);
	disk.left.shift();
	await unread.print(talkWith('alice'));
	t.deepEqual(printed, ['1', '0']);
	await unread.print(talkWith('alice'));
	t.is(printed.length, 2);

	// The disk takes no marks: it comes once more when it does.
	disk.takesMarks = false;
	disk.left.push({...message, id: 'later'});
	unread.arrived(disk.left[0]!);
	await unread.print(talkWith('alice'));
	unread.arrived({...message, id: 'last'});
	await unread.print(talkWith('alice'));
	t.deepEqual(printed, ['1', '0', 'later']);
	disk.takesMarks = true;
	await unread.print();
	t.deepEqual(printed, ['1', '0', 'later'], 'nothing of the conversation before its marks are taken');
	await unread.print(talkWith('alice'));
	t.deepEqual(printed, ['1', '0', 'later', 'last']);
});

test('what arrives while nothing is printed is bounded', async t => {
	const unread = new UnreadPrinter(unreadDisk(0), async ({id}) => void printed.push(id));
	const printed: string[] = [];
	for (let number = 0; number < 1500; number++) unread.arrived({...message, id: String(number)});
	await unread.print();
	t.is(printed.length, 1000);
	t.is(printed[0], '500');
});

test('errors become words and an exit code', t => {
	t.deepEqual(explain(new Failure(65, 'why')), {words: 'why', exitCode: 65});
	t.deepEqual(explain(new Failure(64, 'why')), {words: 'why\nSee: simchat --help', exitCode: 64});
	t.deepEqual(explain(new ClientError('wrong-password', 'wrong')), {words: 'wrong', exitCode: 77});
	t.deepEqual(explain(new ClientError('damaged', 'torn')), {words: 'torn', exitCode: 78});
	t.deepEqual(explain(new Error('disk')), {words: 'disk', exitCode: 74});
	const loud = explain(new ClientError('server-key', 'the server has another key'));
	t.is(loud.exitCode, 69);
	t.regex(loud.words, /^the server has another key\n[^]*SOMEBODY ELSE MAY BE ANSWERING/);
});

test('a connection that stops for good is a failure, one that waits is none', t => {
	t.is(stoppedFailure(snapshot), undefined);
	t.is(stoppedFailure({...snapshot, connection: {state: 'waiting', problem: 'credentials', retryAt: 1}}), undefined);
	t.is(stoppedFailure({...snapshot, connection: {state: 'stopped', problem: 'credentials'}})?.exitCode, 77);
});

test('a clock is told of when it is over two minutes off', t => {
	t.is(clockLine(undefined), undefined);
	t.is(clockLine(120_000), undefined);
	t.regex(clockLine(150_000) ?? '', /is 3 minutes behind the server’s/);
	t.regex(clockLine(-7_200_000) ?? '', /is 2 hours ahead of the server’s/);
	t.regex(clockLine(40 * 86_400_000) ?? '', /is 40 days behind/);
});

test('a safety number is three lines of four groups', t => {
	const number = Array.from({length: 12}, (_, group) => String(10_000 + group)).join(' ');
	t.is(grid(number), '  10000 10001 10002 10003\n  10004 10005 10006 10007\n  10008 10009 10010 10011');
});

const isOffline = ({connection}: Snapshot) => connection.state === 'signed-out';

test('waiting ends with what was waited for, with the time or with a signal', async t => {
	let listener: (() => void) | undefined;
	let now = snapshot;
	const client = {
		snapshot: () => now,
		subscribe: (given: () => void) => {
			listener = given;
			return () => void (listener = undefined);
		},
	};
	t.false(await until(client, isOffline, {withinMs: 0}));
	t.false(await until(client, isOffline, {stop: AbortSignal.abort()}));
	const stopping = new AbortController();
	const stopped = until(client, isOffline, {stop: stopping.signal});
	stopping.abort();
	t.false(await stopped);
	const waited = until(client, isOffline, {});
	now = {...snapshot, connection: {state: 'signed-out'}};
	listener?.();
	t.true(await waited);
	t.true(await until(client, isOffline, {withinMs: 0}));
});

test('the demo says what it measured', t => {
	t.is(minMedianMax([3, 1, 2]), 'min 1.0 ms, median 2.0 ms, max 3.0 ms');
	t.is(minMedianMax([4, 1, 2, 3]), 'min 1.0 ms, median 2.5 ms, max 4.0 ms');
	t.is(describePath({kind: 'lan', address: '127.0.0.1:9', rtt: 1.25}), 'lan to 127.0.0.1:9, round-trip time 1.3 ms');
	t.throws(() => describePath({kind: 'blocked', why: 'dead'}), {message: /no direct way/});
	const [short, long] = transcriptLines([message, {...message, direction: 'out', text: 'ä'.repeat(100)}]);
	t.regex(short ?? '', /alice: hello/);
	t.regex(long ?? '', /you: ä{72}… \(200 bytes\)$/);
});
