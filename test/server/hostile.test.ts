// Strangers and clients that do not keep to the protocol: each loses its own connection, and nobody else notices.
import {Buffer} from 'node:buffer';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {connect} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {sealRecord} from '../../source/protocol/login/records.ts';
import {LOGIN_MS} from '../../source/server/client-times.ts';
import {decodeAlert} from '../../source/wire/alert.ts';
import {FRAME, FRAME_LIMIT_BEFORE, type Frame, encodeFrame, frameHeader} from '../../source/wire/frame.ts';
import {decodePing, encodeNames, encodePing} from '../../source/wire/messages/directory.ts';
import {encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {encodeHello} from '../../source/wire/messages/login.ts';
import {BIND_SIZE} from '../../source/wire/messages/path.ts';
import {SUITES, VERSION} from '../../source/wire/suite.ts';
import {FrameSocket, attemptLogin, signIn, signUp} from '../../tools/members/directory-client.ts';
import {type TestServer, startTestServer} from './servers.ts';

function hello(): Frame {
	const body = encodeHello({version: VERSION, suites: [...SUITES], nonce: systemRandom(32), time: Date.now()});
	return {type: FRAME.hello, body};
}

async function challenged(server: TestServer): Promise<FrameSocket> {
	const frames = await FrameSocket.connect(server.address.port);
	frames.write(hello());
	await frames.next();
	return frames;
}

/** The server is well: somebody else signs up, and sees no failure in its events. */
async function isWell(t: ExecutionContext, server: TestServer, name = 'witness'): Promise<void> {
	const witness = await signUp(server, {name});
	t.is(decodePing(await witness.request(FRAME.ping, encodePing(5), FRAME.pong)), 5);
	await witness.close();
	t.deepEqual(
		server.events.filter(event => event.kind === 'failed'),
		[],
	);
}

test('what is no frame, or not the next one, ends the connection', async t => {
	const server = await startTestServer(t);
	const openings = [
		Buffer.from([0, 0, 1]),
		Buffer.from([0xff, 0xff, 1]),
		frameHeader(FRAME.hello, FRAME_LIMIT_BEFORE),
		Buffer.from('GET / HTTP/1.1\r\n\r\n'),
		encodeFrame({type: FRAME.hello, body: Buffer.alloc(0)}),
		encodeFrame({type: FRAME.hello, body: systemRandom(43)}),
		encodeFrame({type: FRAME.auth, body: systemRandom(600)}),
		encodeFrame({type: FRAME.ping, body: systemRandom(8)}),
		encodeFrame({type: 0xff, body: systemRandom(8)}),
	];
	for (const opening of openings) {
		const frames = await FrameSocket.connect(server.address.port);
		frames.socket.write(opening);
		t.is(await frames.next(), undefined);
	}

	for (const second of [
		hello(),
		{type: FRAME.auth, body: systemRandom(560)},
		{type: FRAME.proof, body: systemRandom(96)},
	]) {
		const frames = await challenged(server);
		frames.write(second);
		t.is(await frames.next(), undefined);
	}

	await isWell(t, server);
});

test('a version or suite that nobody speaks is told so', async t => {
	const server = await startTestServer(t);
	for (const change of [{version: 9}, {suites: [77]}]) {
		const frames = await FrameSocket.connect(server.address.port);
		const body = encodeHello({version: VERSION, suites: [...SUITES], nonce: systemRandom(32), time: 0, ...change});
		frames.write({type: FRAME.hello, body});
		const answer = await frames.next();
		t.like(answer && decodeAlert(answer.body), {reason: 'unsupported'});
		t.is(await frames.next(), undefined);
	}
});

test('random bytes, in whatever pieces, never hurt', async t => {
	const server = await startTestServer(t, {limits: {connections: {burst: 1000, perSecond: 1000}}});
	const pieces = fc.array(fc.uint8Array({minLength: 1, maxLength: 300}), {minLength: 1, maxLength: 6});
	await fc.assert(
		fc.asyncProperty(pieces, fc.boolean(), async (chunks, afterHello) => {
			const frames = afterHello ? await challenged(server) : await FrameSocket.connect(server.address.port);
			for (const chunk of chunks) frames.socket.write(chunk);
			frames.socket.end();
			await frames.closed;
		}),
		{numRuns: 60},
	);
	await isWell(t, server);
});

test('a record that is altered, repeated, moved or unknown ends the session', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	const spoil: ReadonlyArray<(body: Buffer) => Frame[]> = [
		body => [
			{type: FRAME.ping, body: Buffer.concat([body.subarray(0, -1), Buffer.from([body[body.length - 1]! ^ 1])])},
		],
		body => [{type: FRAME.ping, body: body.subarray(1)}],
		body => [{type: FRAME.signOff, body}],
		body => [
			{type: FRAME.ping, body},
			{type: FRAME.ping, body},
		],
		() => [{type: FRAME.ping, body: Buffer.alloc(0)}],
	];
	for (const spoiled of spoil) {
		const alice = await signIn(server, {name: 'alice'});
		const {body} = sealRecord(alice.session.send, FRAME.ping, encodePing(1), systemRandom);
		for (const frame of spoiled(body)) alice.frames.write(frame);
		await alice.frames.closed;
	}

	t.is(server.events.filter(event => event.kind === 'dropped' && event.reason === 'malformed').length, spoil.length);
	await isWell(t, server);
});

