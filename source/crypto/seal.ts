// A256CBC-HS512 (RFC 7518 §5.2.5): AES-256-CBC with a random IV, then HMAC-SHA-512 over AAD, IV and ciphertext, cut to 32 bytes.
import {Buffer} from 'node:buffer';
import {type KeyObject, createCipheriv, createDecipheriv, createHmac, createSecretKey} from 'node:crypto';
import {concat, equal, wipe} from './bytes.ts';

export const SEAL_KEY_SIZE = 64;
const IV_SIZE = 16;
const TAG_SIZE = 32;
const BLOCK = 16;

/** MAC key and encryption key, 32 bytes each. KeyObjects cannot be wiped: OpenSSL clears them when the last reference is gone. */
export type SealKey = {readonly mac: KeyObject; readonly enc: KeyObject};

/** Imports MAC key ‖ encryption key, 64 bytes, which the caller wipes. Even for a single use it is three times as fast as raw keys. */
export function sealKey(bytes: Buffer): SealKey {
	if (bytes.length !== SEAL_KEY_SIZE)
		throw new RangeError(`a seal key has ${SEAL_KEY_SIZE} bytes, not ${bytes.length}`);
	return {mac: createSecretKey(bytes.subarray(0, 32)), enc: createSecretKey(bytes.subarray(32))};
}

/** Size of `length` bytes after sealing: IV 16 ‖ whole blocks with PKCS#7 ‖ tag 32. */
export function sealedSize(length: number): number {
	return IV_SIZE + (Math.floor(length / BLOCK) + 1) * BLOCK + TAG_SIZE;
}

/** IV ‖ ciphertext ‖ tag. The IV must be 16 fresh random bytes. */
export function seal(key: SealKey, plaintext: Uint8Array, aad: Uint8Array, iv: Buffer): Buffer {
	const cipher = createCipheriv('aes-256-cbc', key.enc, iv);
	const sealed = Buffer.allocUnsafe(sealedSize(plaintext.length));
	const tagAt = sealed.length - TAG_SIZE;
	sealed.set(iv);
	sealed.set(cipher.update(plaintext), IV_SIZE);
	sealed.set(cipher.final(), tagAt - BLOCK);
	sealed.set(tagOf(key, aad, sealed.subarray(0, tagAt)), tagAt);
	return sealed;
}

/** The plaintext; undefined if it is too short, or if the tag (compared first, in constant time) or the padding is wrong. */
export function open(key: SealKey, sealed: Buffer, aad: Uint8Array): Buffer | undefined {
	if (sealed.length < IV_SIZE + BLOCK + TAG_SIZE || sealed.length % BLOCK !== 0) return undefined;
	const body = sealed.subarray(0, -TAG_SIZE);
	if (!equal(tagOf(key, aad, body), sealed.subarray(-TAG_SIZE))) return undefined;
	const decipher = createDecipheriv('aes-256-cbc', key.enc, body.subarray(0, IV_SIZE));
	try {
		const [most, last] = [decipher.update(body.subarray(IV_SIZE)), decipher.final()];
		const plaintext = concat(most, last);
		// The plaintext may hold a key. The caller wipes its copy, these are ours.
		wipe(most, last);
		return plaintext;
	} catch {
		// The tag is right and the padding wrong: somebody with the key sealed it like this.
		return undefined;
	}
}

function tagOf(key: SealKey, aad: Uint8Array, body: Buffer): Buffer {
	const bits = Buffer.alloc(8);
	bits.writeUInt32BE(aad.length * 8, 4);
	return createHmac('sha512', key.mac).update(aad).update(body).update(bits).digest().subarray(0, TAG_SIZE);
}
