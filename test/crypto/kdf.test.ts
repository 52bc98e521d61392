import {Buffer} from 'node:buffer';
import test from 'ava';
import {expand, expandLabel, extract} from '../../source/crypto/kdf.ts';
import {wycheproof} from './wycheproof.ts';

const bytes = (first: number, last: number) => Buffer.from(Array.from({length: last - first + 1}, (_, i) => first + i));

// RFC 5869 appendix A.1 to A.3; A.4 to A.7 are SHA-1.
const vectors = [
	{
		title: 'A.1',
		ikm: Buffer.alloc(22, 0x0b),
		salt: bytes(0x00, 0x0c),
		info: bytes(0xf0, 0xf9),
		prk: '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5',
		okm: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
	},
	{
		title: 'A.2, long inputs',
		ikm: bytes(0x00, 0x4f),
		salt: bytes(0x60, 0xaf),
		info: bytes(0xb0, 0xff),
		prk: '06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244',
		okm:
			'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09' +
			'da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
	},
	{
		title: 'A.3, no salt and no info',
		ikm: Buffer.alloc(22, 0x0b),
		salt: Buffer.alloc(0),
		info: Buffer.alloc(0),
		prk: '19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04',
		okm: '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
	},
];

for (const {title, ikm, salt, info, prk, okm} of vectors) {
	test(`HKDF of RFC 5869 ${title}`, t => {
		const key = extract(salt, ikm);
		t.is(key.toString('hex'), prk);
		t.is(expand(key, info, okm.length / 2).toString('hex'), okm);
	});
}

test('Wycheproof HKDF-SHA-256: 86 of 86', t => {
	const all = wycheproof('hkdf_sha256_test.json');
	for (const {id, valid, hex, number} of all) {
		const derive = () => expand(extract(hex('salt'), hex('ikm')), hex('info'), number('size'));
		if (valid) t.deepEqual(derive(), hex('okm'), id);
		else t.throws(derive, {instanceOf: RangeError}, id);
	}

	t.is(all.length, 86);
});

test('expandLabel spells length, label and context out in the info', t => {
	const prk = Buffer.alloc(32, 7);
	const info = Buffer.concat([Buffer.of(0, 64, 12), Buffer.from('simchat1 msg'), Buffer.of(2, 0xab, 0xcd)]);
	t.deepEqual(expandLabel(prk, 'msg', Buffer.of(0xab, 0xcd), 64), expand(prk, info, 64));
});

test('expandLabel: another label, context or length is another key', t => {
	const prk = Buffer.alloc(32, 7);
	const none = Buffer.alloc(0);
	const keys = [
		expandLabel(prk, 'a', none, 32),
		expandLabel(prk, 'b', none, 32),
		expandLabel(prk, 'a', Buffer.of(0), 32),
		expandLabel(prk, 'a', none, 33).subarray(0, 32),
		expandLabel(Buffer.alloc(32, 8), 'a', none, 32),
	];
	t.is(new Set(keys.map(key => key.toString('hex'))).size, keys.length);
});

test('expandLabel takes a context of 255 bytes and not of 256', t => {
	const prk = Buffer.alloc(32);
	t.is(expandLabel(prk, 'x', Buffer.alloc(255), 32).length, 32);
	t.throws(() => expandLabel(prk, 'x', Buffer.alloc(256), 32), {instanceOf: RangeError, message: /at most 255 bytes/});
});
