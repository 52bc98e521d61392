// One login of the client's over real sockets: what comes of it with a server, with somebody on the way, and with a stranger.
import {Buffer} from 'node:buffer';
import test, {type ExecutionContext} from 'ava';
import {type LoginAttempt, type LoginOutcome, attemptLogin} from '../../../source/channel/directory/login-attempt.ts';
import {errorOf} from '../../../source/client/login-errors.ts';
import {StretchError} from '../../../source/crypto/password.ts';
import {linked} from '../../twins/linked.ts';
import {PasswordUnknown} from '../../../source/channel/directory/stretched-password.ts';
import {systemEntropy} from '../../../source/protocol/entropy.ts';
import {type AlertReason, encodeAlert} from '../../../source/wire/alert.ts';
import {FRAME, encodeFrame} from '../../../source/wire/frame.ts';
import {parseJoinLink} from '../../../source/wire/join-link.ts';
import {type TestServer, startTestServer} from '../../server/servers.ts';
import {identityOf, quickStretch} from '../../../tools/members/directory-client.ts';
import {startStranger, startWire} from '../../twins/wire.ts';

const SOME_KEY = Buffer.alloc(32, 7);

type Wish = Partial<LoginAttempt> & {readonly port?: number; readonly device?: string; readonly password?: string};

function alice(at: TestServer | number, mode: LoginAttempt['mode'], wish: Wish = {}): LoginAttempt {
	const {device = 'alice', password = 'correct horse', ...rest} = wish;
	const port = wish.port ?? (typeof at === 'number' ? at : at.address.port);
	const serverKey = typeof at === 'number' ? SOME_KEY : (parseJoinLink(at.joinLink)?.serverKey ?? SOME_KEY);
	return {
		server: {host: '127.0.0.1', port, serverKey},
		mode,
		name: 'alice',
		identity: identityOf({name: device}),
		invite: Buffer.alloc(0),
		stretch: quickStretch(password),
		entropy: systemEntropy,
		now: Date.now,
		...rest,
	};
}

/** Ends what stands; the outcome's kind. */
function kindOf(outcome: LoginOutcome): LoginOutcome['kind'] {
	if (outcome.kind === 'established') outcome.end();
	return outcome.kind;
}

async function signUp(server: TestServer): Promise<void> {
	if (kindOf(await attemptLogin(alice(server, 'sign-up'))) !== 'established') throw new Error('no sign-up');
}

function isZero(bytes: Buffer): boolean {
	return bytes.every(byte => byte === 0);
}

test('an account is made, and its device gets in again; whoever does not take the connection over leaves no key', async t => {
	const server = await startTestServer(t);
	await signUp(server);
	const outcome = await attemptLogin(alice(server, 'sign-in'));
	if (outcome.kind !== 'established') return t.fail(outcome.kind);
	const {session, remote} = outcome;
	const keys = [session.ticketKey, session.bindKey, session.send.key, session.receive.key];
	t.deepEqual(remote, {host: '127.0.0.1', port: server.address.port});
	t.false(keys.some(key => isZero(key)));
	outcome.end();
	t.true(keys.every(key => isZero(key)));
	const other = await attemptLogin(alice(server, 'sign-up', {device: 'other'}));
	t.like(other, {kind: 'refused', alert: {reason: 'nameTaken'}});
});

test('a name is looked up', async t => {
	const server = await startTestServer(t);
	const attempt = alice(server, 'sign-up');
	t.is(kindOf(await attemptLogin({...attempt, server: {...attempt.server, host: 'localhost'}})), 'established');
});

test('wrong passwords: the tries that are left, then the lock', async t => {
	const server = await startTestServer(t);
	await signUp(server);
	const wrong = alice(server, 'sign-in', {password: 'wrong'});
	for (const triesLeft of [4, 3, 2, 1]) {
		t.like(await attemptLogin(wrong), {kind: 'refused', alert: {reason: 'credentials', triesLeft}});
	}

	t.like(await attemptLogin(wrong), {kind: 'refused', alert: {reason: 'locked', triesLeft: 0, retryAfter: 60}});
	t.like(await attemptLogin(alice(server, 'sign-in')), {kind: 'refused', alert: {reason: 'locked'}});
});

test('another device with the right password is told, and so is one that has forgotten it', async t => {
	const server = await startTestServer(t);
	await signUp(server);
	const other = await attemptLogin(alice(server, 'sign-in', {device: 'other'}));
	t.like(other, {kind: 'refused', alert: {reason: 'identityUnknown'}});
	const forgetful = alice(server, 'sign-in', {
		async stretch() {
			throw new PasswordUnknown('another salt');
		},
	});
	t.deepEqual(await attemptLogin(forgetful), {kind: 'failed', reason: 'credentials'});
});

test('a server that asks for more memory than there is ends no client, only the login', async t => {
	const server = await startTestServer(t);
	await signUp(server);
	const cramped = alice(server, 'sign-in', {
		async stretch() {
			throw new StretchError('no room for 1024 MiB');
		},
	});
	const outcome = await attemptLogin(cramped);
	t.deepEqual(outcome, {kind: 'failed', reason: 'memory'});
	t.like(outcome.kind === 'failed' && errorOf(outcome, server.address), {code: 'refused'});
	// The link goes on to try, as after any trouble.
	const link = linked(t, server, {stretch: cramped.stretch});
	link.link.start();
	await link.until(() => link.state() === 'waiting');
	t.like(link.states.at(-1), {problem: 'protocol'});
});

