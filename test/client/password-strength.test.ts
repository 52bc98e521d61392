// Which passwords are called weak, and in which words.
import test from 'ava';
import {passwordWeakness} from '../../source/client/password-strength.ts';

test('common words, names, keys side by side, dates and repetitions are weak', async t => {
	for (const password of [
		'password',
		'P4ssw0rd!',
		'alice1',
		'Alice',
		'qwertz123',
		'12.11.1987',
		'aaaaaaaaaaaaaaaa',
		'abcabcabcabc',
	]) {
		t.regex(
			(await passwordWeakness(password, ['alice'])) ?? '',
			/^weak: whoever copies this profile guesses it /,
			password,
		);
	}

	t.regex((await passwordWeakness('password', [])) ?? '', /guesses it within a minute,/);
	t.regex((await passwordWeakness('maria1987!', [])) ?? '', /guesses it in about \d+ (?:minutes?|hours?|days?),/);
});

test('words at random and letters at random are not', async t => {
	for (const password of [
		'correct horse battery staple',
		'xK9$mQ2!vLpe',
		'漢字かなまじり文を書く人',
		'häuser im wald stehen',
	]) {
		t.is(await passwordWeakness(password, ['alice']), undefined, password);
	}
});

test('a password of any length is measured', async t => {
	t.truthy(await passwordWeakness('x'.repeat(1_000_000), []));
	t.is(await passwordWeakness(Array.from({length: 100_000}, (_, index) => index * 7919).join(' '), []), undefined);
});
