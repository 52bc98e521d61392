// HKDF-SHA-256 (RFC 5869), and the labelled expansion that every key of the protocol is derived with.
import {Buffer} from 'node:buffer';
import {secretBytes, wipe} from './bytes.ts';
import {hmac, hmacInto} from './hash.ts';

const PRK_SIZE = 32;

/** HKDF-Extract (RFC 5869 §2.2): a pseudorandom key of 32 bytes. */
export function extract(salt: Uint8Array, ikm: Uint8Array): Buffer {
	return extractInto(secretBytes(PRK_SIZE), salt, ikm);
}

/** The same, written to `out` of 32 bytes. Returns `out`. */
export function extractInto(out: Buffer, salt: Uint8Array, ikm: Uint8Array): Buffer {
	return hmacInto(out, salt, ikm);
}

/** HKDF-Expand (RFC 5869 §2.3). Throws RangeError past 255 blocks of 32 bytes. */
export function expand(prk: Uint8Array, info: Uint8Array, length: number): Buffer {
	return expandInto(secretBytes(length), prk, info);
}

const nothing = Buffer.alloc(0);
/** Of the block that is being made. */
const counter = Buffer.alloc(1);

function expandInto(out: Buffer, prk: Uint8Array, info: Uint8Array): Buffer {
	if (out.length > 255 * 32) throw new RangeError('HKDF-Expand yields at most 8160 bytes');
	let block: Buffer = nothing;
	for (let offset = 0, index = 1; offset < out.length; offset += 32, index++) {
		counter[0] = index;
		const next = hmac(prk, block, info, counter);
		wipe(block);
		block = next;
		block.copy(out, offset);
	}

	wipe(block);
	return out;
}

const prefix = 'simchat1 ';

/**
 * EL(prk, label, context, length) of docs/protocol.md: HKDF-Expand with the info
 * u16 length ‖ u8 len ‖ "simchat1 " + label ‖ u8 len ‖ context. Each purpose and direction has its own label.
 */
export function expandLabel(prk: Uint8Array, label: string, context: Uint8Array, length: number): Buffer {
	return expandLabelInto(secretBytes(length), prk, label, context);
}

/** The same, written to all of `out`: for short-lived keys, and for public values. Returns `out`. */
export function expandLabelInto(out: Buffer, prk: Uint8Array, label: string, context: Uint8Array): Buffer {
	const name = prefix + label;
	if (context.length > 255) throw new RangeError('a context has at most 255 bytes');
	const info = Buffer.allocUnsafe(4 + name.length + context.length);
	info.writeUInt16BE(out.length, 0);
	info.writeUInt8(name.length, 2);
	info.write(name, 3, 'latin1');
	info.writeUInt8(context.length, 3 + name.length);
	info.set(context, 4 + name.length);
	return expandInto(out, prk, info);
}
