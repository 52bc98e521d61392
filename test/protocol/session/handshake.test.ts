import {Buffer} from 'node:buffer';
import test from 'ava';
import {consumeResp, createInit, wipeInitiating} from '../../../source/protocol/session/initiator.ts';
import {
	consumeFin,
	consumeInit,
	type Tickets,
	wipeResponder,
	wipeResponding,
} from '../../../source/protocol/session/responder.ts';
import {createSession, openMsg, sealMsg} from '../../../source/protocol/session/session.ts';
import {RESP_SIZE} from '../../../source/wire/messages/handshake.ts';
import {
	atAlice,
	connect,
	digest,
	elsewhere,
	entropy,
	firstContact,
	introduce,
	isZero,
	meet,
	mustResp,
	must,
	NOW,
	person,
	pinnedOf,
	random,
	reason,
	respond,
	responderOf,
	secretsOf,
	ticketsOf,
} from './pair.ts';

test('alice → INIT → bob → RESP → alice → FIN, MSG → bob: data after three one-way trips, then both ways', async t => {
	const met = await meet();
	const trips: Buffer[] = [met.init];
	const {datagram, state} = await mustResp(met);
	trips.push(datagram);
	const {established, fin} = must(await consumeResp(met.initiating, datagram, NOW));
	const alice = createSession(established, NOW);
	const first = sealMsg(alice, Buffer.from('hello'), random);
	trips.push(Buffer.concat([fin, first.datagram]));

	const bob = createSession(must(consumeFin(state, fin)).established, NOW);
	t.is(must(openMsg(bob, first.datagram, NOW)).plaintext.toString(), 'hello');
	t.is(trips.length, 3);
	const back = sealMsg(bob, Buffer.from('hello yourself'), random);
	t.is(must(openMsg(alice, back.datagram, NOW)).plaintext.toString(), 'hello yourself');
});

test('both ends agree on the session and its keys, and name each other', async t => {
	const {a, b} = await connect();
	t.deepEqual(a.sid, b.sid);
	t.deepEqual(a.root, b.root);
	t.deepEqual(a.sending.key, b.receiving.keys[0]);
	t.deepEqual(b.sending.key, a.receiving.keys[0]);
	t.notDeepEqual(a.sending.key, b.sending.key);
	t.deepEqual([a.localIndex, a.remoteIndex], [b.remoteIndex, b.localIndex]);
	t.deepEqual([a.peer.name, b.peer.name], ['bob', 'alice']);
});

test('the same two never get the same keys twice', async t => {
	const [first, second] = [await connect(), await connect()];
	t.notDeepEqual(first.a.sid, second.a.sid);
	t.notDeepEqual(first.a.root, second.a.root);
});

test('RESP is smaller than INIT: nobody gets more than was sent', async t => {
	const met = await meet();
	const {datagram} = await mustResp(met);
	t.is(datagram.length, RESP_SIZE);
	t.true(datagram.length < met.init.length);
});

test('the same RESP again gives the same FIN and the same keys', async t => {
	const met = await meet();
	const {datagram} = await mustResp(met);
	const [one, two] = await Promise.all([
		consumeResp(met.initiating, datagram, NOW),
		consumeResp(met.initiating, datagram, NOW),
	]);
	t.deepEqual(must(one).fin, must(two).fin);
	t.deepEqual(must(one).established.root, must(two).established.root);
});

test('a first contact is accepted with the identity key that the server claims', async t => {
	const [alice, bob] = [person('alice'), person('bob')];
	const peer = {name: 'bob', pinned: undefined};
	const made = must(await createInit({local: alice, peer, grant: introduce(alice, bob), index: 1, now: NOW, entropy}));
	const step = must(await consumeInit(responderOf(bob), made.datagram, atAlice, NOW, firstContact));
	if (step.kind !== 'resp') throw new Error(`answered with ${step.kind}`);
	const {established, fin} = must(await consumeResp(made.state, step.datagram, NOW));
	t.deepEqual(established.peer, {name: 'bob', identityKey: bob.identity.publicKey});
	t.deepEqual(must(consumeFin(step.state, fin)).established.peer, {
		name: 'alice',
		identityKey: alice.identity.publicKey,
	});
});

test('the initiator refuses a grant for another key than the pinned one, for itself, and of an unknown suite', async t => {
	const [alice, bob, other] = [person('alice'), person('bob'), person('other')];
	const init = (
		to: string,
		pinned: ReturnType<typeof pinnedOf> | undefined,
		grant: Parameters<typeof createInit>[0]['grant'],
	) => createInit({local: alice, peer: {name: to, pinned}, grant, index: 1, now: NOW, entropy});
	const lie = introduce(alice, bob, {claimTo: other.identity.publicKey});
	t.is(reason(await init('bob', pinnedOf(bob), lie)), 'identity');
	t.is(reason(await init('alice', undefined, introduce(alice, bob))), 'self');
	const mine = introduce(alice, bob, {claimTo: alice.identity.publicKey});
	t.is(reason(await init('bob', undefined, mine)), 'self');
	t.is(reason(await init('bob', undefined, introduce(alice, bob, {suite: 99}))), 'suite');
});

test('the responder refuses a ticket with another key than the pinned one', async t => {
	const met = await meet();
	const pinned = pinnedOf(person('alice'));
	const before = digest(met.responder);
	t.is(reason(await consumeInit(met.responder, met.init, atAlice, NOW, () => pinned)), 'identity');
	t.is(digest(met.responder), before);
	t.truthy((await mustResp(met)).datagram);
});

