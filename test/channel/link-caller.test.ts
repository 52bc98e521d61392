// Contacts who find each other on the local link: who calls and who answers, how often, and what that is good for.
import {Buffer} from 'node:buffer';
import {setImmediate as turn} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {LinkCaller, type LinkCallerPorts} from '../../source/channel/link-caller.ts';
import {openDatagramSocket} from '../../source/channel/datagram-socket.ts';
import {type LinkSocket, openLinkSocket} from '../../source/channel/network/link-socket.ts';
import {foundingDevice} from '../../source/channel/device.ts';
import {type CallingPorts} from '../../source/channel/endpoint.ts';
import {localClock} from '../../source/os/local-clock.ts';
import {Trace} from '../../source/os/trace.ts';
import {bindUdp} from '../../source/os/udp-bind.ts';
import {CALL_EVERY_MS, CALL_TIMES_MS, CALL_TRIES, createCall, linkKeys} from '../../source/protocol/path/link-call.ts';
import {type ProbeRole} from '../../source/protocol/path/probe-keys.ts';
import {type Address, addressText} from '../../source/wire/address.ts';
import {DATAGRAM} from '../../source/wire/datagram.ts';
import {Neighbourhood, type Person, until} from '../twins/neighbourhood.ts';
import {seededRandom} from '../twins/random.ts';

const GROUP = '239.255.74.6';
const LINK = {group: {host: GROUP, port: 7408}, via: '127.0.0.1'};
const random = seededRandom('link caller');

/** Of the session `session` between the two. */
const keysOf = (role: ProbeRole, session = 1) => linkKeys(Buffer.alloc(32, session), Buffer.alloc(32, session), role);

function caller(changes: Partial<LinkCallerPorts> = {}) {
	const state = {
		now: 0,
		isAllowed: true,
		isOpen: 0,
		hears: undefined as ((datagram: Buffer, from: Address) => void) | undefined,
	};
	const calls: Buffer[] = [];
	const answers: Array<{datagram: Buffer; to: Address}> = [];
	const found: string[] = [];
	const trace = new Trace(() => state.now);
	const link = new LinkCaller({
		elapsed: () => state.now,
		random,
		isAllowed: () => state.isAllowed,
		isAccepted: account => account !== 'mallory',
		links: () => [LINK],
		listen: async onDatagram => {
			state.isOpen++;
			state.hears = onDatagram;
			return {errors: new Map(), join() {}, close: () => state.isOpen--};
		},
		toLink: datagram => calls.push(datagram),
		transmit: (datagram, to) => answers.push({datagram, to}),
		isOwn: () => false,
		onFound: ({account, device}, {address: {host, port}}) =>
			found.push(`${account}${device === 'founding' ? '' : `/${device}`} ${host} ${port}`),
		onWork() {},
		trace,
		...changes,
	});
	/** Runs until this time, ms. */
	const runTo = (end: number) => {
		for (let next = link.run(); next <= end; next = link.run()) state.now = Math.max(state.now, next);
		state.now = end;
		link.run();
	};

	return {link, state, calls, answers, found, trace, runTo};
}

const reasonsOf = (trace: Trace) => trace.counts.map(({reason}) => reason).toSorted();

const AT: Address = {host: '192.168.1.7', port: 5000};

test('whom there is no way to is called at 0, 1 and 3 s, once a minute, and no more once there is one', t => {
	const {link, state, calls, runTo} = caller();
	link.want(foundingDevice('bob'), true);
	t.is(link.run(), Number.POSITIVE_INFINITY, 'there has been no session');
	link.learn(foundingDevice('bob'), keysOf('initiator'));
	link.want(foundingDevice('bob'), true);
	const times: number[] = [];
	for (let next = link.run(), before = 0; before < calls.length; next = link.run()) {
		times.push(state.now);
		before = calls.length;
		if (next === Number.POSITIVE_INFINITY) break;
		state.now = next;
	}

	t.deepEqual(times, CALL_TIMES_MS);
	link.want(foundingDevice('bob'), true);
	runTo(CALL_EVERY_MS - 1);
	t.is(calls.length, 3);
	state.now = CALL_EVERY_MS;
	link.want(foundingDevice('bob'), true);
	link.run();
	t.is(calls.length, 4);
	link.want(foundingDevice('bob'), false);
	runTo(2 * CALL_EVERY_MS);
	t.is(calls.length, 4);
});

