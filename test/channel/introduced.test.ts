// Two who were introduced: both probe at once, and INIT goes where a probe was answered. With older directories, older peers, and whoever
// means harm.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {localClock} from '../../source/os/local-clock.ts';
import {introduce} from '../../source/protocol/introduce/kdc.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {DATAGRAM} from '../../source/wire/datagram.ts';
import {type Called, type NatMapping} from '../../source/wire/messages/ways.ts';
import {Neighbourhood, type Person, until} from '../twins/neighbourhood.ts';

/** Clocks that a test can put ahead, ms. */
function movableClock() {
	const moved = {ahead: 0};
	return {moved, clock: {now: localClock.now, elapsed: () => localClock.elapsed() + moved.ahead}};
}

function probers(mapping: NatMapping = 'same', clock = localClock) {
	const town = new Neighbourhood();
	town.tellsWays = {mapping};
	const join = (name: string, ports: Parameters<Neighbourhood['join']>[2] = {}) =>
		town.join(name, undefined, {probing: town.probing(name, mapping), clock, ...ports});
	const [alice, bob] = [join('alice'), join('bob')];
	town.meet();
	return {town, alice, bob, join};
}

function count(town: Neighbourhood, type: number, from?: Person): number {
	return town.datagrams.filter(
		({bytes, from: sender}) => bytes[0] === type && (from === undefined || sender.port === from.address.port),
	).length;
}

/** CALLED as the directory makes it for `to`, when `from` asks. */
function calledBy(from: Person, to: Person, name = to.name): Called {
	const target = {identityKey: to.local.identity.publicKey, addresses: [to.address], ticketKey: to.ticketKey, suite: 1};
	const initiator = {name: from.name, identityKey: from.local.identity.publicKey, address: from.address};
	const asked = {request: 1, name, time: Date.now()};
	const {ticket} = introduce(asked, initiator, target, systemEntropy.random, Date.now());
	return {time: Date.now(), ticket: ticket!, mapping: 'same', addresses: [from.address]};
}

test('two behind NATs that let in only who was sent to before talk, and nobody asks for a cookie', async t => {
	const {town, alice, bob} = probers();
	town.behindNats();
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	t.is(bob.inbox.length, 1);
	t.is(town.introductions, 1);
	t.is(count(town, DATAGRAM.cookie), 0);
	t.true(count(town, DATAGRAM.probe, alice) > 0 && count(town, DATAGRAM.probe, bob) > 0);
	t.is(alice.with('bob').channel.path.kind, 'lan');
	town.close();
});

test('both ask for each other at once: all of it arrives once', async t => {
	const {town, alice, bob} = probers();
	town.behindNats();
	alice.send('bob', 'one', 'two');
	bob.send('alice', 'three');
	await until(() => alice.delivered.length === 2 && bob.delivered.length === 1);
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		['one', 'two'],
	);
	t.deepEqual(
		alice.inbox.map(({text}) => text),
		['three'],
	);
	town.close();
});

test('a directory that knows nothing of ways: INIT goes out as ever, and no probe does', async t => {
	const {town, alice, bob} = probers();
	town.tellsWays = undefined;
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	t.is(bob.inbox.length, 1);
	t.is(count(town, DATAGRAM.probe), 0);
	town.close();
});

test('a peer that knows nothing of probes is reached by INIT as ever', async t => {
	const town = new Neighbourhood();
	town.tellsWays = {mapping: 'same'};
	const alice = town.join('alice', undefined, {probing: town.probing('alice')});
	const bob = town.join('bob');
	town.meet();
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	t.true(count(town, DATAGRAM.probe, alice) > 0);
	t.is(count(town, DATAGRAM.probe, bob), 0);
	bob.send('alice', 'hello to you');
	await until(() => bob.delivered.length === 1);
	t.is(town.introductions, 1);
	town.close();
});

