// NAT-PMP, version 0 of what became PCP (RFC 6886 §3): the router's address is one question, the mapping another. No nonce.
import {type Buffer} from 'node:buffer';
import {Reader, Writer} from '../../wire/cursor.ts';

const VERSION = 0;
const RESPONSE = 0x80;
const [ADDRESS, MAP_UDP] = [0, 1];
/** RFC 6886 §3.2, §3.3, §3.5: of an answer to the first question, to the second, and of one that says no. */
const [ADDRESS_SIZE, MAP_SIZE, REFUSAL_SIZE] = [12, 16, 8];

/** By their number (RFC 6886 §3.5). */
const RESULTS = [
	'success',
	'unsupported version',
	'not authorized',
	'network failure',
	'no resources',
	'unsupported opcode',
] as const;
export type NatPmpResult = (typeof RESULTS)[number] | 'unknown';

/** `epoch`: seconds since the router lost its mappings. */
export type NatPmpAnswer =
	| {readonly kind: 'address'; readonly epoch: number; readonly host: string}
	| {
			readonly kind: 'mapping';
			readonly epoch: number;
			readonly port: number;
			readonly externalPort: number;
			/** Seconds. */
			readonly life: number;
	  }
	/** `operation`: 0 and 1 as asked; anything for a question that it does not know, such as one of PCP. */
	| {
			readonly kind: 'refused';
			readonly epoch: number;
			readonly operation: number;
			readonly result: Exclude<NatPmpResult, 'success'>;
	  };

export type NatPmpFlaw = 'short' | 'long' | 'malformed';

/** Two bytes. */
export function encodeNatPmpAddress(): Buffer {
	return new Writer().u8(VERSION).u8(ADDRESS).finish();
}

/** Twelve bytes. Life in seconds: 0 ends the mapping of this port, and then nothing may be suggested (RFC 6886 §3.4). */
export function encodeNatPmpMap(port: number, suggestedPort: number, life: number): Buffer {
	return new Writer().u8(VERSION).u8(MAP_UDP).u16(0).u16(port).u16(suggestedPort).u32(life).finish();
}

/** An answer has the size of its kind, to the byte; one that says no may be short or repeat the question behind its eight bytes. */
export function decodeNatPmp(datagram: Buffer): NatPmpAnswer | NatPmpFlaw {
	if (datagram.length < REFUSAL_SIZE) return 'short';
	const reader = new Reader(datagram);
	if (reader.u8() !== VERSION) return 'malformed';
	const opcode = reader.u8();
	if (opcode < RESPONSE) return 'malformed';
	const operation = opcode - RESPONSE;
	const code = reader.u16();
	const result: NatPmpResult = RESULTS[code] ?? 'unknown';
	const epoch = reader.u32();
	if (result !== 'success') return {kind: 'refused', epoch, operation, result};
	if (operation !== ADDRESS && operation !== MAP_UDP) return 'malformed';
	const size = operation === ADDRESS ? ADDRESS_SIZE : MAP_SIZE;
	if (datagram.length !== size) return datagram.length < size ? 'short' : 'long';
	if (operation === ADDRESS) return {kind: 'address', epoch, host: [...reader.bytes(4)].join('.')};
	const [port, externalPort, life] = [reader.u16(), reader.u16(), reader.u32()];
	return {kind: 'mapping', epoch, port, externalPort, life};
}
