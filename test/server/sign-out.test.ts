// However a session ends, its name is offline at once and its keys are wiped.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemServerClock} from '../../source/server/server-clock.ts';
import {type DirectorySession} from '../../source/protocol/login/login-keys.ts';
import {recordState} from '../../source/protocol/login/records.ts';
import {type MemberConnection} from '../../source/server/member.ts';
import {Arrivals} from '../../source/server/arrivals.ts';
import {Guests} from '../../source/server/guests.ts';
import {PresenceRegistry} from '../../source/server/presence-registry.ts';
import {LIMITS} from '../../source/server/rate-limits.ts';
import {type ServerEvent} from '../../source/server/server-events.ts';
import {type Directory, signIn, signOut} from '../../source/server/sessions.ts';
import {openStore} from '../../source/server/store/sqlite-store.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {decodePresence, encodeNames, encodePing} from '../../source/wire/messages/directory.ts';
import {type DirectoryClient, signUp} from '../../tools/members/directory-client.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {startTestServer} from './servers.ts';

function session(): DirectorySession {
	return {
		sessionId: systemRandom(16),
		ticketKeyId: systemRandom(8),
		ticketKey: systemRandom(64),
		bindKey: systemRandom(32),
		send: recordState(systemRandom(64), 0),
		receive: recordState(systemRandom(64), 0),
		observed: {host: '127.0.0.1', port: 1},
		clockOffset: 0,
	};
}

function secretsOf({sessionId, ticketKeyId, ticketKey, bindKey, send, receive}: DirectorySession): Buffer[] {
	return [sessionId, ticketKeyId, ticketKey, bindKey, send.key, receive.key];
}

const isZero = (bytes: Buffer) => bytes.every(byte => byte === 0);

test('sign-out wipes every key of the session and removes the name from every list', async t => {
	const events: ServerEvent[] = [];
	const store = openStore(`${temporaryFolder(t)}/directory.db`, systemRandom);
	t.teardown(async () => store.close());
	const presence = new PresenceRegistry();
	const directory: Directory = {
		store,
		presence,
		arrivals: new Arrivals(),
		guests: new Guests(),
		limits: LIMITS,
		random: systemRandom,
		clock: systemServerClock,
		emit: event => events.push(event),
	};
	const ended: string[] = [];
	const connection = (name: string): MemberConnection => ({send() {}, end: reason => ended.push(`${name} ${reason}`)});
	const identityKey = systemRandom(32);

	const stretching = {salt: systemRandom(16), logN: 17, r: 8, p: 1};
	const codeHash = Buffer.alloc(32);
	await store.register({name: 'alice', stretching, verifier: systemRandom(384), identityKey, codeHash}, 'open', 1);
	const memberOf = async (taken: DirectorySession, who: string) => {
		const member = await signIn(directory, {name: 'alice', identityKey}, taken, connection(who), () => true);
		if (typeof member === 'string') throw new Error(member);
		return member;
	};

	const [first, second] = [session(), session()];
	const sessionId = Buffer.from(second.sessionId);
	const one = await memberOf(first, 'first');
	presence.watch(one, ['bob'], 10);
	const two = await memberOf(second, 'second');
	t.deepEqual(ended, ['first displaced']);
	const kept = [...secretsOf(first), ...secretsOf(second)];
	t.false(kept.some(isZero));

	signOut(directory, one, 'displaced');
	t.true(secretsOf(first).every(isZero));
	t.false(secretsOf(second).some(isZero));
	t.deepEqual(presence.devicesOf('alice'), [two]);
	t.is(presence.watched, 0);
	signOut(directory, two, 'signed off');
	t.true(kept.every(isZero));
	t.is(presence.size, 0);
	t.is(presence.bySession(sessionId), undefined);
	t.deepEqual(events, [
		{kind: 'signed out', name: 'alice', how: 'displaced'},
		{kind: 'signed out', name: 'alice', how: 'signed off'},
	]);
});

const ends: ReadonlyArray<readonly [string, (client: DirectoryClient) => void]> = [
	['signed off', client => client.send(FRAME.signOff)],
	['connection lost', client => client.frames.socket.resetAndDestroy()],
	['connection lost', client => client.frames.socket.end()],
];

for (const [index, [how, end]] of ends.entries()) {
	test(`${how}, way ${index}: watchers hear it, and introductions to the name are over`, async t => {
		const server = await startTestServer(t);
		const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
		await Promise.all([alice.register(), bob.register()]);
		await bob.request(FRAME.watch, encodeNames(['alice']), FRAME.presence);
		end(alice);
		t.deepEqual(decodePresence(await bob.next(FRAME.presence)), [{name: 'alice', online: false}]);
		t.deepEqual(
			server.events.filter(event => event.kind === 'signed out'),
			[{kind: 'signed out', name: 'alice', how} as ServerEvent],
		);
		const asked = encodeIntroduce({request: 1, name: 'alice', time: Date.now()});
		const answer = await bob.request(FRAME.introduce, asked, FRAME.introduction);
		// Flag and grant: nothing but zeros.
		t.true(isZero(answer.subarray(4 + 33 + 8)));
		// Its BIND is a stranger's now: the answer to bob's is the first to come back.
		const udp = await bob.udp();
		udp.send(alice.bind(Date.now() + 1000), server.address.port, '127.0.0.1');
		t.truthy(await bob.register(Date.now() + 1));
		await alice.frames.closed;
		await alice.close();
		await bob.close();
	});
}

test('three missed keepalives end a session', async t => {
	const server = await startTestServer(t);
	const alice = await signUp(server, {name: 'alice'});
	server.clock.ahead += 74_000;
	await alice.request(FRAME.ping, encodePing(1), FRAME.pong);
	server.clock.ahead += 75_000;
	t.like(await alice.alert(), {reason: 'timeout'});
	await alice.frames.closed;
	t.like(await server.event(event => event.kind === 'signed out'), {name: 'alice', how: 'timed out'});
});

test('a server that stops tells everyone', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	const closed = server.close();
	t.like(await alice.alert(), {reason: 'shutdown', retryAfter: 5});
	t.like(await bob.alert(), {reason: 'shutdown'});
	await closed;
	await Promise.all([alice.frames.closed, bob.frames.closed]);
	t.is(server.events.filter(event => event.kind === 'signed out' && event.how === 'stopped').length, 2);
});
