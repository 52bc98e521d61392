// HKDF-SHA-256 (RFC 5869), and the one labelled expansion that every key of the protocol comes from.
import {Buffer} from 'node:buffer';
import {wipe} from './bytes.ts';
import {hmac} from './hash.ts';

/** HKDF-Extract (RFC 5869 §2.2): a 32-byte pseudorandom key. */
export function extract(salt: Uint8Array, ikm: Uint8Array): Buffer {
	return hmac(salt, ikm);
}

/** HKDF-Expand (RFC 5869 §2.3). Throws RangeError past 255 blocks of 32 bytes. */
export function expand(prk: Uint8Array, info: Uint8Array, length: number): Buffer {
	if (length > 255 * 32) throw new RangeError('HKDF-Expand yields at most 8160 bytes');
	const out = Buffer.alloc(length);
	let block: Buffer = Buffer.alloc(0);
	for (let offset = 0, index = 1; offset < length; offset += 32, index++) {
		const next = hmac(prk, block, info, Buffer.of(index));
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
 * u16 length ‖ u8 len ‖ "simchat1 " + label ‖ u8 len ‖ context. One label a purpose and a direction.
 */
export function expandLabel(prk: Uint8Array, label: string, context: Uint8Array, length: number): Buffer {
	const name = prefix + label;
	if (context.length > 255) throw new RangeError('a context has at most 255 bytes');
	const info = Buffer.allocUnsafe(4 + name.length + context.length);
	info.writeUInt16BE(length, 0);
	info.writeUInt8(name.length, 2);
	info.write(name, 3, 'latin1');
	info.writeUInt8(context.length, 3 + name.length);
	info.set(context, 4 + name.length);
	return expand(prk, info, length);
}
