// The way to the directory over real sockets: requests and news, outages and their ends, and what stays of a session's keys.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {type LoggedIn, attemptLogin} from '../../../source/channel/directory/login-attempt.ts';
import {systemRandom as random} from '../../../source/crypto/random.ts';
import {srpVerifier} from '../../../source/crypto/srp.ts';
import {systemEntropy} from '../../../source/protocol/entropy.ts';
import {FRAME} from '../../../source/wire/frame.ts';
import {encodeNames, encodePresence} from '../../../source/wire/messages/directory.ts';
import {encodeIntroduce} from '../../../source/wire/messages/introduce.ts';
import {type TestServer, startTestServer} from '../../server/servers.ts';
import {identityOf, quickStretch, signIn, signUp} from '../../../tools/members/directory-client.ts';
import {bindSomewhere, isWiped, keyOf, keysOf, linked, online} from '../../twins/linked.ts';
import {startStranger, startWire} from '../../twins/wire.ts';

test('watched names are told at once and at each change, others never', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	alice.link.watch(['bob', 'carol']);
	await alice.until(() => alice.presence.length === 2);
	const bob = await signUp(server, {name: 'bob'});
	await bob.register();
	await alice.until(() => alice.presence.length === 3);
	alice.link.unwatch(['bob']);
	await bob.close();
	const carol = await signUp(server, {name: 'carol'});
	await carol.register();
	await alice.until(() => alice.presence.includes('carol on'));
	t.deepEqual(alice.presence, ['bob off', 'carol off', 'bob on', 'carol on']);
	await carol.close();
});

test('an introduction: unavailable while somebody is away, a second later while they arrive, granted once both are there', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	const bob = await signUp(server, {name: 'bob'});
	await bindSomewhere(alice.session(), server.address.port);
	t.is(await alice.link.introduce('nobody'), 'unavailable');
	t.deepEqual(await alice.link.introduce('bob'), {retryAfter: 1});
	const seen = await bob.register();
	const [grant, another] = await Promise.all([alice.link.introduce('bob'), alice.link.introduce('bob')]);
	if (typeof grant !== 'object' || !('ticket' in grant)) return t.fail(JSON.stringify(grant));
	t.deepEqual(grant.identityKey, identityOf({name: 'bob'}).publicKey);
	t.deepEqual(grant.addresses, [seen]);
	t.notDeepEqual(another, grant);
	bob.send(FRAME.punchRequest, encodeIntroduce({request: 1, name: 'alice', time: Date.now()}));
	bob.send(FRAME.punchRequest, encodeIntroduce({request: 2, name: 'nobody', time: Date.now()}));
	await alice.until(() => alice.punches.length > 0);
	t.deepEqual(alice.punches, [[seen]]);
	await bob.close();
});

test('too many introductions are refused with the seconds to wait', async t => {
	const server = await startTestServer(t, {limits: {introductions: {burst: 1, perSecond: 0.5}}});
	const alice = await online(t, server);
	await bindSomewhere(alice.session(), server.address.port);
	t.is(await alice.link.introduce('bob'), 'unavailable');
	t.deepEqual(await alice.link.introduce('bob'), {retryAfter: 2});
});

test('the directory is searched page by page', async t => {
	const server = await startTestServer(t);
	for (const name of ['bea', 'ben', 'carol']) await (await signUp(server, {name})).close();
	const alice = await online(t, server);
	const first = await alice.link.search('be', '', 1);
	t.like(first, {more: true, entries: [{name: 'bea', online: false}]});
	t.like(await alice.link.search('be', 'bea', 1), {more: false, entries: [{name: 'ben', online: false}]});
});

test('a new password counts from the next login on', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	const salt = random(16);
	const x = await quickStretch('another')(salt, {logN: 15, r: 8, p: 1});
	const change = {stretching: {salt, logN: 15, r: 8, p: 1}, verifier: srpVerifier(x)};
	t.is(await alice.link.changePassword(change), 'changed');
	await alice.link.stop();
	t.is(await alice.link.changePassword(change), 'offline');
	await (await signIn(server, {name: 'alice', password: 'another'})).close();
	const late = linked(t, server);
	late.link.start();
	await late.until(() => late.state() === 'stopped');
	t.deepEqual(late.states, [{state: 'connecting'}, {state: 'stopped', problem: 'credentials'}]);
});

