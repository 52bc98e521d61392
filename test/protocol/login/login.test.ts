// Signing in and up, with the real primitives and the ways in which an honest run can end.
import {Buffer} from 'node:buffer';
import test, {type ExecutionContext} from 'ava';
import {type ClientLogin} from '../../../source/protocol/login/client.ts';
import {passwordExponent} from '../../../source/crypto/password.ts';
import {systemEntropy} from '../../../source/protocol/entropy.ts';
import {type DirectorySession, appendFrame} from '../../../source/protocol/login/login-keys.ts';
import {openRecord, sealRecord} from '../../../source/protocol/login/records.ts';
import {transcript} from '../../../source/protocol/transcript.ts';
import {FRAME} from '../../../source/wire/frame.ts';
import {decodeChallenge, encodeChallenge} from '../../../source/wire/messages/login.ts';
import {
	type Outcome,
	type World,
	NOW,
	alertOf,
	atAlice,
	createWorld,
	enrol,
	identity,
	login,
	run,
	setupFor,
	weakest,
} from './parties.ts';

function sessionsOf({client, server}: Outcome): {client: DirectorySession; server: DirectorySession} {
	if (client?.kind !== 'established' || server?.kind !== 'established') {
		throw new Error(`not established: ${JSON.stringify([client?.kind, server?.kind])}`);
	}

	return {client: client.session, server: server.session};
}

function assertSame(t: ExecutionContext, {client, server}: ReturnType<typeof sessionsOf>): void {
	t.deepEqual(client.sessionId, server.sessionId);
	t.deepEqual(client.ticketKeyId, server.ticketKeyId);
	t.deepEqual(client.ticketKey, server.ticketKey);
	t.deepEqual(client.bindKey, server.bindKey);
	t.deepEqual(client.send, server.receive);
	t.deepEqual(client.receive, server.send);
	t.deepEqual(client.observed, atAlice);
	t.deepEqual(server.observed, atAlice);
	const sizes = [client.sessionId, client.ticketKeyId, client.ticketKey, client.bindKey, client.send.key];
	t.deepEqual(
		sizes.map(each => each.length),
		[16, 8, 64, 32, 64],
	);
	const keys = [client.send.key, client.receive.key, client.ticketKey].map(key => key.toString('hex'));
	t.is(new Set(keys).size, 3);
	t.true(keys.every(key => !/^0+$/.test(key)));
}

test('registers and signs in within one channel, then signs in again, all with real keys and scrypt', async t => {
	const world = createWorld();
	const real = {
		entropy: systemEntropy,
		scrypt: weakest,
		stretch: async (salt: Buffer, parameters: typeof weakest) =>
			passwordExponent('pässword', 'alice', salt, parameters),
	};
	const server: World = {...world, server: {...world.server, entropy: systemEntropy}, difficulty: 8};
	const up = await login(server, setupFor('alice', {...real, mode: 'sign-up'}));
	const first = sessionsOf(up);
	assertSame(t, first);
	t.deepEqual(
		up.moments.map(({frame}) => frame.type),
		[1, 2, 3, 4, FRAME.register, FRAME.registered, 5, 6, 7, 8],
	);
	t.deepEqual(world.directory.accounts.get('alice')?.stretching.logN, 15);

	const again = await login(server, setupFor('alice', real));
	const second = sessionsOf(again);
	assertSame(t, second);
	t.deepEqual(
		again.moments.map(({frame}) => frame.type),
		[1, 2, 3, 4, 5, 6, 7, 8],
	);
	t.notDeepEqual(first.client.ticketKey, second.client.ticketKey);
	t.notDeepEqual(first.client.sessionId, second.client.sessionId);
	t.is(again.server?.kind === 'established' && again.server.name, 'alice');
	t.deepEqual(again.server?.kind === 'established' && again.server.identityKey, identity('alice').publicKey);
	t.is(world.directory.attempts.size, 0);
});

test('both sides talk under the keys they end with', async t => {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	const {client, server} = sessionsOf(await login(world, setupFor('alice')));
	const ping = sealRecord(client.send, FRAME.ping, Buffer.from('ping'), systemEntropy.random);
	t.is(openRecord(server.receive, ping)?.toString(), 'ping');
	const pong = sealRecord(server.send, FRAME.pong, Buffer.from('pong'), systemEntropy.random);
	t.is(openRecord(client.receive, pong)?.toString(), 'pong');
});

for (const hours of [3, -3]) {
	test(`a server clock ${hours} h away is survived and told`, async t => {
		const world = createWorld();
		enrol(world, 'alice', 'correct horse');
		world.clock.client = NOW - hours * 3_600_000;
		const {client, server} = sessionsOf(await login(world, setupFor('alice')));
		t.is(client.clockOffset, hours * 3_600_000);
		t.is(server.clockOffset, 0);
	});
}

test('a wrong password is refused with the tries that are left, and nobody is signed in', async t => {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	const outcome = await login(world, setupFor('alice', {password: 'wrong'}));
	t.deepEqual(alertOf(outcome), {reason: 'credentials', triesLeft: 4, retryAfter: 0});
	t.like(outcome.server, {kind: 'refused', reason: 'credentials', name: 'alice'});
});

