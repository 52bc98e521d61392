// PCP's MAP request and its answer, version 2 (RFC 6887 §7, §11.1): 24 bytes of header, 36 of MAP, options that we send none of.
import {Buffer} from 'node:buffer';
import {isIPv4} from 'node:net';
import {Reader, Writer} from '../../wire/cursor.ts';
import {type Address, readAddress, writeAddress} from '../../wire/address.ts';

export const PCP_VERSION = 2;
export const MAPPING_NONCE_SIZE = 12;
const MAP_SIZE = 60;
/** RFC 6887 §7: no message is longer. */
export const PCP_LIMIT = 1100;
const MAP = 1;
const RESPONSE = 0x80;
const UDP = 17;

/** By their number (RFC 6887 §7.4). */
const RESULTS = [
	'success',
	'unsupported version',
	'not authorized',
	'malformed request',
	'unsupported opcode',
	'unsupported option',
	'malformed option',
	'network failure',
	'no resources',
	'unsupported protocol',
	'quota exceeded',
	'cannot provide external',
	'address mismatch',
	'excessive remote peers',
] as const;
export type PcpResult = (typeof RESULTS)[number] | 'unknown';

export type PcpMapRequest = {
	/** Our own address towards the router, as the router must see it. */
	readonly client: string;
	/** 12 bytes, the same for the whole life of a mapping. */
	readonly nonce: Buffer;
	/** Of our socket. */
	readonly port: number;
	/** Seconds; 0 ends the mapping. */
	readonly life: number;
	/** What we would like to have, or had before. Port 0 or host 0.0.0.0: whatever there is. */
	readonly suggested: Address;
};

export type PcpMapAnswer = {
	readonly result: PcpResult;
	/** Seconds: of the mapping, or of the error. */
	readonly life: number;
	/** Seconds since the router lost its mappings. */
	readonly epoch: number;
	readonly nonce: Buffer;
	readonly port: number;
	/** Undefined in an answer that grants nothing. */
	readonly external: Address | undefined;
};

/** Why an answer is dropped. */
export type PcpFlaw = 'short' | 'long' | 'malformed';

/** 60 bytes. */
export function encodePcpMap({client, nonce, port, life, suggested}: PcpMapRequest): Buffer {
	return new Writer()
		.u8(PCP_VERSION)
		.u8(MAP)
		.u16(0)
		.u32(life)
		.bytes(hostBytes(client), 16)
		.bytes(nonce, MAPPING_NONCE_SIZE)
		.u8(UDP)
		.zeros(3)
		.u16(port)
		.u16(suggested.port)
		.bytes(hostBytes(suggested.host), 16)
		.finish();
}

/** At least 60 bytes, a multiple of 4, at most 1100 (RFC 6887 §8.3); options behind the 60 are passed over, since we asked for none. */
export function decodePcpMap(datagram: Buffer): PcpMapAnswer | PcpFlaw {
	if (datagram.length < MAP_SIZE) return 'short';
	if (datagram.length > PCP_LIMIT) return 'long';
	if (datagram.length % 4 !== 0) return 'malformed';
	const reader = new Reader(datagram.subarray(0, MAP_SIZE));
	if (reader.u8() !== PCP_VERSION || reader.u8() !== (RESPONSE | MAP)) return 'malformed';
	reader.u8();
	const result: PcpResult = RESULTS[reader.u8()] ?? 'unknown';
	const life = reader.u32();
	const epoch = reader.u32();
	reader.bytes(12);
	const nonce = reader.bytes(MAPPING_NONCE_SIZE);
	const protocol = reader.u8();
	reader.bytes(3);
	const port = reader.u16();
	const externalPort = reader.bytes(2);
	const externalHost = reader.bytes(16);
	if (protocol !== UDP) return 'malformed';
	const rest = {result, life, epoch, nonce, port};
	if (result !== 'success' || life === 0) return {...rest, external: undefined};
	// PCP has the port before the host, our wire behind it.
	const place = new Reader(Buffer.concat([externalHost, externalPort]));
	const external = readAddress(place);
	return place.complete ? {...rest, external} : 'malformed';
}

/** IPv4 as ::ffff:a.b.c.d (RFC 6887 §5). */
function hostBytes(host: string): Buffer {
	const whole = writeAddress(new Writer(), {host: isIPv4(host) ? host : host.replace(/%.*$/, ''), port: 1});
	return whole.finish().subarray(0, 16);
}
