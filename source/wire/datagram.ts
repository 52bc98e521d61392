// UDP datagrams: u8 type ‖ u8 version ‖ …, at most 1200 bytes, so that no path fragments them (RFC 8085 §3.2).
import {type Buffer} from 'node:buffer';

export const DATAGRAM_LIMIT = 1200;

/** Every datagram type. */
export const DATAGRAM = {
	init: 0x01,
	cookie: 0x02,
	resp: 0x03,
	fin: 0x04,
	msg: 0x05,
	bind: 0x06,
	bound: 0x07,
	punch: 0x08,
	probe: 0x09,
	call: 0x0b,
} as const;

/** The type of a datagram with this version; undefined for anything else. This is the first and cheapest check. */
export function datagramType(bytes: Buffer, version: number): number | undefined {
	return bytes.length >= 2 && bytes.length <= DATAGRAM_LIMIT && bytes[1] === version ? bytes[0] : undefined;
}
