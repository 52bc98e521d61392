// A server with several addresses, over real sockets: each answers for itself, and clients are told of the others. And a client of an
// earlier build, which knows of one.
import {type Buffer} from 'node:buffer';
import {type Socket, createSocket} from 'node:dgram';
import {once} from 'node:events';
import {type NetworkInterfaceInfo, networkInterfaces} from 'node:os';
import test, {type ExecutionContext} from 'ava';
import {consumeIntroduction} from '../../source/protocol/introduce/introduction.ts';
import {consumeBound} from '../../source/protocol/path/bind.ts';
import {LOOK_MS} from '../../source/server/reflector-sockets.ts';
import {type Address, normalizeAddress, sameAddress} from '../../source/wire/address.ts';
import {FRAME, isIgnorable} from '../../source/wire/frame.ts';
import {decodeCandidates, encodeCandidates, encodePing} from '../../source/wire/messages/directory.ts';
import {encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {decodeCalled, decodeReflectors, decodeWays} from '../../source/wire/messages/ways.ts';
import {type DirectoryClient, signUp} from '../../tools/members/directory-client.ts';
import {type TestServer, startTestServer} from './servers.ts';

const hasIPv6 = Object.values(networkInterfaces()).some(list => list?.some(({address}) => address === '::1'));
const HOSTS = ['127.0.0.1', '127.0.0.2', ...(hasIPv6 ? ['::1'] : [])];

/** A server on every address of a machine that has these, as the list says now. */
async function start(t: ExecutionContext, hosts: readonly string[]): Promise<TestServer> {
	return startTestServer(t, {
		listen: {port: 0},
		interfaces: () => ({lo: hosts.map(address => ({address}) as NetworkInterfaceInfo)}),
	});
}

async function socketAt(t: ExecutionContext, host: string): Promise<Socket> {
	const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
	socket.bind(0, host.includes(':') ? '::1' : '127.0.0.1');
	await once(socket, 'listening');
	t.teardown(() => socket.close());
	return socket;
}

let lastTime = 0;

/** Sends BIND to an address and returns what the server saw, once BOUND has come from just there. */
async function bindAt(t: ExecutionContext, client: DirectoryClient, socket: Socket, {host, port}: Address) {
	const time = Math.max(Date.now(), lastTime + 1);
	lastTime = time;
	const answered = once(socket, 'message');
	socket.send(client.bind(time), port, host);
	const [bound, from] = (await answered) as [Buffer, {address: string; port: number}];
	t.deepEqual(normalizeAddress(from.address, from.port), {host, port});
	return consumeBound(client.session, bound, [time]);
}

const reflectors = async (client: DirectoryClient) => decodeReflectors(await client.next(FRAME.reflectors));

async function introduce(client: DirectoryClient, name: string) {
	const body = encodeIntroduce({request: 9, name, time: Date.now()});
	await client.request(FRAME.introduce, body, FRAME.introduction);
	return decodeWays(await client.next(FRAME.ways));
}

test('a BIND is answered from the address and the port that were asked, whichever the client reaches by TCP', async t => {
	const server = await start(t, HOSTS);
	const {port} = server.address;
	for (const [index, reaches] of HOSTS.entries()) {
		const client = await signUp(server, {name: `user${index}`, reaches});
		const list = await reflectors(client);
		t.deepEqual(list?.[0], {host: '::', port: port + 1});
		for (const host of HOSTS) {
			const socket = await socketAt(t, host);
			for (const at of [port, port + 1]) {
				const seen = await bindAt(t, client, socket, {host, port: at});
				t.true(
					seen !== undefined && sameAddress(seen, normalizeAddress(socket.address().address, socket.address().port)),
				);
			}
		}

		await client.close();
	}
});

test('a client is told of the other family, and is found in both', async t => {
	if (!hasIPv6) return t.pass('this machine has no IPv6');
	const server = await start(t, ['127.0.0.1', '::1']);
	const {port} = server.address;
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob', reaches: '::1'})];
	t.deepEqual(await reflectors(alice), [
		{host: '::', port: port + 1},
		{host: '::1', port},
		{host: '::1', port: port + 1},
	]);
	t.deepEqual((await reflectors(bob))?.slice(1), [
		{host: '127.0.0.1', port},
		{host: '127.0.0.1', port: port + 1},
	]);
	const [four, six] = [await socketAt(t, '127.0.0.1'), await socketAt(t, '::1')];
	const seenFour = await bindAt(t, alice, four, {host: '127.0.0.1', port});
	const seenSix = await bindAt(t, alice, six, {host: '::1', port});
	await bindAt(t, bob, await socketAt(t, '::1'), {host: '::1', port});
	t.deepEqual((await introduce(bob, 'alice'))?.addresses, [seenSix!, seenFour!]);
	await alice.close();
	await bob.close();
});

test('one socket that is seen alike at two ports has the mapping same, two sockets have it varying', async t => {
	const server = await start(t, ['127.0.0.1']);
	const {port} = server.address;
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	const [first, second] = [await socketAt(t, '127.0.0.1'), await socketAt(t, '127.0.0.1')];
	await bindAt(t, alice, first, {host: '127.0.0.1', port});
	await bindAt(t, bob, first, {host: '127.0.0.1', port});
	t.is((await introduce(alice, 'bob'))?.mapping, 'unknown');
	await bindAt(t, bob, first, {host: '127.0.0.1', port: port + 1});
	t.is((await introduce(alice, 'bob'))?.mapping, 'same');
	await bindAt(t, alice, second, {host: '127.0.0.1', port: port + 1});
	t.is((await introduce(alice, 'bob'))?.mapping, 'same');
	const calls = [await bob.next(FRAME.called), await bob.next(FRAME.called), await bob.next(FRAME.called)];
	t.deepEqual(
		calls.map(body => decodeCalled(body)?.mapping),
		['unknown', 'unknown', 'varies'],
	);
	await alice.close();
	await bob.close();
});

test('a BIND that was copied is heard at no other reflector', async t => {
	const server = await start(t, ['127.0.0.1']);
	const {port} = server.address;
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	await bob.register();
	const time = Date.now();
	const genuine = alice.bind(time);
	const seen = consumeBound(alice.session, await alice.exchange(genuine), [time]);
	const thief = await socketAt(t, '127.0.0.1');
	thief.send(genuine, port + 1, '127.0.0.1');
	// What is sent behind it on the same way has been answered: so it has been dealt with.
	await bindAt(t, bob, thief, {host: '127.0.0.1', port: port + 1});
	t.like(await introduce(bob, 'alice'), {mapping: 'unknown', addresses: [seen!]});
	await alice.close();
	await bob.close();
});

test('an address that comes later is answered, and everybody is told of the reflectors anew', async t => {
	if (!hasIPv6) return t.pass('this machine has no IPv6');
	const hosts = ['127.0.0.1'];
	const server = await start(t, hosts);
	const {port} = server.address;
	const alice = await signUp(server, {name: 'alice'});
	t.is((await reflectors(alice))?.length, 1);
	hosts.push('::1');
	server.clock.ahead += LOOK_MS;
	t.is((await reflectors(alice))?.length, 3);
	t.truthy(await bindAt(t, alice, await socketAt(t, '::1'), {host: '::1', port}));
	hosts.pop();
	server.clock.ahead += LOOK_MS;
	t.is((await reflectors(alice))?.length, 1);
	await alice.close();
});

test('an address that no interface has is answered as well, once somebody has reached it', async t => {
	const server = await start(t, ['127.0.0.1']);
	const client = await signUp(server, {name: 'alice', reaches: '127.0.0.9'});
	const socket = await socketAt(t, '127.0.0.1');
	t.truthy(await bindAt(t, client, socket, {host: '127.0.0.9', port: server.address.port}));
	await client.close();
});

test('a given address alone is listened on, with its second port', async t => {
	const server = await startTestServer(t, {
		listen: {host: '127.0.0.1', port: 0},
		metrics: {host: '127.0.0.1', port: 0},
	});
	const {port} = server.address;
	const alice = await signUp(server, {name: 'alice'});
	t.deepEqual(await reflectors(alice), [{host: '::', port: port + 1}]);
	t.deepEqual(server.events[0], {kind: 'started', address: `127.0.0.1:${port}`, second: port + 1});
	const metrics = await (await fetch(`http://127.0.0.1:${server.metrics?.port}/metrics`)).text();
	t.true(metrics.split('\n').includes('simchat_udp_sockets 2'));
	await alice.close();
});

test('a name stands for all addresses that it leads to and this machine has', async t => {
	const server = await startTestServer(t, {listen: {host: 'localhost', port: 0}});
	const alice = await signUp(server, {name: 'alice'});
	const list = await reflectors(alice);
	t.deepEqual(list?.[0], {host: '::', port: server.address.port + 1});
	await alice.register();
	await alice.close();
});

test('a client of an earlier build passes over what it does not know, and is introduced as before', async t => {
	const server = await start(t, HOSTS);
	const [old, bob] = [await signUp(server, {name: 'old'}), await signUp(server, {name: 'bob'})];
	const [atOld, atBob] = [await old.register(), await bob.register()];
	const asked = {request: 3, name: 'bob', time: Date.now()};
	old.send(FRAME.candidates, encodeCandidates([{host: '127.0.0.1', port: 9}]));
	const answer = await old.request(FRAME.introduce, encodeIntroduce(asked), FRAME.introduction);
	const step = consumeIntroduction(answer, asked, Date.now());
	t.deepEqual(typeof step === 'object' && 'grant' in step && step.grant.addresses, [atBob!]);
	// PUNCH, with the address that was seen first.
	old.send(FRAME.punchRequest, encodeIntroduce({...asked, request: 4}));
	t.deepEqual(decodeCandidates(await bob.next(FRAME.punch)), [atOld!, {host: '127.0.0.1', port: 9}]);
	await old.request(FRAME.ping, encodePing(1), FRAME.pong);
	// The only frames that it did not ask for, and it may pass over them.
	t.deepEqual(old.passed, [FRAME.reflectors, FRAME.ways]);
	t.true(old.passed.every(type => isIgnorable(type)));
	await old.close();
	await bob.close();
});
