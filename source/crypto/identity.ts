// Ed25519 signatures (RFC 8032): for the identity keys of accounts and the signing key of the server.
import {Buffer} from 'node:buffer';
import {type KeyObject, createPublicKey, sign as signEd25519, verify as verifyEd25519} from 'node:crypto';
import {intoSecret} from './bytes.ts';
import {importPrivateKey} from './import.ts';
import {type Random} from './random.ts';

/** The private half as a KeyObject, the public half as its 32 bytes. */
export type IdentityKey = {readonly privateKey: KeyObject; readonly publicKey: Buffer};

const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const spki = Buffer.from('302a300506032b6570032100', 'hex');

/** A fresh key and its seed of 32 bytes, which the caller seals for storage and wipes. */
export function generateIdentity(random: Random): {seed: Buffer; identity: IdentityKey} {
	const seed = intoSecret(random(32));
	return {seed, identity: identityFromSeed(seed)};
}

/** The key of a 32-byte seed (RFC 8032 §5.1.5). Throws RangeError for another size. */
export function identityFromSeed(seed: Buffer): IdentityKey {
	if (seed.length !== 32) throw new RangeError(`a seed has 32 bytes, not ${seed.length}`);
	const der = Buffer.concat([pkcs8, seed]);
	const privateKey = importPrivateKey(der);
	const exported = createPublicKey(privateKey).export({format: 'der', type: 'spki'});
	return {privateKey, publicKey: Buffer.from(exported.subarray(spki.length))};
}

/** 64 bytes. */
export function sign({privateKey}: IdentityKey, message: Buffer): Buffer {
	return signEd25519(null, message, privateKey);
}

/** True only for a valid signature by a key that has not small order. Never throws. */
export function verify(publicKey: Buffer, message: Buffer, signature: Buffer): boolean {
	if (publicKey.length !== 32 || signature.length !== 64 || isSmallOrder(publicKey)) return false;
	try {
		const key = createPublicKey({key: Buffer.concat([spki, publicKey]), format: 'der', type: 'spki'});
		return verifyEd25519(null, message, key, signature);
	} catch {
		return false;
	}
}

// The y coordinates of the eight points of order 1, 2, 4 and 8, without the sign bit, and with their non-canonical encodings. Anybody
// can make a signature that is valid for such a key. Node 24.21 refuses these keys too, Node 20 does not.
const smallOrder = new Set([
	'0000000000000000000000000000000000000000000000000000000000000000',
	'0100000000000000000000000000000000000000000000000000000000000000',
	'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
	'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
	'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/** Whether 32 bytes encode a point of small order. */
export function isSmallOrder(publicKey: Buffer): boolean {
	const masked = Buffer.from(publicKey);
	masked.writeUInt8(masked.readUInt8(31) & 0x7f, 31);
	return smallOrder.has(masked.toString('hex'));
}
