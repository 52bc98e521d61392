// The key distribution centre: a fresh K_c1c2 for every introduction, given to the initiator together with a ticket for the peer.
import {type Buffer} from 'node:buffer';
import {secretBytes, wipe} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {type Address} from '../../wire/address.ts';
import {type Introduce, encodeIntroduction} from '../../wire/messages/introduce.ts';
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

/** An answer to INTRODUCE: the body of INTRODUCTION, which holds a key and is wiped once sealed, and the ticket in it, if there is one. */
export type Introducing = {readonly body: Buffer; readonly ticket: Buffer | undefined};

/** K_c1c2 of the introduction that is being made: wiped after it. */
const key = secretBytes(32);

/** Without a target: unknown, offline and blocked look the same, and nothing of the initiator is in it. */
export function introduce(
	{request, name}: Introduce,
	initiator: Initiator,
	target: Target | undefined,
	random: Random,
	now: number,
): Introducing {
	if (target === undefined) {
		return {body: encodeIntroduction({request, name, time: now, grant: undefined}), ticket: undefined};
	}

	const {identityKey, addresses, suite} = target;
	const drawn = random(32);
	key.set(drawn);
	wipe(drawn);
	const ticket = issueTicket(
		target.ticketKey,
		{
			version: VERSION,
			suite,
			from: initiator.name,
			to: name,
			key,
			identityKey: initiator.identityKey,
			address: initiator.address,
			time: now,
			life: TICKET_LIFE_S,
			id: random(16),
		},
		random,
	);
	const body = encodeIntroduction({request, name, time: now, grant: {key, identityKey, addresses, suite, ticket}});
	wipe(key);
	return {body, ticket};
}
