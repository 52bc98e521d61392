// Datagrams about paths. With BIND the server learns the address of a client's UDP socket, BOUND returns that address, PUNCH opens a NAT.
import {Buffer} from 'node:buffer';
import {type Address, readAddress, writeAddress} from '../address.ts';
import {Reader, Writer} from '../cursor.ts';
import {DATAGRAM} from '../datagram.ts';

/** BIND and BOUND have the same size, so that an answer never amplifies. */
export const BIND_SIZE = 96;
const MAC_SIZE = 32;
const BODY_SIZE = BIND_SIZE - MAC_SIZE;

/** u8 type ‖ u8 version ‖ session id 16 ‖ u64 time, ms ‖ zeros to 64 ‖ MAC 32 over everything before it. */
export type Bind = {version: number; sessionId: Buffer; time: number};

/** The part of BIND that its MAC covers. */
export function bindBody({version, sessionId, time}: Bind): Buffer {
	return padded(new Writer().u8(DATAGRAM.bind).u8(version).bytes(sessionId, 16).u64(time));
}

export function encodeBind(body: Buffer, mac: Buffer): Buffer {
	return new Writer().bytes(body, BODY_SIZE).bytes(mac, MAC_SIZE).finish();
}

export function decodeBind(bytes: Buffer): (Bind & {body: Buffer; mac: Buffer}) | undefined {
	if (bytes.length !== BIND_SIZE || bytes[0] !== DATAGRAM.bind) return undefined;
	const reader = new Reader(bytes.subarray(1, BODY_SIZE));
	const bind = {version: reader.u8(), sessionId: reader.bytes(16), time: reader.u64()};
	return zeros(reader) ? {...bind, ...signed(bytes)} : undefined;
}

/** The fields of BIND, then the address that it came from: 18 bytes. */
export type Bound = Bind & {observed: Address};

export function boundBody({version, sessionId, time, observed}: Bound): Buffer {
	const writer = new Writer().u8(DATAGRAM.bound).u8(version).bytes(sessionId, 16).u64(time);
	return padded(writeAddress(writer, observed));
}

export const encodeBound = encodeBind;

export function decodeBound(bytes: Buffer): (Bound & {body: Buffer; mac: Buffer}) | undefined {
	if (bytes.length !== BIND_SIZE || bytes[0] !== DATAGRAM.bound) return undefined;
	const reader = new Reader(bytes.subarray(1, BODY_SIZE));
	const bind = {version: reader.u8(), sessionId: reader.bytes(16), time: reader.u64()};
	const observed = readAddress(reader);
	return zeros(reader) ? {...bind, observed, ...signed(bytes)} : undefined;
}

/** Two bytes without content. Sent to a peer's addresses, so that a NAT on the way lets the peer's INIT in. */
export function encodePunchDatagram(version: number): Buffer {
	return Buffer.from([DATAGRAM.punch, version]);
}

function padded(writer: Writer): Buffer {
	const body = Buffer.alloc(BODY_SIZE);
	writer.finish().copy(body);
	return body;
}

function zeros(reader: Reader): boolean {
	return reader.rest().every(byte => byte === 0) && !reader.failed;
}

function signed(bytes: Buffer): {body: Buffer; mac: Buffer} {
	return {body: bytes.subarray(0, BODY_SIZE), mac: bytes.subarray(BODY_SIZE)};
}
