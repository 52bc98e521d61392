import {Buffer} from 'node:buffer';
import test from 'ava';
import {
	type DhKeyPair,
	SHARE_SIZE,
	deriveDh,
	dhKeyPairFromExponent,
	generateDhKeyPair,
	isShare,
} from '../../source/crypto/dh.ts';
import {fromBigInt, group} from '../../source/crypto/group.ts';
import {FFDHE3072} from '../../source/crypto/primes.ts';

const p = group(FFDHE3072, 2).modulus;
const share = (y: bigint, size = SHARE_SIZE) => fromBigInt(y, size);

test('1,024 fresh pairs agree on 384 bytes', async t => {
	const [left, right] = [await keyPairs(32), await keyPairs(32)];
	let agreed = 0;
	for (const a of left) {
		const pairs = right.map(async b => [await deriveDh(a.privateKey, b.share), await deriveDh(b.privateKey, a.share)]);
		for (const [ours, theirs] of await Promise.all(pairs)) {
			if (ours?.length === SHARE_SIZE && theirs !== undefined && ours.equals(theirs)) agreed++;
		}
	}

	t.is(agreed, 1024);
});

test('a secret that begins with a zero byte keeps it, on both sides', async t => {
	// One secret in 256 does: this pair was searched for.
	const a = dhKeyPairFromExponent(Buffer.alloc(40, 0xc3));
	const b = dhKeyPairFromExponent(Buffer.concat([Buffer.alloc(38, 0xa5), Buffer.of(0x01, 0x50)]));
	const [ours, theirs] = [await deriveDh(a.privateKey, b.share), await deriveDh(b.privateKey, a.share)];
	t.is(ours?.length, SHARE_SIZE);
	t.deepEqual(ours?.subarray(0, 3), Buffer.of(0x00, 0xd4, 0x89));
	t.deepEqual(theirs, ours);
});

test('a share with leading zeros is padded to its size, and its owner derives with it', async t => {
	const small = dhKeyPairFromExponent(Buffer.of(8));
	t.deepEqual(small.share, share(256n));
	const other = await generateDhKeyPair();
	t.is(other.share.length, SHARE_SIZE);
	const secret = await deriveDh(other.privateKey, small.share);
	t.is(secret?.length, SHARE_SIZE);
	t.deepEqual(await deriveDh(small.privateKey, other.share), secret);
});

test('an exponent gives the same pair every time', async t => {
	const exponent = Buffer.alloc(40, 0xc3);
	const [one, two] = [dhKeyPairFromExponent(exponent), dhKeyPairFromExponent(exponent)];
	t.deepEqual(one.share, two.share);
	const peer = await generateDhKeyPair();
	t.deepEqual(await deriveDh(one.privateKey, peer.share), await deriveDh(two.privateKey, peer.share));
});

test('fresh pairs differ', async t => {
	const [one, two] = await Promise.all([generateDhKeyPair(), generateDhKeyPair()]);
	t.notDeepEqual(one.share, two.share);
});

test('shares outside 2 to p − 2, or of another size, give nothing', async t => {
	const {privateKey} = await generateDhKeyPair();
	const refused = [
		share(0n),
		share(1n),
		share(p - 1n),
		share(p),
		share(p + 1n),
		Buffer.alloc(SHARE_SIZE, 0xff),
		Buffer.alloc(0),
		share(2n, SHARE_SIZE - 1),
		share(2n, SHARE_SIZE + 1),
	];
	for (const y of refused) {
		t.false(isShare(y));
		t.is(await deriveDh(privateKey, y), undefined);
	}
});

test('every share from 2 to p − 2 derives, also one that g never yields', async t => {
	const {privateKey} = dhKeyPairFromExponent(Buffer.of(3));
	for (const y of [2n, 3n, p - 3n, p - 2n]) {
		t.true(isShare(share(y)));
		t.deepEqual(await deriveDh(privateKey, share(y)), share(y ** 3n % p));
	}
});

async function keyPairs(length: number): Promise<DhKeyPair[]> {
	return Promise.all(Array.from({length}, generateDhKeyPair));
}
