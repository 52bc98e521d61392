// Devices on a connection with a real server: the own log is founded, those of others are followed, and a device that is removed is out.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {joinAccount} from '../../../source/channel/directory/join-account.ts';
import {systemTimers} from '../../../source/channel/network/timer-port.ts';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {deviceIdOf, extendLog, joinConsent} from '../../../source/protocol/devices/device-log.ts';
import {systemEntropy} from '../../../source/protocol/entropy.ts';
import {introduce} from '../../../source/protocol/introduce/kdc.ts';
import {sealRecord} from '../../../source/protocol/login/records.ts';
import {ABSENT_RETRY_S} from '../../../source/server/guest-requests.ts';
import {FRAME} from '../../../source/wire/frame.ts';
import {type DeviceRole} from '../../../source/wire/messages/device-entry.ts';
import {type TestServer, startTestServer} from '../../server/servers.ts';
import {type Linked, bindSomewhere, keyOf, linked, online} from '../../twins/linked.ts';
import {startWire} from '../../twins/wire.ts';
import {identityOf, quickStretch, signUp} from '../../../tools/members/directory-client.ts';

const LAPTOP = identityOf({name: 'alice', device: 'laptop'});
const FIRST = identityOf({name: 'alice'});

/** Has alice's first device add or remove her laptop. */
async function change({link}: Linked, kind: 'add' | 'remove', role: DeviceRole = 'device') {
	return link.logs.extend('alice', log => {
		if (!('count' in log)) throw new Error('alice has no log');
		const consent = joinConsent(LAPTOP, 'alice', log.foundingKey);
		const subject = LAPTOP.publicKey;
		const wanted = kind === 'add' ? {kind, subject, role, consent} : {kind, subject, role};
		return extendLog(log, FIRST, wanted, Date.now());
	});
}

/** Alice's laptop, once it was added. */
async function laptop(t: Parameters<typeof linked>[0], server: TestServer): Promise<Linked> {
	const device = linked(t, server, {identity: LAPTOP, foundingKey: FIRST.publicKey});
	device.link.start();
	await device.until(() => device.state() === 'online' && device.logs.length > 0);
	return device;
}

test('an account founds its log by itself, a contact follows it from the key it knows, and hears of each device', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	t.deepEqual(alice.logs, ['alice 1']);
	await (await signUp(server, {name: 'bob'})).close();
	const bob = linked(t, server, {name: 'bob', identity: identityOf({name: 'bob'})});
	bob.link.logs.keep('alice', FIRST.publicKey);
	bob.link.watch(['alice']);
	bob.link.logs.look('alice');
	bob.link.start();
	await bob.until(() => bob.logs.includes('alice 1'));
	t.is(await change(alice, 'add'), 'done');
	await bob.until(() => bob.logs.includes('alice 2'));
	t.true(bob.link.logs.admits('alice', LAPTOP.publicKey));
	const other = await laptop(t, server);
	await Promise.all([alice, other].map(async each => bindSomewhere(each.session(), server.address.port)));
	await bob.until(() => bob.devices.at(-1) === 'alice: device, device');
	t.is(await change(alice, 'remove'), 'done');
	await bob.until(() => bob.logs.includes('alice 3'));
	t.false(bob.link.logs.admits('alice', LAPTOP.publicKey));
	t.deepEqual(bob.alarms, []);
});

test('a device that another one removes is signed out, says why, and does not come back by itself', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	await change(alice, 'add');
	const other = await laptop(t, server);
	t.deepEqual(other.link.logs.log('alice')?.count, 2);
	await change(alice, 'remove');
	await other.until(() => other.state() === 'stopped');
	t.deepEqual(other.states.at(-1), {state: 'stopped', problem: 'device-removed'});
	const again = linked(t, server, {identity: LAPTOP, foundingKey: FIRST.publicKey});
	again.link.start();
	await again.until(() => again.state() === 'stopped');
	t.deepEqual(again.states.at(-1), {state: 'stopped', problem: 'device-removed'});
	t.is(alice.state(), 'online');
});

