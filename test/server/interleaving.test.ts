// What may happen while the store works: clients go, come twice, ask on, are removed; the server stops; the store fails.
import {setImmediate as turn} from 'node:timers/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {systemRandom} from '../../source/crypto/random.ts';
import {askAdmin} from '../../source/server/admin-socket.ts';
import {Arrivals} from '../../source/server/arrivals.ts';
import {Guests} from '../../source/server/guests.ts';
import {createMember} from '../../source/server/member.ts';
import {FOUNDING} from '../../source/server/device-standing.ts';
import {PresenceRegistry} from '../../source/server/presence-registry.ts';
import {LIMITS} from '../../source/server/rate-limits.ts';
import {handleRequest} from '../../source/server/requests.ts';
import {systemServerClock} from '../../source/server/server-clock.ts';
import {DATABASE} from '../../source/server/store/choose-store.ts';
import {openStore} from '../../source/server/store/sqlite-store.ts';
import {extendLog, joinConsent} from '../../source/protocol/devices/device-log.ts';
import {recordState} from '../../source/protocol/login/records.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {encodeExtendLog} from '../../source/wire/messages/devices.ts';
import {
	decodePresence,
	decodeResults,
	encodeBlock,
	encodeNames,
	encodePing,
	encodeSearch,
} from '../../source/wire/messages/directory.ts';
import {admit, found, logOf, remove} from '../../tools/members/device-accounts.ts';
import {attemptLogin, identityOf, signIn, signUp} from '../../tools/members/directory-client.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {within} from '../../tools/within.ts';
import {HeldStore} from './held-store.ts';
import {startTestServer} from './servers.ts';

async function heldServer(t: ExecutionContext) {
	const data = temporaryFolder(t);
	const held = new HeldStore(openStore(path.join(data, DATABASE), systemRandom));
	const server = await startTestServer(t, {data, openStore: async () => held.store});
	return {held, server};
}

const soon = async <T>(promise: Promise<T>, what: string): Promise<T> => within(promise, 20_000, () => what);

const search = encodeSearch({request: 1, prefix: '', after: '', limit: 10});

test('requests of one connection are answered in their order, whatever the store takes for the first', async t => {
	const {held, server} = await heldServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	held.hold('names');
	alice.send(FRAME.search, search);
	for (let token = 0; token < 50; token++) alice.send(FRAME.ping, encodePing(token));
	await held.waiting('names');
	// Others are served meanwhile.
	await bob.request(FRAME.ping, encodePing(1), FRAME.pong);
	t.deepEqual(alice.passed, []);
	held.release('names');
	await alice.next(FRAME.pong);
	t.deepEqual(alice.passed.filter(type => type === FRAME.results).length, 1);
	for (let token = 1; token < 50; token++) await alice.next(FRAME.pong);
	await Promise.all([alice.close(), bob.close()]);
});

test('whoever goes while the store works is offline at once, and what comes back is for nobody', async t => {
	const {held, server} = await heldServer(t);
	const alice = await signUp(server, {name: 'alice'});
	const bob = await signUp(server, {name: 'bob'});
	await alice.register();
	await bob.request(FRAME.watch, encodeNames(['alice']), FRAME.presence);
	held.hold('names');
	alice.send(FRAME.search, search);
	await held.waiting('names');
	await alice.close();
	t.deepEqual(decodePresence(await soon(bob.next(FRAME.presence), 'alice does not go')), [
		{name: 'alice', online: false},
	]);
	held.release('names');
	t.is(decodeResults(await bob.request(FRAME.search, search, FRAME.results))?.entries.length, 2);
	t.deepEqual(
		server.events.filter(({kind}) => kind === 'failed' || kind === 'dropped'),
		[],
	);
	await bob.close();
});

test('who has gone while the logs of names were read watches none of them', async t => {
	const held = new HeldStore(openStore(path.join(temporaryFolder(t), DATABASE), systemRandom));
	t.teardown(async () => held.store.close());
	const presence = new PresenceRegistry();
	const connection = {send: () => t.fail('it was sent something'), end() {}};
	const session = {
		sessionId: systemRandom(16),
		ticketKeyId: systemRandom(8),
		ticketKey: systemRandom(64),
		bindKey: systemRandom(32),
		send: recordState(systemRandom(64), 0),
		receive: recordState(systemRandom(64), 0),
		observed: {host: '127.0.0.1', port: 1},
		clockOffset: 0,
	};
	const identity = {name: 'alice', identityKey: systemRandom(32), generation: 1};
	const member = createMember(identity, FOUNDING, session, connection, [], LIMITS, systemServerClock);
	member.speaksDevices = true;
	presence.add(member);
	const directory = {
		store: held.store,
		presence,
		arrivals: new Arrivals(),
		guests: new Guests(),
		limits: LIMITS,
		random: systemRandom,
		clock: systemServerClock,
		emit() {},
	};
	held.hold('longLogs');
	const verdict = handleRequest(directory, member, FRAME.watch, encodeNames(['bob', 'carol']));
	presence.remove(member);
	held.release('longLogs');
	t.is(await verdict, 'done');
	t.is(presence.watched, 0);
});

test('of two sessions of a device whose logins end at once, the one that comes last stays', async t => {
	const {held, server} = await heldServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	held.hold('blocked');
	const logins = [0, 1].map(async () => signIn(server, {name: 'alice'}));
	await held.waiting('blocked', 2);
	t.is(server.events.filter(({kind}) => kind === 'signed in').length, 1);
	held.release('blocked');
	const clients = await Promise.all(logins);
	const reasons = await soon(Promise.race(clients.map(async client => client.alert())), 'both stay');
	t.like(reasons, {reason: 'displaced'});
	await server.event(event => event.kind === 'signed out' && event.how === 'displaced');
	await Promise.all(clients.map(async client => client.close()));
});

