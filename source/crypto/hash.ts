// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104) of several parts, one after the other.
import {Buffer} from 'node:buffer';
import {createHash, hash} from 'node:crypto';
import {secretBytes, wipe} from './bytes.ts';

const BLOCK = 64;
const DIGEST = 32;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;
/** Parts up to so many bytes have a fixed place, others one of their own. */
const FIXED_PARTS = 960;
/** The pad of a block, where the key is XORed in and taken out again for each MAC, then what is hashed with it, which is wiped. */
const fixedInner = secretBytes(BLOCK + FIXED_PARTS).fill(INNER_PAD, 0, BLOCK);
const outer = secretBytes(BLOCK + DIGEST).fill(OUTER_PAD, 0, BLOCK);

/** 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
	const digest = createHash('sha256');
	for (const part of parts) digest.update(part);
	return digest.digest();
}

/**
 * H(K ⊕ opad ‖ H(K ⊕ ipad ‖ parts)), 32 bytes. Made of two one-shot hashes: nearly twice as fast as an Hmac object, which
 * must import its key first.
 */
export function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
	if (key.length > BLOCK) return hmac(sha256(key), ...parts);
	let size = BLOCK;
	for (const part of parts) size += part.length;
	const inner =
		size <= fixedInner.length ? fixedInner.subarray(0, size) : Buffer.allocUnsafeSlow(size).fill(INNER_PAD, 0, BLOCK);
	for (let index = 0; index < key.length; index++) {
		inner[index] = key[index]! ^ INNER_PAD;
		outer[index] = key[index]! ^ OUTER_PAD;
	}

	let offset = BLOCK;
	for (const part of parts) {
		inner.set(part, offset);
		offset += part.length;
	}

	// As text it costs half of what a buffer does. It is no key, and without the key nothing follows from it.
	outer.write(hash('sha256', inner, 'binary'), BLOCK, 'latin1');
	const mac = hash('sha256', outer, 'buffer');
	inner.fill(INNER_PAD, 0, key.length).fill(0, BLOCK);
	outer.fill(OUTER_PAD, 0, key.length);
	return mac;
}

/** The same, written to `out`, which may be the key: for a MAC that is used as a key. Returns `out`. */
export function hmacInto(out: Buffer, key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
	const mac = hmac(key, ...parts);
	out.set(mac);
	wipe(mac);
	return out;
}