test('who is blocked causes no datagram at all', async t => {
	const {town, alice, bob} = probers();
	bob.pins.set('alice', 'refuse');
	alice.send('bob', 'hello');
	await until(() => bob.trace.counts.some(({source, reason}) => source === 'called' && reason === 'blocked'));
	await until(() => count(town, DATAGRAM.init, alice) > 0);
	t.is(town.datagrams.filter(({from}) => from.port === bob.address.port).length, 0);
	town.close();
});

test('a stranger whose devices are not known yet is probed, so that the first contact gets through two NATs', async t => {
	const {town, alice, bob, join} = probers();
	const carol = join('carol', {isBlocked: () => false});
	town.meet();
	carol.pins.set('alice', 'refuse');
	alice.send('carol', 'hello');
	await until(() => count(town, DATAGRAM.probe, carol) > 0);
	t.is(count(town, DATAGRAM.resp, carol), 0);
	carol.pins.delete('alice');
	await until(() => carol.inbox.length === 1);
	t.is(bob.inbox.length, 0);
	town.close();
});

test('CALLED under no ticket key of ours, and for somebody else, causes no datagram', async t => {
	const {town, alice, bob, join} = probers();
	const carol = join('carol');
	const damaged = calledBy(alice, bob);
	damaged.ticket[100]! ^= 1;
	for (const called of [calledBy(alice, carol), damaged, calledBy(alice, bob, 'dave')]) town.call(bob, called);
	for (let rest = 0; rest < 10; rest++) await new Promise(resolve => setImmediate(resolve));
	t.deepEqual(bob.trace.counts.map(({source, reason}) => `${source} ${reason}`).toSorted(), [
		'called name',
		'called ticket-key-id',
		'called ticket-tag',
	]);
	t.is(town.datagrams.length, 0);
	town.close();
});

test('a thousand CALLED from a hundred names: no more probes than a client sends at the most, and it still talks', async t => {
	const {town, alice, bob, join} = probers();
	const crowd = Array.from({length: 100}, (_, index) => join(`mallory${index}`));
	const began = performance.now();
	for (let index = 0; index < 1000; index++) town.call(bob, calledBy(crowd[index % 100]!, bob));
	alice.send('bob', 'hello');
	await until(() => alice.delivered.length === 1);
	const seconds = (performance.now() - began) / 1000;
	t.true(count(town, DATAGRAM.probe, bob) <= 64 + 32 * seconds + 1);
	const toCrowd = town.datagrams.filter(
		({from, to}) => from.port === bob.address.port && to.port !== alice.address.port,
	);
	t.deepEqual(new Set(toCrowd.map(({bytes}) => bytes[0])), new Set([DATAGRAM.probe]), 'and nothing but probes');
	t.is(bob.inbox.length, 1);
	town.close();
});

test('one CALLED a thousand times, and one that names a crowd: six are acted on, and the rest is counted', async t => {
	const {town, alice, bob} = probers();
	const genuine = calledBy(alice, bob);
	const began = performance.now();
	for (let index = 0; index < 1000; index++) town.call(bob, {...genuine, ticket: Buffer.from(genuine.ticket)});
	await until(() => count(town, DATAGRAM.probe, bob) > 0);
	const reasons = () => Object.fromEntries(bob.trace.counts.map(each => [each.reason, each.count]));
	t.is(reasons()['not begun: rate-one'], 994);
	const seconds = (performance.now() - began) / 1000;
	t.true(count(town, DATAGRAM.probe, bob) <= 64 + 32 * seconds + 1);

	const {town: other, alice: carol, bob: dave} = probers();
	for (const host of ['224.0.0.1', '255.255.255.255', '0.0.0.0', 'ff02::1']) {
		other.call(dave, {...calledBy(carol, dave), addresses: [{host, port: 9}]});
	}

	t.is(dave.trace.counts.find(({reason}) => reason === 'not begun: target')?.count, 4);
	t.is(other.datagrams.length, 0);
	town.close();
	other.close();
});

