// The side that is asked. A datagram costs it nothing until it has proven more: the cheapest check stands first, the DH last,
// and whatever fails is dropped in silence.
//   → INIT    length, version, key id → cookie → ticket → its use → who → rate → seal, time, share → DH
//   ← COOKIE  over INIT_RATE, or when the source is not the ticket's address
//   ← RESP    remembered for repeats
//   → FIN     only now are there keys for data
import {Buffer} from 'node:buffer';
import {equal, wipe} from '../../crypto/bytes.ts';
import {deriveDh, isShare} from '../../crypto/dh.ts';
import {sign} from '../../crypto/identity.ts';
import {type Party} from '../../crypto/safety-number.ts';
import {type Address, sameAddress} from '../../wire/address.ts';
import {
	COOKIE_SIZE,
	decodeFin,
	decodeInit,
	decodeSealedShare,
	encodeCookie,
	encodeResp,
	encodeSealedIdentity,
	encodeSealedShare,
	finHeader,
	type Init,
	initHeader,
	respHeader,
} from '../../wire/messages/handshake.ts';
import {TICKET_KEY_ID, type TicketBody} from '../../wire/messages/introduce.ts';
import {suiteBits, SUITES, VERSION} from '../../wire/suite.ts';
import {type Entropy} from '../entropy.ts';
import {append} from '../transcript.ts';
import {
	type CookieKeys,
	cookieFor,
	createCookieKeys,
	isCookieGood,
	rotateCookieKeys,
	wipeCookieKeys,
} from './cookie.ts';
import {type TicketDrop} from '../ticket-drop.ts';
import {type Drop, drop, type DropReason} from './drops.ts';
import {
	type Established,
	isDowngrade,
	type Local,
	partiesOf,
	type Pinned,
	refuseIdentity,
	refusePeer,
} from './established.ts';
import {
	finIdentityKey,
	handshakeSecret,
	handshakeSigned,
	initBody,
	initKey,
	openingTranscript,
	openOnce,
	type Parties,
	respIdentityKey,
	respKey,
	sealOnce,
	sessionSecrets,
} from './session-keys.ts';
import {countSender, type InitRate, isOverInitRate, maySend, type Senders} from './handshake-rates.ts';
import {rememberTicket, usedTicket, type UsedTickets} from './replay.ts';
import {FRESH_MS} from './timers.ts';

/** The tickets of the login that is on. */
export type Tickets = {
	/** Whether a ticket key has this id of 8 bytes: a comparison, no cryptography. */
	readonly knows: (keyId: Buffer) => boolean;
	/** Opens a ticket and checks its time against server time, ms. The body's key is wiped after use. */
	readonly redeem: (ticket: Buffer, now: number) => {readonly body: TicketBody} | {readonly drop: TicketDrop};
};

/** What is pinned of a name, 'refuse' for who is blocked, undefined for a first contact. Of the own name: what its log admits. */
export type PeerPin = (name: string) => Pinned | 'refuse' | undefined;

/** Everything one user's responder remembers; bounded, and changed by authentic INITs alone, but for `rate` and `cookies`. */
export type Responder = {
	readonly local: Local;
	readonly tickets: Tickets;
	readonly entropy: Entropy;
	/** A u32 that is free among this side's sessions; random, so that a stranger cannot guess it. */
	readonly newIndex: () => number;
	/** What this side speaks, strongest first. */
	readonly suites: readonly number[];
	readonly used: UsedTickets;
	readonly senders: Senders;
	readonly rate: InitRate;
	cookies: CookieKeys;
};

/** RESP is out. Nothing here changes. */
export type Responding = {
	readonly local: Local;
	readonly peer: Party;
	/** This side's index: FIN names it. */
	readonly localIndex: number;
	readonly remoteIndex: number;
	readonly suite: number;
	readonly hs: Buffer;
	readonly th4: Buffer;
};