test('a malformed request in a sound record ends the session with an alert', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	const types = [
		FRAME.introduce,
		FRAME.punchRequest,
		FRAME.candidates,
		FRAME.watch,
		FRAME.unwatch,
		FRAME.search,
		FRAME.block,
		FRAME.ping,
		FRAME.changePassword,
		FRAME.changeIdentity,
		FRAME.accept,
	];
	for (const type of types) {
		const alice = await signIn(server, {name: 'alice'});
		alice.send(type, Buffer.alloc(7, 0xff));
		t.like(await alice.alert(), {reason: 'malformed'});
		await alice.frames.closed;
	}
});

test('who has not signed in after ten seconds is shown out, at whatever step', async t => {
	const server = await startTestServer(t);
	const silent = await FrameSocket.connect(server.address.port);
	const partial = await FrameSocket.connect(server.address.port);
	partial.socket.write(encodeFrame(hello()).subarray(0, 20));
	const halfway = await challenged(server);
	server.clock.ahead += LOGIN_MS;
	for (const frames of [silent, partial, halfway]) {
		const answer = await frames.next();
		t.like(answer && decodeAlert(answer.body), {reason: 'timeout'});
		t.is(await frames.next(), undefined);
	}

	await isWell(t, server);
});

test('a connection that is ended and stays is cut off', async t => {
	const server = await startTestServer(t);
	const socket = connect({port: server.address.port, host: '127.0.0.1', allowHalfOpen: true});
	socket.on('error', () => {});
	socket.resume();
	await once(socket, 'connect');
	server.clock.ahead += LOGIN_MS;
	await once(socket, 'end');
	server.clock.ahead += 2000;
	// Its own half is still open: what comes now is the server's reset.
	const closed = new Promise(resolve => {
		socket.on('close', resolve);
	});
	const timer = setInterval(() => socket.write('x'), 10);
	await closed;
	clearInterval(timer);
	await isWell(t, server);
});

test('a client that floods requests is dropped', async t => {
	const server = await startTestServer(t, {limits: {frames: {burst: 10, perSecond: 1}}});
	const alice = await signUp(server, {name: 'alice'});
	for (let count = 0; count < 11; count++) alice.send(FRAME.ping, encodePing(count));
	t.like(await alice.alert(), {reason: 'busy'});
	await alice.frames.closed;
	await isWell(t, server);
});