test('a call is answered to where it came from, and the answer is not; both know where the other is', t => {
	const [alice, bob] = [caller(), caller()];
	alice.link.learn(foundingDevice('bob'), keysOf('initiator'));
	bob.link.learn(foundingDevice('alice'), keysOf('responder'));
	alice.link.want(foundingDevice('bob'), true);
	alice.link.run();
	bob.state.hears?.(alice.calls[0]!, {host: 'fe80::7%lan', port: 5000});
	t.deepEqual(bob.found, ['alice fe80::7 5000']);
	t.deepEqual(bob.answers[0]!.to, {host: 'fe80::7%lan', port: 5000}, 'with its link');
	alice.link.receive(bob.answers[0]!.datagram, AT);
	t.deepEqual(alice.found, ['bob 192.168.1.7 5000']);
	t.is(alice.answers.length, 0);
	t.is(alice.state.isOpen, 1);
});

test('each of the own devices is called and found by itself: the one that is looked for, and no other', t => {
	const [first, laptop, keeper] = ['1', '2', '3'].map(digit => ({account: 'alice', device: digit.repeat(16)}));
	const [atFirst, atLaptop, atKeeper] = [caller(), caller(), caller()];
	atFirst.link.learn(laptop!, keysOf('initiator', 12));
	atFirst.link.learn(keeper!, keysOf('initiator', 13));
	atLaptop.link.learn(first!, keysOf('responder', 12));
	atKeeper.link.learn(first!, keysOf('responder', 13));
	atFirst.link.want(laptop!, true);
	atFirst.runTo(CALL_TIMES_MS.at(-1)!);
	for (const at of [atLaptop, atKeeper]) for (const call of atFirst.calls) at.state.hears?.(call, AT);
	t.is(atKeeper.found.length, 0, 'nobody asked for the keeper');
	t.deepEqual(new Set(atLaptop.found), new Set([`alice/${first!.device} ${AT.host} ${AT.port}`]));
	atFirst.link.receive(atLaptop.answers[0]!.datagram, {host: '192.168.1.8', port: 6000});
	t.deepEqual(atFirst.found, [`alice/${laptop!.device} 192.168.1.8 6000`]);
	atFirst.link.want(keeper!, true);
	atFirst.link.run();
	atKeeper.state.hears?.(atFirst.calls.at(-1)!, AT);
	t.is(atKeeper.found.length, 1, 'the keeper has calls of its own, within the same minute');
});

test('an own device that was removed is not called, and not answered', t => {
	const [atFirst, atLaptop] = [caller(), caller()];
	const [first, laptop] = ['1', '2'].map(digit => ({account: 'alice', device: digit.repeat(16)}));
	atFirst.link.learn(laptop!, keysOf('initiator'));
	atLaptop.link.learn(first!, keysOf('responder'));
	atFirst.link.forget(laptop!);
	atFirst.link.want(laptop!, true);
	atLaptop.link.want(first!, true);
	for (const at of [atFirst, atLaptop]) at.link.run();
	atFirst.state.hears?.(atLaptop.calls[0]!, AT);
	t.is(atFirst.calls.length, 0);
	t.is(atFirst.found.length, 0);
	t.is(atFirst.answers.length, 0);
});

test('a side that knows only the session before is found by the second call', t => {
	const [alice, bob] = [caller(), caller()];
	for (const session of [1, 2, 3]) alice.link.learn(foundingDevice('bob'), keysOf('initiator', session));
	bob.link.learn(foundingDevice('alice'), keysOf('responder', 2));
	alice.link.want(foundingDevice('bob'), true);
	alice.runTo(1000);
	for (const call of alice.calls) bob.state.hears?.(call, AT);
	t.is(alice.calls.length, 2);
	t.is(bob.found.length, 1);
	t.deepEqual(reasonsOf(bob.trace), ['call-nobody']);
});

