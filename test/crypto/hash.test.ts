import {Buffer} from 'node:buffer';
import {createHmac} from 'node:crypto';
import test from 'ava';
import {equal} from '../../source/crypto/bytes.ts';
import {hmac, sha256} from '../../source/crypto/hash.ts';
import {wycheproof} from './wycheproof.ts';

test('SHA-256 of "abc" (FIPS 180-4), whole or in parts', t => {
	const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
	t.is(sha256(Buffer.from('abc')).toString('hex'), digest);
	t.is(sha256(Buffer.from('a'), Buffer.alloc(0), Buffer.from('bc')).toString('hex'), digest);
});

test('Wycheproof HMAC-SHA-256: 174 of 174, whole and in parts', t => {
	const vectors = wycheproof('hmac_sha256_test.json');
	for (const {id, valid, hex, number} of vectors) {
		const [key, message, tag] = [hex('key'), hex('msg'), hex('tag')];
		const size = number('tagSize') / 8;
		t.is(equal(hmac(key, message).subarray(0, size), tag), valid, id);
		t.is(equal(hmac(key, message.subarray(0, 3), message.subarray(3)).subarray(0, size), tag), valid, id);
	}

	t.is(vectors.length, 174);
});

test('HMAC is Node’s own for keys of any size: shorter than a block, a block, longer', t => {
	for (let size = 0; size <= 200; size++) {
		const key = Buffer.alloc(size, 0xa5 ^ size);
		const message = Buffer.alloc(size * 3, size);
		t.deepEqual(hmac(key, message), createHmac('sha256', key).update(message).digest(), `${size} bytes`);
	}

	t.deepEqual(hmac(Buffer.alloc(32)), createHmac('sha256', Buffer.alloc(32)).digest(), 'no message');
});

test('HMAC leaves its key and its message as they were', t => {
	const [key, message] = [Buffer.alloc(32, 7), Buffer.alloc(40, 9)];
	const mac = hmac(key, message);
	t.deepEqual([key, message], [Buffer.alloc(32, 7), Buffer.alloc(40, 9)]);
	t.is(mac.length, 32);
});