test('the directory restarts: it says when to come back, and everything is told to it again', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	alice.link.watch(['bob']);
	await alice.until(() => alice.presence.length === 1);
	const keys = keysOf(alice.session());
	const before = Date.now();
	await server.close();
	await alice.until(() => alice.state() === 'waiting');
	const waiting = alice.states.at(-1);
	t.true(waiting?.state === 'waiting' && waiting.problem === 'shutdown' && waiting.retryAt >= before + 5000);
	t.true(isWiped(keys));
	t.is(await alice.link.introduce('bob'), 'offline');
	alice.link.watch(['carol']);
	alice.link.block('mallory', true);
	alice.link.wake();
	await alice.until(() => alice.states.at(-1) !== waiting && alice.state() === 'waiting');
	t.like(alice.states.at(-1), {problem: 'unreachable'});

	const again = await startTestServer(t, {data: server.data, listen: {host: '127.0.0.1', port: server.address.port}});
	alice.link.wake();
	await alice.until(() => alice.state() === 'online');
	await bindSomewhere(alice.session(), again.address.port);
	await alice.until(() => alice.presence.length === 3);
	t.deepEqual(alice.presence.slice(1), ['bob off', 'carol off']);
	t.is(alice.ends(), 1);
	const mallory = await signUp(again, {name: 'mallory'});
	const seen = await mallory.request(FRAME.watch, encodeNames(['alice']), FRAME.presence);
	t.deepEqual(seen, encodePresence([{name: 'alice', online: false}]));
	await mallory.close();
});

test('who does not want to wait has the directory tried at once, but not before it allows that', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	t.is(alice.link.tryNow(), undefined, 'nothing waits');
	const before = Date.now();
	await server.close();
	await alice.until(() => alice.state() === 'waiting');
	const retryAt = () => {
		const state = alice.states.at(-1);
		return state?.state === 'waiting' ? state.retryAt : t.fail(`${state?.state}`);
	};

	// It has asked for 5 s, as it does when it is stopped.
	const asked = retryAt();
	const left = alice.link.tryNow() ?? Infinity;
	t.true(left <= 5000, String(left));
	t.true(retryAt() <= asked);
	t.true(retryAt() >= before + 5000);
	const told = alice.states.length;

	alice.link.wake();
	await alice.until(() => alice.states.length > told && alice.state() === 'waiting');
	t.like(alice.states.at(-1), {problem: 'unreachable'});
	await startTestServer(t, {data: server.data, listen: {host: '127.0.0.1', port: server.address.port}});
	const now = alice.link.tryNow() ?? Infinity;
	t.true(now <= 1000, String(now));
	await alice.until(() => alice.state() === 'online');
	t.is(alice.link.tryNow(), undefined);
});

test('a block that the directory did not confirm is told again, one that it did is not', async t => {
	const server = await startTestServer(t);
	const wire = await startWire(t, server.address.port);
	const alice = await online(t, server, {port: wire.port});
	const again = async () => {
		wire.cut();
		await alice.until(() => alice.state() === 'waiting');
		alice.link.wake();
		await alice.until(() => alice.state() === 'online');
		// Answers come in order: with this one, whatever was told before is answered.
		t.like(await alice.link.search('a', '', 1), {more: false});
	};

	const lost = new Promise<void>(resolve => {
		wire.pass = ({type}) => {
			if (type === FRAME.blocked) resolve();
			return false;
		};
	});
	alice.link.block('mallory', true);
	await lost;
	let confirmed = 0;
	wire.pass = ({type}) => {
		if (type === FRAME.blocked) confirmed++;
		return true;
	};

	await again();
	t.is(confirmed, 1);
	await again();
	t.is(confirmed, 1);
});

test('a login elsewhere under the same name ends it for good', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	const keys = keysOf(alice.session());
	const elsewhere = await signIn(server, {name: 'alice'});
	await alice.until(() => alice.state() === 'stopped');
	t.deepEqual(alice.states.at(-1), {state: 'stopped', problem: 'displaced'});
	t.true(isWiped(keys));
	t.is(alice.ends(), 1);
	alice.link.wake();
	await alice.link.stop();
	t.is(alice.states.length, 3);
	await elsewhere.close();
});

