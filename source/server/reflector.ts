// The UDP half: tells a signed-in client where its datagrams come from, and remembers that address for introductions.
// Whatever is not a fresh BIND under a live session's key gets no answer, and an answer is as long as its question.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:dgram';
import {consumeBind, createBound} from '../protocol/path/bind.ts';
import {type Address, normalizeAddress} from '../wire/address.ts';
import {type Presence} from './presence.ts';

/** Answers on `socket` until it is closed. */
export function reflect(socket: Socket, presence: Presence, now: () => number): void {
	socket.on('message', (datagram, {address, port}) => {
		const bound = answerBind(datagram, normalizeAddress(address, port), presence, now());
		// A send that fails is a datagram lost: the client asks again.
		if (bound !== undefined) socket.send(bound, port, address, () => {});
	});
	socket.on('error', () => {});
}

/** BIND → BOUND, or undefined. Nothing changes before the MAC verifies, and each BIND must be later than the last. */
export function answerBind(datagram: Buffer, from: Address, presence: Presence, now: number): Buffer | undefined {
	if (from.port === 0) return undefined;
	const bind = consumeBind(datagram, now, sessionId => presence.bySession(sessionId));
	if (bind === undefined) return undefined;
	const {sender, time} = bind;
	sender.boundAt = time;
	sender.reflexive = from;
	presence.stand(sender, 'online');
	return createBound(sender.session, time, from);
}
