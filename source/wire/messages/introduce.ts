// Introductions: the request, the answer, which has one fixed size, and the ticket inside the answer.
import {type Buffer} from 'node:buffer';
import {
	ADDRESS_SIZE,
	type Address,
	CANDIDATE_LIMIT,
	readAddress,
	readPaddedAddresses,
	writeAddress,
	writePaddedAddresses,
} from '../address.ts';
import {Reader, Writer} from '../cursor.ts';
import {readName, writeName} from '../name.ts';

export const TICKET_KEY_ID = 8;
/** Key id 8 ‖ IV 16 ‖ 192 ‖ tag 32. */
export const TICKET_SIZE = 248;

/** C1→S. The name of the peer that the client wants to talk to. PUNCH_REQUEST has the same layout. */
export type Introduce = {request: number; name: string; time: number};

export function encodeIntroduce(introduce: Introduce): Buffer {
	return writeName(new Writer().u32(introduce.request), introduce.name).u64(introduce.time).finish();
}

export function decodeIntroduce(bytes: Buffer): Introduce | undefined {
	const reader = new Reader(bytes);
	const introduce = {request: reader.u32(), name: readName(reader), time: reader.u64()};
	return reader.complete ? introduce : undefined;
}

/** What an introduction gives: K_c1c2, the peer's identity key as the server has it, its addresses, the suite, and the ticket. */
export type Grant = {
	key: Buffer;
	identityKey: Buffer;
	addresses: readonly Address[];
	suite: number;
	ticket: Buffer;
};

/** S→C1. Without a grant the peer is unknown or offline, or has blocked the asker: the answer does not tell which. */
export type Introduction = {request: number; name: string; time: number; grant: Grant | undefined};

const GRANT_SIZE = 32 + 32 + 1 + CANDIDATE_LIMIT * ADDRESS_SIZE + 1 + TICKET_SIZE;

export function encodeIntroduction({request, name, time, grant}: Introduction): Buffer {
	const writer = writeName(new Writer().u32(request), name)
		.u64(time)
		.flag(grant !== undefined);
	if (grant === undefined) return writer.zeros(GRANT_SIZE).finish();
	writer.bytes(grant.key, 32).bytes(grant.identityKey, 32).u8(grant.suite).bytes(grant.ticket, TICKET_SIZE);
	return writePaddedAddresses(writer, grant.addresses, CANDIDATE_LIMIT).finish();
}

export function decodeIntroduction(bytes: Buffer): Introduction | undefined {
	const reader = new Reader(bytes);
	const head = {request: reader.u32(), name: readName(reader), time: reader.u64()};
	const grant = reader.flag() ? readGrant(reader) : skipGrant(reader);
	return reader.complete ? {...head, grant} : undefined;
}

function readGrant(reader: Reader): Grant {
	const keys = {
		key: reader.bytes(32),
		identityKey: reader.bytes(32),
		suite: reader.u8(),
		ticket: reader.bytes(TICKET_SIZE),
	};
	return {...keys, addresses: readPaddedAddresses(reader, CANDIDATE_LIMIT)};
}

function skipGrant(reader: Reader): undefined {
	reader.zeros(GRANT_SIZE);
}

/** The content of a ticket, sealed for the peer. `from` is the initiator, `to` the peer. `time` in ms, `life` in s. */
export type TicketBody = {
	version: number;
	suite: number;
	from: string;
	to: string;
	key: Buffer;
	identityKey: Buffer;
	address: Address;
	time: number;
	life: number;
	id: Buffer;
};

export function encodeTicketBody(ticket: TicketBody): Buffer {
	const writer = new Writer().u8(ticket.version).u8(ticket.suite);
	writeName(writeName(writer, ticket.from), ticket.to).bytes(ticket.key, 32).bytes(ticket.identityKey, 32);
	return writeAddress(writer, ticket.address).u64(ticket.time).u16(ticket.life).bytes(ticket.id, 16).finish();
}

export function decodeTicketBody(bytes: Buffer): TicketBody | undefined {
	const reader = new Reader(bytes);
	const ticket = {
		version: reader.u8(),
		suite: reader.u8(),
		from: readName(reader),
		to: readName(reader),
		key: reader.bytes(32),
		identityKey: reader.bytes(32),
		address: readAddress(reader),
		time: reader.u64(),
		life: reader.u16(),
		id: reader.bytes(16),
	};
	return reader.complete ? ticket : undefined;
}
