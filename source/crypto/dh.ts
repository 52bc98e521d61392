// Ephemeral Diffie-Hellman with ffdhe3072 (RFC 7919). Shares and secrets have exactly 384 bytes. The work is done on the thread pool.
import {type Buffer} from 'node:buffer';
import {type KeyObject, generateKeyPair} from 'node:crypto';
import {derive, group, isPublicValue, privateKey, publicValue} from './group.ts';
import {FFDHE3072} from './primes.ts';

export const SHARE_SIZE = 384;

const ffdhe3072 = group(FFDHE3072, 2);

/** Node's types lack this kind of key pair. */
const generateDh = generateKeyPair as unknown as (
	type: 'dh',
	options: {prime: Buffer; generator: number},
	callback: (error: Error | null, publicKey: KeyObject, privateKey: KeyObject) => void,
) => void;

/** A fresh exponent and its share g^x. */
export type DhKeyPair = {readonly privateKey: KeyObject; readonly share: Buffer};

/** A key pair for one exchange, made on the thread pool (0.6 ms). OpenSSL knows the prime and takes a short exponent. */
export async function generateDhKeyPair(): Promise<DhKeyPair> {
	return new Promise((resolve, reject) => {
		generateDh('dh', {prime: ffdhe3072.prime, generator: 2}, (error, publicKey, key) => {
			if (error) reject(error);
			else resolve({privateKey: key, share: publicValue(ffdhe3072, publicKey)});
		});
	});
}

/** The key pair of a given exponent, for runs that must repeat exactly. */
export function dhKeyPairFromExponent(exponent: Buffer): DhKeyPair {
	const key = privateKey(ffdhe3072, ffdhe3072.generator, exponent);
	return {privateKey: key, share: publicValue(ffdhe3072, key)};
}

/** Whether `share` may be used: 384 bytes, 2 ≤ y ≤ p − 2 (RFC 7919 §5.1). */
export function isShare(share: Buffer): boolean {
	return isPublicValue(ffdhe3072, share);
}

/** The 384-byte secret, or undefined for a share that is out of range. */
export async function deriveDh(key: KeyObject, peerShare: Buffer): Promise<Buffer | undefined> {
	return isShare(peerShare) ? derive(ffdhe3072, key, peerShare) : undefined;
}
