// Sessions between two endpoints: who may open one, what is carried over it, and what a network and strangers may do to it.
import {Buffer} from 'node:buffer';
import {createSocket} from 'node:dgram';
import {readFileSync} from 'node:fs';
import {once} from 'node:events';
import test from 'ava';
import {type DeviceChannel} from '../../source/channel/channel.ts';
import {type ChannelUser} from '../../source/channel/channel-user.ts';
import {foundingDevice} from '../../source/channel/device.ts';
import {generateIdentity} from '../../source/crypto/identity.ts';
import {deviceIdOf} from '../../source/protocol/devices/device-log.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {DATAGRAM} from '../../source/wire/datagram.ts';
import {Neighbourhood, type Network, type Person, until} from '../twins/neighbourhood.ts';

function whyOf(person: Person, other: string): string {
	const {path} = person.with(other).channel;
	return path.kind === 'blocked' ? path.why : '';
}

function acquainted(network?: Network) {
	const town = new Neighbourhood(network);
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	town.meet();
	return {town, alice, bob};
}

/** A user of channels that keeps what happens, and says bytes that are no content. */
function bytesOnly() {
	const users = new Map<string, {channel: DeviceChannel; heard: string[]; events: string[]; waiting: string[]}>();
	const use = (channel: DeviceChannel): ChannelUser => {
		const user = {channel, heard: [] as string[], events: [] as string[], waiting: [] as string[]};
		users.set(channel.device.account, user);
		return {
			get wanted() {
				return user.waiting.length > 0;
			},
			dueAt: Number.POSITIVE_INFINITY,
			onTurn() {
				while (user.waiting.length > 0 && channel.enqueue(Buffer.from(user.waiting[0]!))) user.waiting.shift();
			},
			onTurnEnd() {},
			onContent: contents => user.heard.push(...contents.map(String)),
			onFiles() {},
			onSession: () => user.events.push('came'),
			onSessionEnd: () => user.events.push('ended'),
		};
	};

	return {use, users};
}

function channels() {
	const town = new Neighbourhood();
	const end = (name: string, other: string) => {
		const {use, users} = bytesOnly();
		const {endpoint} = town.join(name, undefined, {use, onTurn: () => Number.POSITIVE_INFINITY});
		const channel = endpoint.channel(foundingDevice(other));
		const user = users.get(other)!;
		const say = (...words: string[]) => {
			user.waiting.push(...words);
			channel.wake();
		};

		return {...user, say};
	};

	const [alice, bob] = [end('alice', 'bob'), end('bob', 'alice')];
	return {town, alice, bob};
}

test('a channel carries bytes that are no content, whole and in order, once somebody is there and something waits', async t => {
	const {town, alice, bob} = channels();
	const words = ['', 'no content', '\0\0', 'x'.repeat(60_000), 'last'];
	alice.say(...words);
	bob.channel.presence('online');
	alice.channel.presence('unbound');
	await until(() => alice.channel.path.kind === 'no-way');
	t.is(town.introductions, 0);
	alice.channel.presence('online');
	await until(() => bob.heard.length === words.length && alice.channel.idle);
	t.deepEqual(bob.heard, words);
	t.deepEqual([alice.events, bob.events], [['came'], ['came']]);
	t.deepEqual([alice.channel.stands, alice.channel.isTrusted, alice.channel.path.kind], [true, true, 'lan']);
	alice.channel.presence('offline');
	t.deepEqual([alice.channel.stands, alice.channel.isTrusted], [true, false]);
	bob.channel.drop();
	await until(() => !alice.channel.stands);
	t.deepEqual(
		[alice.events, bob.events],
		[
			['came', 'ended'],
			['came', 'ended'],
		],
	);
	t.false(alice.channel.enqueue(Buffer.from('to nobody')));
	town.close();
});

