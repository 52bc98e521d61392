// A device that joins, over real sockets: a guest asks to be admitted, the device that made the link admits it, and it signs in whole.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {systemRandom} from '../../source/crypto/random.ts';
import {continueJoining, startJoining} from '../../source/protocol/devices/link-joiner.ts';
import {consumeLinkRequest, createLinkOffer} from '../../source/protocol/devices/link-offer.ts';
import {ABSENT_RETRY_S} from '../../source/server/guest-requests.ts';
import {GUEST_LIMIT} from '../../source/server/guests.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {encodeDevices} from '../../source/wire/messages/devices.ts';
import {
	decodePing,
	decodeRefused,
	encodeCandidates,
	encodeNames,
	encodePing,
	encodeSearch,
} from '../../source/wire/messages/directory.ts';
import {encodeIntroduce} from '../../source/wire/messages/introduce.ts';
import {decodeLinkRequest, encodeLinkRequest} from '../../source/wire/messages/link-request.ts';
import {admit, found, handIn, logOf, pageIn, signInWhole} from '../../tools/members/device-accounts.ts';
import {identityOf, join, signIn, signUp} from '../../tools/members/directory-client.ts';
import {type TestServer, startTestServer} from './servers.ts';

const LAPTOP = {name: 'alice', device: 'laptop'};

/** Alice with a log, and a link that her device made. */
async function withLink(server: TestServer) {
	const alice = await signUp(server, {name: 'alice'});
	await found(alice);
	const {log, identity} = {log: await logOf(alice), identity: identityOf({name: 'alice'})};
	const offer = createLinkOffer({name: 'alice', foundingKey: log.foundingKey}, 'device', Date.now(), systemRandom);
	const {state, request} = startJoining(offer, identityOf(LAPTOP), 'laptop', systemRandom);
	return {alice, log, identity, offer, state, request};
}

test('a link, the password, and the new device is in: it sees the log that admits it and signs in whole', async t => {
	const server = await startTestServer(t);
	const {alice, log, identity, offer, state, request} = await withLink(server);
	const guest = await join(server, LAPTOP);
	guest.send(FRAME.linkRequest, encodeLinkRequest(request));
	const asked = decodeLinkRequest(await alice.next(FRAME.linkRequest));
	t.deepEqual(asked, request);
	const step = consumeLinkRequest(offer, asked!, log, identity, Date.now());
	if (step.kind !== 'extend') throw new Error(step.kind);
	await handIn(alice, encodeDeviceEntry(step.entry));
	const joined = continueJoining(state, pageIn(await guest.next(FRAME.log)));
	t.is(joined.kind, 'joined');
	await guest.close();
	const laptop = await signInWhole(server, LAPTOP);
	t.is((await logOf(laptop)).living.size, 2);
	await Promise.all([alice.close(), laptop.close()]);
});

test('a guest gets nothing from the directory but what it may ask for, and is online for nobody', async t => {
	const server = await startTestServer(t);
	const {alice, request} = await withLink(server);
	const bob = await signUp(server, {name: 'bob'});
	const guest = await join(server, LAPTOP);
	t.is(decodePing(await guest.request(FRAME.ping, encodePing(7), FRAME.pong)), 7);
	// With the high bit set these are passed over, as everywhere.
	guest.send(FRAME.devices, encodeDevices({request: 1, name: 'bob', from: 0}));
	await guest.request(FRAME.ping, encodePing(8), FRAME.pong);
	t.false(guest.passed.includes(FRAME.log));
	await guest.close();
	const forbidden = [
		[FRAME.watch, encodeNames(['bob'])],
		[FRAME.search, encodeSearch({request: 1, prefix: '', after: '', limit: 9})],
		[FRAME.introduce, encodeIntroduce({request: 1, name: 'bob', time: Date.now()})],
		[FRAME.candidates, encodeCandidates([])],
		[FRAME.changePassword, Buffer.alloc(403)],
		[FRAME.linkRequest, encodeLinkRequest({...request, subject: identityOf({name: 'mallory'}).publicKey})],
		[FRAME.linkRequest, encodeLinkRequest(request).subarray(1)],
	] as const;
	for (const [type, body] of forbidden) {
		const another = await join(server, LAPTOP);
		another.send(type, body);
		t.like(await another.alert(), {reason: 'malformed'}, String(type));
		await another.frames.closed;
	}

	t.false(alice.passed.includes(FRAME.linkRequest));
	await Promise.all([alice.close(), bob.close()]);
});

test('where no device is there that could answer, a guest is told to ask again; a keeper is none', async t => {
	const server = await startTestServer(t);
	const {alice, request} = await withLink(server);
	await admit(alice, 'keeper', 'keeper');
	await alice.close();
	await server.event(event => event.kind === 'signed out');
	const keeper = await signInWhole(server, {name: 'alice', device: 'keeper'});
	const guest = await join(server, LAPTOP);
	guest.send(FRAME.linkRequest, encodeLinkRequest(request));
	t.deepEqual(decodeRefused(await guest.next(FRAME.refused)), {request: 0, retryAfter: ABSENT_RETRY_S});
	await keeper.request(FRAME.ping, encodePing(1), FRAME.pong);
	t.false(keeper.passed.includes(FRAME.linkRequest));
	await Promise.all([keeper.close(), guest.close()]);
});

test('guests are few, ask seldom, stay no longer than a link, and go with the account', async t => {
	const server = await startTestServer(t);
	const {alice, request} = await withLink(server);
	const guests = await Promise.all(
		Array.from({length: GUEST_LIMIT}, async (_, index) => join(server, {name: 'alice', device: `guest ${index}`})),
	);
	const fifth = await join(server, LAPTOP);
	t.like(await fifth.alert(), {reason: 'busy'});
	await guests[0]!.close();
	await guests[1]!.request(FRAME.ping, encodePing(1), FRAME.pong);
	const guest = await join(server, LAPTOP);
	for (let count = 0; count < 4; count++) guest.send(FRAME.linkRequest, encodeLinkRequest(request));
	t.like(decodeRefused(await guest.next(FRAME.refused)), {request: 0, retryAfter: 10});
	for (let count = 0; count < 3; count++) await alice.next(FRAME.linkRequest);
	await alice.request(FRAME.ping, encodePing(2), FRAME.pong);
	t.false(alice.passed.includes(FRAME.linkRequest));
	for (let minute = 0; minute < 10; minute++) {
		server.clock.ahead += 60_000;
		if (minute < 9) await guest.request(FRAME.ping, encodePing(minute), FRAME.pong);
	}

	t.like(await guest.alert(), {reason: 'timeout'});
	await alice.close();
	await Promise.all(guests.map(async each => each.close()));
});

test('a device that is in already signs in as before, although it has asked as a guest once more', async t => {
	const server = await startTestServer(t);
	const {alice} = await withLink(server);
	await admit(alice, 'laptop');
	const guest = await join(server, LAPTOP);
	const laptop = await signIn(server, LAPTOP);
	t.is((await logOf(laptop)).count, 2);
	await Promise.all([alice.close(), guest.close(), laptop.close()]);
});
