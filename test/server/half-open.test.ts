// Connections that have not signed in: whoever holds many of them, or says nothing in them, shuts out nobody but itself.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {generateDhKeyPair} from '../../source/crypto/dh.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {product, puzzleTime, solvePuzzle} from '../../source/protocol/login/challenge.ts';
import {HELLO_MS, RESPONSE_MS} from '../../source/server/client-times.ts';
import {decodeAlert} from '../../source/wire/alert.ts';
import {FRAME, type Frame} from '../../source/wire/frame.ts';
import {type Challenge, decodeChallenge, encodeHello, encodeResponse} from '../../source/wire/messages/login.ts';
import {SUITES, VERSION} from '../../source/wire/suite.ts';
import {FrameSocket, attemptLogin, signUp} from '../../tools/members/directory-client.ts';
import {type TestServer, startTestServer} from './servers.ts';

function hello(): Buffer {
	return encodeHello({version: VERSION, suites: [...SUITES], nonce: systemRandom(32), time: Date.now()});
}

async function challenged(server: TestServer, from?: string) {
	const frames = await FrameSocket.connect(server.address.port, '127.0.0.1', from);
	const body = hello();
	frames.write({type: FRAME.hello, body});
	const challenge = decodeChallenge((await frames.next())!.body)!;
	return {frames, hello: body, challenge};
}

/** A RESPONSE that is right. */
async function responseTo(challenge: Challenge, helloBody: Buffer, known?: Buffer): Promise<Frame> {
	const {time, difficulty, epoch, cookie} = challenge;
	const solution = solvePuzzle(cookie, difficulty);
	const share = known ?? (await generateDhKeyPair()).share;
	const echo = {hello: helloBody, time, difficulty, epoch, cookie};
	const body = encodeResponse({...echo, product: product(challenge), solution, share, kem: Buffer.alloc(0)});
	return {type: FRAME.response, body};
}

async function alertOf(frames: FrameSocket) {
	const answer = await frames.next();
	return answer && decodeAlert(answer.body);
}

/** Randomness of a server whose DH waits until it is released. */
function stalled() {
	const {promise, resolve: release} = Promise.withResolvers<undefined>();
	const dhKeyPair = async () => {
		await promise;
		return systemEntropy.dhKeyPair();
	};

	return {entropy: {...systemEntropy, dhKeyPair}, release: () => release(undefined)};
}

const clients = (count: number) => Array.from({length: count}, (_, index) => index);

test('1,024 connections from 16 addresses that say nothing shut nobody out: 21 of 21 honest logins get in', async t => {
	const server = await startTestServer(t);
	const signedIn = await signUp(server, {name: 'alice'});
	const idle = await Promise.all(
		clients(1024).map(async index =>
			FrameSocket.connect(server.address.port, '127.0.0.1', `127.0.0.${2 + (index % 16)}`),
		),
	);
	for (const index of clients(21)) {
		const result = await attemptLogin(server, 'sign-up', {name: `user${index}`});
		t.is(result.kind, 'established');
		if (result.kind === 'established') await result.client.close();
	}

	t.false(signedIn.frames.socket.closed);
	await signedIn.close();
	for (const {socket} of idle) socket.destroy();
});

test('a crowd at one address shuts out nobody at that address either: its oldest gives way, and is told', async t => {
	const server = await startTestServer(t, {limits: {halfOpenPerAddress: 3}});
	const first = await FrameSocket.connect(server.address.port);
	const others = [await challenged(server), await challenged(server)];
	const alice = await signUp(server, {name: 'alice'});
	t.like(await alertOf(first), {reason: 'busy', retryAfter: 5});
	t.is(await first.next(), undefined);
	t.like(
		server.events.find(event => event.kind === 'dropped'),
		{reason: 'crowded out'},
	);
	await alice.close();
	for (const {frames} of others) frames.socket.destroy();
});

test('a crowd that stops at HELLO makes no honest login solve a puzzle', async t => {
	const server = await startTestServer(t);
	const crowd = await Promise.all(clients(300).map(async index => challenged(server, `127.0.0.${2 + (index % 16)}`)));
	const honest = await challenged(server);
	t.is(honest.challenge.difficulty, 0);
	for (const {frames} of [...crowd, honest]) frames.socket.destroy();
});