test('a login whose client goes before the store has answered leaves no session, and keeps no older one away', async t => {
	const {held, server} = await heldServer(t);
	const alice = await signUp(server, {name: 'alice'});
	held.hold('blocked');
	const second = attemptLogin(server, 'sign-in', {name: 'alice'});
	await held.waiting('blocked');
	const closed = server.close();
	t.like(await soon(second, 'the login does not end'), {kind: 'established'});
	t.like(await alice.alert(), {reason: 'shutdown'});
	held.release('blocked');
	await soon(closed, 'the server does not stop');
	t.is(server.events.filter(({kind}) => kind === 'signed in').length, 1);
	t.is(server.events.filter(({kind}) => kind === 'signed out').length, 1);
	await alice.close();
});

test('a device that is removed while its account is read for its login does not get in', async t => {
	const {held, server} = await heldServer(t);
	const first = await signUp(server, {name: 'alice'});
	await found(first);
	await admit(first, 'laptop');
	held.hold('blocked');
	const login = attemptLogin(server, 'sign-in', {name: 'alice', device: 'laptop'});
	await held.waiting('blocked');
	t.like(await remove(first, 'laptop'), {count: 3});
	held.release('blocked');
	const result = await soon(login, 'the login does not end');
	if (result.kind !== 'established') throw new Error(result.kind);
	t.like(await result.client.alert(), {reason: 'deviceRemoved'});
	t.like(server.events.at(-1), {kind: 'refused', reason: 'deviceRemoved'});
	await Promise.all([first.close(), result.client.close()]);
});

test('a name that is blocked while another device of the account signs in is blocked for that device too', async t => {
	const {held, server} = await heldServer(t);
	const first = await signUp(server, {name: 'alice'});
	await found(first);
	await admit(first, 'laptop');
	const bob = await signUp(server, {name: 'bob'});
	held.hold('blocked');
	const login = signIn(server, {name: 'alice', device: 'laptop'});
	await held.waiting('blocked');
	await first.request(FRAME.block, encodeBlock({name: 'bob', blocked: true}), FRAME.blocked);
	held.release('blocked');
	const laptop = await soon(login, 'the login does not end');
	await logOf(laptop);
	await first.close();
	await laptop.register();
	const answer = await bob.request(FRAME.watch, encodeNames(['alice']), FRAME.presence);
	t.deepEqual(decodePresence(answer), [{name: 'alice', online: false}]);
	await Promise.all([laptop.close(), bob.close()]);
});

test('no SRP goes out before the attempt is counted, and none when it cannot be', async t => {
	const {held, server} = await heldServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	held.hold('reserve');
	const sizes: number[] = [];
	const login = attemptLogin(server, 'sign-in', {name: 'alice'}, sizes);
	await held.waiting('reserve');
	await turn();
	// CHALLENGE and SERVER alone.
	t.is(sizes.length, 2);
	held.release('reserve');
	const result = await soon(login, 'the login does not end');
	if (result.kind === 'established') await result.client.close();
	t.is(result.kind, 'established');

	held.fail('reserve');
	for (const name of ['alice', 'nobody']) {
		const refused = await attemptLogin(server, 'sign-in', {name});
		t.like(refused, {kind: 'refused', alert: {reason: 'internal'}});
		t.true(refused.kind === 'refused' && refused.alert.retryAfter > 0);
	}

	held.release('reserve');
	await (await signIn(server, {name: 'alice'})).close();
});

test('a store that fails ends what was asked of it with a time to come back, and nothing else', async t => {
	const {held, server} = await heldServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	held.fail('names');
	alice.send(FRAME.search, search);
	const alert = await alice.alert();
	t.like(alert, {reason: 'internal'});
	t.true((alert?.retryAfter ?? 0) > 0);
	await bob.request(FRAME.ping, encodePing(1), FRAME.pong);
	held.fail('blocked');
	const result = await attemptLogin(server, 'sign-in', {name: 'alice'});
	if (result.kind !== 'established') throw new Error(result.kind);
	t.like(await result.client.alert(), {reason: 'internal'});
	held.release('blocked');
	t.is(server.events.filter(({kind}) => kind === 'failed').length, 2);
	await Promise.all([bob.close(), alice.close(), result.client.close()]);
	await (await signIn(server, {name: 'alice'})).close();
});

test('an account that starts over while its device changes something ends that session, and the change does not count', async t => {
	const {held, server} = await heldServer(t);
	const first = await signUp(server, {name: 'alice'});
	await found(first);
	const log = await logOf(first);
	const joining = identityOf({name: 'alice', device: 'laptop'});
	const consent = joinConsent(joining, 'alice', log.foundingKey);
	const change = {kind: 'add', subject: joining.publicKey, role: 'device', consent} as const;
	const entry = encodeDeviceEntry(extendLog(log, identityOf({name: 'alice'}), change, Date.now()));
	held.hold('log');
	first.send(FRAME.extendLog, encodeExtendLog({request: 2, entry}));
	await held.waiting('log');
	t.like(await askAdmin(server.data, {command: 'reset', name: 'alice'}), {kind: 'link'});
	t.like(await first.alert(), {reason: 'removed'});
	held.release('log');
	await server.close();
	const store = openStore(path.join(server.data, DATABASE), systemRandom);
	t.is((await store.log('alice', 0, 10)).count, 1);
	await store.close();
	t.false(server.events.some(({kind}) => kind === 'failed'));
});
