// What signed-in clients ask for, over real sockets: presence, search, blocks, introductions, punches, account changes.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {sign} from '../../source/crypto/identity.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {srpVerifier} from '../../source/crypto/srp.ts';
import {consumeIntroduction} from '../../source/protocol/introduce/introduction.ts';
import {redeemTicket} from '../../source/protocol/introduce/ticket.ts';
import {identityChangeStatement} from '../../source/protocol/login/login-keys.ts';
import {sealKeyUpdate} from '../../source/protocol/login/records.ts';
import {UNBOUND_MS} from '../../source/server/client-times.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {
	type Presence,
	decodeBlock,
	decodeCandidates,
	decodeNames,
	decodePing,
	decodePresence,
	decodeRefused,
	decodeResults,
	encodeBlock,
	encodeCandidates,
	encodeChangeIdentity,
	encodeChangePassword,
	encodeNames,
	encodePing,
	encodeSearch,
} from '../../source/wire/messages/directory.ts';
import {encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {
	type DirectoryClient,
	attemptLogin,
	identityOf,
	quickStretch,
	signIn,
	signUp,
} from '../../tools/members/directory-client.ts';
import {startTestServer} from './servers.ts';

async function presence(client: DirectoryClient): Promise<Presence[] | undefined> {
	return decodePresence(await client.next(FRAME.presence));
}

async function watch(client: DirectoryClient, ...names: string[]): Promise<Presence[] | undefined> {
	client.send(FRAME.watch, encodeNames(names));
	return presence(client);
}

/** Waits until the server has dealt with everything sent so far. */
async function settle(client: DirectoryClient): Promise<void> {
	await client.request(FRAME.ping, encodePing(1), FRAME.pong);
}

async function search(client: DirectoryClient, prefix: string, after = '', limit = 255) {
	const body = encodeSearch({request: 9, prefix, after, limit});
	return decodeResults(await client.request(FRAME.search, body, FRAME.results));
}

let requests = 0;

async function introduce(client: DirectoryClient, name: string, time = Date.now()) {
	const asked = {request: requests++, name, time};
	return consumeIntroduction(
		await client.request(FRAME.introduce, encodeIntroduce(asked), FRAME.introduction),
		asked,
		Date.now(),
	);
}

/** What REFUSED says in place of an introduction. */
async function refused(client: DirectoryClient, name: string) {
	const body = encodeIntroduce({request: 7, name, time: Date.now()});
	return decodeRefused(await client.request(FRAME.introduce, body, FRAME.refused));
}

async function block(client: DirectoryClient, name: string, blocked = true): Promise<void> {
	await client.request(FRAME.block, encodeBlock({name, blocked}), FRAME.blocked);
}

test('who watches a name hears of it at once, who does not hears nothing', async t => {
	const server = await startTestServer(t);
	const [alice, carol] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'carol'})];
	await carol.register();
	t.deepEqual(await watch(alice, 'bob', 'carol', 'nobody'), [
		{name: 'bob', online: false},
		{name: 'carol', online: true},
		{name: 'nobody', online: false},
	]);
	const bob = await signUp(server, {name: 'bob'});
	await bob.register();
	t.deepEqual(await presence(alice), [{name: 'bob', online: true}]);
	await bob.close();
	t.deepEqual(await presence(alice), [{name: 'bob', online: false}]);
	alice.send(FRAME.unwatch, encodeNames(['bob']));
	await settle(alice);
	const again = await signIn(server, {name: 'bob'});
	await again.register();
	await carol.close();
	// The next push is about carol: bob's coming was not told.
	t.deepEqual(await presence(alice), [{name: 'carol', online: false}]);
	await again.close();
	await alice.close();
});

