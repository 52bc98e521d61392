// SRP-6a (RFC 5054 §2.5, §2.6) with SHA-256 and the RFC's 3072-bit group. The server keeps a verifier and never sees the password.
import {Buffer} from 'node:buffer';
import {type KeyObject, createHash} from 'node:crypto';
import {concat, intoSecret, secretBytes, wipe} from './bytes.ts';
import {
	type Group,
	type KeyPair,
	type MakeKeyPair,
	type Power,
	add,
	derive,
	fromBigInt,
	group,
	isPublicValue,
	keyPair,
	multiply,
	power,
	subtract,
	toBigInt,
} from './group.ts';
import {SRP3072} from './primes.ts';
import {type Random} from './random.ts';

/** A group and a hash. The protocol only uses `suite`; the test vectors of RFC 5054 use others. */
export type SrpSuite = {readonly group: Group; readonly hash: 'sha256' | 'sha1'};

const suite: SrpSuite = {group: group(SRP3072, 5), hash: 'sha256'};

/** Bytes of a and b: 288 bits, more than the 256 that RFC 5054 §2.5.3 requires. */
const EXPONENT_SIZE = 36;

export type SrpClientEphemeral = {readonly a: Buffer; readonly A: Buffer};
export type SrpServerEphemeral = {readonly b: KeyObject; readonly B: Buffer};

/** Whether a verifier, A or B may be used: 384 bytes, 2 ≤ value ≤ N − 2. */
export function isSrpValue(value: Buffer, {group: within}: SrpSuite = suite): boolean {
	return isPublicValue(within, value);
}

/** v = g^x, 384 bytes. */
export function srpVerifier(x: Buffer, {group: within}: SrpSuite = suite): Buffer {
	return power(within, within.generator, x);
}

/** A = g^a for a fresh a. The caller wipes a. */
export function srpClientEphemeral(random: Random, {group: within}: SrpSuite = suite): SrpClientEphemeral {
	const a = intoSecret(random(EXPONENT_SIZE));
	return {a, A: power(within, within.generator, a)};
}

/** b and g^b for a fresh b, which do not depend on who signs in: they may be made ahead. */
export async function srpKeyPair(
	random: Random,
	make: MakeKeyPair = async (within, exponent) => keyPair(within, exponent),
	{group: within}: SrpSuite = suite,
): Promise<KeyPair> {
	return make(within, intoSecret(random(EXPONENT_SIZE)));
}

/** B = k·v + g^b. */
export function srpServerEphemeral(
	verifier: Buffer,
	{privateKey, share}: KeyPair,
	srp: SrpSuite = suite,
): SrpServerEphemeral {
	return {b: privateKey, B: add(srp.group, multiply(srp.group, multiplier(srp), verifier), share)};
}

/**
 * K = H(PAD(S)) with S = (B − k·g^x)^(a + u·x); undefined when B or u is zero, and the exchange must end. It equals the
 * server's K only when x is the one that the verifier was made from.
 */
export function srpClientSecret(
	{a, A, B, x}: {a: Buffer; A: Buffer; B: Buffer; x: Buffer},
	srp: SrpSuite = suite,
): Buffer | undefined {
	const u = scrambling(srp, A, B);
	if (u === undefined || !isSrpValue(B, srp)) return undefined;
	const verifier = srpVerifier(x, srp);
	const base = subtract(srp.group, B, multiply(srp.group, multiplier(srp), verifier));
	wipe(verifier);
	// A server could choose B so that the base is 0, 1 or −1. Then it would know S without the verifier, but nothing of the password.
	if (!isSrpValue(base, srp)) return undefined;
	const exponent = sumOfProduct(a, u, x);
	const secret = power(srp.group, base, exponent);
	const key = intoSecret(digest(srp, secret));
	wipe(u, exponent, secret);
	return key;
}

/** K = H(PAD(S)) with S = (A·v^u)^b, the last power on the thread pool; undefined when A or u is zero. `compute` is asked for v^u. */
export async function srpServerSecret(
	{b, A, B, verifier}: SrpServerEphemeral & {readonly A: Buffer; readonly verifier: Buffer},
	compute: Power = async (within, base, exponent) => power(within, base, exponent),
	srp: SrpSuite = suite,
): Promise<Buffer | undefined> {
	const u = scrambling(srp, A, B);
	if (u === undefined || !isSrpValue(A, srp)) return undefined;
	const blind = await compute(srp.group, verifier, u);
	const base = multiply(srp.group, A, blind);
	wipe(u, blind);
	if (!isSrpValue(base, srp)) return undefined;
	const secret = await derive(srp.group, b, base);
	const key = intoSecret(digest(srp, secret));
	wipe(secret);
	return key;
}

/** A decoy verifier for a name that does not exist: a number of the group made from 384 bytes of key material. */
export function srpDecoyVerifier(material: Buffer, {group: within}: SrpSuite = suite): Buffer {
	return fromBigInt(toBigInt(material) % within.modulus, within.size);
}

/** a + u·x, computed byte by byte in bytes that can be wiped. A BigInt would stay on the heap, and x is as good as the password. */
function sumOfProduct(a: Buffer, u: Buffer, x: Buffer): Buffer {
	const sum = secretBytes(Math.max(a.length, u.length + x.length) + 1);
	sum.set(a, sum.length - a.length);
	for (let low = 1; low <= x.length; low++) {
		let carry = 0;
		for (let at = 1; at <= sum.length - low + 1; at++) {
			const place = sum.length - at - low + 1;
			carry += sum[place]! + (u[u.length - at] ?? 0) * x[x.length - low]!;
			sum[place] = carry & 0xff;
			carry >>>= 8;
		}
	}

	return sum;
}

/** k = H(N ‖ PAD(g)). */
function multiplier(srp: SrpSuite): Buffer {
	const {prime, generator, size} = srp.group;
	return digest(srp, prime, concat(Buffer.alloc(size - generator.length), generator));
}

/** u = H(PAD(A) ‖ PAD(B)), undefined when zero. */
function scrambling(srp: SrpSuite, A: Buffer, B: Buffer): Buffer | undefined {
	const u = digest(srp, A, B);
	return u.every(byte => byte === 0) ? undefined : u;
}

function digest({hash}: SrpSuite, ...parts: Buffer[]): Buffer {
	const hasher = createHash(hash);
	for (const part of parts) hasher.update(part);
	return hasher.digest();
}
