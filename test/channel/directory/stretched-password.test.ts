import {Buffer} from 'node:buffer';
import test from 'ava';
import {StretchedPassword, PasswordUnknown} from '../../../source/channel/directory/stretched-password.ts';
import {passwordExponent} from '../../../source/crypto/password.ts';
import {quickScrypt} from '../../twins/people.ts';

const salt = Buffer.alloc(16, 1);
const otherSalt = Buffer.alloc(16, 2);

test('x is made once of the password and the name, and handed out as a copy each time', async t => {
	const exponent = new StretchedPassword('alice', 'correct horse');
	const expected = await passwordExponent('correct horse', 'alice', salt, quickScrypt);
	const first = await exponent.stretch(salt, quickScrypt);
	t.deepEqual(first, expected);
	first.fill(0);
	t.deepEqual(await exponent.stretch(Buffer.from(salt), quickScrypt), expected);
});

test('another salt or another cost than the first is not known any more', async t => {
	const exponent = new StretchedPassword('alice', 'correct horse');
	const given = Buffer.from(salt);
	const x = await exponent.stretch(given, quickScrypt);
	given.fill(9);
	await t.throwsAsync(exponent.stretch(otherSalt, quickScrypt), {instanceOf: PasswordUnknown});
	await t.throwsAsync(exponent.stretch(given, quickScrypt), {instanceOf: PasswordUnknown});
	await t.throwsAsync(exponent.stretch(salt, {...quickScrypt, logN: 16}), {instanceOf: PasswordUnknown});
	t.deepEqual(await exponent.stretch(salt, quickScrypt), x);
});

test('a password that cannot be used is refused each time', async t => {
	const exponent = new StretchedPassword('alice', '');
	for (let time = 0; time < 2; time++) {
		await t.throwsAsync(exponent.stretch(salt, quickScrypt), {name: 'PasswordError'});
	}
});

test('a changed password brings its own x, and wipes the old one', async t => {
	const exponent = new StretchedPassword('alice', 'correct horse');
	await exponent.stretch(salt, quickScrypt);
	const first = Buffer.alloc(32, 5);
	const second = Buffer.alloc(32, 6);
	exponent.replace(salt, quickScrypt, first);
	t.deepEqual(await exponent.stretch(salt, quickScrypt), Buffer.alloc(32, 5));
	exponent.replace(otherSalt, quickScrypt, second);
	t.deepEqual(first, Buffer.alloc(32));
	t.deepEqual(await exponent.stretch(otherSalt, quickScrypt), Buffer.alloc(32, 6));
	await t.throwsAsync(exponent.stretch(salt, quickScrypt), {instanceOf: PasswordUnknown});
});

test('what is forgotten is wiped, and the password is not there to make it again', async t => {
	const x = Buffer.alloc(32, 5);
	const exponent = new StretchedPassword('alice', 'correct horse');
	exponent.replace(salt, quickScrypt, x);
	exponent.forget();
	exponent.forget();
	t.deepEqual(x, Buffer.alloc(32));
	await t.throwsAsync(exponent.stretch(salt, quickScrypt), {instanceOf: PasswordUnknown});
});

test('nothing is remembered of an x that is made while it is forgotten', async t => {
	const exponent = new StretchedPassword('alice', 'correct horse');
	const making = exponent.stretch(salt, quickScrypt);
	exponent.forget();
	await t.throwsAsync(making, {instanceOf: PasswordUnknown});
	await t.throwsAsync(exponent.stretch(salt, quickScrypt), {instanceOf: PasswordUnknown});
});