test('nothing is heard, called or answered where it is not allowed, nor for whoever is no contact', async t => {
	const {link, state, calls, answers, found} = caller();
	link.learn(foundingDevice('bob'), keysOf('initiator'));
	link.learn(foundingDevice('mallory'), keysOf('initiator', 9));
	await turn();
	link.want(foundingDevice('mallory'), true);
	link.run();
	state.hears?.(createCall(keysOf('responder', 9), random), AT);
	link.want(foundingDevice('bob'), true);
	state.isAllowed = false;
	link.look();
	t.is(state.isOpen, 0);
	link.run();
	state.hears?.(createCall(keysOf('responder'), random), AT);
	t.deepEqual([calls, answers, found], [[], [], []]);
	state.isAllowed = true;
	link.look();
	await turn();
	t.is(state.isOpen, 1);
	link.close();
	t.is(state.isOpen, 0);
	state.hears?.(createCall(keysOf('responder'), random), AT);
	link.learn(foundingDevice('bob'), keysOf('initiator'));
	t.deepEqual([answers, found, state.isOpen], [[], [], 0]);
});

test('a thousand calls a second: eight are compared and one is answered; an answer nobody asked for is not even compared', t => {
	const {link, state, answers, found, trace} = caller();
	link.learn(foundingDevice('bob'), keysOf('initiator'));
	const call = createCall(keysOf('responder'), random);
	for (let count = 0; count < 1000; count++) state.hears?.(call, {host: '192.168.1.7', port: 1 + count});
	t.is(found.length, CALL_TRIES);
	t.is(answers.length, 1);
	state.now = 1000;
	link.receive(call, AT);
	for (const bytes of [Buffer.alloc(0), call.subarray(1), Buffer.concat([call, call])]) state.hears?.(bytes, AT);
	t.is(found.length, CALL_TRIES);
	t.deepEqual(reasonsOf(trace), ['call-malformed', 'call-rate', 'call-unasked']);
});

/** Two who may call each other, on a link where everybody hears everybody. */
function onOneLink() {
	const town = new Neighbourhood();
	const moved = {ahead: 0};
	const clock = {now: localClock.now, elapsed: () => localClock.elapsed() + moved.ahead};
	const hearers = new Map<string, (datagram: Buffer, from: Address) => void>();
	const state = {calls: 0, isLinkUp: true};
	const join = (name: string): Person => {
		const calling: CallingPorts = {
			isAllowed: () => true,
			isAccepted: () => true,
			links: () => [LINK],
			listen: async onDatagram => {
				hearers.set(name, onDatagram);
				return {errors: new Map(), join() {}, close: () => hearers.delete(name)} satisfies LinkSocket;
			},
			toLink(datagram) {
				state.calls++;
				const from = person.address;
				for (const hear of state.isLinkUp ? hearers.values() : []) queueMicrotask(() => hear(datagram, from));
			},
			isOwn: ({port}) => port === person.address.port,
		};
		const person = town.join(name, undefined, {calling, clock});
		return person;
	};

	const [alice, bob] = [join('alice'), join('bob')];
	town.meet();
	return {town, alice, bob, moved, state};
}

test('a session whose path is dead goes on over the one that a call finds, while the directory is out of reach', async t => {
	const {town, alice, bob, state} = onOneLink();
	alice.send('bob', 'one');
	await until(() => alice.delivered.length === 1 && alice.with('bob').channel.idle);
	t.is(state.calls, 0, 'nobody calls on a path that works');
	const {introductions} = town;
	for (const person of [alice, bob]) person.with(person === alice ? 'bob' : 'alice').presence('unknown');
	// Both are elsewhere: what goes to where they were does not arrive.
	alice.address = {host: '192.168.1.1', port: 6000};
	bob.address = {host: '192.168.1.2', port: 6001};
	alice.send('bob', 'two');
	await until(() => alice.delivered.length === 2);
	t.deepEqual(
		bob.inbox.map(({text}) => text),
		['one', 'two'],
	);
	t.true(state.calls >= 1);
	t.is(town.introductions, introductions);
	t.is(town.datagrams.filter(({bytes}) => bytes[0] === DATAGRAM.init).length, 1, 'no new handshake');
	town.close();
});