test('a client watches a thousand names and no more', async t => {
	const server = await startTestServer(t);
	const alice = await signUp(server, {name: 'alice'});
	const names = Array.from({length: 1001}, (_, index) => `n${index}`);
	for (let start = 0; start < 1000; start += 250) {
		t.is((await watch(alice, ...names.slice(start, start + 250)))?.length, 250);
	}

	const full = await alice.request(FRAME.watch, encodeNames(['n1000']), FRAME.refused);
	t.deepEqual(decodeRefused(full), {request: 0, retryAfter: 0});
	t.is((await watch(alice, 'n1', 'n2'))?.length, 2);
	await alice.close();
});

test('search goes through all names with a prefix, page by page, and is limited', async t => {
	const server = await startTestServer(t);
	const names = ['ann', 'anna', 'annabel', 'bob'];
	const clients = await Promise.all(names.map(async name => signUp(server, {name})));
	await Promise.all(clients.map(async client => client.register()));
	const [ann, anna] = clients as [DirectoryClient, DirectoryClient];
	await anna.close();
	await server.event(event => event.kind === 'signed out');
	t.deepEqual(await search(ann, 'ann', '', 2), {
		request: 9,
		more: true,
		entries: [
			{name: 'ann', online: true},
			{name: 'anna', online: false},
		],
	});
	t.deepEqual(await search(ann, 'ann', 'anna', 2), {
		request: 9,
		more: false,
		entries: [{name: 'annabel', online: true}],
	});
	t.deepEqual(
		(await search(ann, ''))?.entries.map(({name}) => name),
		names,
	);
	t.deepEqual((await search(ann, 'zoe'))?.entries, []);
	for (let count = 0; count < 30; count++) {
		ann.send(FRAME.search, encodeSearch({request: count, prefix: '', after: '', limit: 1}));
	}

	const answer = decodeRefused(await ann.next(FRAME.refused));
	t.is(answer?.retryAfter, 1);
	await Promise.all(clients.map(async client => client.close()));
});

test('to whom somebody blocks, they are offline in every way', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	await Promise.all([alice.register(), bob.register()]);
	await watch(alice, 'bob');
	t.not(await introduce(alice, 'bob'), 'unavailable');
	const answer = await bob.request(FRAME.block, encodeBlock({name: 'alice', blocked: true}), FRAME.blocked);
	t.deepEqual(decodeBlock(answer), {name: 'alice', blocked: true});
	t.deepEqual(await presence(alice), [{name: 'bob', online: false}]);
	t.deepEqual(await watch(alice, 'bob'), [{name: 'bob', online: false}]);
	t.deepEqual((await search(alice, 'bob'))?.entries, [{name: 'bob', online: false}]);
	t.is(await introduce(alice, 'bob'), 'unavailable');
	// It is remembered over sessions, and neither leaving nor coming back shows.
	await bob.close();
	const again = await signIn(server, {name: 'bob'});
	await again.register();
	t.deepEqual(await watch(alice, 'bob'), [{name: 'bob', online: false}]);
	// It goes one way.
	t.not(await introduce(again, 'alice'), 'unavailable');
	await block(again, 'alice', false);
	t.deepEqual(await presence(alice), [{name: 'bob', online: true}]);
	t.not(await introduce(alice, 'bob'), 'unavailable');
	await alice.close();
	await again.close();
});

test('a client blocks as many names as the limit says', async t => {
	const server = await startTestServer(t, {limits: {blocked: 3}});
	const alice = await signUp(server, {name: 'alice'});
	for (const name of ['x', 'y', 'z', 'z']) await block(alice, name);
	t.truthy(await alice.request(FRAME.block, encodeBlock({name: 'w', blocked: true}), FRAME.refused));
	await block(alice, 'x', false);
	await block(alice, 'w');
	await alice.close();
});

