import {Buffer} from 'node:buffer';
import test from 'ava';
import {isCookieGood, rotateCookieKeys, createCookieKeys, cookieFor} from '../../../source/protocol/session/cookie.ts';
import {withCookie} from '../../../source/protocol/session/initiator.ts';
import {COOKIE_DATAGRAM_SIZE, COOKIE_SIZE, INIT_SIZE} from '../../../source/wire/messages/handshake.ts';
import {concat} from '../../../source/crypto/bytes.ts';
import {
	atAlice,
	digest,
	elsewhere,
	isZero,
	meet,
	type Meeting,
	must,
	mustResp,
	NOW,
	random,
	reason,
	respond,
} from './pair.ts';

async function asked(met: Meeting, from = elsewhere, now = NOW) {
	const step = must(await respond(met, met.init, from, now));
	if (step.kind !== 'cookie') throw new Error(`answered with ${step.kind}`);
	return step.datagram;
}

test('alice, from another address → INIT → COOKIE → INIT with it → RESP; the responder keeps nothing meanwhile', async t => {
	const met = await meet();
	const before = digest(met.responder);
	const cookie = await asked(met);
	t.is(cookie.length, COOKIE_DATAGRAM_SIZE);
	t.is(digest(met.responder), before);
	const {datagram} = must(withCookie(met.initiating, cookie));
	t.is(must(await respond(met, datagram, elsewhere)).kind, 'resp');
});

test('a cookie is good for its address and its INIT alone', async t => {
	const met = await meet();
	const other = await meet(7, met.alice, met.bob, met.responder);
	const cookie = await asked(met);
	const {datagram} = must(withCookie(met.initiating, cookie));
	t.is(reason(await respond(met, datagram, {...elsewhere, port: 10})), 'cookie');
	t.is(reason(await respond(met, datagram, atAlice)), 'cookie');
	const swapped = must(withCookie(other.initiating, cookie)).datagram;
	t.is(reason(await respond(met, swapped, elsewhere)), 'cookie');
	t.is(must(await respond(met, datagram, elsewhere)).kind, 'resp');
});

test('over 32 INITs in a second, all need a cookie; in the next second none does', async t => {
	const met = await meet();
	await mustResp(met);
	for (let count = 1; count < 32; count++) t.is(must(await respond(met)).kind, 'repeat');
	const step = must(await respond(met));
	t.is(step.kind, 'cookie');
	const {datagram} = must(withCookie(met.initiating, step.datagram));
	t.is(must(await respond(met, datagram)).kind, 'repeat');
	t.is(must(await respond(met)).kind, 'cookie');
	t.is(must(await respond(met, met.init, atAlice, NOW - 1000)).kind, 'repeat', 'a clock set back starts anew');
	t.is(must(await respond(met, met.init, atAlice, NOW + 1000)).kind, 'repeat');
});

test('INITs that do not name a ticket key of ours are not counted: strangers cannot make cookies necessary', async t => {
	const met = await meet();
	const stranger = Buffer.from(met.init);
	stranger[7]! ^= 1;
	for (let count = 0; count < 100; count++) t.is(reason(await respond(met, stranger)), 'ticket-key-id');
	t.is(must(await respond(met)).kind, 'resp');
});

test('a cookie key lives 120 s and is accepted 120 s more', async t => {
	const met = await meet();
	let keys = createCookieKeys(NOW, random);
	const [first] = [keys.current];
	const carrying = (cookie: Buffer) => concat(met.init.subarray(0, INIT_SIZE - COOKIE_SIZE), cookie);
	const init = carrying(cookieFor(keys, met.init, atAlice));
	t.is(rotateCookieKeys(keys, NOW + 119_999, random), keys);
	keys = rotateCookieKeys(keys, NOW + 120_000, random);
	t.true(isCookieGood(keys, init, atAlice));
	t.notDeepEqual(cookieFor(keys, met.init, atAlice), init.subarray(-COOKIE_SIZE));
	keys = rotateCookieKeys(keys, NOW + 240_000, random);
	t.false(isCookieGood(keys, init, atAlice));
	t.true(isZero(first));

	const held = [keys.current, keys.previous];
	const idle = rotateCookieKeys(keys, NOW + 900_000, random);
	t.true(held.every(isZero), 'after a long silence neither is left');
	t.false([idle.current, idle.previous].some(isZero));
});

test('the responder rotates its keys as time passes', async t => {
	const met = await meet();
	const {current} = met.responder.cookies;
	await respond(met, met.init, elsewhere, NOW + 120_000);
	t.is(met.responder.cookies.previous, current);
});

test('a forged COOKIE neither stops the handshake nor makes a source of INITs', async t => {
	const met = await meet();
	const cookie = await asked(met);
	let state = met.initiating;
	const forged = concat(cookie.subarray(0, -COOKIE_SIZE), random(COOKIE_SIZE));
	for (let count = 0; count < 7; count++) {
		const step = must(withCookie(state, forged));
		t.is(reason(await respond(met, step.datagram, elsewhere)), 'cookie');
		state = step.state;
	}

	t.deepEqual(state.datagram, met.init, 'what is repeated carries no cookie');
	const step = must(withCookie(state, cookie));
	t.is(must(await respond(met, step.datagram, elsewhere)).kind, 'resp');
	t.is(reason(withCookie(step.state, cookie)), 'cookie');
});
