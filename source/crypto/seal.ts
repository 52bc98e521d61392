// A256CBC-HS512 (RFC 7518 §5.2.5): AES-256-CBC with a random IV, then HMAC-SHA-512 over AAD, IV and ciphertext, cut to 32 bytes.
import {Buffer} from 'node:buffer';
import {type KeyObject, createCipheriv, createDecipheriv, createHmac, createSecretKey, hash} from 'node:crypto';
import {equal, secretBytes, wipe} from './bytes.ts';

export const SEAL_KEY_SIZE = 64;
const IV_SIZE = 16;
const TAG_SIZE = 32;
const BLOCK = 16;
/** Of SHA-512, bytes. */
const HASH_BLOCK = 128;
const HASH_SIZE = 64;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;
/** Up to so many bytes under a MAC have a fixed place, more of them one of their own. */
const FIXED_SIZE = 2048;
/** The MAC key XORed with its pad, then what is hashed with it: for one tag at a time, wiped after it. */
const fixedInner = secretBytes(HASH_BLOCK + FIXED_SIZE);
const outer = secretBytes(HASH_BLOCK + HASH_SIZE);

/** MAC key and encryption key, 32 bytes each. KeyObjects cannot be wiped: OpenSSL clears them when the last reference is gone. */
export type SealKey = {readonly mac: KeyObject; readonly enc: KeyObject};

/** Imports MAC key ‖ encryption key, 64 bytes, which the caller may wipe then. For a key of one use `seal` and `open` take the bytes. */
export function sealKey(bytes: Buffer): SealKey {
	checkSize(bytes);
	return {mac: createSecretKey(bytes.subarray(0, 32)), enc: createSecretKey(bytes.subarray(32))};
}

/** Size of `length` bytes after sealing: IV 16 ‖ whole blocks with PKCS#7 ‖ tag 32. */
export function sealedSize(length: number): number {
	return IV_SIZE + (Math.floor(length / BLOCK) + 1) * BLOCK + TAG_SIZE;
}

/** IV ‖ ciphertext ‖ tag. The IV must be 16 fresh random bytes. A key of 64 bytes stays as it is: the caller wipes it. */
export function seal(key: SealKey | Buffer, plaintext: Uint8Array, aad: Uint8Array, iv: Buffer): Buffer {
	const sealed = Buffer.allocUnsafe(sealedSize(plaintext.length));
	const tagAt = sealed.length - TAG_SIZE;
	const blocks = sealed.subarray(IV_SIZE, tagAt);
	sealed.set(iv);
	// PKCS#7 by hand: with the cipher's own it takes two calls, each of which hands back a buffer.
	blocks.set(plaintext);
	blocks.fill(blocks.length - plaintext.length, plaintext.length);
	const cipher = createCipheriv('aes-256-cbc', encryptionKey(key), iv);
	cipher.setAutoPadding(false);
	blocks.set(cipher.update(blocks));
	tagOf(key, aad, sealed.subarray(0, tagAt)).copy(sealed, tagAt);
	return sealed;
}

/** The plaintext; undefined if it is too short, or if the tag (compared first, in constant time) or the padding is wrong. */
export function open(key: SealKey | Buffer, sealed: Buffer, aad: Uint8Array): Buffer | undefined {
	if (sealed.length < IV_SIZE + BLOCK + TAG_SIZE || sealed.length % BLOCK !== 0) return undefined;
	const body = sealed.subarray(0, -TAG_SIZE);
	if (!equal(tagOf(key, aad, body), sealed.subarray(-TAG_SIZE))) return undefined;
	const decipher = createDecipheriv('aes-256-cbc', encryptionKey(key), body.subarray(0, IV_SIZE));
	decipher.setAutoPadding(false);
	const blocks = decipher.update(body.subarray(IV_SIZE));
	const padding = blocks.at(-1)!;
	const size = blocks.length - padding;
	// The tag is right: a wrong padding is of somebody with the key, who learns nothing from it.
	if (padding >= 1 && padding <= BLOCK && blocks.subarray(size).every(byte => byte === padding))
		return blocks.subarray(0, size);
	wipe(blocks);
	return undefined;
}

function encryptionKey(key: SealKey | Buffer): KeyObject {
	// Three times as fast as raw bytes, even for a single use.
	return Buffer.isBuffer(key) ? createSecretKey(key.subarray(32)) : key.enc;
}

const tag = Buffer.alloc(TAG_SIZE);

/** The tag, 32 bytes in a fixed place, until the next one. */
function tagOf(key: SealKey | Buffer, aad: Uint8Array, body: Buffer): Buffer {
	const bits = Buffer.alloc(8);
	bits.writeUInt32BE(aad.length * 8, 4);
	if (Buffer.isBuffer(key)) {
		checkSize(key);
		writeTag(key, aad, body, bits);
	} else {
		createHmac('sha512', key.mac).update(aad).update(body).update(bits).digest().copy(tag);
	}

	return tag;
}

/** HMAC (RFC 2104) of two one-shot hashes, which need no import of the key. Texts cost half of what buffers do; no key is among them. */
function writeTag(key: Buffer, aad: Uint8Array, body: Buffer, bits: Buffer): void {
	const size = HASH_BLOCK + aad.length + body.length + bits.length;
	const inner = size <= fixedInner.length ? fixedInner.subarray(0, size) : Buffer.allocUnsafeSlow(size);
	inner.fill(INNER_PAD, 0, HASH_BLOCK);
	outer.fill(OUTER_PAD, 0, HASH_BLOCK);
	for (let index = 0; index < 32; index++) {
		inner[index]! ^= key[index]!;
		outer[index]! ^= key[index]!;
	}

	inner.set(aad, HASH_BLOCK);
	inner.set(body, HASH_BLOCK + aad.length);
	inner.set(bits, size - bits.length);
	outer.write(hash('sha512', inner, 'binary'), HASH_BLOCK, 'latin1');
	tag.write(hash('sha512', outer, 'binary'), 'latin1');
	wipe(inner.subarray(0, HASH_BLOCK), outer);
}

function checkSize(bytes: Buffer): void {
	if (bytes.length !== SEAL_KEY_SIZE)
		throw new RangeError(`a seal key has ${SEAL_KEY_SIZE} bytes, not ${bytes.length}`);
}
