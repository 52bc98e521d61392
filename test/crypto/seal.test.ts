import {Buffer} from 'node:buffer';
import {createCipheriv, createHmac} from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import {concat} from '../../source/crypto/bytes.ts';
import {open, seal, sealKey, sealedSize} from '../../source/crypto/seal.ts';
import {wycheproof} from './wycheproof.ts';

const keyBytes = Buffer.from(Array.from({length: 64}, (_, index) => index));
const iv = Buffer.alloc(16, 0x5a);

test('A256CBC-HS512 of RFC 7518 appendix B.3', t => {
	const plaintext = Buffer.from(
		'A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy without inconvenience',
	);
	const aad = Buffer.from('The second principle of Auguste Kerckhoffs');
	const nonce = '1af38c2dc2b96ffdd86694092341bc04';
	const ciphertext =
		'4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd822c301dd67c373bccb584ad3e9279c2' +
		'e6d12a1374b77f077553df829410446b36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3' +
		'a3b75e662a2594410ae496b2e2e6609e31e6e02cc837f053d21f37ff4f51950bbe2638d09dd7a4930930806d0703b1f6';
	const tag = '4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5';
	const key = sealKey(keyBytes);
	const sealed = seal(key, plaintext, aad, Buffer.from(nonce, 'hex'));
	t.is(sealed.toString('hex'), nonce + ciphertext + tag);
	t.deepEqual(open(key, sealed, aad), plaintext);
});

test('Wycheproof A256CBC-HS512: 94 of 94', t => {
	const vectors = wycheproof('a256cbc_hs512_test.json');
	for (const {id, valid, hex} of vectors) {
		const key = sealKey(hex('key'));
		const sealed = concat(hex('iv'), hex('ct'), hex('tag'));
		t.deepEqual(open(key, sealed, hex('aad')), valid ? hex('msg') : undefined, id);
		if (valid) t.deepEqual(seal(key, hex('msg'), hex('aad'), hex('iv')), sealed, id);
	}

	t.is(vectors.length, 94);
});

test('Wycheproof AES-CBC with PKCS#7: 72 of 72 with keys of 256 bits, behind a tag that is right', t => {
	const vectors = wycheproof('aes_cbc_pkcs5_test.json').filter(({number}) => number('keySize') === 256);
	const mac = keyBytes.subarray(0, 32);
	const noAad = Buffer.alloc(0);
	for (const {id, valid, hex} of vectors) {
		const key = sealKey(concat(mac, hex('key')));
		const body = concat(hex('iv'), hex('ct'));
		const tag = createHmac('sha512', mac).update(body).update(Buffer.alloc(8)).digest().subarray(0, 32);
		t.deepEqual(open(key, concat(body, tag), noAad), valid ? hex('msg') : undefined, id);
		if (valid) t.deepEqual(seal(key, hex('msg'), noAad, hex('iv')), concat(body, tag), id);
	}

	t.is(vectors.length, 72);
});

test('Wycheproof AES-CBC: the 144 vectors with shorter keys have no place here', t => {
	const vectors = wycheproof('aes_cbc_pkcs5_test.json').filter(({number}) => number('keySize') !== 256);
	for (const {id, hex} of vectors)
		t.throws(() => sealKey(concat(keyBytes.subarray(0, 32), hex('key'))), {instanceOf: RangeError}, id);
	t.is(vectors.length, 144);
});

test('whatever is sealed opens again, and has the size foretold', t => {
	const key = sealKey(keyBytes);
	fc.assert(
		fc.property(
			anyBytes(1200),
			anyBytes(64),
			fc.uint8Array({minLength: 16, maxLength: 16}),
			(plaintext, aad, nonce) => {
				const sealed = seal(key, plaintext, aad, Buffer.from(nonce));
				t.is(sealed.length, sealedSize(plaintext.length));
				t.deepEqual(open(key, sealed, aad), plaintext);
			},
		),
		{numRuns: 200},
	);
	t.deepEqual([0, 15, 16, 31, 32].map(sealedSize), [64, 64, 80, 80, 96]);
});

