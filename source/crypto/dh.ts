// Ephemeral Diffie-Hellman with ffdhe3072 (RFC 7919). Shares and secrets have exactly 384 bytes. The work is done on the thread pool.
import {type Buffer} from 'node:buffer';
import {type KeyObject, generateKeyPair} from 'node:crypto';
import {intoSecret, secretCopy} from './bytes.ts';
import {type KeyPair, type MakeKeyPair, derive, group, isPublicValue, keyPair, publicValue} from './group.ts';
import {FFDHE3072} from './primes.ts';
import {type Random} from './random.ts';

export const SHARE_SIZE = 384;

const ffdhe3072 = group(FFDHE3072, 2);

/** Node's types lack this kind of key pair. */
const generateDh = generateKeyPair as unknown as (
	type: 'dh',
	options: {prime: Buffer; generator: number},
	callback: (error: Error | null, publicKey: KeyObject, privateKey: KeyObject) => void,
) => void;

/** A fresh exponent and its share g^x. */
export type DhKeyPair = KeyPair;

/** Bytes of an exponent that OpenSSL has not drawn itself: 280 bits, more than the 275 of RFC 7919 §A.2. */
const EXPONENT_SIZE = 35;

/** A key pair for one exchange, made on the thread pool (0.6 ms). OpenSSL knows the prime and takes a short exponent. */
export async function generateDhKeyPair(): Promise<DhKeyPair> {
	return new Promise((resolve, reject) => {
		generateDh('dh', {prime: ffdhe3072.prime, generator: 2}, (error, publicKey, key) => {
			if (error) reject(error);
			else resolve({privateKey: key, share: publicValue(ffdhe3072, publicKey)});
		});
	});
}

/** The same, made by `make` from fresh bytes: a third cheaper, since the group is not looked at anew. */
export async function drawDhKeyPair(random: Random, make: MakeKeyPair): Promise<DhKeyPair> {
	return make(ffdhe3072, intoSecret(random(EXPONENT_SIZE)));
}

/** The key pair of a given exponent, which stays the caller's: for runs that must repeat exactly. */
export function dhKeyPairFromExponent(exponent: Buffer): DhKeyPair {
	return keyPair(ffdhe3072, secretCopy(exponent));
}

/** Whether `share` may be used: 384 bytes, 2 ≤ y ≤ p − 2 (RFC 7919 §5.1). */
export function isShare(share: Buffer): boolean {
	return isPublicValue(ffdhe3072, share);
}

/** The 384-byte secret, or undefined for a share that is out of range. */
export async function deriveDh(key: KeyObject, peerShare: Buffer): Promise<Buffer | undefined> {
	return isShare(peerShare) ? derive(ffdhe3072, key, peerShare) : undefined;
}
