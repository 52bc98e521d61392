// The side that asked the server for an introduction.
//   → INIT    ticket, sealed{time, N1, g^s}
//   ← COOKIE  only when asked from an unexpected address or under load; → INIT again, with it
//   ← RESP    sealed{time, N2, g^d}, sealed{IK2, signature}
//   → FIN     sealed{IK1, signature}; data may follow at once
import {Buffer} from 'node:buffer';
import {wipe} from '../../crypto/bytes.ts';
import {type DhKeyPair, deriveDh} from '../../crypto/dh.ts';
import {sign} from '../../crypto/identity.ts';
import {type Party} from '../../crypto/safety-number.ts';
import {
	COOKIE_SIZE,
	decodeCookie,
	decodeResp,
	decodeSealedShare,
	encodeFin,
	encodeInit,
	encodeSealedIdentity,
	encodeSealedShare,
	finHeader,
	initHeader,
	respHeader,
} from '../../wire/messages/handshake.ts';
import {type Grant} from '../../wire/messages/introduce.ts';
import {suiteBits, SUITES, VERSION} from '../../wire/suite.ts';
import {type Entropy} from '../entropy.ts';
import {append} from '../transcript.ts';
import {type Drop, type DropReason, drop} from './drops.ts';
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
	respIdentityKey,
	respKey,
	sealOnce,
	sessionSecrets,
} from './session-keys.ts';
import {COOKIE_LIMIT, FRESH_MS} from './timers.ts';

/** INIT is out. Nothing here changes; each step returns what follows from it. */
export type Initiating = {
	readonly local: Local;
	readonly peer: Party;
	/** This side's index: RESP and COOKIE name it. */
	readonly index: number;
	readonly suite: number;
	/** What this side speaks, strongest first. */
	readonly suites: readonly number[];
	/** What goes out, and again at INIT_REPEAT_MS, always without a cookie. */
	readonly datagram: Buffer;
	readonly key: Buffer;
	readonly th2: Buffer;
	readonly pair: DhKeyPair;
	/** The IV of FIN, drawn beforehand: the same RESP gives the same FIN and the same keys, however often it comes. */
	readonly finIv: Buffer;
	readonly cookies: number;
};

export type InitOptions = {
	readonly local: Local;
	/** Whom to reach; what is pinned of them, undefined at a first contact. */
	readonly peer: {readonly name: string; readonly pinned: Pinned | undefined};
	/** What this side speaks, strongest first. */
	readonly suites?: readonly number[];
	/** Its key passes to the state, which wipes it. */
	readonly grant: Grant;
	/** u32, free among this side's sessions; random, so that a stranger cannot guess it. */
	readonly index: number;
	/** Server time, ms. */
	readonly now: number;
	readonly entropy: Entropy;
};

/**
 * Makes INIT. Dropped: 'self', 'suite', 'identity' when the server claims another key than the pinned one, 'device' when it
 * claims one that the log does not admit, or 'downgrade' when it wants a weaker suite than the pinned one.
 */
export async function createInit(options: InitOptions): Promise<{state: Initiating; datagram: Buffer} | Drop> {
	const {local, grant, index, now, entropy, suites = SUITES} = options;
	const {pinned} = options.peer;
	const peer = {name: options.peer.name, identityKey: grant.identityKey};
	const refusal = refuse(local, peer, suites, grant.suite, pinned);
	if (refusal !== undefined) {
		wipe(grant.key);
		return drop(refusal);
	}

	const pair = await entropy.dhKeyPair();
	const head = {version: VERSION, suite: grant.suite, index, ticket: grant.ticket};
	const th1 = openingTranscript(partiesOf('initiator', local, peer));
	const offer = {time: now, nonce: entropy.random(32), share: pair.share, suites: suiteBits(suites)};
	const plaintext = encodeSealedShare(offer);
	const sealed = sealOnce(initKey(grant.key, th1), plaintext, initHeader(head), entropy.random(16));
	const datagram = encodeInit({...head, sealed, cookie: Buffer.alloc(COOKIE_SIZE)});
	const th2 = append(th1, initBody(datagram));
	const finIv = entropy.random(16);
	const {key, suite} = grant;
	return {state: {local, peer, index, suite, suites, datagram, key, th2, pair, finIv, cookies: 0}, datagram};
}