export type InitStep =
	/** Send it and keep nothing. */
	| {readonly kind: 'cookie'; readonly datagram: Buffer}
	/** Send it and keep the state until FIN. */
	| {readonly kind: 'resp'; readonly datagram: Buffer; readonly state: Responding}
	/** The RESP of an INIT that came again: send it. */
	| {readonly kind: 'repeat'; readonly datagram: Buffer}
	| Drop
	/** The server vouches for another key than the pinned one, or for one that the known log does not admit: whose, and which. */
	| {readonly drop: 'identity' | 'device'; readonly claimed: Party}
	/** The server wants a weaker suite with `from` than both speak, or than was used before. */
	| {readonly drop: 'downgrade'; readonly from: string};

export type ResponderOptions = Pick<Responder, 'local' | 'tickets' | 'entropy' | 'newIndex'> &
	Partial<Pick<Responder, 'suites'>> & {readonly now: number};

export function createResponder({now, suites = SUITES, ...options}: ResponderOptions): Responder {
	const cookies = createCookieKeys(now, options.entropy.random);
	return {...options, suites, used: new Map(), senders: new Map(), rate: {since: now, count: 0}, cookies};
}

/** Answers INIT. `from` is where the datagram came from, which a PROBE may have proven; `now` is server time in ms. */
export async function consumeInit(
	responder: Responder,
	datagram: Buffer,
	from: Address,
	now: number,
	peerPin: PeerPin,
	isProbed = false,
): Promise<InitStep> {
	const {tickets, used} = responder;
	const init = decodeInit(datagram);
	if (init === undefined) return drop('malformed');
	if (init.version !== VERSION) return drop('version');
	if (!tickets.knows(init.ticket.subarray(0, TICKET_KEY_ID))) return drop('ticket-key-id');

	responder.cookies = rotateCookieKeys(responder.cookies, now, responder.entropy.random);
	const hasCookie = !init.cookie.equals(noCookie);
	if (hasCookie && !isCookieGood(responder.cookies, datagram, from)) return drop('cookie');
	const proven = hasCookie || isProbed;
	if (isOverInitRate(responder.rate, now) && !proven) return askCookie(responder, init, datagram, from);

	const ticket = tickets.redeem(init.ticket, now);
	if ('drop' in ticket) return drop(`ticket-${ticket.drop}`);
	const {body} = ticket;
	try {
		if (!proven && !sameAddress(from, body.address)) return askCookie(responder, init, datagram, from);
		const peer = {name: body.from, identityKey: Buffer.from(body.identityKey)};
		const refusal = refuseTicket(responder, init, body, peerPin);
		if (refusal === 'identity' || refusal === 'device') return {drop: refusal, claimed: peer};
		if (refusal === 'downgrade') return {drop: refusal, from: peer.name};
		if (refusal !== undefined) return drop(refusal);

		const parties = partiesOf('responder', responder.local, peer);
		const th1 = openingTranscript(parties);
		const th2 = append(th1, initBody(datagram));
		const earlier = usedTicket(used, body.id, now);
		if (earlier !== undefined && !equal(earlier.init, th2)) return drop('replay');
		if (earlier !== undefined) return {kind: 'repeat', datagram: await earlier.resp};
		if (!maySend(responder.senders, body.from, now)) return drop('rate');

		const opened = openOnce(initKey(body.key, th1), init.sealed, initHeader(init));
		if (opened === undefined) return drop('tag');
		const offer = decodeSealedShare(opened);
		if (offer === undefined) return drop('malformed');
		if (Math.abs(offer.time - now) > FRESH_MS) return drop('time');
		if (!isShare(offer.share)) return drop('share');
		if (isDowngrade(init.suite, responder.suites, offer.suites)) return {drop: 'downgrade', from: peer.name};

		countSender(responder.senders, body.from, now);
		const answer = createResp(responder, {init, peer, parties, th2, key: body.key, share: offer.share, now});
		const resp = answer.then(({datagram: made}) => made);
		rememberTicket(used, body.id, {init: th2, resp}, lastRedeemable(body), now);
		return {kind: 'resp', datagram: await resp, state: (await answer).state};
	} finally {
		wipe(body.key);
	}
}

