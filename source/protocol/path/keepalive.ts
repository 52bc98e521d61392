// How long a client may be silent before its router forgets it: 15 s, and 10 s for a while where the router was seen to forget sooner.
//
// How a client uses it. `reflectorSaw` for each BOUND with what it saw of one socket at one reflector; `silenceBefore` tells how long after the last
// datagram a PING (in a session) or a BIND (to a reflector) is due, and `silenceInSession` makes it shorter while people talk.
import {type Address, addressText, sameAddress} from '../../wire/address.ts';
import {
	LIVELY_FOR_MS,
	LIVELY_SECOND_MS,
	LIVELY_SILENCE_MS,
	SHORT_SILENCE_FOR_MS,
	SHORT_SILENCE_MS,
	USUAL_SILENCE_MS,
} from './path-limits.ts';

/** Reflector → where it has seen the socket last: one entry a reflector, of which the server names few. `shortUntil` in ms. */
export type Keepalive = {readonly seen: ReadonlyMap<string, Address>; readonly shortUntil: number};

export const USUAL_KEEPALIVE: Keepalive = {seen: new Map(), shortUntil: Number.NEGATIVE_INFINITY};

/**
 * A BOUND came. Another port at the same outer host, though nothing has changed here, means that the router has forgotten us: short from now
 * on, for SHORT_SILENCE_FOR_MS. Another host means another network, which says nothing.
 */
export function reflectorSaw(
	{seen, shortUntil}: Keepalive,
	{reflector, observed}: {readonly reflector: Address; readonly observed: Address},
	now: number,
): Keepalive {
	const key = addressText(reflector);
	const before = seen.get(key);
	const hasForgotten = before !== undefined && before.host === observed.host && !sameAddress(before, observed);
	return {
		seen: new Map(seen).set(key, observed),
		shortUntil: hasForgotten ? now + SHORT_SILENCE_FOR_MS : shortUntil,
	};
}

/** Interfaces, or the socket, have changed here: what was seen before says nothing about the router. */
export function keepaliveMoved({shortUntil}: Keepalive): Keepalive {
	return {seen: new Map(), shortUntil};
}

/** Ms of silence after which something is sent. */
export function silenceBefore({shortUntil}: Keepalive, now: number): number {
	return now < shortUntil ? SHORT_SILENCE_MS : USUAL_SILENCE_MS;
}

/**
 * How it stands with a session: how old its last content is, in either direction, ms; whether something waits for an acknowledgement, and is
 * asked for anyway.
 */
export type Liveliness = {
	readonly contentAge: number;
	readonly waits: boolean;
	readonly role: 'initiator' | 'responder';
};

/** The same for a session. Nothing reaches a side that has moved and only listens: it finds out when it speaks itself. */
export function silenceInSession(usual: number, {contentAge, waits, role}: Liveliness): number {
	if (waits || contentAge >= LIVELY_FOR_MS) return usual;
	return Math.min(usual, LIVELY_SILENCE_MS + (role === 'responder' ? LIVELY_SECOND_MS : 0));
}