test('an introduction gives both the same key, and its ticket opens under the peer’s ticket key alone', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	const [atAlice, atBob] = [await alice.register(), await bob.register()];
	const local = [
		{host: '10.0.0.2', port: 1000},
		{host: '2001:db8::1', port: 1001},
		{host: '10.0.0.3', port: 1002},
		{host: '10.0.0.4', port: 1003},
	];
	bob.send(FRAME.candidates, encodeCandidates(local));
	await settle(bob);
	const answer = await introduce(alice, 'bob');
	if (answer === 'unavailable' || 'drop' in answer) throw new Error('no grant');
	const {grant} = answer;
	t.deepEqual(
		grant.addresses.map(({host}) => host),
		[atBob!.host, '10.0.0.2', '10.0.0.3', '10.0.0.4'],
	);
	t.deepEqual(grant.identityKey, identityOf({name: 'bob'}).publicKey);
	const {ticketKeyId: id, ticketKey: key} = bob.session;
	const ticket = redeemTicket(grant.ticket, [{id, key}], Date.now());
	if (!('body' in ticket)) throw new Error(ticket.drop);
	t.like(ticket.body, {from: 'alice', to: 'bob', life: 60, address: atAlice!});
	t.deepEqual(ticket.body.key, grant.key);
	t.deepEqual(ticket.body.identityKey, identityOf({name: 'alice'}).publicKey);
	t.is(grant.ticket.indexOf(grant.key), -1);
	const own = {id: alice.session.ticketKeyId, key: alice.session.ticketKey};
	t.deepEqual(redeemTicket(grant.ticket, [own], Date.now()), {drop: 'key-id'});
	t.deepEqual(redeemTicket(grant.ticket, [{id, key: own.key}], Date.now()), {drop: 'tag'});
	await alice.close();
	await bob.close();
});

test('without a UDP address on both sides, without freshness, or to oneself, nobody is introduced', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	// Whoever asks: without an address of its own it learns nothing of anybody.
	for (const name of ['bob', 'nobody']) t.deepEqual(await refused(alice, name), {request: 7, retryAfter: 1});
	await alice.register();
	t.deepEqual(await refused(alice, 'bob'), {request: 7, retryAfter: 1});
	t.deepEqual(await refused(bob, 'alice'), {request: 7, retryAfter: 1});
	await bob.register();
	t.not(await introduce(alice, 'bob'), 'unavailable');
	t.is(await introduce(alice, 'bob', Date.now() - 61_000), 'unavailable');
	t.is(await introduce(alice, 'bob', Date.now() + 62_000), 'unavailable');
	t.is(await introduce(alice, 'alice'), 'unavailable');
	t.is(await introduce(alice, 'nobody'), 'unavailable');
	await alice.close();
	await bob.close();
});

test('introductions come sixty at once, then ten a second; the rest is told when to ask again', async t => {
	const server = await startTestServer(t);
	const alice = await signUp(server, {name: 'alice'});
	await alice.register();
	for (let request = 0; request < 80; request++) {
		alice.send(FRAME.introduce, encodeIntroduce({request, name: 'nobody', time: Date.now()}));
	}

	const answer = decodeRefused(await alice.next(FRAME.refused));
	t.true(answer !== undefined && answer.request >= 60);
	t.is(answer?.retryAfter, 1);
	await alice.close();
});

test('a punch request reaches the peer with the asker’s addresses, unless blocked', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	const ask = (name = 'bob') => alice.send(FRAME.punchRequest, encodeIntroduce({request: 1, name, time: Date.now()}));
	ask();
	ask('nobody');
	await settle(alice);
	const at = await alice.register();
	const local = {host: '10.0.0.2', port: 1000};
	alice.send(FRAME.candidates, encodeCandidates([local]));
	ask();
	// The first PUNCH is the one after BIND: before it there was nothing to tell.
	t.deepEqual(decodeCandidates(await bob.next(FRAME.punch)), [at!, local]);
	await block(bob, 'alice');
	ask();
	await settle(alice);
	await block(bob, 'alice', false);
	alice.send(FRAME.candidates, encodeCandidates([]));
	ask();
	t.deepEqual(decodeCandidates(await bob.next(FRAME.punch)), [at!]);
	await alice.close();
	await bob.close();
});

