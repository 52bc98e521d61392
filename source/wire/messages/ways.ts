// What the directory tells of ways through NATs: where its reflectors are, and to both sides of an introduction where the other one is.
import {type Buffer} from 'node:buffer';
import {
	ADDRESS_SIZE,
	type Address,
	readAddresses,
	readPaddedAddresses,
	writeAddresses,
	writePaddedAddresses,
} from '../address.ts';
import {Reader, Writer} from '../cursor.ts';
import {TICKET_SIZE} from './introduce.ts';

/** How many reflectors REFLECTORS names. */
export const REFLECTOR_LIMIT = 4;
/** How many addresses of a client CALLED and WAYS hold. */
export const WAY_LIMIT = 6;
export const CALLED_SIZE = 8 + TICKET_SIZE + 2 + WAY_LIMIT * ADDRESS_SIZE;
export const WAYS_SIZE = 4 + 2 + WAY_LIMIT * ADDRESS_SIZE;

/**
 * What the server has seen of a client's NAT. `same`: two reflectors of one family saw one address and port. `varies`: they saw two.
 * `unknown`: only one reflector has seen it. Its number on the wire is its place in the list.
 */
export const NAT_MAPPINGS = ['unknown', 'same', 'varies'] as const;
export type NatMapping = (typeof NAT_MAPPINGS)[number];

/** Where a client is found: its addresses, at most WAY_LIMIT, those that the server itself saw first. */
export type Whereabouts = {readonly mapping: NatMapping; readonly addresses: readonly Address[]};

/** REFLECTORS, S→C, after ACCEPT: where BIND is answered besides the address and port that the client has reached by TCP. */
export function encodeReflectors(addresses: readonly Address[]): Buffer {
	return writeAddresses(new Writer(), addresses, REFLECTOR_LIMIT).finish();
}

export function decodeReflectors(bytes: Buffer): Address[] | undefined {
	const reader = new Reader(bytes);
	const addresses = readAddresses(reader, REFLECTOR_LIMIT);
	return reader.complete ? addresses : undefined;
}

/** Stands in REFLECTORS for the host that the client has reached by TCP: behind a NAT the server does not know which one that is. */
export const REACHED_HOST = '::';

/** What REFLECTORS names, for a client that has reached the server at `reached` by TCP. */
export function reflectorsAt(named: readonly Address[], reached: Address): Address[] {
	return named.map(({host, port}) => ({host: host === REACHED_HOST ? reached.host : host, port}));
}

/** CALLED, S→B: A is introduced to B. `time` is when, ms; the ticket is the one that A got, and it says who A is. */
export type Called = Whereabouts & {readonly time: number; readonly ticket: Buffer};

/** Throws RangeError when the ticket has another size or there are too many addresses. */
export function encodeCalled({time, ticket, ...where}: Called): Buffer {
	return writeWhereabouts(new Writer().u64(time).bytes(ticket, TICKET_SIZE), where).finish();
}

export function decodeCalled(bytes: Buffer): Called | undefined {
	if (bytes.length !== CALLED_SIZE) return undefined;
	const reader = new Reader(bytes);
	const called = {time: reader.u64(), ticket: reader.bytes(TICKET_SIZE), ...readWhereabouts(reader)};
	return reader.complete ? called : undefined;
}

/** WAYS, S→A: where B is, ahead of the INTRODUCTION with this request number. Without a grant it is unknown and has no address. */
export type Ways = Whereabouts & {readonly request: number};

/** Throws RangeError when there are too many addresses. */
export function encodeWays({request, ...where}: Ways): Buffer {
	return writeWhereabouts(new Writer().u32(request), where).finish();
}

export function decodeWays(bytes: Buffer): Ways | undefined {
	if (bytes.length !== WAYS_SIZE) return undefined;
	const reader = new Reader(bytes);
	const ways = {request: reader.u32(), ...readWhereabouts(reader)};
	return reader.complete ? ways : undefined;
}

function writeWhereabouts(writer: Writer, {mapping, addresses}: Whereabouts): Writer {
	return writePaddedAddresses(writer.u8(NAT_MAPPINGS.indexOf(mapping)), addresses, WAY_LIMIT);
}

function readWhereabouts(reader: Reader): Whereabouts {
	const mapping = NAT_MAPPINGS[reader.u8()];
	if (mapping === undefined) reader.fail();
	return {mapping: mapping ?? 'unknown', addresses: readPaddedAddresses(reader, WAY_LIMIT)};
}
