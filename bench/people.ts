// Two who talk: what each process must know of them, and the server's part, played here.
import {type Buffer} from 'node:buffer';
import {identityFromSeed} from '../source/crypto/identity.ts';
import {systemRandom} from '../source/crypto/random.ts';
import {systemEntropy} from '../source/protocol/entropy.ts';
import {issueTicket, redeemTicket} from '../source/protocol/introduce/ticket.ts';
import {type Local} from '../source/protocol/session/established.ts';
import {type Responder, createResponder} from '../source/protocol/session/responder.ts';
import {type Address} from '../source/wire/address.ts';
import {type Grant, TICKET_KEY_ID} from '../source/wire/messages/introduce.ts';
import {SUITE_DH, VERSION} from '../source/wire/suite.ts';

/** Plain bytes, so that it can be handed to another process. */
export type Profile = {
	readonly name: string;
	readonly seed: Buffer;
	readonly ticketKey: {readonly id: Buffer; readonly key: Buffer};
};

export function profileOf(name: string): Profile {
	return {name, seed: systemRandom(32), ticketKey: {id: systemRandom(TICKET_KEY_ID), key: systemRandom(64)}};
}

export function personOf({name, seed}: Profile): Local {
	return {name, identity: identityFromSeed(seed)};
}

/** What the server grants `from`, whose datagrams come from `address`, to talk to `to`. */
export function introduceTo(from: Profile, to: Profile, address: Address, now: number): Grant {
	const key = systemRandom(32);
	const identityKey = personOf(to).identity.publicKey;
	const body = {
		version: VERSION,
		suite: SUITE_DH,
		from: from.name,
		to: to.name,
		key,
		identityKey: personOf(from).identity.publicKey,
		address,
		time: now,
		life: 60,
		id: systemRandom(16),
	};
	return {key, identityKey, addresses: [], suite: SUITE_DH, ticket: issueTicket(to.ticketKey, body, systemRandom)};
}

export function responderFor(profile: Profile, now: number, newIndex: () => number): Responder {
	const tickets = {
		knows: (id: Buffer) => id.equals(profile.ticketKey.id),
		redeem: (ticket: Buffer, time: number) => redeemTicket(ticket, [profile.ticketKey], time),
	};
	return createResponder({local: personOf(profile), tickets, entropy: systemEntropy, newIndex, now});
}
