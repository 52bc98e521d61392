// The key distribution centre: a fresh K_c1c2 for every introduction, given to the initiator together with a ticket for the peer.
import {type Buffer} from 'node:buffer';
import {intoSecret, wipe} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {type Address} from '../../wire/address.ts';
import {type Grant, type Introduce, encodeIntroduction} from '../../wire/messages/introduce.ts';
import {VERSION} from '../../wire/suite.ts';
import {TICKET_LIFE_S, type TicketKey, issueTicket} from './ticket.ts';

/** How far the time in an INTRODUCE may lie from the server's. */
export const INTRODUCE_SKEW_MS = 60_000;

/** Who asks: `address` is where its UDP socket was last seen. */
export type Initiator = {readonly name: string; readonly identityKey: Buffer; readonly address: Address};
/** Who is asked for: the reflexive address first, then local candidates. */
export type Target = {
	readonly identityKey: Buffer;
	readonly addresses: readonly Address[];
	readonly ticketKey: TicketKey;
	readonly suite: number;
};

/** Whether an INTRODUCE is fresh; a stale one gets the answer of an unavailable peer. */
export function isFresh({time}: Introduce, now: number): boolean {
	return Math.abs(now - time) <= INTRODUCE_SKEW_MS;
}

/** What an introduction to the name `to` grants: a fresh key, which is the caller's to wipe, and the ticket that holds it for the target. */
export function issueGrant(to: string, initiator: Initiator, target: Target, random: Random, now: number): Grant {
	const {identityKey, addresses, suite} = target;
	const key = intoSecret(random(32));
	const ticket = issueTicket(
		target.ticketKey,
		{
			version: VERSION,
			suite,
			from: initiator.name,
			to,
			key,
			identityKey: initiator.identityKey,
			address: initiator.address,
			time: now,
			life: TICKET_LIFE_S,
			id: random(16),
		},
		random,
	);
	return {key, identityKey, addresses, suite, ticket};
}

/** The body of INTRODUCTION, which holds a key: wiped once sealed. Without a target: unknown, offline and blocked look the same. */
export function introduce(
	{request, name}: Introduce,
	initiator: Initiator,
	target: Target | undefined,
	random: Random,
	now: number,
): Buffer {
	const grant = target && issueGrant(name, initiator, target, random, now);
	const body = encodeIntroduction({request, name, time: now, grant});
	wipe(grant?.key);
	return body;
}