test('one bit flipped anywhere, one byte missing or one too many: nothing opens', t => {
	const key = sealKey(keyBytes);
	const aad = Buffer.from('header');
	const sealed = seal(key, Buffer.from('see you at the harbour'), aad, iv);
	for (let bit = 0; bit < sealed.length * 8; bit++) t.is(open(key, flip(sealed, bit), aad), undefined);
	for (let bit = 0; bit < aad.length * 8; bit++) t.is(open(key, sealed, flip(aad, bit)), undefined);
	for (let size = 0; size < sealed.length; size++) t.is(open(key, sealed.subarray(0, size), aad), undefined);
	t.is(open(key, concat(sealed, Buffer.of(0)), aad), undefined);
	t.is(open(key, concat(sealed, Buffer.alloc(16)), aad), undefined);
	for (const bit of [0, 256]) t.is(open(sealKey(flip(keyBytes, bit)), sealed, aad), undefined);
});

test('a byte cannot move between header and ciphertext', t => {
	const key = sealKey(keyBytes);
	const sealed = seal(key, Buffer.alloc(40), Buffer.alloc(0), iv);
	t.is(open(key, sealed.subarray(16), sealed.subarray(0, 16)), undefined);
});

test('the caller may wipe the bytes of a key once it is imported', t => {
	const bytes = Buffer.from(keyBytes);
	const key = sealKey(bytes);
	const sealed = seal(key, Buffer.from('still here'), Buffer.alloc(0), iv);
	bytes.fill(0);
	t.deepEqual(open(key, sealed, Buffer.alloc(0)), Buffer.from('still here'));
});

test('a key of one use does the same as bytes, and they stay as they are', t => {
	const key = sealKey(keyBytes);
	for (const size of [0, 1, 15, 16, 255, 1135, 1990, 2048, 70_000]) {
		const [plaintext, aad] = [Buffer.alloc(size, size), Buffer.alloc(size % 300, 7)];
		const bytes = Buffer.from(keyBytes);
		const sealed = seal(bytes, plaintext, aad, iv);
		t.deepEqual(sealed, seal(key, plaintext, aad, iv), `${size}`);
		t.deepEqual(open(bytes, sealed, aad), plaintext);
		t.is(open(bytes, flip(sealed, sealed.length * 4), aad), undefined);
		t.deepEqual(bytes, keyBytes);
	}
});

test('a padding that is wrong behind a tag that is right opens to nothing, whichever it is', t => {
	for (const last of [0, 17, 255, 2, 16]) {
		const cipher = createCipheriv('aes-256-cbc', keyBytes.subarray(32), iv).setAutoPadding(false);
		const body = concat(iv, cipher.update(Buffer.alloc(32, 9).fill(last, 31)));
		const bits = Buffer.alloc(8);
		const mac = createHmac('sha512', keyBytes.subarray(0, 32)).update(body).update(bits).digest().subarray(0, 32);
		for (const key of [keyBytes, sealKey(keyBytes)]) {
			t.is(open(key, concat(body, mac), Buffer.alloc(0)), undefined, `${last}`);
		}
	}
});

test('a key has 64 bytes', t => {
	const sealed = seal(keyBytes, Buffer.alloc(3), Buffer.alloc(0), iv);
	for (const size of [0, 32, 63, 65]) {
		t.throws(() => sealKey(Buffer.alloc(size)), {instanceOf: RangeError});
		t.throws(() => seal(Buffer.alloc(size), Buffer.alloc(3), Buffer.alloc(0), iv), {instanceOf: RangeError});
		t.throws(() => open(Buffer.alloc(size), sealed, Buffer.alloc(0)), {instanceOf: RangeError});
	}
});

function flip(bytes: Buffer, bit: number): Buffer {
	const flipped = Buffer.from(bytes);
	flipped[bit >> 3]! ^= 1 << (bit & 7);
	return flipped;
}

function anyBytes(maxLength: number): fc.Arbitrary<Buffer> {
	return fc.uint8Array({maxLength}).map(array => Buffer.from(array));
}
