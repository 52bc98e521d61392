// Answers BIND: tells a signed-in client which address its datagrams come from, and keeps that address for introductions.
// Only a fresh BIND under the key of a session gets an answer, and the answer is as long as the BIND.
import {type Buffer} from 'node:buffer';
import {consumeBind, createBound} from '../protocol/path/bind.ts';
import {type Address} from '../wire/address.ts';
import {type PresenceRegistry} from './presence-registry.ts';
import {seenAt, withSighting} from './sightings.ts';

/** BOUND for a BIND that came `from` there to the own address `at`, or undefined. Changes nothing before the MAC is verified. */
export function answerBind(
	datagram: Buffer,
	from: Address,
	at: Address,
	presence: PresenceRegistry,
	now: number,
): Buffer | undefined {
	if (from.port === 0) return undefined;
	const bind = consumeBind(
		datagram,
		now,
		sessionId => presence.bySession(sessionId),
		member => seenAt(member.sightings, at),
	);
	if (bind === undefined) return undefined;
	const {sender, time, bindTimes} = bind;
	sender.bindTimes = bindTimes;
	sender.sightings = withSighting(sender.sightings, {reflector: at, address: from, time});
	presence.setState(sender, 'online');
	return createBound(sender.session, time, from);
}