test('a thousand PROBEs that are none of ours, while we probe: each is counted by its reason, and none is answered', async t => {
	const {town, alice, bob} = probers();
	town.filter = () => false;
	alice.send('bob', 'hello');
	await until(() => count(town, DATAGRAM.probe, alice) > 0 && count(town, DATAGRAM.probe, bob) > 0);
	const ask = town.datagrams.find(
		({bytes, from}) => bytes[0] === DATAGRAM.probe && from.port === alice.address.port,
	)!.bytes;
	const forged = Buffer.from(ask);
	forged[10]! ^= 1;
	const otherTag = Buffer.from(ask);
	otherTag[2]! ^= 1;
	const toStranger = {host: '10.0.0.1', port: 666};
	for (let index = 0; index < 333; index++) {
		for (const bytes of [ask.subarray(0, 63), forged, otherTag]) bob.endpoint.receive(Buffer.from(bytes), toStranger);
	}

	const counted = Object.fromEntries(
		bob.trace.counts.filter(({source}) => source === 'probe').map(({reason, count: times}) => [reason, times]),
	);
	t.deepEqual(counted, {malformed: 333, mac: 333, tag: 333});
	for (let rest = 0; rest < 10; rest++) await new Promise(resolve => setImmediate(resolve));
	t.false(town.datagrams.some(({to}) => to.port === toStranger.port));

	// The genuine one, from anywhere: one answer to where it came from, however often it comes.
	for (let index = 0; index < 1000; index++) bob.endpoint.receive(Buffer.from(ask), toStranger);
	await until(() => town.datagrams.some(({to}) => to.port === toStranger.port));
	const answers = town.datagrams.filter(({bytes, to}) => to.port === toStranger.port && bytes[6] === 2);
	t.is(answers.length, 1);
	t.is(bob.trace.counts.find(({reason}) => reason === 'repeated')?.count, 999);
	town.close();
});

test('whoever signs off while probing sends nothing more', async t => {
	const {town, alice} = probers();
	town.filter = () => false;
	alice.send('bob', 'hello');
	await until(() => count(town, DATAGRAM.probe, alice) > 2);
	alice.endpoint.close();
	const before = count(town, DATAGRAM.probe, alice);
	await until(() => count(town, DATAGRAM.probe) > before + 3);
	t.is(count(town, DATAGRAM.probe, alice), before);
	town.close();
});

test('a peer that is gone in the middle of probing: a way is looked for until the probes end, and it is said why there is none', async t => {
	const {moved, clock} = movableClock();
	const {town, alice, bob} = probers('same', clock);
	town.filter = (_, from) => from.port !== bob.address.port;
	alice.send('bob', 'hello');
	const {channel} = alice.with('bob');
	await until(() => count(town, DATAGRAM.probe, alice) > 2);
	t.is(channel.path.kind, 'looking');
	bob.endpoint.close();
	for (let step = 0; step < 100 && channel.path.kind === 'looking'; step++) {
		moved.ahead += 500;
		channel.wake();
		for (let rest = 0; rest < 10; rest++) await new Promise(resolve => setImmediate(resolve));
	}

	t.deepEqual(channel.path, {kind: 'no-way', reason: {kind: 'unanswered'}});
	town.close();
});

test('a peer that is killed in the middle of a try, and back, is called again at once', async t => {
	// Nothing that waits for its time is ever done.
	const clock = {now: localClock.now, elapsed: () => 1000};
	const {town, alice, bob} = probers('same', clock);
	town.filter = () => false;
	alice.send('bob', 'hello');
	await until(() => count(town, DATAGRAM.init, alice) > 0);
	bob.endpoint.close();
	town.leave(bob);
	const again = town.join('bob', bob.local.identity, {probing: town.probing('bob'), clock});
	town.filter = () => true;
	town.meet();
	await until(() => again.inbox.length === 1);
	t.is(town.introductions, 2);
	town.close();
});

