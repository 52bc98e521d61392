// PROBE: two clients that were introduced ask each other at every address they know, and hear at which one an answer comes back.
import {Buffer} from 'node:buffer';
import {ADDRESS_SIZE, type Address, readAddress, writeAddress} from '../address.ts';
import {Reader, Writer} from '../cursor.ts';
import {DATAGRAM} from '../datagram.ts';

/** An ask and its answer have the same size, so that an answer never amplifies. */
export const PROBE_SIZE = 64;
export const PROBE_TAG_SIZE = 4;
export const PROBE_NONCE_SIZE = 12;
export const PROBE_MAC_SIZE = 16;
const BODY_SIZE = PROBE_SIZE - PROBE_MAC_SIZE;
const KIND = {ask: 1, answer: 2} as const;

/** What both kinds have: the tag names the introduction, 4 bytes; the nonce names the ask, 12 bytes. */
type Head = {readonly version: number; readonly tag: Buffer; readonly nonce: Buffer};

/** An answer repeats the nonce of its ask and says from which address that came. */
export type Probe = Head & ({readonly kind: 'ask'} | {readonly kind: 'answer'; readonly observed: Address});

/** u8 type ‖ u8 version ‖ tag 4 ‖ u8 kind ‖ u8 zero ‖ nonce 12 ‖ observed 18, zeros in an ask ‖ zeros 10: what the MAC covers. */
export function probeBody(probe: Probe): Buffer {
	const writer = new Writer()
		.u8(DATAGRAM.probe)
		.u8(probe.version)
		.bytes(probe.tag, PROBE_TAG_SIZE)
		.u8(KIND[probe.kind])
		.u8(0)
		.bytes(probe.nonce, PROBE_NONCE_SIZE);
	if (probe.kind === 'answer') writeAddress(writer, probe.observed);
	const body = Buffer.alloc(BODY_SIZE);
	writer.finish().copy(body);
	return body;
}

export function encodeProbe(body: Buffer, mac: Buffer): Buffer {
	return new Writer().bytes(body, BODY_SIZE).bytes(mac, PROBE_MAC_SIZE).finish();
}

export function decodeProbe(bytes: Buffer): (Probe & {readonly body: Buffer; readonly mac: Buffer}) | undefined {
	if (bytes.length !== PROBE_SIZE || bytes[0] !== DATAGRAM.probe) return undefined;
	const reader = new Reader(bytes.subarray(1, BODY_SIZE));
	const [version, tag, kind, zero] = [reader.u8(), reader.bytes(PROBE_TAG_SIZE), reader.u8(), reader.u8()];
	const head = {version, tag, nonce: reader.bytes(PROBE_NONCE_SIZE)};
	if (zero !== 0) return undefined;
	const parts = {body: bytes.subarray(0, BODY_SIZE), mac: bytes.subarray(BODY_SIZE)};
	if (kind === KIND.ask) {
		return isZero(reader.bytes(ADDRESS_SIZE)) && isZero(reader.rest()) ? {...head, kind: 'ask', ...parts} : undefined;
	}

	if (kind !== KIND.answer) return undefined;
	const observed = readAddress(reader);
	return isZero(reader.rest()) && !reader.failed ? {...head, kind: 'answer', observed, ...parts} : undefined;
}

function isZero(bytes: Buffer): boolean {
	return bytes.every(byte => byte === 0);
}
