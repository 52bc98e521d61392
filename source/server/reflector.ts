// The UDP side: tells a signed-in client which address its datagrams come from, and keeps that address for introductions.
// Only a fresh BIND under the key of a session gets an answer, and the answer is as long as the BIND.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:dgram';
import {consumeBind, createBound} from '../protocol/path/bind.ts';
import {type Address, normalizeAddress} from '../wire/address.ts';
import {type PresenceRegistry} from './presence-registry.ts';

/** Answers on `socket` until it is closed. */
export function reflect(socket: Socket, presence: PresenceRegistry, now: () => number): void {
	socket.on('message', (datagram, {address, port}) => {
		const bound = answerBind(datagram, normalizeAddress(address, port), presence, now());
		// If the send fails, the client asks again, as after any lost datagram.
		if (bound !== undefined) socket.send(bound, port, address, () => {});
	});
	socket.on('error', () => {});
}

/** Returns BOUND for a BIND, or undefined. Changes nothing before the MAC is verified. Each BIND must be later than the last. */
export function answerBind(
	datagram: Buffer,
	from: Address,
	presence: PresenceRegistry,
	now: number,
): Buffer | undefined {
	if (from.port === 0) return undefined;
	const bind = consumeBind(datagram, now, sessionId => presence.bySession(sessionId));
	if (bind === undefined) return undefined;
	const {sender, time} = bind;
	sender.boundAt = time;
	sender.reflexive = from;
	presence.setState(sender, 'online');
	return createBound(sender.session, time, from);
}