/** Verifies FIN: the session stands. A function of its arguments alone. */
export function consumeFin(state: Responding, datagram: Buffer): {established: Established} | Drop {
	const {local, peer, localIndex, remoteIndex, suite, hs, th4} = state;
	const fin = decodeFin(datagram);
	if (fin === undefined) return drop('malformed');
	if (fin.version !== VERSION) return drop('version');
	if (fin.receiver !== localIndex) return drop('index');
	const opened = openOnce(finIdentityKey(hs, th4), fin.identity, finHeader(fin));
	const signed = handshakeSigned('initiator', th4, partiesOf('responder', local, peer));
	const refused = refuseIdentity(opened, peer.identityKey, signed);
	if (refused !== undefined) return refused;
	const secrets = sessionSecrets(hs, append(th4, datagram));
	return {established: {role: 'responder', local, peer, localIndex, remoteIndex, suite, ...secrets}};
}

/** Wipes a handshake that is over, either way; its state is of no use afterwards. */
export function wipeResponding({hs}: Responding): void {
	wipe(hs);
}

/** At sign-off. */
export function wipeResponder({cookies, used, senders}: Responder): void {
	wipeCookieKeys(cookies);
	used.clear();
	senders.clear();
}

const noCookie = Buffer.alloc(COOKIE_SIZE);

function askCookie({cookies}: Responder, {index}: Init, datagram: Buffer, from: Address): InitStep {
	return {
		kind: 'cookie',
		datagram: encodeCookie({version: VERSION, index, cookie: cookieFor(cookies, datagram, from)}),
	};
}

/** What an authentic ticket says against its INIT. */
function refuseTicket(
	{local, suites}: Responder,
	init: Init,
	body: TicketBody,
	peerPin: PeerPin,
): DropReason | undefined {
	if (body.to !== local.name) return 'name';
	const pin = peerPin(body.from);
	const refusal = refusePeer(
		local,
		{name: body.from, identityKey: body.identityKey},
		pin === 'refuse' ? undefined : pin,
	);
	if (refusal === 'self') return refusal;
	if (init.suite !== body.suite || !suites.includes(init.suite)) return 'suite';
	if (pin === 'refuse') return 'blocked';
	if (refusal !== undefined) return refusal;
	return pin !== undefined && body.suite < pin.suite ? 'downgrade' : undefined;
}

/** The last moment at which a ticket could still be redeemed, whatever the clock did meanwhile. */
function lastRedeemable({time, life}: TicketBody): number {
	return time + life * 1000 + FRESH_MS;
}

type Accepted = {
	readonly init: Init;
	readonly peer: Party;
	readonly parties: Parties;
	readonly th2: Buffer;
	readonly key: Buffer;
	/** In range. */
	readonly share: Buffer;
	readonly now: number;
};

async function createResp(
	{local, entropy, newIndex, suites}: Responder,
	{init, peer, parties, th2, key, share, now}: Accepted,
): Promise<{datagram: Buffer; state: Responding}> {
	const head = {version: VERSION, receiver: init.index, sender: newIndex()};
	const header = respHeader(head);
	const pair = await entropy.dhKeyPair();
	const answer = {time: now, nonce: entropy.random(32), share: pair.share, suites: suiteBits(suites)};
	const plaintext = encodeSealedShare(answer);
	const sealed = sealOnce(respKey(key, th2), plaintext, header, entropy.random(16));
	const th3 = append(th2, Buffer.concat([header, sealed]));

	const secret = await deriveDh(pair.privateKey, share);
	const hs = handshakeSecret(key, th2, secret!);
	const signature = sign(local.identity, handshakeSigned('responder', th3, parties));
	const proof = encodeSealedIdentity({identityKey: local.identity.publicKey, signature, flags: 0});
	const identity = sealOnce(respIdentityKey(hs, th3), proof, header, entropy.random(16));
	const datagram = encodeResp({...head, sealed, identity});
	const indices = {localIndex: head.sender, remoteIndex: init.index};
	return {datagram, state: {local, peer, ...indices, suite: init.suite, hs, th4: append(th3, identity)}};
}