test('a new password counts from the next login on', async t => {
	const server = await startTestServer(t);
	const alice = await signUp(server, {name: 'alice'});
	const stretching = {salt: systemRandom(16), logN: 17, r: 8, p: 1};
	const verifier = srpVerifier(await quickStretch('new')(stretching.salt, stretching));
	await alice.request(FRAME.changePassword, encodeChangePassword({stretching, verifier}), FRAME.changed);
	await alice.close();
	t.like(await attemptLogin(server, 'sign-in', {name: 'alice'}), {alert: {reason: 'credentials'}});
	await (await signIn(server, {name: 'alice', password: 'new'})).close();
});

test('a weak or impossible verifier ends the connection and changes nothing', async t => {
	const server = await startTestServer(t);
	await (await signUp(server, {name: 'alice'})).close();
	const stretching = {salt: systemRandom(16), logN: 17, r: 8, p: 1};
	const verifier = srpVerifier(systemRandom(32));
	for (const change of [
		{stretching: {...stretching, logN: 10}, verifier},
		{stretching, verifier: Buffer.alloc(384)},
		{stretching, verifier: Buffer.alloc(384, 0xff)},
	]) {
		const alice = await signIn(server, {name: 'alice'});
		alice.send(FRAME.changePassword, encodeChangePassword(change));
		t.like(await alice.alert(), {reason: 'malformed'});
		await alice.frames.closed;
	}
});

test('a new identity key needs the signatures of the old and the new, and goes out with the next introduction', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	await Promise.all([alice.register(), bob.register()]);
	const [before, after] = [identityOf({name: 'alice'}), identityOf({name: 'alice', device: 'new'})];
	const statement = identityChangeStatement('alice', after.publicKey);
	const change = {
		identityKey: after.publicKey,
		signatureOld: sign(before, statement),
		signatureNew: sign(after, statement),
	};
	await alice.request(FRAME.changeIdentity, encodeChangeIdentity(change), FRAME.changed);
	const answer = await introduce(bob, 'alice');
	t.deepEqual(answer !== 'unavailable' && 'grant' in answer && answer.grant.identityKey, after.publicKey);
	await alice.close();
	t.like(await attemptLogin(server, 'sign-in', {name: 'alice'}), {alert: {reason: 'identityUnknown'}});
	const moved = await signIn(server, {name: 'alice', device: 'new'});

	const back = identityChangeStatement('alice', before.publicKey);
	const forged = {identityKey: before.publicKey, signatureOld: sign(before, back), signatureNew: sign(before, back)};
	moved.send(FRAME.changeIdentity, encodeChangeIdentity(forged));
	t.like(await moved.alert(), {reason: 'malformed'});
	await (await signIn(server, {name: 'alice', device: 'new'})).close();
	await bob.close();
});

test('both directions move to new keys on their own', async t => {
	const server = await startTestServer(t);
	const alice = await signUp(server, {name: 'alice'});
	alice.frames.write(sealKeyUpdate(alice.session.send, systemRandom, Date.now()));
	t.is(decodePing(await alice.request(FRAME.ping, encodePing(7), FRAME.pong)), 7);
	// An hour later the server changes its own; to be heard from meanwhile keeps the session.
	for (let hour = 0; hour < 3_600_000; hour += 60_000) {
		server.clock.ahead += 60_000;
		t.is(decodePing(await alice.request(FRAME.ping, encodePing(hour), FRAME.pong)), hour);
	}

	t.is((await alice.next(FRAME.keyUpdate)).length, 0);
	t.is(decodePing(await alice.request(FRAME.ping, encodePing(8), FRAME.pong)), 8);
	await alice.close();
});

test('records that may be ignored are', async t => {
	const server = await startTestServer(t);
	const alice = await signUp(server, {name: 'alice'});
	alice.send(0xf0, systemRandom(100));
	t.is(decodePing(await alice.request(FRAME.ping, encodePing(3), FRAME.pong)), 3);
	alice.send(0x7f);
	t.like(await alice.alert(), {reason: 'malformed'});
	await alice.frames.closed;
});

