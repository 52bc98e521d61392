// BIND and BOUND: a client tells the server where its UDP socket is, and hears which address its datagrams come from.
import {Buffer} from 'node:buffer';
import {equal} from '../../crypto/bytes.ts';
import {hmac} from '../../crypto/hash.ts';
import {type Address} from '../../wire/address.ts';
import {bindBody, boundBody, decodeBind, decodeBound, encodeBind, encodeBound} from '../../wire/messages/path.ts';
import {VERSION} from '../../wire/suite.ts';

/** Specification: how far a BIND's time may lie from the server's. */
export const BIND_SKEW_MS = 60_000;

const bindLabel = Buffer.from('simchat1 bind');
const boundLabel = Buffer.from('simchat1 bound');

/** What a login has left with both: 16 bytes that name it, 32 that MAC. */
export type BindSession = {readonly sessionId: Buffer; readonly bindKey: Buffer};

/**
 * Specification: how many times of its BINDs a session remembers. A time counts once in a session, at whichever reflector it arrives
 * first: nobody on the way can repeat one of them at another reflector and pass for its sender there.
 */
export const BIND_MEMORY = 16;

/** Whoever has such a session, and the times of its BINDs that have counted, ms, rising; at most BIND_MEMORY. */
export type Bindable = {readonly session: BindSession; readonly bindTimes: readonly number[]};

/** A BIND that counts, and the sender's times with its own. */
export type TakenBind<T> = {readonly sender: T; readonly time: number; readonly bindTimes: readonly number[]};

/** BIND. `time` is server time, ms, and no other BIND of the session has the same, at whichever reflector. */
export function createBind({sessionId, bindKey}: BindSession, time: number): Buffer {
	const body = bindBody({version: VERSION, sessionId, time});
	return encodeBind(body, hmac(bindKey, bindLabel, body));
}

/**
 * Whose BIND this is and the time it names, when it is fresh, under the session's key, has not counted yet, and is later than the last
 * that this reflector has taken of the sender, which is at `lastOf`, ms. Changes nothing: the caller keeps the times.
 */
export function consumeBind<T extends Bindable>(
	datagram: Buffer,
	now: number,
	find: (sessionId: Buffer) => T | undefined,
	lastOf: (sender: T) => number,
): TakenBind<T> | undefined {
	const bind = decodeBind(datagram);
	if (bind?.version !== VERSION || Math.abs(bind.time - now) > BIND_SKEW_MS) return undefined;
	const sender = find(bind.sessionId);
	if (sender === undefined || bind.time <= lastOf(sender)) return undefined;
	const bindTimes = withTime(sender.bindTimes, bind.time);
	if (bindTimes === undefined || !equal(hmac(sender.session.bindKey, bindLabel, bind.body), bind.mac)) return undefined;
	return {sender, time: bind.time, bindTimes};
}

/** The times with this one; undefined when it is among them, or older than all of a full list, from which it may have fallen out. */
function withTime(times: readonly number[], time: number): readonly number[] | undefined {
	if (times.includes(time) || (times.length === BIND_MEMORY && time < times[0]!)) return undefined;
	return [...times, time].toSorted((a, b) => a - b).slice(-BIND_MEMORY);
}

/** BOUND, for the BIND of this time that came from `observed`. */
export function createBound({sessionId, bindKey}: BindSession, time: number, observed: Address): Buffer {
	const body = boundBody({version: VERSION, sessionId, time, observed});
	return encodeBound(body, hmac(bindKey, boundLabel, body));
}

/**
 * The address that the server saw, when this answers a BIND of one of these times: those sent since the last BOUND. The
 * caller forgets them all then, so that no BOUND counts twice and none that is older counts after it.
 */
export function consumeBound(
	{sessionId, bindKey}: BindSession,
	datagram: Buffer,
	sentTimes: readonly number[],
): Address | undefined {
	const bound = decodeBound(datagram);
	if (bound?.version !== VERSION || !sentTimes.includes(bound.time)) return undefined;
	if (!equal(bound.sessionId, sessionId)) return undefined;
	return equal(hmac(bindKey, boundLabel, bound.body), bound.mac) ? bound.observed : undefined;
}
