import {Buffer} from 'node:buffer';
import test from 'ava';
import {sha256} from '../../source/crypto/hash.ts';
import {
	DEFAULT_SCRYPT,
	PasswordError,
	acceptsScrypt,
	opaqueString,
	passwordExponent,
	stretch,
} from '../../source/crypto/password.ts';

// RFC 7914 §12, their first 32 bytes. Without the empty password, which is refused here, and the one of 1 GiB, which takes seconds.
const vectors = [
	{
		password: 'password',
		salt: 'NaCl',
		parameters: {logN: 10, r: 8, p: 16},
		key: 'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162',
	},
	{
		password: 'pleaseletmein',
		salt: 'SodiumChloride',
		parameters: {logN: 14, r: 8, p: 1},
		key: '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
	},
];

for (const {password, salt, parameters, key} of vectors) {
	test(`scrypt of RFC 7914 §12 at 2^${parameters.logN}`, async t => {
		t.is((await stretch(password, Buffer.from(salt), parameters)).toString('hex'), key);
	});
}

test('the default cost fits in the memory allowed', async t => {
	t.is((await stretch('correct horse', Buffer.alloc(16), DEFAULT_SCRYPT)).length, 32);
	t.true(acceptsScrypt(DEFAULT_SCRYPT));
});

test('a client accepts 2^15 to 2^20 and nothing else', t => {
	for (const logN of [15, 16, 17, 18, 19, 20]) t.true(acceptsScrypt({logN, r: 8, p: 1}));
	for (const logN of [0, 1, 14, 21, 255]) t.false(acceptsScrypt({logN, r: 8, p: 1}));
	for (const r of [0, 1, 7, 9, 255]) t.false(acceptsScrypt({logN: 17, r, p: 1}));
	for (const p of [0, 2, 255]) t.false(acceptsScrypt({logN: 17, r: 8, p}));
});

test('the exponent is SHA-256 of scrypt over salt and name', async t => {
	const parameters = {logN: 10, r: 8, p: 1};
	const salt = Buffer.alloc(16, 4);
	const x = await passwordExponent('pässword', 'ada', salt, parameters);
	t.deepEqual(x, sha256(await stretch('pa\u0308ssword', Buffer.concat([salt, Buffer.from('ada')]), parameters)));
	t.notDeepEqual(x, await passwordExponent('pässword', 'adb', salt, parameters));
	t.notDeepEqual(x, await passwordExponent('pässword', 'ada', Buffer.alloc(16, 5), parameters));
	t.notDeepEqual(x, await passwordExponent('Pässword', 'ada', salt, parameters));
});

test('a password that cannot be used rejects', async t => {
	await t.throwsAsync(stretch('', Buffer.alloc(16), DEFAULT_SCRYPT), {instanceOf: PasswordError});
	await t.throwsAsync(passwordExponent('a\u0000', 'ada', Buffer.alloc(16), DEFAULT_SCRYPT), {
		instanceOf: PasswordError,
	});
});

test('parameters that scrypt refuses reject', async t => {
	await t.throwsAsync(stretch('x', Buffer.alloc(16), {logN: 0, r: 8, p: 1}));
});

test('passwords keep their spelling: the examples of RFC 8265 §4.3', t => {
	t.is(opaqueString('correct horse battery staple'), 'correct horse battery staple');
	t.is(opaqueString('Correct Horse Battery Staple'), 'Correct Horse Battery Staple');
	t.is(opaqueString('πßå'), 'πßå');
	t.is(opaqueString('Jack of ♦s'), 'Jack of ♦s');
	t.is(opaqueString('foo\u1680bar'), 'foo bar');
	t.is(error(''), 'empty');
	t.is(error('my cat is a \u0009by'), 'forbidden-character');
});

test('one spelling for what looks the same; compatibility characters and width stay', t => {
	t.is(opaqueString('e\u0301'), '\u00E9');
	t.is(opaqueString('\u1112\u1161\u11AB'), '\uD55C');
	t.is(opaqueString('a\u00A0b\u3000c'), 'a b c');
	t.is(opaqueString('ﬁ'), 'ﬁ');
	t.is(opaqueString('Ａ'), 'Ａ');
	t.is(opaqueString(' '), ' ');
});

test('letters, marks, digits, symbols and punctuation of any script pass', t => {
	for (const password of [
		'密码',
		'пароль',
		'कूटशब्द',
		'パスワード',
		'🔑🗝',
		'ǅ',
		'½Ⅷ',
		'٤٢',
		'naïve—«ok»',
		'\u20DD',
		'l·l',
	])
		t.is(opaqueString(password), password.normalize('NFC'));
});

const forbidden = {
	'a control': ['\u0000', '\u001B', '\u007F', '\u0085', '\n'],
	'an unassigned code point': ['\u0378', '\u{E0FFF}'],
	'a noncharacter': ['\uFFFE', '\uFDD0', '\u{10FFFF}'],
	'a surrogate alone': ['\uD800', '\uDC00'],
	'an ignorable code point': ['\u00AD', '\u200B', '\u2060', '\uFEFF', '\uFE0F', '\u{E0001}'],
	'a joiner, in an emoji too': ['\u200C', '\u200D', '👨\u200D👩\u200D👧'],
	'a direction mark': ['\u200E', '\u202E', '\u2066'],
	'old Hangul jamo': ['\u1100', '\u11FF', '\uA960', '\uD7B0', '\uD7FB'],
	'private use': ['\uE000', '\u{F0000}', '\u{10FFFD}'],
	'another format character': ['\u0600', '\u06DD', '\uFFF9'],
	'a line or paragraph separator': ['\u2028', '\u2029'],
	'an exception of RFC 5892': ['\u0640', '\u07FA', '\u302E', '\u302F', '\u3031', '\u3035', '\u303B'],
};

for (const [what, characters] of Object.entries(forbidden)) {
	test(`${what} is refused`, t => {
		for (const character of characters) t.is(error(`pass${character}word`), 'forbidden-character', escape(character));
	});
}

test('an error says what to do and never holds the password', t => {
	const thrown = t.throws(() => opaqueString('hunter2\u0007'), {instanceOf: PasswordError});
	t.regex(thrown.message, /type it again/);
	t.false(`${thrown.message}${thrown.stack}`.includes('hunter2'));
	t.is(thrown.name, 'PasswordError');
});

function error(password: string): string | undefined {
	try {
		opaqueString(password);
		return undefined;
	} catch (thrown) {
		return (thrown as PasswordError).code;
	}
}

function escape(character: string): string {
	return `U+${character.codePointAt(0)!.toString(16)}`;
}
