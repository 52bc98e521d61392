// When a login or a session is over, however it ends, the buffers that held its secrets are zero.
import {Buffer} from 'node:buffer';
import test, {type ExecutionContext} from 'ava';
import {type ClientLogin, abandonLogin, continueLogin} from '../../../source/protocol/login/client.ts';
import {type HandshakeKeys, wipeDirectorySession} from '../../../source/protocol/login/login-keys.ts';
import {type ServerLogin, abandonServerLogin, continueServerLogin} from '../../../source/protocol/login/server.ts';
import {FRAME, type Frame} from '../../../source/wire/frame.ts';
import {type Moment, NOW, type World, clone, createWorld, deliver, enrol, login, setupFor, until} from './parties.ts';

function aliceWorld(): World {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	return world;
}

const handshakeBuffers = ({secret, client, server}: HandshakeKeys) => [secret, client.key, server.key];

/** The secrets of a client's state, as the very buffers. */
function clientBuffers(state: ClientLogin): Buffer[] {
	return [
		...('keys' in state ? handshakeBuffers(state.keys) : []),
		...(state.phase === 'auth-sent' ? [state.srp.a] : []),
		...(state.phase === 'proof-sent' ? [state.srpKey] : []),
	];
}

const isZero = (buffer: Buffer) => buffer.every(byte => byte === 0);

async function assertWiped(t: ExecutionContext, buffers: Buffer[], end: () => unknown): Promise<void> {
	t.true(buffers.length > 0);
	t.false(buffers.some(isZero));
	await end();
	t.true(buffers.every(isZero));
}

function serverState({server}: Moment): ServerLogin {
	if (typeof server === 'string') throw new Error('the server holds no keys yet');
	return clone(server);
}

const garbage: Frame = {type: FRAME.ping, body: Buffer.alloc(64)};

for (const [name, type] of [
	['AUTH', FRAME.srp],
	['PROOF', FRAME.accept],
] as const) {
	test(`a client that gives up after ${name}`, async t => {
		const {client} = await until(aliceWorld(), setupFor('alice'), type);
		const state = clone(client);
		await assertWiped(t, clientBuffers(state), () => abandonLogin(state));
	});

	test(`a client that hears nonsense after ${name}`, async t => {
		const {client} = await until(aliceWorld(), setupFor('alice'), type);
		const state = clone(client);
		await assertWiped(t, clientBuffers(state), async () => continueLogin(state, garbage, NOW));
	});
}

test('a client that gives up before there are keys', async t => {
	const {client} = await until(aliceWorld(), setupFor('alice'), FRAME.challenge);
	t.notThrows(() => abandonLogin(client));
});

for (const [name, type] of [
	['SERVER', FRAME.auth],
	['SRP', FRAME.proof],
] as const) {
	test(`a server that gives up after ${name}`, async t => {
		const state = serverState(await until(aliceWorld(), setupFor('alice'), type));
		await assertWiped(t, handshakeBuffers(state.keys), () => abandonServerLogin(state));
	});

	test(`a server that hears nonsense after ${name}`, async t => {
		const world = aliceWorld();
		const state = serverState(await until(world, setupFor('alice'), type));
		await assertWiped(t, handshakeBuffers(state.keys), async () =>
			continueServerLogin(world.server, state, garbage, NOW),
		);
	});
}

test('both sides of a refused login', async t => {
	const world = aliceWorld();
	const moment = await until(world, setupFor('alice', {password: 'wrong'}), FRAME.proof);
	const server = serverState(moment);
	await assertWiped(t, handshakeBuffers(server.keys), async () =>
		continueServerLogin(world.server, server, moment.frame, NOW),
	);
	const {next} = await deliver(world, moment);
	const client = clone(next!.client);
	await assertWiped(t, clientBuffers(client), async () => continueLogin(client, next!.frame, NOW));
});

test('both sides of a login that succeeds', async t => {
	const world = aliceWorld();
	const moment = await until(world, setupFor('alice'), FRAME.proof);
	const server = serverState(moment);
	await assertWiped(t, handshakeBuffers(server.keys), async () =>
		continueServerLogin(world.server, server, moment.frame, NOW),
	);
	const {next} = await deliver(world, moment);
	const client = clone(next!.client);
	await assertWiped(t, clientBuffers(client), async () => continueLogin(client, next!.frame, NOW));
});

test('what the password was stretched to', async t => {
	const world = aliceWorld();
	const stretched: Buffer[] = [];
	const setup = setupFor('bob', {
		mode: 'sign-up',
		async stretch() {
			const x = Buffer.alloc(32, 7);
			stretched.push(x);
			return x;
		},
	});
	t.is((await login(world, setup)).client?.kind, 'established');
	t.is(stretched.length, 2);
	t.true(stretched.every(isZero));
});

async function stretch(): Promise<Buffer> {
	throw new Error('out of memory');
}

test('a client whose password cannot be stretched', async t => {
	const {client, frame} = await until(aliceWorld(), setupFor('alice', {stretch}), FRAME.srp);
	const state = clone(client);
	await assertWiped(t, clientBuffers(state), async () =>
		t.throwsAsync(continueLogin(state, frame, NOW), {message: 'out of memory'}),
	);
	const up = await until(aliceWorld(), setupFor('bob', {mode: 'sign-up', stretch}), FRAME.server);
	await t.throwsAsync(continueLogin(clone(up.client), up.frame, NOW), {message: 'out of memory'});
});

test('a session', async t => {
	const {client, server} = await login(aliceWorld(), setupFor('alice'));
	for (const end of [client, server]) {
		if (end?.kind !== 'established') throw new Error('not established');
		const {sessionId, ticketKeyId, ticketKey, bindKey, send, receive} = end.session;
		const buffers = [sessionId, ticketKeyId, ticketKey, bindKey, send.key, receive.key];
		await assertWiped(t, buffers, () => wipeDirectorySession(end.session));
	}
});
