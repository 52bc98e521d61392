// Transcripts against the sentence that defines them, and the system's entropy for what it promises.
import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import test from 'ava';
import {isShare} from '../../source/crypto/dh.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {append, transcript} from '../../source/protocol/transcript.ts';

const sha = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest();

test('a transcript begins with its label and takes in lengths and bytes', t => {
	const start = transcript('login');
	t.deepEqual(start, createHash('sha256').update('simchat1 login').digest());
	t.deepEqual(append(start, Buffer.from('abcd', 'hex')), sha(`${start.toString('hex')}00000002abcd`));
	t.deepEqual(append(start), sha(`${start.toString('hex')}00000000`));
});

test('parts of one step are one; steps are not', t => {
	const start = transcript('x');
	const [a, b] = [Buffer.of(1), Buffer.of(2, 3)];
	t.deepEqual(append(start, a, b), append(start, Buffer.concat([a, b])));
	t.notDeepEqual(append(append(start, a), b), append(start, a, b));
	t.deepEqual(start, transcript('x'));
});

test('the system’s entropy is fresh each time', async t => {
	t.is(systemEntropy.random(32).length, 32);
	t.notDeepEqual(systemEntropy.random(32), systemEntropy.random(32));
	const [one, other] = [await systemEntropy.dhKeyPair(), await systemEntropy.dhKeyPair()];
	t.true(isShare(one.share) && isShare(other.share));
	t.notDeepEqual(one.share, other.share);
});