test('the first INTRODUCE behind PRESENCE is granted: nobody is said to be online before their UDP address is known', async t => {
	const server = await startTestServer(t);
	const alice = await signUp(server, {name: 'alice'});
	await alice.register();
	await watch(alice, 'bob');
	const bob = await signUp(server, {name: 'bob'});
	await settle(bob);
	await settle(alice);
	t.deepEqual(await watch(alice, 'bob'), [{name: 'bob', online: false}]);
	await bob.register();
	t.deepEqual(await presence(alice), [{name: 'bob', online: true}]);
	const answer = await introduce(alice, 'bob');
	t.true(typeof answer === 'object' && 'grant' in answer);
	await alice.close();
	await bob.close();
});

test('who is signed in without UDP is told as such after five seconds, and as online once it comes', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	t.deepEqual(await watch(alice, 'bob'), [{name: 'bob', online: false}]);
	server.clock.ahead += UNBOUND_MS;
	t.deepEqual(decodeNames(await alice.next(FRAME.unbound)), ['bob']);
	t.deepEqual(await presence(alice), [{name: 'bob', online: false}]);
	t.deepEqual(await watch(alice, 'bob'), [{name: 'bob', online: false}]);
	t.deepEqual(decodeNames(await alice.next(FRAME.unbound)), ['bob']);
	await bob.register();
	t.deepEqual(await presence(alice), [{name: 'bob', online: true}]);
	await alice.close();
	await bob.close();
});

test('block and unblock at 85 a second push little to the other, and the last state', async t => {
	const server = await startTestServer(t, {sweepMs: 1000});
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	await Promise.all([alice.register(), bob.register()]);
	await watch(alice, 'bob');
	for (let count = 0; count < 85; count++) {
		bob.send(FRAME.block, encodeBlock({name: 'alice', blocked: count % 2 === 0}));
	}

	const answers: boolean[] = [];
	for (let count = 0; count < 85; count++) answers.push(decodeBlock(await bob.next(FRAME.blocked))!.blocked);
	// Past the rate the answer is what stays stored.
	t.true(answers.slice(0, 60).every((blocked, index) => blocked === (index % 2 === 0)));
	t.true(answers.slice(70).filter((blocked, index) => blocked !== (index % 2 === 0)).length > 5);
	t.deepEqual(await presence(alice), [{name: 'bob', online: false}]);
	await settle(alice);
	t.true(alice.passed.filter(type => type === FRAME.presence).length <= 2);
	await alice.close();
	await bob.close();
});

test('a member can point others at nobody: of its addresses the server keeps its own host and private ones', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	const [, atBob] = [await alice.register(), await bob.register()];
	const foreign = [
		['127.0.0.2', '224.0.0.1', '255.255.255.255', '0.0.0.0'],
		['198.51.100.7', '240.0.0.1', '100.64.0.1', '2001:db8::1'],
		['::', '::1', 'ff02::1', '::7f00:1'],
	];
	for (const hosts of foreign) {
		bob.send(FRAME.candidates, encodeCandidates(hosts.map(host => ({host, port: 9999}))));
		await settle(bob);
		const answer = await introduce(alice, 'bob');
		t.deepEqual(typeof answer === 'object' && 'grant' in answer && answer.grant.addresses, [atBob!]);
		bob.send(FRAME.punchRequest, encodeIntroduce({request: 1, name: 'alice', time: Date.now()}));
		t.deepEqual(decodeCandidates(await alice.next(FRAME.punch)), [atBob!]);
	}

	// Its own host at another port, as a router that forwards one has it.
	const mapped = {host: '127.0.0.1', port: 9999};
	bob.send(FRAME.candidates, encodeCandidates([mapped]));
	await settle(bob);
	const answer = await introduce(alice, 'bob');
	t.deepEqual(typeof answer === 'object' && 'grant' in answer && answer.grant.addresses, [atBob!, mapped]);
	await alice.close();
	await bob.close();
});
