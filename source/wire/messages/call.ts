// CALL: on the local network a client asks by multicast whether a contact is there. Nobody but that contact can tell who asks whom.
import {type Buffer} from 'node:buffer';
import {Reader, Writer} from '../cursor.ts';
import {DATAGRAM} from '../datagram.ts';

/** A call and its answer have the same size. */
export const CALL_SIZE = 34;
export const CALL_NONCE_SIZE = 16;
export const CALL_TAG_SIZE = 16;

/** u8 type ‖ u8 version ‖ nonce 16 ‖ tag 16. */
export type Call = {readonly version: number; readonly nonce: Buffer; readonly tag: Buffer};

export function encodeCall({version, nonce, tag}: Call): Buffer {
	const writer = new Writer().u8(DATAGRAM.call).u8(version);
	return writer.bytes(nonce, CALL_NONCE_SIZE).bytes(tag, CALL_TAG_SIZE).finish();
}

export function decodeCall(bytes: Buffer): Call | undefined {
	if (bytes.length !== CALL_SIZE || bytes[0] !== DATAGRAM.call) return undefined;
	const reader = new Reader(bytes.subarray(1));
	return {version: reader.u8(), nonce: reader.bytes(CALL_NONCE_SIZE), tag: reader.bytes(CALL_TAG_SIZE)};
}
