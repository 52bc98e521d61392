import {Buffer} from 'node:buffer';
import test from 'ava';
import {consumeResp, createInit} from '../../../source/protocol/session/initiator.ts';
import {countSender, maySend, type Senders} from '../../../source/protocol/session/handshake-rates.ts';
import {consumeFin} from '../../../source/protocol/session/responder.ts';
import {rememberTicket, TICKET_LIMIT, usedTicket, type UsedTickets} from '../../../source/protocol/session/replay.ts';
import {atAlice, digest, entropy, meet, must, mustResp, NOW, random, reason, respond} from './pair.ts';

test('the same INIT again gets the same RESP, byte for byte', async t => {
	const met = await meet();
	const {datagram} = await mustResp(met);
	const before = digest(met.responder);
	const again = must(await respond(met, Buffer.from(met.init), atAlice, NOW + 8000));
	t.is(again.kind, 'repeat');
	t.deepEqual(again.datagram, datagram);
	t.is(digest(met.responder), before);
});

test('two copies of an INIT at once cost one DH', async t => {
	const met = await meet();
	let pairs = 0;
	const counting = {
		...entropy,
		dhKeyPair() {
			pairs++;
			return entropy.dhKeyPair();
		},
	};
	const counted = {...met, responder: {...met.responder, entropy: counting}};
	const steps = (await Promise.all([respond(counted), respond(counted)])).map(step => must(step));
	t.deepEqual(
		steps.map(step => step.kind),
		['resp', 'repeat'],
	);
	t.deepEqual(steps[0]?.datagram, steps[1]?.datagram);
	t.is(pairs, 1);
});

test('a ticket used once opens nothing for another INIT', async t => {
	const met = await meet();
	await mustResp(met);
	const before = digest(met.responder);
	const peer = {name: 'bob', pinned: undefined};
	const again = must(await createInit({local: met.alice, peer, grant: met.grant, index: 8, now: NOW, entropy}));
	t.is(reason(await respond(met, again.datagram)), 'replay');
	t.is(digest(met.responder), before);
	t.is(must(await respond(met)).kind, 'repeat');
});

test('who saw a ticket pass cannot use it up: without the key in it, an INIT is dropped and forgotten', async t => {
	const met = await meet();
	const thief = Buffer.from(met.init);
	random(480).copy(thief, 7 + 248);
	t.is(reason(await respond(met, thief)), 'tag');
	t.is(must(await respond(met)).kind, 'resp');
});

test('forged INITs with a ticket that was seen to pass do not lock its owner out, nor does a copy of the true one', async t => {
	const met = await meet();
	const before = digest(met.responder);
	for (let count = 0; count < 20; count++) {
		const forged = Buffer.from(met.init);
		random(480).copy(forged, 7 + 248);
		t.is(reason(await respond(met, forged)), 'tag');
	}

	t.is(digest(met.responder), before, 'nothing of them counts');
	t.is(must(await respond(met)).kind, 'resp');
	for (let count = 0; count < 4; count++) t.is(must(await respond(met)).kind, 'repeat');
	for (let count = 1; count < 4; count++) {
		const next = await meet(count, met.alice, met.bob, met.responder);
		t.is(must(await respond(next)).kind, 'resp', 'four handshakes of hers are left, less the one');
	}
});

test('a ticket that was forgotten for the 1,025th costs another answer, and makes no second session', async t => {
	const met = await meet();
	const first = await mustResp(met);
	const {fin} = must(await consumeResp(met.initiating, first.datagram, NOW));
	for (let count = 0; count < TICKET_LIMIT; count++) {
		rememberTicket(met.responder.used, random(16), {init: random(32), resp: Promise.resolve(random(1))}, NOW, NOW);
	}

	const second = await mustResp(met);
	t.notDeepEqual(second.datagram, first.datagram);
	t.truthy(reason(consumeFin(second.state, fin)));
	const aimed = Buffer.from(fin);
	aimed.writeUInt32BE(second.state.localIndex, 2);
	t.is(reason(consumeFin(second.state, aimed)), 'tag');
});

test('a used ticket is remembered 90 s, and in any case while it could still be redeemed', t => {
	const used: UsedTickets = new Map();
	const [id, early] = [random(16), random(16)];
	const use = {init: random(32), resp: Promise.resolve(random(1))};
	rememberTicket(used, id, use, NOW, NOW);
	rememberTicket(used, early, use, NOW + 120_000, NOW);
	t.truthy(usedTicket(used, id, NOW + 89_999));
	t.is(usedTicket(used, id, NOW + 90_000), undefined);
	t.truthy(usedTicket(used, early, NOW + 119_999));
	rememberTicket(used, random(16), use, NOW, NOW + 90_000);
	t.is(used.size, 2, 'what is over makes room');
});

test('at most 1024 used tickets are remembered, the oldest goes first', t => {
	const used: UsedTickets = new Map();
	const ids = Array.from({length: TICKET_LIMIT + 3}, () => random(16));
	for (const id of ids) rememberTicket(used, id, {init: id, resp: Promise.resolve(id)}, NOW, NOW);
	t.is(used.size, TICKET_LIMIT);
	t.deepEqual(
		ids.map(id => usedTicket(used, id, NOW) !== undefined),
		ids.map((_, index) => index >= 3),
	);
});

test('a sender has 4 handshakes in 10 s; others are not held up by it', async t => {
	const met = await meet();
	await mustResp(met);
	for (let count = 1; count < 4; count++) await mustResp(await meet(count, met.alice, met.bob, met.responder));
	const fifth = await meet(5, met.alice, met.bob, met.responder);
	const before = digest(met.responder);
	t.is(reason(await respond(fifth)), 'rate');
	t.is(digest(met.responder), before);
	t.is(must(await respond(met)).kind, 'repeat', 'a repeat is not another handshake');
	t.is(must(await respond(fifth, fifth.init, atAlice, NOW + 10_000)).kind, 'resp');
});

test('senders are counted apart, at most 1024 of them', t => {
	const senders: Senders = new Map();
	for (let count = 0; count < 4; count++) countSender(senders, 'alice', NOW);
	t.false(maySend(senders, 'alice', NOW));
	t.true(maySend(senders, 'carol', NOW));
	for (let index = 0; index < 2000; index++) countSender(senders, `n${index}`, NOW);
	t.is(senders.size, 1024);
	t.true(senders.has('n1999'));
});
