import {Buffer} from 'node:buffer';
import {createSecretKey} from 'node:crypto';
import test from 'ava';
import {equal} from '../../source/crypto/bytes.ts';
import {hmac, sha256} from '../../source/crypto/hash.ts';
import {wycheproof} from './wycheproof.ts';

test('SHA-256 of "abc" (FIPS 180-4), whole or in parts', t => {
	const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
	t.is(sha256(Buffer.from('abc')).toString('hex'), digest);
	t.is(sha256(Buffer.from('a'), Buffer.alloc(0), Buffer.from('bc')).toString('hex'), digest);
});

test('Wycheproof HMAC-SHA-256: 174 of 174, with raw keys and imported ones', t => {
	const vectors = wycheproof('hmac_sha256_test.json');
	for (const {id, valid, hex, number} of vectors) {
		const [key, message, tag] = [hex('key'), hex('msg'), hex('tag')];
		const size = number('tagSize') / 8;
		t.is(equal(hmac(key, message).subarray(0, size), tag), valid, id);
		t.is(
			equal(hmac(createSecretKey(key), message.subarray(0, 3), message.subarray(3)).subarray(0, size), tag),
			valid,
			id,
		);
	}

	t.is(vectors.length, 174);
});