test('a channel that is halted for sending opens no session and takes what comes; one that is halted takes nothing', async t => {
	const {town, alice, bob} = channels();
	for (const {channel} of [alice, bob]) channel.presence('online');
	alice.channel.halt('sending');
	alice.say('hers');
	bob.say('one');
	await until(() => alice.heard.length === 1);
	t.is(town.introductions, 1);
	alice.channel.halt('all');
	await until(() => !bob.channel.stands);
	const before = alice.events.length;
	bob.say('two');
	await until(() => bob.channel.path.kind === 'looking');
	alice.channel.resume();
	await until(() => alice.heard.length === 2);
	t.deepEqual(alice.heard, ['one', 'two']);
	t.is(alice.events.slice(before).filter(event => event === 'ended').length, 0);
	town.close();
});

test('once the directory names no device but the first, a session with another one is doubted, and asked about', async t => {
	const town = new Neighbourhood();
	const founding = generateIdentity(systemEntropy.random).identity.publicKey;
	const alice = town.join('alice', undefined, {pin: () => ({identityKey: founding, suite: 1, admits: () => true})});
	const bob = town.join('bob');
	town.meet();
	const {channel} = alice.with('bob');
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	const laptop = {id: deviceIdOf(bob.local.identity.publicKey), role: 'device'} as const;
	channel.presence('online', [laptop, {id: deviceIdOf(founding), role: 'device'}]);
	t.true(channel.isTrusted);
	channel.presence('online');
	t.false(channel.isTrusted);
	channel.presence('online', [laptop]);
	await until(() => channel.isTrusted);
	t.is(town.introductions, 1);
	town.close();
});

test('a channel that is held hands over nothing, and everything in order once it is not', async t => {
	const {town, alice, bob} = channels();
	for (const {channel} of [alice, bob]) channel.presence('online');
	bob.channel.hold(true);
	const words = Array.from({length: 300}, (_, number) => `word ${number}`);
	alice.say(...words);
	await until(() => bob.channel.stands && alice.waiting.length === 0);
	bob.say('what came before this is there');
	await until(() => alice.heard.length === 1);
	t.deepEqual(bob.heard, []);
	bob.channel.hold(false);
	await until(() => bob.heard.length === words.length);
	t.deepEqual(bob.heard, words);
	t.is(town.introductions, 1);
	town.close();
});

test('the user of the channels has the next turn when it asks for it, and none when it asks for none', async t => {
	const town = new Neighbourhood();
	const {use} = bytesOnly();
	let count = 0;
	const {endpoint} = town.join('alice', undefined, {
		use,
		onTurn: () => (++count < 3 ? performance.now() : Number.POSITIVE_INFINITY),
	});
	endpoint.channel(foundingDevice('bob')).wake();
	await until(() => count === 3);
	for (let rest = 0; rest < 10; rest++) await new Promise(resolve => setImmediate(resolve));
	t.is(count, 3);
	endpoint.close();
	t.is(count, 4, 'what waits to be acknowledged goes before the end');
	endpoint.channel(foundingDevice('bob')).wake();
	await new Promise(resolve => setImmediate(resolve));
	t.is(count, 4);
	town.close();
});

/** Whether the kernel has bytes for the UDP socket on this port of 127.0.0.1, by its list of sockets: proc_net_udp in Linux. */
function isAnythingToRead(port: number): boolean {
	const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
	const row = readFileSync('/proc/net/udp', 'utf8')
		.split('\n')
		.find(line => line.includes(`: ${address} `));
	const [, queued = '0'] = /:(?<queued>[0-9A-F]{8}) \d\d:/v.exec(row ?? '') ?? [];
	return Number.parseInt(queued, 16) > 0;
}