function refuse(
	local: Local,
	peer: Party,
	suites: readonly number[],
	suite: number,
	pinned: Pinned | undefined,
): DropReason | undefined {
	const refusal = refusePeer(local, peer, pinned);
	if (refusal === 'self') return refusal;
	if (!suites.includes(suite)) return 'suite';
	if (refusal !== undefined) return refusal;
	return pinned !== undefined && suite < pinned.suite ? 'downgrade' : undefined;
}

/** INIT with the cookie that was asked for, to send once; repeats stay without, since nobody vouches for a COOKIE. */
export function withCookie(state: Initiating, datagram: Buffer): {state: Initiating; datagram: Buffer} | Drop {
	const asked = decodeCookie(datagram);
	if (asked === undefined) return drop('malformed');
	if (asked.version !== VERSION) return drop('version');
	if (asked.index !== state.index) return drop('index');
	if (state.cookies === COOKIE_LIMIT) return drop('cookie');
	const again = Buffer.concat([initBody(state.datagram), asked.cookie]);
	return {state: {...state, cookies: state.cookies + 1}, datagram: again};
}

/**
 * Verifies RESP and makes FIN. A function of its arguments alone; `now` is server time in ms. 'downgrade' is the peer's own word, and
 * ends the handshake; any other drop is of one datagram.
 */
export async function consumeResp(
	state: Initiating,
	datagram: Buffer,
	now: number,
): Promise<{established: Established; fin: Buffer} | Drop> {
	const {local, peer, index, th2} = state;
	const resp = decodeResp(datagram);
	if (resp === undefined) return drop('malformed');
	if (resp.version !== VERSION) return drop('version');
	if (resp.receiver !== index) return drop('index');

	const header = respHeader(resp);
	const opened = openOnce(respKey(state.key, th2), resp.sealed, header);
	if (opened === undefined) return drop('tag');
	const answer = decodeSealedShare(opened);
	if (answer === undefined) return drop('malformed');
	if (Math.abs(answer.time - now) > FRESH_MS) return drop('time');
	const secret = await deriveDh(state.pair.privateKey, answer.share);
	if (secret === undefined) return drop('share');

	const parties = partiesOf('initiator', local, peer);
	const hs = handshakeSecret(state.key, th2, secret);
	const th3 = append(th2, Buffer.concat([header, resp.sealed]));
	const proof = openOnce(respIdentityKey(hs, th3), resp.identity, header);
	const refused =
		refuseIdentity(proof, peer.identityKey, handshakeSigned('responder', th3, parties)) ??
		(isDowngrade(state.suite, state.suites, answer.suites) ? drop('downgrade') : undefined);
	if (refused !== undefined) {
		wipe(hs);
		return refused;
	}

	const th4 = append(th3, resp.identity);
	const head = {version: VERSION, receiver: resp.sender};
	const signature = sign(local.identity, handshakeSigned('initiator', th4, parties));
	const plaintext = encodeSealedIdentity({identityKey: local.identity.publicKey, signature, flags: 0});
	const identity = sealOnce(finIdentityKey(hs, th4), plaintext, finHeader(head), state.finIv);
	const fin = encodeFin({...head, identity});
	const secrets = sessionSecrets(hs, append(th4, fin));
	wipe(hs);
	const indices = {localIndex: index, remoteIndex: resp.sender};
	return {established: {role: 'initiator', local, peer, ...indices, suite: state.suite, ...secrets}, fin};
}

/** Wipes a handshake that is over, either way; its state is of no use afterwards. */
export function wipeInitiating({key, finIv}: Initiating): void {
	wipe(key, finIv);
}