test('an introduction is for the device that was asked for, and one for another is of no use', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	await change(alice, 'add');
	const wire = await startWire(t, server.address.port);
	const bob = await signUp(server, {name: 'bob'});
	await bob.close();
	const other = await laptop(t, server);
	const bobs = linked(t, server, {name: 'bob', identity: identityOf({name: 'bob'}), port: wire.port});
	bobs.link.start();
	await bobs.until(() => bobs.state() === 'online' && bobs.logs.length > 0);
	await Promise.all([alice, other, bobs].map(async each => bindSomewhere(each.session(), server.address.port)));
	for (const {publicKey} of [FIRST, LAPTOP]) {
		const granted = await bobs.link.introduce('alice', deviceIdOf(publicKey));
		t.deepEqual(typeof granted === 'object' && 'identityKey' in granted && granted.identityKey, publicKey);
	}

	const founding = await bobs.link.introduce('alice');
	t.deepEqual(typeof founding === 'object' && 'identityKey' in founding && founding.identityKey, FIRST.publicKey);
	// With the directory's voice: the first device, when the laptop was asked for.
	wire.pass = () => false;
	const keys = {...bobs.session().receive, key: Buffer.from(bobs.session().receive.key)};
	const question = bobs.link.introduce('alice', deviceIdOf(LAPTOP.publicKey));
	const asked = {request: 6, name: 'alice', time: Date.now()};
	const address = {host: '127.0.0.1', port: 7};
	const target = {
		identityKey: FIRST.publicKey,
		addresses: [address],
		ticketKey: {id: random(8), key: random(64)},
		suite: 1,
	};
	const initiator = {name: 'bob', identityKey: identityOf({name: 'bob'}).publicKey, address};
	wire.inject(
		sealRecord(keys, FRAME.introduction, introduce(asked, initiator, target, random, Date.now()).body, random),
	);
	t.is(await question, 'offline');
	t.like(bobs.states.at(-1), {problem: 'protocol'});
});

test('siblings see each other, and are introduced', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	await change(alice, 'add', 'keeper');
	alice.link.watch(['alice']);
	const keeper = await laptop(t, server);
	await Promise.all([alice, keeper].map(async each => bindSomewhere(each.session(), server.address.port)));
	await alice.until(() => alice.devices.includes('alice: keeper'));
	const granted = await alice.link.introduce('alice', deviceIdOf(LAPTOP.publicKey));
	t.deepEqual(typeof granted === 'object' && 'identityKey' in granted && granted.identityKey, LAPTOP.publicKey);
	await keeper.until(() => keeper.called.length > 0);
});

/** Joins alice's account as her laptop, by a link with this secret. */
async function join(server: TestServer, secret: Buffer, signal?: AbortSignal, onAbsent?: (seconds: number) => void) {
	const place = {host: '127.0.0.1', port: server.address.port, serverKey: keyOf(server)};
	return joinAccount({
		link: {...place, name: 'alice', foundingKey: FIRST.publicKey, secret},
		label: 'laptop, study',
		identity: LAPTOP,
		stretch: quickStretch('correct horse'),
		entropy: systemEntropy,
		now: Date.now,
		timers: systemTimers,
		...(signal === undefined ? {} : {signal}),
		...(onAbsent === undefined ? {} : {onAbsent}),
	});
}

test('a link and the password bring a new device in; the one that made the link is told what joined, and it is used up', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	const link = alice.link.links.open('device');
	t.deepEqual(link?.foundingKey, FIRST.publicKey);
	const joined = await join(server, link!.secret);
	t.is(joined.kind, 'joined');
	if (joined.kind === 'joined') t.is(joined.entries.length, 2);
	await alice.until(() => alice.links.length > 0);
	t.like(alice.links, [{kind: 'joined', label: 'laptop, study', key: LAPTOP.publicKey}]);
	const other = await laptop(t, server);
	t.is(other.link.logs.log('alice')?.living.size, 2);
	t.is(alice.links.length, 1);
});

test('who has the password and another link is not let in, and the third one ends the link', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	t.truthy(alice.link.links.open('device'));
	for (let tries = 1; tries <= 3; tries++) {
		const over = new AbortController();
		const guest = join(server, random(32), over.signal);
		await alice.until(() => alice.links.length === tries);
		over.abort();
		t.like(await guest, {kind: 'ended'});
	}

	t.like(alice.links, [
		{kind: 'wrong', left: 2},
		{kind: 'wrong', left: 1},
		{kind: 'over', reason: 'guessed'},
	]);
	t.is(alice.link.logs.log('alice')?.count, 1);
});

test('while no device of the account is there, the one that joins is told so, and waits', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	await alice.link.stop();
	const over = new AbortController();
	const {promise: absent, resolve} = Promise.withResolvers<number>();
	const guest = join(server, random(32), over.signal, resolve);
	t.is(await absent, ABSENT_RETRY_S);
	over.abort();
	t.like(await guest, {kind: 'ended'});
	t.like(await joinAccountWithout(server), {kind: 'no-login', outcome: {kind: 'refused'}});
});

async function joinAccountWithout(server: TestServer) {
	const place = {host: '127.0.0.1', port: server.address.port, serverKey: keyOf(server)};
	return joinAccount({
		link: {...place, name: 'alice', foundingKey: FIRST.publicKey, secret: random(32)},
		label: '',
		identity: LAPTOP,
		stretch: quickStretch('wrong'),
		entropy: systemEntropy,
		now: Date.now,
		timers: systemTimers,
	});
}