test('a turn that is late waits until what has come meanwhile is read', async t => {
	const [near, far] = [createSocket('udp4'), createSocket('udp4')];
	far.bind(0, '127.0.0.1');
	await once(far, 'listening');
	near.connect(far.address().port, '127.0.0.1');
	await once(near, 'connect');
	const events: string[] = [];
	far.once('message', () => events.push('read'));
	const town = new Neighbourhood();
	t.teardown(() => {
		town.close();
		near.close();
		far.close();
	});
	let dueAt = Number.POSITIVE_INFINITY;
	const onTurn = () => {
		events.push('turn');
		if (dueAt < Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
		dueAt = performance.now() + 2;
		// As soon as this turn is over the datagram is there, and the process does something else until the next turn is overdue.
		queueMicrotask(() => {
			near.send('here');
			const {port} = far.address();
			while (performance.now() < dueAt + 3) continue;
			for (let look = 0; look < 1000 && !isAnythingToRead(port); look++) continue;
		});
		return dueAt;
	};

	const {endpoint} = town.join('alice', undefined, {use: bytesOnly().use, onTurn});
	endpoint.channel(foundingDevice('bob')).wake();
	await until(() => events.length === 3);
	t.deepEqual(events, ['turn', 'read', 'turn']);
});

test('the talk goes on past its 51st text, and renews its keys, where every MSG of 572 bytes and more is lost', async t => {
	const {town, alice, bob} = acquainted();
	town.filter = bytes => bytes[0] !== DATAGRAM.msg || bytes.length < 572;
	for (let index = 0; index < 120; index++) {
		const [speaker, other] = index % 2 === 0 ? ([alice, 'bob'] as const) : ([bob, 'alice'] as const);
		const delivered = speaker.delivered.length;
		speaker.send(other, `text ${index} ${index % 10 === 0 ? 'long '.repeat(200) : ''}`);
		await until(() => speaker.delivered.length > delivered);
	}

	t.is(alice.inbox.length + bob.inbox.length, 120);
	t.is(town.introductions, 1);
	t.true(town.datagrams.some(({bytes}) => bytes[0] === DATAGRAM.msg && bytes.readUInt16BE(6) === 1));
	town.close();
});

test('a peer that moves to another address is followed once it has proven that it receives there', async t => {
	const {town, alice, bob} = acquainted();
	alice.send('bob', 'here');
	await until(() => alice.delivered.length === 1);
	bob.address = {host: '10.0.0.9', port: 9};
	bob.send('alice', 'moved');
	await until(() => bob.delivered.length === 1);
	const path = () => alice.with('bob').channel.path;
	await until(() => {
		const now = path();
		return now.kind === 'lan' && now.address === '10.0.0.9:9';
	});
	alice.send('bob', 'there');
	await until(() => alice.delivered.length === 2);
	t.is(town.introductions, 1);
	town.close();
});

test('another identity key than the pinned one: nobody talks, and it is said whose and which', async t => {
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	alice.pins.set('bob', {identityKey: Buffer.alloc(32, 7), suite: 1});
	town.meet();
	alice.send('bob', 'secret');
	await until(() => alice.changed.length > 0);
	t.deepEqual(alice.changed[0], {name: 'bob', identityKey: bob.local.identity.publicKey});
	bob.send('alice', 'let me in');
	await until(() => alice.changed.length > 1);
	t.deepEqual(alice.changed[1], {name: 'bob', identityKey: bob.local.identity.publicKey});
	t.deepEqual([alice.inbox, bob.inbox], [[], []]);
	town.close();
});

test('a directory that asks for weaker encryption than two clients speak: they do not talk, it is said why, and nothing is lost', async t => {
	const town = new Neighbourhood();
	const suites = [2, 1];
	const [alice, bob] = [town.join('alice', undefined, {suites}), town.join('bob', undefined, {suites})];
	town.meet();
	// At a first contact it is bob who sees it: his client knows what both speak.
	alice.send('bob', 'hello');
	await until(() => whyOf(bob, 'alice') === 'downgraded');
	t.deepEqual([bob.inbox.length, alice.pins.size, bob.pins.size], [0, 0, 0]);
	town.close();

	const village = new Neighbourhood();
	village.suite = 2;
	const [carol, dave] = [village.join('carol', undefined, {suites}), village.join('dave', undefined, {suites})];
	village.meet();
	carol.send('dave', 'one');
	await until(() => carol.delivered.length === 1);
	carol.with('dave').channel.drop();
	village.suite = 1;
	carol.send('dave', 'two');
	await until(() => whyOf(carol, 'dave') === 'downgraded');
	village.suite = 2;
	await until(() => carol.delivered.length === 2);
	t.deepEqual(
		dave.inbox.map(({text}) => text),
		['one', 'two'],
	);
	village.close();
});

test('datagrams lost once each: INIT, RESP and FIN are sent again, and the session stands', async t => {
	for (const type of [DATAGRAM.init, DATAGRAM.resp, DATAGRAM.fin]) {
		const {town, alice, bob} = acquainted();
		let lost = 0;
		town.filter = bytes => bytes[0] !== type || lost++ > 0;
		alice.send('bob', 'hello');
		await until(() => alice.delivered.length === 1);
		t.true(lost > 1);
		t.is(bob.inbox.length, 1);
		t.is(town.introductions, 1);
		town.close();
	}
});

test('asked from elsewhere than the ticket says: INIT → COOKIE → INIT with it → RESP', async t => {
	const {town, alice, bob} = acquainted();
	const moved = {host: '10.0.0.77', port: 77};
	town.filter = bytes => {
		// She moves behind the directory's back, with her first datagram.
		if (bytes[0] === DATAGRAM.init) alice.address = moved;
		return true;
	};
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	t.true(town.datagrams.some(({bytes}) => bytes[0] === DATAGRAM.cookie));
	t.is(bob.inbox.length, 1);
	town.close();
});

test('who is blocked gets no answer at all', async t => {
	const town = new Neighbourhood();
	const [alice, bob] = [town.join('alice'), town.join('bob')];
	bob.pins.set('alice', 'refuse');
	town.meet();
	alice.send('bob', 'hello');
	await until(() => town.datagrams.length >= 2);
	t.true(town.datagrams.every(({bytes}) => bytes[0] === DATAGRAM.init));
	t.deepEqual(bob.inbox, []);
	town.close();
});

test('random bytes, and datagrams of others with bits flipped, cut or sent again, change nothing', async t => {
	const {town, alice, bob} = acquainted({seed: 11});
	alice.send('bob', ...Array.from({length: 20}, (_, index) => `alice ${index}`));
	await until(() => alice.delivered.length === 20);
	const heard = town.datagrams.filter(({to}) => to.port === bob.address.port);
	for (const [index, {bytes, from}] of heard.entries()) {
		const flipped = Buffer.from(bytes);
		flipped[index % flipped.length]! ^= 1 << (index % 8);
		for (const hostile of [bytes, flipped, bytes.subarray(0, -1), Buffer.alloc(index % 1300, index)]) {
			bob.endpoint.receive(hostile, from);
			bob.endpoint.receive(hostile, {host: '198.51.100.1', port: 1});
			alice.endpoint.receive(hostile, from);
		}
	}

	alice.send('bob', 'after');
	bob.send('alice', 'me too');
	await until(() => alice.delivered.length === 21 && bob.delivered.length === 1);
	t.is(bob.inbox.length, 21);
	t.is(town.introductions, 1);
	town.close();
});

test('where large datagrams do not pass, the next session to the same address sends none', async t => {
	const {town, alice, bob} = acquainted();
	const LARGE = 1196;
	town.filter = datagram => datagram.length < LARGE;
	const large = () => town.datagrams.filter(({bytes}) => bytes.length >= LARGE).length;
	const text = 'x'.repeat(5000);
	alice.send('bob', text);
	await until(() => alice.delivered.length === 1);
	t.true(large() > 0);
	bob.with('alice').channel.drop();
	await until(() => !alice.with('bob').channel.stands);
	town.datagrams.length = 0;
	alice.send('bob', text, text, 'short');
	await until(() => alice.delivered.length === 4);
	t.is(large(), 0);
	t.true(town.datagrams.some(({bytes}) => bytes.length === 572));
	t.deepEqual(
		bob.inbox.map(each => each.text),
		[text, text, text, 'short'],
	);
	town.close();
});