test('stopping signs off: the directory hears it, and no key is left', async t => {
	const server = await startTestServer(t);
	const alice = await online(t, server);
	const keys = keysOf(alice.session());
	const question = alice.link.introduce('bob');
	await alice.link.stop();
	const answer = await question;
	t.true(['offline', '{"retryAfter":1}'].includes(typeof answer === 'string' ? answer : JSON.stringify(answer)));
	t.true(isWiped(keys));
	await server.event(event => event.kind === 'signed out' && event.how === 'signed off');
	t.is(alice.state(), 'online', 'being signed out is for the caller to say');
});

test('a login that stands is taken over, and one that has fallen is made anew', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	const first = await login(server);
	const alice = linked(t, server, {first});
	alice.link.start();
	t.deepEqual(alice.states, [{state: 'online'}]);
	t.is(alice.session(), first.session);
	t.deepEqual(await alice.link.introduce('bob'), {retryAfter: 1});
	await alice.link.stop();

	const fallen = await login(server);
	const keys = keysOf(fallen.session);
	fallen.socket.destroy();
	const later = linked(t, server, {first: fallen});
	later.link.start();
	await later.until(() => later.state() === 'waiting');
	t.true(isWiped(keys));
	t.is(later.sessions.length, 0);
	later.link.wake();
	await later.until(() => later.state() === 'online');
});

async function login(server: TestServer): Promise<LoggedIn> {
	const outcome = await attemptLogin({
		server: {host: '127.0.0.1', port: server.address.port, serverKey: keyOf(server)},
		mode: 'sign-in',
		name: 'alice',
		identity: identityOf({name: 'alice'}),
		invite: Buffer.alloc(0),
		stretch: quickStretch('correct horse'),
		entropy: systemEntropy,
		now: Date.now,
	});
	if (outcome.kind !== 'established') throw new Error(outcome.kind);
	return outcome;
}

test('another server in its place is said loudly, and not tried again', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	const other = await startTestServer(t);
	const alice = linked(t, server, {port: other.address.port});
	alice.link.start();
	await alice.until(() => alice.state() === 'stopped');
	t.deepEqual(alice.states.at(-1), {state: 'stopped', problem: 'server-key'});
});

test('more names than the directory takes: the first thousand are watched, and others move up', async t => {
	const server = await startTestServer(t);
	const names = Array.from({length: 1100}, (_, index) => `n${index}`);
	const alice = await online(t, server);
	alice.link.watch(names);
	await alice.until(() => alice.presence.length === 1000);
	alice.link.unwatch(names.slice(0, 60));
	await alice.until(() => alice.presence.length === 1060);
	t.deepEqual(
		alice.presence,
		names.slice(0, 1060).map(name => `${name} off`),
	);
});

/** The longest pauses that chance gives. */
const longest = (size: number) => (size === 4 ? Buffer.alloc(4, 0xff) : random(size));

for (const isInDoubt of [true, false]) {
	test(`a connection that ends ${isInDoubt ? 'while its way is in doubt is made anew without a pause' : 'otherwise is made anew after one'}`, async t => {
		const server = await startTestServer(t);
		const wire = await startWire(t, server.address.port);
		const alice = await online(t, server, {port: wire.port, entropy: {...systemEntropy, random: longest}});
		const before = Date.now();
		if (isInDoubt) alice.link.check(['192.0.2.1']);
		else wire.cut();
		await alice.until(() => alice.state() === 'waiting');
		const waiting = alice.states.at(-1);
		t.true(
			waiting?.state === 'waiting' && (isInDoubt ? waiting.retryAt <= Date.now() : waiting.retryAt >= before + 999),
		);
	});
}

test('a login that is under way when the interfaces change begins anew at once', async t => {
	const server = await startTestServer(t);
	const reached = Promise.withResolvers<void>();
	const silent = await startStranger(t, () => reached.resolve());
	const alice = linked(t, server, {port: silent});
	alice.link.start();
	await reached.promise;
	const tries = alice.states.length;
	alice.link.check(['192.0.2.1']);
	await alice.until(() => alice.states.length > tries);
	t.deepEqual(alice.states, [{state: 'connecting'}, {state: 'connecting'}]);
	await alice.link.stop();
});