test('a peer that is killed while the directory is away, and back, is met in a new session once it has been silent for 3 s', async t => {
	// Time passes when the test says so: 4 s of it in all.
	const moved = {ahead: 0};
	const clock = {now: localClock.now, elapsed: () => 1000 + moved.ahead};
	const {town, alice, bob} = probers('same', clock);
	alice.send('bob', 'one');
	await until(() => alice.delivered.length === 1);
	for (const {name} of [alice, bob]) (name === 'bob' ? alice : bob).with(name).presence('unknown');
	bob.endpoint.close();
	town.people.delete('bob');
	const again = town.join('bob', bob.local.identity, {probing: town.probing('bob'), clock});
	town.meet();
	alice.send('bob', 'two');
	const {channel} = alice.with('bob');
	for (let step = 0; step < 16; step++) {
		moved.ahead += 250;
		channel.wake();
		for (let rest = 0; rest < 20; rest++) await new Promise(resolve => setImmediate(resolve));
	}

	await until(() => {
		channel.wake();
		return again.inbox.length > 0;
	});
	t.deepEqual(
		again.inbox.map(({text}) => text),
		['two'],
	);
	town.close();
});

test('a peer that is killed while the directory introduces it, and back, is asked for again at once', async t => {
	const clock = {now: localClock.now, elapsed: () => 1000};
	const town = new Neighbourhood();
	const {promise, resolve} = Promise.withResolvers<void>();
	const join = (
		name: string,
		ports: Parameters<Neighbourhood['join']>[2] = {},
		identity?: Person['local']['identity'],
	) => town.join(name, identity, {clock, ...ports});
	const alice: Person = join('alice', {
		async introduce({account}) {
			const granted = town.introduce(alice, account);
			if (town.introductions === 1) await promise;
			return granted;
		},
	});
	const bob = join('bob');
	town.meet();
	alice.send('bob', 'hello');
	await until(() => town.introductions === 1);
	bob.endpoint.close();
	town.leave(bob);
	const again = join('bob', {}, bob.local.identity);
	town.meet();
	resolve();
	await until(() => again.inbox.length === 1);
	t.is(town.introductions, 2);
	town.close();
});

test('two NATs that both change ports: it is said after the first round, not after the second', async t => {
	const {moved, clock} = movableClock();
	const {town, alice} = probers('varies', clock);
	town.filter = () => false;
	alice.send('bob', 'hello');
	const {channel} = alice.with('bob');
	await until(() => count(town, DATAGRAM.probe, alice) > 2);
	t.is(channel.path.kind, 'looking');
	moved.ahead = 4500;
	channel.wake();
	await until(() => channel.path.kind === 'no-way');
	t.deepEqual(channel.path, {kind: 'no-way', reason: {kind: 'both-vary'}});
	town.close();
});

/** Alice's NAT changes ports and nothing arrives: after the first round she opens sockets, when `open` is called. */
async function atBirthday(open: () => Promise<readonly number[]>) {
	const {moved, clock} = movableClock();
	const town = new Neighbourhood();
	town.tellsWays = {mapping: 'same'};
	town.filter = () => false;
	const closed: number[] = [];
	const asked: number[] = [];
	const openSockets = async (wanted: number) => {
		asked.push(wanted);
		return open();
	};

	const closeSockets = (gone: readonly number[]) => closed.push(...gone);
	const sockets: number[] = [];
	const alice = town.join('alice', undefined, {
		probing: {...town.probing('alice', 'varies'), openSockets, closeSockets},
		clock,
		transmit(datagram, to, socket) {
			sockets.push(socket);
			town.carry(datagram, alice.address, to);
		},
	});
	// Ports are guessed of a public host alone.
	town.join('bob').address = {host: '44.0.0.1', port: 5001};
	town.meet();
	alice.send('bob', 'hello');
	const {channel} = alice.with('bob');
	await until(() => count(town, DATAGRAM.probe, alice) > 2);
	moved.ahead = 4500;
	channel.wake();
	await until(() => asked.length > 0);
	/** Some turns with the clock ahead. */
	const go = async (isOver: () => boolean) => {
		for (let step = 0; step < 200 && !isOver(); step++) {
			moved.ahead += 500;
			channel.wake();
			for (let rest = 0; rest < 10; rest++) await new Promise(resolve => setImmediate(resolve));
		}
	};

	return {town, alice, channel, asked, closed, sockets, go};
}

