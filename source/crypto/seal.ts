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
/** The pad of a block, where the MAC key is XORed in and taken out again for each tag, then what is hashed with it. */
const fixedInner = secretBytes(HASH_BLOCK + FIXED_SIZE).fill(INNER_PAD, 0, HASH_BLOCK);
const outer = secretBytes(HASH_BLOCK + HASH_SIZE).fill(OUTER_PAD, 0, HASH_BLOCK);

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
	sealInto(sealed, key, plaintext, aad, iv);
	return sealed;
}

/** The same with its header before it, which is the AAD. */
export function sealBehind(header: Buffer, key: SealKey | Buffer, plaintext: Uint8Array, iv: Buffer): Buffer {
	const bytes = Buffer.allocUnsafe(header.length + sealedSize(plaintext.length));
	bytes.set(header);
	sealInto(bytes.subarray(header.length), key, plaintext, header, iv);
	return bytes;
}

function sealInto(sealed: Buffer, key: SealKey | Buffer, plaintext: Uint8Array, aad: Uint8Array, iv: Buffer): void {
	const tagAt = sealed.length - TAG_SIZE;
	const end = IV_SIZE + plaintext.length;
	sealed.set(iv);
	// PKCS#7 by hand: with the cipher's own it takes two calls, each of which hands back a buffer.
	sealed.set(plaintext, IV_SIZE);
	sealed.fill(tagAt - end, end, tagAt);
	const cipher = createCipheriv('aes-256-cbc', encryptionKey(key), iv);
	cipher.setAutoPadding(false);
	sealed.set(cipher.update(sealed.subarray(IV_SIZE, tagAt)), IV_SIZE);
	writeTag(sealed, tagAt, key, aad, sealed.subarray(0, tagAt));
}

/** The plaintext; undefined if it is too short, or if the tag (compared first, in constant time) or the padding is wrong. */
export function open(key: SealKey | Buffer, sealed: Buffer, aad: Uint8Array): Buffer | undefined {
	if (sealed.length < IV_SIZE + BLOCK + TAG_SIZE || sealed.length % BLOCK !== 0) return undefined;
	const tagAt = sealed.length - TAG_SIZE;
	writeTag(expected, 0, key, aad, sealed.subarray(0, tagAt));
	if (!equal(expected, sealed.subarray(tagAt))) return undefined;
	const decipher = createDecipheriv('aes-256-cbc', encryptionKey(key), sealed.subarray(0, IV_SIZE));
	decipher.setAutoPadding(false);
	const blocks = decipher.update(sealed.subarray(IV_SIZE, tagAt));
	const size = unpaddedSize(blocks);
	if (size !== undefined) return blocks.subarray(0, size);
	wipe(blocks);
	return undefined;
}

/** Without PKCS#7 (RFC 5652 §6.3). The tag is right: a wrong padding is of somebody with the key, who learns nothing from it. */
function unpaddedSize(blocks: Buffer): number | undefined {
	const padding = blocks[blocks.length - 1]!;
	if (padding === 0 || padding > BLOCK) return undefined;
	const size = blocks.length - padding;
	for (let index = size; index < blocks.length; index++) if (blocks[index] !== padding) return undefined;
	return size;
}

function encryptionKey(key: SealKey | Buffer): KeyObject {
	// Three times as fast as raw bytes, even for a single use.
	return Buffer.isBuffer(key) ? createSecretKey(key.subarray(32)) : key.enc;
}

/** The tag that `open` compares with. */
const expected = Buffer.alloc(TAG_SIZE);

/**
 * Writes the tag, 32 bytes, to `out` from `at` on. HMAC (RFC 2104) of two one-shot hashes, which need no import of the key. Texts cost half
 * of what buffers do; no key is among them.
 */
function writeTag(out: Buffer, at: number, key: SealKey | Buffer, aad: Uint8Array, body: Buffer): void {
	if (!Buffer.isBuffer(key)) {
		const bits = Buffer.alloc(8);
		bits.writeUInt32BE(aad.length * 8, 4);
		createHmac('sha512', key.mac).update(aad).update(body).update(bits).digest().copy(out, at, 0, TAG_SIZE);
		return;
	}

	checkSize(key);
	const size = HASH_BLOCK + aad.length + body.length + 8;
	const inner =
		size <= fixedInner.length ? fixedInner.subarray(0, size) : Buffer.alloc(size).fill(INNER_PAD, 0, HASH_BLOCK);
	for (let index = 0; index < 32; index++) {
		inner[index] = key[index]! ^ INNER_PAD;
		outer[index] = key[index]! ^ OUTER_PAD;
	}

	inner.set(aad, HASH_BLOCK);
	inner.set(body, HASH_BLOCK + aad.length);
	inner.writeUInt32BE(0, size - 8);
	inner.writeUInt32BE(aad.length * 8, size - 4);
	outer.write(hash('sha512', inner, 'binary'), HASH_BLOCK, 'latin1');
	out.write(hash('sha512', outer, 'binary'), at, TAG_SIZE, 'latin1');
	inner.fill(INNER_PAD, 0, 32);
	outer.fill(OUTER_PAD, 0, 32);
}

function checkSize(bytes: Buffer): void {
	if (bytes.length !== SEAL_KEY_SIZE)
		throw new RangeError(`a seal key has ${SEAL_KEY_SIZE} bytes, not ${bytes.length}`);
}