test('a server with another key gets no name and no password', async t => {
	const server = await startTestServer(t);
	const attempt = alice(server, 'sign-in', {
		async stretch() {
			throw new Error('never asked');
		},
	});
	const outcome = await attemptLogin({...attempt, server: {...attempt.server, serverKey: SOME_KEY}});
	t.deepEqual(outcome, {kind: 'failed', reason: 'server-key'});
});

test('a sign-up that is cut after REGISTER says so, and the account stands', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	wire.pass = ({type}) => {
		if (type === FRAME.registered) wire.cut();
		return type !== FRAME.registered;
	};

	const outcome = await attemptLogin(alice(server, 'sign-up', {port: wire.port}));
	t.deepEqual(outcome, {kind: 'closed', registerSent: true});
	t.is(kindOf(await attemptLogin(alice(server, 'sign-in'))), 'established');
});

test('so does one that the server ends for its slowness, and one that it lets wait', async t => {
	const server = await startTestServer(t);
	let stretched = 0;
	const slow = alice(server, 'sign-up', {
		async stretch(salt, parameters) {
			if (++stretched === 2) {
				server.clock.ahead += 10_000;
				await server.event(event => event.kind === 'dropped' && event.reason === 'too slow');
			}

			return quickStretch('correct horse')(salt, parameters);
		},
	});
	t.deepEqual(await attemptLogin(slow), {kind: 'closed', registerSent: true});
	t.is(stretched, 2);
	t.is(kindOf(await attemptLogin(alice(server, 'sign-in'))), 'established');

	const wire = await startWire(t, server.address.port);
	wire.pass = ({type}) => type !== FRAME.registered;
	const waiting = alice(server, 'sign-up', {name: 'bob', port: wire.port, loginMs: 2000});
	t.deepEqual(await attemptLogin(waiting), {kind: 'closed', registerSent: true});
});

test('giving up waits for the step that is under way, and nothing of it stays', async t => {
	const server = await startTestServer(t);
	await signUp(server);
	const giveUp = new AbortController();
	let x: Buffer | undefined;
	const outcome = await attemptLogin(
		alice(server, 'sign-in', {
			signal: giveUp.signal,
			async stretch(salt, parameters) {
				giveUp.abort();
				x = await quickStretch('correct horse')(salt, parameters);
				return x;
			},
		}),
	);
	t.deepEqual(outcome, {kind: 'closed', registerSent: false});
	t.true(x !== undefined && isZero(x));
	const late = await attemptLogin(alice(server, 'sign-in', {signal: AbortSignal.abort()}));
	t.is(late.kind, 'unreachable');
});

test('nobody there, and strangers: silent, hanging up, talking nonsense', async t => {
	const gone = await startTestServer(t);
	await gone.close();
	t.like(await attemptLogin(alice(gone, 'sign-in')), {kind: 'unreachable', cause: {code: 'ECONNREFUSED'}});
	const silent = await startStranger(t, () => {});
	t.deepEqual(await attemptLogin(alice(silent, 'sign-in', {loginMs: 50})), {kind: 'timeout'});
	const hangingUp = await startStranger(t, socket => socket.once('data', () => socket.destroy()));
	t.deepEqual(await attemptLogin(alice(hangingUp, 'sign-in')), {kind: 'closed', registerSent: false});
	const nonsense: ReadonlyArray<readonly [string, Buffer]> = [
		['no length', Buffer.alloc(64)],
		['a length over the limit', Buffer.alloc(64, 0xff)],
		['no challenge', encodeFrame({type: FRAME.challenge, body: Buffer.alloc(10)})],
		['no alert', encodeFrame({type: FRAME.alert, body: Buffer.alloc(10)})],
	];
	for (const [what, bytes] of nonsense) {
		const left = Promise.withResolvers<void>();
		const port = await startStranger(t, socket => {
			socket.resume().once('close', () => left.resolve());
			socket.write(bytes);
		});
		t.deepEqual(await attemptLogin(alice(port, 'sign-in')), {kind: 'failed', reason: 'malformed'}, what);
		await left.promise;
	}
});

test('a login that is cut leaves no secret of its own', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	wire.pass = ({type}) => {
		if (type === FRAME.srp) wire.cut();
		return type !== FRAME.srp;
	};

	const drawn: Buffer[] = [];
	const entropy = {
		...systemEntropy,
		random(size: number) {
			const bytes = systemEntropy.random(size);
			drawn.push(bytes);
			return bytes;
		},
	};
	const outcome = await attemptLogin(alice(server, 'sign-in', {port: wire.port, entropy}));
	t.deepEqual(outcome, {kind: 'closed', registerSent: false});
	// The nonce of HELLO, SRP's secret exponent, and the IV of AUTH.
	t.deepEqual(
		drawn.map(bytes => [bytes.length, isZero(bytes)]),
		[
			[32, false],
			[36, true],
			[16, false],
		],
	);
});

test('an ALERT in clear ends a login, and is believed nothing about the account', async t => {
	await meetAlert(t, 'busy', {kind: 'refused', alert: {reason: 'busy', triesLeft: 0, retryAfter: 10}});
	for (const reason of ['credentials', 'locked', 'removed', 'identityUnknown', 'displaced', 'nameTaken'] as const) {
		await meetAlert(t, reason, {kind: 'failed', reason: 'unexpected'});
	}
});

async function meetAlert(t: ExecutionContext, reason: AlertReason, expected: LoginOutcome): Promise<void> {
	const body = encodeAlert({reason, triesLeft: 0, retryAfter: 10});
	const port = await startStranger(t, socket => socket.write(encodeFrame({type: FRAME.alert, body})));
	t.deepEqual(await attemptLogin(alice(port, 'sign-in')), expected, reason);
}
