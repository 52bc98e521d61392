// Arithmetic in the multiplicative group of a safe prime. OpenSSL's DH keys compute powers in constant time, which BigInt does not.
import {Buffer} from 'node:buffer';
import {type KeyObject, createPublicKey, diffieHellman} from 'node:crypto';
import {leftPad, wipe} from './bytes.ts';
import {importPrivateKey} from './import.ts';

/** A prime p and a generator g, with the size of p in bytes. */
export type Group = {
	readonly prime: Buffer;
	readonly modulus: bigint;
	readonly generator: Buffer;
	readonly size: number;
};

export function group(primeHex: string, generator: number): Group {
	const prime = Buffer.from(primeHex.replaceAll(/\s/g, ''), 'hex');
	return {prime, modulus: toBigInt(prime), generator: Buffer.of(generator), size: prime.length};
}

/** Whether 2 ≤ y ≤ p − 2 and y has the group's exact size: what a peer's public value must be. */
export function isPublicValue({modulus, size}: Group, value: Buffer): boolean {
	if (value.length !== size) return false;
	const y = toBigInt(value);
	return y >= 2n && y <= modulus - 2n;
}

/**
 * A private key whose value is `exponent` and whose generator is `base`: importing it makes OpenSSL compute
 * base^exponent, one constant-time exponentiation, as its public value.
 */
export function privateKey(within: Group, base: Buffer, exponent: Buffer): KeyObject {
	return importPrivateKey(encodePrivateKey(within, base, exponent));
}

/** The same as a PKCS #8 structure (RFC 5958), which whoever imports it wipes. */
export function encodePrivateKey({prime}: Group, base: Buffer, exponent: Buffer): Buffer {
	const value = integer(exponent);
	const octets = tagged(0x04, value);
	const der = sequence(integer(Buffer.of(0)), algorithm(prime, base), octets);
	wipe(value, octets);
	return der;
}

/** A peer's public value as a key for `derive`. */
export function publicKey({prime, generator}: Group, value: Buffer): KeyObject {
	const bits = Buffer.concat([Buffer.of(0), integer(value)]);
	const der = sequence(algorithm(prime, generator), tagged(0x03, bits));
	return createPublicKey({key: der, format: 'der', type: 'spki'});
}

/** The public value of a DH key, left-padded to the group's size: an export drops leading zeros. */
export function publicValue({size}: Group, key: KeyObject): Buffer {
	const spki = (key.type === 'public' ? key : createPublicKey(key)).export({format: 'der', type: 'spki'});
	return valueOf(spki, size);
}

/** The public value in an exported key, in `size` bytes. Wipes the export. */
export function valueOf(spki: Buffer, size: number): Buffer {
	const value = leftPad(lastInteger(spki), size);
	wipe(spki);
	return value;
}

/** base^exponent mod p, in the group's size. One constant-time exponentiation, which blocks the thread (0.6 ms at 256 bits). */
export function power(within: Group, base: Buffer, exponent: Buffer): Buffer {
	return publicValue(within, privateKey(within, base, exponent));
}

/** The same, wherever it is computed. Whoever asks wipes the exponent and what comes back. */
export type Power = (within: Group, base: Buffer, exponent: Buffer) => Promise<Buffer>;

/** A fresh exponent as a key, and g^exponent in the group's size: for one exchange. */
export type KeyPair = {readonly privateKey: KeyObject; readonly share: Buffer};

/** Makes the key pair of an exponent, and wipes the exponent. */
export type MakeKeyPair = (within: Group, exponent: Buffer) => Promise<KeyPair>;

/** The same on this thread, which it blocks. */
export function keyPair(within: Group, exponent: Buffer): KeyPair {
	const key = privateKey(within, within.generator, exponent);
	wipe(exponent);
	return {privateKey: key, share: publicValue(within, key)};
}

/** value^private mod p on the thread pool, in the group's size. The value must have passed `isPublicValue`. */
export async function derive(within: Group, key: KeyObject, value: Buffer): Promise<Buffer> {
	const peer = publicKey(within, value);
	return new Promise((resolve, reject) => {
		diffieHellman({privateKey: key, publicKey: peer}, (error, secret) => {
			if (error) {
				reject(error);
				return;
			}

			resolve(leftPad(secret, within.size));
			wipe(secret);
		});
	});
}

/** a·b mod p. Not constant-time (BigInt): only for values whose timing tells an attacker nothing. */
export function multiply({modulus, size}: Group, a: Buffer, b: Buffer): Buffer {
	return fromBigInt((toBigInt(a) * toBigInt(b)) % modulus, size);
}

/** a + b mod p. */
export function add({modulus, size}: Group, a: Buffer, b: Buffer): Buffer {
	return fromBigInt((toBigInt(a) + toBigInt(b)) % modulus, size);
}

/** a − b mod p. */
export function subtract({modulus, size}: Group, a: Buffer, b: Buffer): Buffer {
	return fromBigInt((((toBigInt(a) - toBigInt(b)) % modulus) + modulus) % modulus, size);
}

export function toBigInt(bytes: Uint8Array): bigint {
	return bytes.length === 0
		? 0n
		: BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`);
}

export function fromBigInt(value: bigint, size: number): Buffer {
	return Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex');
}

/** dhKeyAgreement, 1.2.840.113549.1.3.1 (PKCS #3). */
const dhOid = Buffer.from('06092a864886f70d010301', 'hex');

function algorithm(prime: Buffer, base: Buffer): Buffer {
	return sequence(dhOid, sequence(integer(prime), integer(base)));
}

function sequence(...parts: Buffer[]): Buffer {
	return tagged(0x30, ...parts);
}

/** A non-negative INTEGER in its shortest form (X.690 §8.3). */
function integer(value: Buffer): Buffer {
	let start = 0;
	while (start < value.length - 1 && value[start] === 0) start++;
	const digits = value.subarray(start);
	const sign = (digits[0] ?? 0) >= 0x80 ? Buffer.of(0) : Buffer.of();
	return tagged(0x02, sign, digits);
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
	const length = parts.reduce((sum, part) => sum + part.length, 0);
	const size = length < 0x80 ? [length] : length < 0x1_00 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.of(tag, ...size), ...parts]);
}

/** The value inside SPKI: SEQUENCE { algorithm, BIT STRING { INTEGER } }. */
function lastInteger(spki: Buffer): Buffer {
	const outer = element(spki, 0);
	const bits = element(spki, element(spki, outer.start).end);
	const value = element(spki, bits.start + 1);
	return spki.subarray(value.start, value.end);
}

function element(der: Buffer, at: number): {start: number; end: number} {
	const first = der.readUInt8(at + 1);
	const extra = first < 0x80 ? 0 : first & 0x7f;
	const length = extra === 0 ? first : der.readUIntBE(at + 2, extra);
	return {start: at + 2 + extra, end: at + 2 + extra + length};
}