test('logins that wait for the server make the next puzzle harder bit by bit, and a client that solves it gets in', async t => {
	const {entropy, release} = stalled();
	const server = await startTestServer(t, {entropy});
	const waiting = await Promise.all(clients(24).map(async () => challenged(server)));
	const responses = await Promise.all(waiting.map(async each => responseTo(each.challenge, each.hello)));
	const difficulties: number[] = [];
	for (const [index, {frames}] of waiting.entries()) {
		frames.write(responses[index]!);
		if (index < 17) continue;
		// The server has read what was written before once it answers what was written after.
		let next = await challenged(server);
		while (next.challenge.difficulty < Math.floor((index + 1 - 16) / 2)) {
			next.frames.socket.destroy();
			next = await challenged(server);
		}

		difficulties.push(next.challenge.difficulty);
		next.frames.socket.destroy();
	}

	t.deepEqual(difficulties, [1, 1, 2, 2, 3, 3, 4]);
	const honest = signUp(server, {name: 'alice'});
	release();
	await (await honest).close();
	for (const {frames} of waiting) frames.socket.destroy();
});

test('who connects has 2 s until HELLO, and 3 s until RESPONSE', async t => {
	let now = Date.now();
	const server = await startTestServer(t, {clock: {now: () => now, elapsed: () => now}});
	const silent = await FrameSocket.connect(server.address.port);
	const partial = await FrameSocket.connect(server.address.port);
	partial.socket.write(Buffer.from([0, 45, FRAME.hello]));
	const {frames} = await challenged(server);
	now += HELLO_MS;
	for (const late of [silent, partial]) t.like(await alertOf(late), {reason: 'timeout'});
	t.false(frames.socket.closed);
	now += RESPONSE_MS - HELLO_MS;
	t.like(await alertOf(frames), {reason: 'timeout'});
});

test('a slow machine is given the time for its puzzle besides, and no more', async t => {
	const {entropy, release} = stalled();
	let now = Date.now();
	const server = await startTestServer(t, {entropy, clock: {now: () => now, elapsed: () => now}});
	const waiting = await Promise.all(clients(40).map(async () => challenged(server)));
	for (const each of waiting) each.frames.write(await responseTo(each.challenge, each.hello));
	const slow = async () => {
		for (;;) {
			const next = await challenged(server);
			if (next.challenge.difficulty === 12) return next;
			next.frames.socket.destroy();
		}
	};

	const [inTime, late] = [await slow(), await slow()];
	const answer = await responseTo(inTime.challenge, inTime.hello);
	release();
	await Promise.all(waiting.map(async ({frames}) => frames.next()));
	for (const {frames} of waiting) frames.socket.destroy();
	t.is(puzzleTime(12), 63);
	now += RESPONSE_MS + 62;
	// The sweep has been there once it has ended who said nothing at all.
	const silent = await FrameSocket.connect(server.address.port);
	inTime.frames.write(answer);
	t.is((await inTime.frames.next())?.type, FRAME.server);
	t.false(late.frames.socket.closed);
	now += HELLO_MS;
	t.like(await alertOf(silent), {reason: 'timeout'});
	t.like(await alertOf(late.frames), {reason: 'timeout'});
	inTime.frames.socket.destroy();
});

test('a crowd that cannot be signed in within its time is told so at once, and to come back one after the other; a newcomer is, too', async t => {
	const {entropy, release} = stalled();
	const now = Date.now();
	const rates = {burst: 1e6, perSecond: 1e6};
	const server = await startTestServer(t, {
		entropy,
		clock: {now: () => now, elapsed: () => now},
		limits: {halfOpenPerAddress: 1024, connections: rates},
	});
	const {share} = await generateDhKeyPair();
	const crowd = await Promise.all(clients(620).map(async () => challenged(server)));
	const waits: number[] = [];
	const respond = async ({frames, challenge, hello: body}: (typeof crowd)[number], onAway: () => void) => {
		frames.write(await responseTo(challenge, body, share));
		const answer = await frames.next();
		const alert = answer?.type === FRAME.alert ? decodeAlert(answer.body) : undefined;
		if (alert?.reason !== 'busy') return;
		waits.push(alert.retryAfter);
		onAway();
	};

	// Of logins of 6 ms each, 500 are done in 3 s. Those who come when as many have begun are turned away, whoever else is.
	const isOver = Promise.withResolvers<undefined>();
	const answers = crowd
		.slice(20)
		.map(async each => respond(each, () => waits.length >= 90 && isOver.resolve(undefined)));
	await isOver.promise;
	const isOverAgain = Promise.withResolvers<undefined>();
	const last = crowd.slice(0, 20).map(async each => respond(each, () => isOverAgain.resolve(undefined)));
	await isOverAgain.promise;
	const newcomer = await FrameSocket.connect(server.address.port);
	newcomer.write({type: FRAME.hello, body: hello()});
	t.like(await alertOf(newcomer), {reason: 'busy'});
	release();
	await Promise.all([...answers, ...last]);
	t.true(waits.every(wait => wait >= 3 && wait <= 60));
	t.true(waits.length >= 100 && waits.length <= 130, `${waits.length}`);
	for (const {frames} of crowd) frames.socket.destroy();
});
