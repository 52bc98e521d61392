// What was stretched once: found again, and what scrypt itself makes of it.
import {scryptSync} from 'node:crypto';
import {readdirSync} from 'node:fs';
import process from 'node:process';
import test from 'ava';
import {stretch} from '../../source/crypto/password.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {stretchOnce} from './stretched-once.ts';

stretchOnce();

const least = {logN: 15, r: 8, p: 1} as const;
const kept = () => readdirSync(process.env['SIMCHAT_STRETCHED']!).length;

test('the same password and salt give what scrypt gives, each time, whatever is done to what was given before', async t => {
	const salt = systemRandom(16);
	const expected = scryptSync('correct horse', salt, 32, {N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26});
	for (const how of ['stretched', 'found']) {
		const key = await stretch('correct horse', salt, least);
		t.deepEqual([...key], [...expected], how);
		key.fill(0);
	}
});

test('another password, salt or cost is stretched by itself', async t => {
	const salts = [systemRandom(16), systemRandom(16)] as const;
	const keys = await Promise.all([
		stretch('one', salts[0], least),
		stretch('two', salts[0], least),
		stretch('one', salts[1], least),
		stretch('one', salts[0], {...least, logN: 16}),
	]);
	t.is(new Set(keys.map(key => key.toString('hex'))).size, keys.length);
	t.true(kept() >= keys.length);
});
