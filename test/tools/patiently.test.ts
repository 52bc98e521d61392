// Trying again: a refusal for now is waited out, any other is not.
import test from 'ava';
import {ClientError} from '../../source/os/errors.ts';
import {patiently} from '../../tools/members/patiently.ts';

test('a refusal for now is waited out', async t => {
	let tries = 0;
	const answer = await patiently(async () => {
		if (++tries === 1) throw new ClientError('refused', 'busy', {retryAfter: 0});
		return 'done';
	});
	t.is(answer, 'done');
	t.is(tries, 2);
});

test('another refusal is final', async t => {
	let tries = 0;
	const taken = patiently(async () => {
		tries++;
		throw new ClientError('name-taken', 'taken');
	});
	await t.throwsAsync(taken, {message: 'taken'});
	t.is(tries, 1);
});
