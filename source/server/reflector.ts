// The UDP half: tells a signed-in client where its datagrams come from, and remembers that address for introductions.
// Whatever is not a fresh BIND under a live session's key gets no answer, and an answer is as long as its question.
import {Buffer} from 'node:buffer';
import {type Socket} from 'node:dgram';
import {equal} from '../crypto/bytes.ts';
import {hmac} from '../crypto/hash.ts';
import {type Address, normalizeAddress} from '../wire/address.ts';
import {boundBody, decodeBind, encodeBound} from '../wire/messages/path.ts';
import {VERSION} from '../wire/suite.ts';
import {type Presence} from './presence.ts';

/** How far a BIND's time may lie from the server's. */
const BIND_SKEW_MS = 60_000;
const bindLabel = Buffer.from('simchat1 bind');
const boundLabel = Buffer.from('simchat1 bound');

/** Answers on `socket` until it is closed. */
export function reflect(socket: Socket, presence: Presence, now: () => number): void {
	socket.on('message', (datagram, {address, port}) => {
		const bound = consumeBind(datagram, normalizeAddress(address, port), presence, now());
		// A send that fails is a datagram lost: the client asks again.
		if (bound !== undefined) socket.send(bound, port, address, () => {});
	});
	socket.on('error', () => {});
}

/** BIND → BOUND, or undefined. Nothing changes before the MAC verifies, and each BIND must be later than the last. */
export function consumeBind(datagram: Buffer, from: Address, presence: Presence, now: number): Buffer | undefined {
	const bind = decodeBind(datagram);
	if (bind?.version !== VERSION || Math.abs(bind.time - now) > BIND_SKEW_MS) return undefined;
	const member = presence.bySession(bind.sessionId);
	if (member === undefined || bind.time <= member.boundAt || from.port === 0) return undefined;
	const {bindKey} = member.session;
	if (!equal(hmac(bindKey, bindLabel, bind.body), bind.mac)) return undefined;
	member.boundAt = bind.time;
	member.reflexive = from;
	const body = boundBody({version: VERSION, sessionId: bind.sessionId, time: bind.time, observed: from});
	return encodeBound(body, hmac(bindKey, boundLabel, body));
}
