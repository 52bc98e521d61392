import {Buffer} from 'node:buffer';
import test from 'ava';
import {generateIdentity, identityFromSeed, isSmallOrder, sign, verify} from '../../source/crypto/identity.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {wycheproof} from './wycheproof.ts';

// RFC 8032 §7.1, tests 1 to 3.
const vectors = [
	{
		seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
		publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
		message: '',
		signature:
			'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
			'5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
	},
	{
		seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
		publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
		message: '72',
		signature:
			'92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
			'085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
	},
	{
		seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
		publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
		message: 'af82',
		signature:
			'6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
			'18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
	},
];

for (const {seed, publicKey, message, signature} of vectors) {
	test(`Ed25519 of RFC 8032 §7.1: message "${message}"`, t => {
		const identity = identityFromSeed(hex(seed));
		t.is(identity.publicKey.toString('hex'), publicKey);
		t.is(sign(identity, hex(message)).toString('hex'), signature);
		t.true(verify(hex(publicKey), hex(message), hex(signature)));
	});
}

test('Wycheproof Ed25519: 151 of 151', t => {
	const all = wycheproof('ed25519_test.json');
	for (const {id, valid, hex: field} of all) {
		const publicKey = field('publicKeyDer').subarray(-32);
		t.is(verify(publicKey, field('msg'), field('sig')), valid, id);
	}

	t.is(all.length, 151);
});

test('a fresh identity signs, and comes back from its seed', t => {
	const {seed, identity} = generateIdentity(systemRandom);
	const message = Buffer.from('it is I');
	const signature = sign(identity, message);
	t.is(signature.length, 64);
	t.true(verify(identity.publicKey, message, signature));
	t.false(verify(identity.publicKey, Buffer.from('it is me'), signature));
	t.false(verify(generateIdentity(systemRandom).identity.publicKey, message, signature));
	t.deepEqual(identityFromSeed(seed).publicKey, identity.publicKey);
});

test('a seed has 32 bytes, which the caller may wipe afterwards', t => {
	const seed = Buffer.alloc(32, 6);
	const identity = identityFromSeed(seed);
	seed.fill(0);
	t.deepEqual(identityFromSeed(Buffer.alloc(32, 6)).publicKey, identity.publicKey);
	for (const size of [0, 31, 33, 64]) t.throws(() => identityFromSeed(Buffer.alloc(size, 6)), {instanceOf: RangeError});
});

test('keys and signatures of another size verify nothing and throw nothing', t => {
	const {identity} = generateIdentity(systemRandom);
	const message = Buffer.from('x');
	const signature = sign(identity, message);
	for (const size of [0, 31, 33]) t.false(verify(Buffer.alloc(size, 7), message, signature));
	for (const size of [0, 63, 65, 128]) t.false(verify(identity.publicKey, message, Buffer.alloc(size, 7)));
	t.false(verify(Buffer.alloc(32, 0xff), message, signature));
});

// With a key A of small order and S = 0, R = the neutral element verifies whenever the hash times A is neutral.
test('keys of small order, with which anyone signs, are refused in every spelling', t => {
	const p = 2n ** 255n - 19n;
	const y8 = BigInt(`0x${reversed('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')}`);
	// Doubling a point of order 8 gives y = 0, which on the curve −x² + y² = 1 + d·x²·y² means d·y⁴ + 2·y² = 1.
	const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
	t.is((d * y8 ** 4n + 2n * y8 ** 2n) % p, 1n);
	const forged = Buffer.concat([Buffer.of(1), Buffer.alloc(63)]);
	for (const y of [0n, 1n, y8, p - y8, p - 1n, p, p + 1n]) {
		for (const signBit of [0n, 1n]) {
			const publicKey = hex(reversed((y | (signBit << 255n)).toString(16).padStart(64, '0')));
			t.true(isSmallOrder(publicKey));
			for (let index = 0; index < 20; index++) t.false(verify(publicKey, Buffer.of(index), forged));
		}
	}

	t.false(isSmallOrder(hex(`58${'66'.repeat(31)}`)));
});

function reversed(text: string): string {
	return Buffer.from(hex(text).toReversed()).toString('hex');
}

function hex(text: string): Buffer {
	return Buffer.from(text, 'hex');
}