test('the right password from a device that is not the account’s is told so, and is no wrong guess', async t => {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	const outcome = await login(world, setupFor('alice', {identity: identity('another device')}));
	t.is(alertOf(outcome)?.reason, 'identityUnknown');
	t.is(outcome.server?.kind, 'refused');
	t.is(world.directory.attempts.size, 0);
});

test('a name that is taken and an invite that is used up end a registration', async t => {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	const taken = await login(world, setupFor('alice', {mode: 'sign-up'}));
	t.is(alertOf(taken)?.reason, 'nameTaken');
	t.like(taken.server, {kind: 'refused', reason: 'nameTaken', name: 'alice'});
	const used = await login(world, setupFor('bob', {mode: 'sign-up', invite: Buffer.from('used')}));
	t.is(alertOf(used)?.reason, 'inviteInvalid');
	t.false(world.directory.accounts.has('bob'));
});

test('a registration brings its invite', async t => {
	const world = createWorld();
	const invites: string[] = [];
	const register = world.directory.register.bind(world.directory);
	world.directory.register = (account, now) => {
		invites.push(account.invite.toString());
		return register(account, now);
	};

	sessionsOf(await login(world, setupFor('bob', {mode: 'sign-up', invite: Buffer.from('come in')})));
	t.deepEqual(invites, ['come in']);
});

test('a name without an account takes the same steps, in the same sizes, to the same alert', async t => {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	const wrong = await login(world, setupFor('alice', {password: 'wrong'}));
	const nobody = await login(world, setupFor('nobody', {password: 'wrong'}));
	const shape = ({moments}: typeof wrong) => moments.map(({to, frame}) => [to, frame.type, frame.body.length]);
	t.deepEqual(shape(nobody), shape(wrong));
	t.deepEqual(alertOf(nobody), alertOf(wrong));
});

/** The salt and parameters that a name is answered with. */
async function saltOf(world: World, name: string): Promise<string> {
	let seen = '';
	await login(
		world,
		setupFor(name, {
			async stretch(salt, {logN, r, p}) {
				seen = `${salt.toString('hex')} ${logN} ${r} ${p}`;
				return Buffer.alloc(32, 1);
			},
		}),
	);
	return seen;
}

test('a name without an account has a salt of its own that stays, over runs and restarts', async t => {
	const salt = await saltOf(createWorld('first'), 'nobody');
	t.regex(salt, /^[\da-f]{32} 17 8 1$/);
	t.is(await saltOf(createWorld('restarted'), 'nobody'), salt);
	t.not(await saltOf(createWorld('first'), 'somebody'), salt);
	const other = createWorld();
	t.not(await saltOf({...other, server: {...other.server, decoyKey: Buffer.alloc(32, 7)}}, 'nobody'), salt);
});

test('a server that is not the pinned one is turned away before it learns a name', async t => {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	const outcome = await login(world, setupFor('alice', {serverKey: identity('another server').publicKey}));
	t.deepEqual(outcome.client, {kind: 'failed', reason: 'server-key'});
	t.is(outcome.moments.at(-1)?.frame.type, FRAME.server);
	t.deepEqual(world.directory.calls, []);
});

test('who listens does not learn how far a client’s clock is off, and the server does not mind one that says it', async t => {
	const world = createWorld();
	world.clock.client = NOW - 123_456;
	enrol(world, 'alice', 'correct horse');
	const {moments} = await login(world, setupFor('alice'));
	const [hello] = moments;
	t.deepEqual(hello!.frame.body.subarray(-8), Buffer.alloc(8));
	const old = Buffer.from(hello!.frame.body);
	old.writeBigUInt64BE(BigInt(world.clock.client), old.length - 8);
	const client = {...hello!.client, hello: old, th: appendFrame(transcript('login'), {type: FRAME.hello, body: old})};
	const moment = {...hello!, frame: {...hello!.frame, body: old}, client: client as ClientLogin};
	t.is((await run(world, moment)).client?.kind, 'established');
});

test('a clock is set by a server that has proven itself: a forged CHALLENGE a year ahead sets none', async t => {
	const world = createWorld();
	world.clock.client = NOW - 5000;
	enrol(world, 'alice', 'correct horse');
	const {moments} = await login(world, setupFor('alice'));
	const genuine = moments.find(({frame}) => frame.type === FRAME.challenge)!;
	t.is(sessionsOf(await run(world, genuine)).client.clockOffset, 5000);
	const challenge = decodeChallenge(genuine.frame.body)!;
	const body = encodeChallenge({...challenge, time: challenge.time + 31_536_000_000});
	const outcome = await run(world, {...genuine, frame: {...genuine.frame, body}});
	t.not(outcome.client?.kind, 'established', 'and only a session brings an offset');
});

test('a server that knows the pinned key but cannot sign with it is turned away', async t => {
	const world = createWorld();
	const {privateKey} = identity('impostor');
	const signingKey = {privateKey, publicKey: identity('server').publicKey};
	const outcome = await login({...world, server: {...world.server, signingKey}}, setupFor('alice'));
	t.deepEqual(outcome.client, {kind: 'failed', reason: 'server-key'});
});
