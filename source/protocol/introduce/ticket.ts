// Tickets (the paper's {SID, Kc1c2, ts}DHkey2): sealed by the directory for the peer, carried there by the initiator.
import {Buffer} from 'node:buffer';
import {concat, equal} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {open, seal, sealKey} from '../../crypto/seal.ts';
import {
	TICKET_KEY_ID,
	TICKET_SIZE,
	type TicketBody,
	decodeTicketBody,
	encodeTicketBody,
} from '../../wire/messages/introduce.ts';
import {VERSION} from '../../wire/suite.ts';

/** Specification: a ticket's life, and how far clocks of peers and server may lie apart. */
export const TICKET_LIFE_S = 60;
export const TICKET_SKEW_MS = 30_000;

/** A ticket key of 64 bytes and the id of 8 that names it in clear. */
export type TicketKey = {readonly id: Buffer; readonly key: Buffer};
export type TicketDrop = 'malformed' | 'key-id' | 'tag' | 'expired' | 'early';

const label = Buffer.from('simchat1 ticket');

/** key id 8 ‖ sealed; 248 bytes whatever the names. */
export function issueTicket({id, key}: TicketKey, body: TicketBody, random: Random): Buffer {
	return concat(id, seal(sealKey(key), encodeTicketBody(body), concat(label, id), random(16)));
}

/** The clear key id of a ticket: what a receiver checks before it spends anything. */
export function ticketKeyId(ticket: Buffer): Buffer {
	return ticket.subarray(0, TICKET_KEY_ID);
}

/** What a ticket under one of `keys` says, when its tag verifies and it is neither expired nor from the future. `now` is server time. */
export function redeemTicket(
	ticket: Buffer,
	keys: readonly TicketKey[],
	now: number,
): {readonly body: TicketBody} | {readonly drop: TicketDrop} {
	if (ticket.length !== TICKET_SIZE) return {drop: 'malformed'};
	const id = ticketKeyId(ticket);
	const match = keys.find(candidate => equal(candidate.id, id));
	if (match === undefined) return {drop: 'key-id'};
	const plaintext = open(sealKey(match.key), ticket.subarray(TICKET_KEY_ID), concat(label, id));
	if (plaintext === undefined) return {drop: 'tag'};
	const body = decodeTicketBody(plaintext);
	if (body === undefined || body.version !== VERSION || body.from === body.to) return {drop: 'malformed'};
	if (body.time > now + TICKET_SKEW_MS) return {drop: 'early'};
	return body.time + body.life * 1000 + TICKET_SKEW_MS < now ? {drop: 'expired'} : {body};
}