test('who is blocked hears nothing, even a repeat', async t => {
	const met = await meet();
	const before = digest(met.responder);
	t.is(reason(await consumeInit(met.responder, met.init, atAlice, NOW, () => 'refuse')), 'blocked');
	t.is(digest(met.responder), before);
	await mustResp(met);
	t.is(reason(await consumeInit(met.responder, met.init, atAlice, NOW, () => 'refuse')), 'blocked');
});

const lying = {
	'for another name': [{to: 'carol'}, 'name'],
	'from the responder itself': [{from: 'bob'}, 'self'],
	'of a suite that the INIT does not name': [{suite: 2}, 'suite'],
} as const;
for (const [title, [lies, expected]] of Object.entries(lying)) {
	test(`a ticket ${title} is dropped: ${expected}`, async t => {
		const met = await meet();
		const {ticket} = introduce(met.alice, met.bob, lies);
		const datagram = Buffer.from(met.init);
		ticket.copy(datagram, 7);
		t.is(reason(await respond(met, datagram)), expected);
	});
}

test('an account that registers the responder’s own identity key is refused', async t => {
	const met = await meet();
	const grant = introduce(met.alice, met.bob, {identityKey: met.bob.identity.publicKey});
	const datagram = Buffer.from(met.init);
	grant.ticket.copy(datagram, 7);
	t.is(reason(await consumeInit(met.responder, datagram, atAlice, NOW, firstContact)), 'self');
});

test('a server that names another initiator key than the initiator’s ends the handshake, even at a first contact', async t => {
	const [alice, bob, other] = [person('alice'), person('bob'), person('other')];
	const grant = introduce(alice, bob, {identityKey: other.identity.publicKey});
	const peer = {name: 'bob', pinned: undefined};
	const {datagram} = must(await createInit({local: alice, peer, grant, index: 1, now: NOW, entropy}));
	t.is(reason(await consumeInit(responderOf(bob), datagram, atAlice, NOW, firstContact)), 'tag');
});

test('INIT and RESP are fresh within 30 s of server time, either way', async t => {
	for (const [skew, expected] of [
		[30_000, undefined],
		[-30_000, undefined],
		[30_001, 'time'],
		[-30_001, 'time'],
	] as const) {
		const met = await meet();
		t.is(reason(await respond(met, met.init, atAlice, NOW + skew)), expected, `INIT, ${skew} ms`);
		const again = await meet();
		const {datagram} = await mustResp(again);
		t.is(reason(await consumeResp(again.initiating, datagram, NOW + skew)), expected, `RESP, ${skew} ms`);
	}
});

test('a ticket that the server no longer vouches for is dropped, with the redeemer’s reason', async t => {
	const met = await meet();
	t.is(reason(await respond(met, met.init, atAlice, NOW + 90_001)), 'ticket-expired');
	t.is(reason(await consumeInit(responderOf(person('bob')), met.init, atAlice, NOW, firstContact)), 'ticket-key-id');
});

test('wiping a handshake leaves no key of it, on either side', async t => {
	const met = await meet();
	const {state} = await mustResp(met);
	wipeInitiating(met.initiating);
	wipeResponding(state);
	t.true([met.initiating.key, met.initiating.finIv, state.hs].every(isZero));
	const keys = secretsOf(met.responder.cookies);
	t.is(keys.length, 2);
	wipeResponder(met.responder);
	t.true(keys.every(isZero));
	t.is(met.responder.used.size, 0);
});

test('an authentic share outside [2, p − 2] is refused before anything is remembered', async t => {
	const pair = await entropy.dhKeyPair();
	for (const share of [Buffer.alloc(384), Buffer.alloc(384, 0xff), Buffer.concat([Buffer.alloc(383), Buffer.of(1)])]) {
		const weak = {...entropy, dhKeyPair: async () => ({...pair, share})};
		const met = await meet();
		const {alice, grant} = met;
		const peer = {name: 'bob', pinned: undefined};
		const {datagram} = must(await createInit({local: alice, peer, grant, index: 1, now: NOW, entropy: weak}));
		const before = digest(met.responder);
		t.is(reason(await respond(met, datagram)), 'share');
		t.is(digest(met.responder), before);

		const step = await mustResp({...met, responder: {...met.responder, entropy: weak}});
		t.is(reason(await consumeResp(met.initiating, step.datagram, NOW)), 'share');
	}
});

test('a RESP or FIN for another index is dropped before any key is derived', async t => {
	const met = await meet();
	const {datagram, state} = await mustResp(met);
	t.is(reason(await consumeResp({...met.initiating, index: met.initiating.index + 1}, datagram, NOW)), 'index');
	const {fin} = must(await consumeResp(met.initiating, datagram, NOW));
	const other = Buffer.from(fin);
	other[2]! ^= 1;
	t.is(reason(consumeFin(state, other)), 'index');
});

test('the key out of a ticket is wiped whatever becomes of its INIT', async t => {
	const met = await meet();
	const keys: Buffer[] = [];
	const tickets = ticketsOf(met.bob);
	const watched: Tickets = {
		...tickets,
		redeem(ticket, now) {
			const step = tickets.redeem(ticket, now);
			if ('body' in step) keys.push(step.body.key);
			return step;
		},
	};
	const watching = {...met, responder: {...met.responder, tickets: watched}};
	await respond(watching, met.init, elsewhere);
	await respond(watching, met.init, atAlice, NOW + 40_000);
	await mustResp(watching);
	await respond(watching);
	t.is(keys.length, 4);
	t.true(keys.every(isZero));
});
