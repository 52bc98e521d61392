// Tickets (the paper's {SID, Kc1c2, ts}DHkey2): sealed by the directory for the peer, carried there by the initiator.
import {Buffer} from 'node:buffer';
import {concat, equal, intoSecret, wipe} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {open, seal} from '../../crypto/seal.ts';
import {
	TICKET_KEY_ID,
	TICKET_SIZE,
	type TicketBody,
	decodeTicketBody,
	encodeTicketBody,
} from '../../wire/messages/introduce.ts';
import {VERSION} from '../../wire/suite.ts';
import {type TicketDrop} from '../ticket-drop.ts';

/** Specification: a ticket's life, and how far clocks of peers and server may lie apart. */
export const TICKET_LIFE_S = 60;
export const TICKET_SKEW_MS = 30_000;

/** A ticket key of 64 bytes and the id of 8 that names it in clear. */
export type TicketKey = {readonly id: Buffer; readonly key: Buffer};

const label = Buffer.from('simchat1 ticket');

/** key id 8 ‖ sealed; 248 bytes whatever the names. */
export function issueTicket({id, key}: TicketKey, body: TicketBody, random: Random): Buffer {
	const plaintext = encodeTicketBody(body);
	const sealed = seal(key, plaintext, concat(label, id), random(16));
	wipe(plaintext);
	return concat(id, sealed);
}

/** The clear key id of a ticket: what a receiver checks before it spends anything. */
export function ticketKeyId(ticket: Buffer): Buffer {
	return ticket.subarray(0, TICKET_KEY_ID);
}

/**
 * What a ticket under one of `keys` says, when its tag verifies and it is neither expired nor from the future. `now` is server
 * time; the key in it is the caller's to wipe.
 */
export function redeemTicket(
	ticket: Buffer,
	keys: readonly TicketKey[],
	now: number,
): {readonly body: TicketBody} | {readonly drop: TicketDrop} {
	if (ticket.length !== TICKET_SIZE) return {drop: 'malformed'};
	const id = ticketKeyId(ticket);
	const match = keys.find(candidate => equal(candidate.id, id));
	if (match === undefined) return {drop: 'key-id'};
	const plaintext = open(match.key, ticket.subarray(TICKET_KEY_ID), concat(label, id));
	if (plaintext === undefined) return {drop: 'tag'};
	const body = decodeTicketBody(plaintext);
	const refusal = body === undefined ? 'malformed' : refuse(body, now);
	if (body !== undefined && refusal === undefined) return {body: {...body, key: intoSecret(body.key)}};
	wipe(plaintext);
	return {drop: refusal ?? 'malformed'};
}

function refuse({version, time, life}: TicketBody, now: number): TicketDrop | undefined {
	if (version !== VERSION) return 'malformed';
	if (time > now + TICKET_SKEW_MS) return 'early';
	return time + life * 1000 + TICKET_SKEW_MS < now ? 'expired' : undefined;
}