test('birthday probing where the system has no sockets left: it is left out, and the rest goes on as ever', async t => {
	const {town, alice, channel, asked, sockets, go} = await atBirthday(async () => []);
	t.deepEqual(asked, [512]);
	await until(() => alice.trace.counts.some(({reason}) => reason === 'no birthday: no sockets'));
	await go(() => channel.path.kind !== 'looking');
	t.is(channel.path.kind, 'no-way');
	t.deepEqual([...new Set(sockets)], [0]);
	town.close();
});

test('birthday probing where the system has three sockets left: it is done with those, and they are closed', async t => {
	const {town, channel, sockets, closed, go} = await atBirthday(async () => [1, 2, 3]);
	await go(() => closed.length === 3 && channel.path.kind !== 'looking');
	t.deepEqual(new Set(sockets), new Set([0, 1, 2, 3]));
	t.deepEqual(new Set(closed), new Set([1, 2, 3]));
	t.is(sockets.filter(socket => socket !== 0).length, 3, 'an ask each');
	t.is(channel.path.kind, 'no-way');
	town.close();
});

test('whoever signs off while sockets are opened closes them, and sends nothing from them', async t => {
	let opened: ((sockets: readonly number[]) => void) | undefined;
	const opening = new Promise<readonly number[]>(resolve => {
		opened = resolve;
	});
	const {town, alice, closed, sockets} = await atBirthday(async () => opening);
	alice.endpoint.close();
	const before = sockets.length;
	opened?.([1, 2, 3]);
	await until(() => closed.length === 3);
	t.is(sockets.length, before);
	town.close();
});

test('a session whose way is closed goes on over another one that probes find, without a new handshake', async t => {
	const {town, alice, bob} = probers();
	town.behindNats();
	alice.send('bob', 'before');
	await until(() => alice.delivered.length === 1);
	const handshakes = count(town, DATAGRAM.init);
	// Bob's router forgets him, and gives him another port, which alice's lets nothing in from.
	bob.address = {host: '10.0.0.9', port: 9};
	alice.send('bob', 'after');
	bob.send('alice', 'mine');
	await until(() => alice.delivered.length === 2 && bob.delivered.length === 1);
	t.is(count(town, DATAGRAM.init), handshakes);
	t.true(town.introductions > 1);
	const {path} = alice.with('bob').channel;
	t.is('address' in path ? path.address : '', '10.0.0.9:9');
	town.close();
});

/** Two behind one router, who have talked; datagrams that each has sent to where the other is in their network. */
async function neighbours(aliceAcceptsBob: boolean) {
	const town = new Neighbourhood();
	const join = (name: string, last: number, isAccepted: boolean) => {
		const place = () => ({
			addresses: [{host: `192.168.1.${last}`, port: 4000}],
			seen: [town.people.get(name)!.address],
		});
		const probing = {...town.probing(name), isAccepted: () => isAccepted, place};
		const person = town.join(name, undefined, {probing});
		person.address = {host: '44.0.0.1', port: 5000 + last};
		return person;
	};

	const [alice, bob] = [join('alice', 1, aliceAcceptsBob), join('bob', 2, true)];
	town.meet();
	for (let said = 1; said <= 10; said++) {
		for (const [from, to] of [
			[bob, alice],
			[alice, bob],
		] as const) {
			from.send(to.name, `${said}`);
			await until(() => from.delivered.length === said);
		}
	}

	town.close();
	const inside = (to: string, from: Person) =>
		town.datagrams.filter(sent => sent.to.host === to && sent.from.port === from.address.port).length;
	return {toAlice: inside('192.168.1.1', bob), toBob: inside('192.168.1.2', alice)};
}

test('accepted contacts learn each other’s local addresses in their session; a stranger learns none, and is not tried', async t => {
	const both = await neighbours(true);
	t.true(both.toAlice > 0 && both.toBob > 0, JSON.stringify(both));
	t.deepEqual(await neighbours(false), {toAlice: 0, toBob: 0});
});