/** They have had a session, and the directory has an address for bob at which he is not. */
async function misdirected() {
	const street = onOneLink();
	const {town, alice, bob} = street;
	alice.send('bob', 'one');
	await until(() => alice.delivered.length === 1);
	bob.with('alice').channel.drop();
	await until(() => !alice.with('bob').channel.stands);
	const introduce = town.introduce.bind(town);
	town.introduce = (from, to) => {
		const introduced = introduce(from, to);
		const isGranted = typeof introduced === 'object' && 'addresses' in introduced;
		return isGranted ? {...introduced, addresses: [{host: '10.0.0.77', port: 1}]} : introduced;
	};

	town.datagrams.length = 0;
	const initsTo = () =>
		new Set(town.datagrams.filter(({bytes}) => bytes[0] === DATAGRAM.init).map(({to}) => addressText(to)));
	return {...street, initsTo};
}

test('INIT also goes to where a call has found the contact', async t => {
	const {town, alice, bob, initsTo} = await misdirected();
	alice.send('bob', 'two');
	await until(() => alice.delivered.length === 2);
	t.deepEqual([...initsTo()].toSorted(), ['10.0.0.77:1', addressText(bob.address)].toSorted());
	town.close();
});

test('a call that is repeated from everywhere brings INIT to two addresses at most', async t => {
	const {town, alice, bob, initsTo} = await misdirected();
	town.filter = datagram => datagram[0] !== DATAGRAM.init;
	alice.send('bob', 'two');
	await until(() => initsTo().has(addressText(bob.address)));
	const isAnswer = ({bytes, to}: {bytes: Buffer; to: Address}) =>
		bytes[0] === DATAGRAM.call && to.port === alice.address.port;
	const {bytes} = town.datagrams.find(each => isAnswer(each))!;
	for (let host = 1; host <= 5; host++) alice.endpoint.receive(bytes, {host: `10.0.9.${host}`, port: 1});
	t.deepEqual([...initsTo()].toSorted(), ['10.0.0.77:1', '10.0.9.1:1', addressText(bob.address)].toSorted());
	town.close();
});

/** A caller on real sockets: calls go by multicast over loopback. */
async function onLoopback(t: ExecutionContext, port: number, role: ProbeRole) {
	const found: Address[] = [];
	const heard: Buffer[] = [];
	const own = await openDatagramSocket((datagram, from) => {
		heard.push(datagram);
		link.receive(datagram, from);
	});
	let listening: (() => void) | undefined;
	const isListening = new Promise<void>(resolve => {
		listening = resolve;
	});
	const {link} = caller({
		elapsed: localClock.elapsed,
		links: () => [{group: {host: GROUP, port}, via: '127.0.0.1'}],
		listen: async onDatagram => {
			const socket = await openLinkSocket(onDatagram, port);
			return {
				...socket,
				join(links) {
					socket.join(links);
					listening?.();
				},
			};
		},
		toLink: (datagram, {group, via}) => own.sendToGroup(datagram, group, via),
		transmit: (datagram, to) => own.send(datagram, to),
		isOwn: ({port: at}) => at === own.port,
		onFound: (_, {address}) => found.push(address),
	});
	t.teardown(() => {
		link.close();
		own.close();
	});
	link.learn(foundingDevice('other'), keysOf(role));
	await isListening;
	return {link, own, found, heard};
}

test('two on one machine find each other by real multicast, each at the other’s own socket', async t => {
	const free = await bindUdp({type: 'udp6', address: '::', port: 0});
	const {port} = free.address();
	free.close();
	const alice = await onLoopback(t, port, 'initiator');
	const bob = await onLoopback(t, port, 'responder');
	alice.link.want(foundingDevice('other'), true);
	alice.link.run();
	await until(() => alice.found.length > 0 && bob.found.length > 0);
	t.deepEqual(alice.found, [{host: '127.0.0.1', port: bob.own.port}]);
	t.deepEqual(bob.found, [{host: '127.0.0.1', port: alice.own.port}]);
	t.is(bob.heard.length, 0, 'the answer is not answered');
});
