import {Buffer} from 'node:buffer';
import {createDiffieHellmanGroup} from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import {
	add,
	derive,
	fromBigInt,
	type Group,
	group,
	multiply,
	power,
	privateKey,
	subtract,
	toBigInt,
} from '../../source/crypto/group.ts';
import {FFDHE3072, SRP3072} from '../../source/crypto/primes.ts';

const ffdhe = group(FFDHE3072, 2);
const srp = group(SRP3072, 5);

test('the ffdhe3072 prime is the number its formula gives (RFC 7919 appendix A.2)', t => {
	// p = 2^3072 − 2^3008 + (⌊2^2942 · e⌋ + 2625351) · 2^64 − 1
	const p = 2n ** 3072n - 2n ** 3008n + (scaledE(2942n) + 2_625_351n) * 2n ** 64n - 1n;
	t.is(ffdhe.modulus, p);
	t.is(ffdhe.size, 384);
});

test('the SRP prime is the 3072-bit MODP prime (RFC 5054 appendix A, RFC 3526 §4)', t => {
	t.deepEqual(srp.prime, createDiffieHellmanGroup('modp15').getPrime());
	t.is(srp.size, 384);
});

test('2 generates the squares of ffdhe3072, 5 all of the SRP group', t => {
	t.is(toBigInt(power(ffdhe, ffdhe.generator, half(ffdhe))), 1n);
	t.is(toBigInt(power(srp, srp.generator, half(srp))), srp.modulus - 1n);
});

const exponent = fc.bigInt({min: 1n, max: 2n ** 520n});
const element = fc.bigInt({min: 2n, max: srp.modulus - 2n});

test('power is what square-and-multiply says', t => {
	fc.assert(
		fc.property(element, exponent, (base, e) => {
			t.is(toBigInt(power(srp, fromBigInt(base, 384), fromBigInt(e, 65))), modularPower(base, e, srp.modulus));
		}),
		{numRuns: 20},
	);
});

test('derive and power agree, on squares and others', async t => {
	for (const base of [2n, 5n, srp.modulus - 2n, srp.modulus - 5n]) {
		const value = fromBigInt(base, 384);
		const e = Buffer.alloc(36, 0xa7);
		t.deepEqual(await derive(srp, privateKey(srp, srp.generator, e), value), power(srp, value, e));
	}
});

test('exponents keep their value: leading zeros, a high first bit, one byte', t => {
	for (const hex of ['01', '7f', '80', '8001', 'ff', '0080', '0000ff', '00000001', '80'.padEnd(130, '0')]) {
		const e = Buffer.from(hex, 'hex');
		t.is(toBigInt(power(srp, srp.generator, e)), modularPower(5n, toBigInt(e), srp.modulus), hex);
	}
});

test('add, subtract and multiply stay below the prime', t => {
	const p = srp.modulus;
	const number = fc.bigInt({min: 0n, max: p - 1n});
	fc.assert(
		fc.property(number, number, (a, b) => {
			const [x, y] = [fromBigInt(a, 384), fromBigInt(b, 384)];
			t.is(toBigInt(add(srp, x, y)), (a + b) % p);
			t.is(toBigInt(subtract(srp, x, y)), a >= b ? a - b : a - b + p);
			t.is(toBigInt(multiply(srp, x, y)), (a * b) % p);
		}),
	);
});

test('numbers to bytes and back', t => {
	t.is(toBigInt(Buffer.alloc(0)), 0n);
	t.is(toBigInt(new Uint8Array([0, 1, 0])), 256n);
	t.deepEqual([...fromBigInt(256n, 4)], [0, 0, 1, 0]);
	t.deepEqual([...fromBigInt(0n, 2)], [0, 0]);
});

/** ⌊2^bits · e⌋ from e = Σ 1/k!, with 64 guard bits for the terms' rounding. */
function scaledE(bits: bigint): bigint {
	let sum = 0n;
	for (let term = 1n << (bits + 64n), k = 1n; term > 0n; term /= k++) sum += term;
	return sum >> 64n;
}

function modularPower(base: bigint, e: bigint, p: bigint): bigint {
	let result = 1n;
	for (let square = base % p, rest = e; rest > 0n; rest >>= 1n, square = (square * square) % p)
		if (rest & 1n) result = (result * square) % p;
	return result;
}

/** (p − 1) / 2: what it is as an exponent tells squares, 1, from others, −1. */
function half({modulus, size}: Group): Buffer {
	return fromBigInt((modulus - 1n) / 2n, size);
}