test('a client that does not read is dropped once a megabyte waits for it', async t => {
	const server = await startTestServer(t, {limits: {frames: {burst: 1e6, perSecond: 1e6}}});
	const alice = await signUp(server, {name: 'alice'});
	alice.frames.socket.pause();
	const names = encodeNames(Array.from({length: 250}, (_, index) => `somebody.with.a.long.name.${index}`));
	const ended = server.event(event => event.kind === 'dropped' && event.reason === 'unread');
	for (let count = 0; count < 2000; count++) alice.send(FRAME.watch, names);
	await ended;
	await server.event(event => event.kind === 'signed out');
	await alice.close();
	await isWell(t, server);
});

test('only a fresh BIND under the session’s key is answered; anything else is silence', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	const now = Date.now();
	const genuine = alice.bind(now);
	const flipped = (offset: number) => {
		const copy = Buffer.from(genuine);
		copy[offset]! ^= 1;
		return copy;
	};

	const foreign = bob.bind(now);
	alice.session.sessionId.copy(foreign, 2);
	const hostile = [
		...[0, 1, 2, 20, 40, 70, 95].map(offset => flipped(offset)),
		foreign,
		alice.bind(now - 61_000),
		alice.bind(now + 120_000),
		genuine.subarray(0, -1),
		Buffer.concat([genuine, Buffer.alloc(1)]),
		Buffer.alloc(0),
		systemRandom(BIND_SIZE),
		systemRandom(1400),
	];
	const answer = await alice.exchange(...hostile, genuine);
	t.is(answer.length, BIND_SIZE);
	t.deepEqual(answer.subarray(2, 26), genuine.subarray(2, 26));
	// Replays and older ones too: the answer that comes is to the last.
	const later = alice.bind(now + 5);
	const second = await alice.exchange(genuine, alice.bind(now - 1), later);
	t.deepEqual(second.subarray(2, 26), later.subarray(2, 26));
	await alice.close();
	await bob.close();
});

test('a BIND that somebody replays from elsewhere does not move the address', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	const datagram = alice.bind(Date.now());
	await alice.exchange(datagram);
	const thief = createSocket('udp4');
	thief.bind(0, '127.0.0.1');
	await once(thief, 'listening');
	thief.send(datagram, server.address.port, '127.0.0.1');
	const at = await bob.register();
	const asked = encodeIntroduce({request: 1, name: 'alice', time: Date.now()});
	const answer = await bob.request(FRAME.introduce, asked, FRAME.introduction);
	const {port} = thief.address();
	t.false(answer.includes(Buffer.from([127, 0, 0, 1, port >> 8, port & 0xff])));
	t.truthy(at);
	thief.close();
	await alice.close();
	await bob.close();
});

test('connections cut at any moment of a login leave nothing half open', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	const attempts = Array.from({length: 12}, async (_, index) => {
		const frames = await challenged(server);
		const login = attemptLogin(server, 'sign-in', {name: 'alice', device: `d${index}`});
		frames.socket.resetAndDestroy();
		return login;
	});
	await Promise.all(attempts);
	await isWell(t, server);
	t.is(server.events.filter(event => event.kind === 'dropped' && event.reason === 'address limit').length, 0);
});

test('a failure of the server itself costs one connection, which is told, and is in the events', async t => {
	let isBroken = true;
	const dhKeyPair = async () => {
		if (isBroken) throw new Error('no entropy today');
		return systemEntropy.dhKeyPair();
	};

	const server = await startTestServer(t, {entropy: {...systemEntropy, dhKeyPair}});
	t.like(await attemptLogin(server, 'sign-up', {name: 'alice'}), {kind: 'refused', alert: {reason: 'internal'}});
	t.like(
		server.events.find(event => event.kind === 'failed'),
		{error: {message: 'no entropy today'}},
	);
	isBroken = false;
	await (await signUp(server, {name: 'alice'})).close();
});
