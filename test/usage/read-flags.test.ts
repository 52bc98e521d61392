// What is typed behind the name of a program, taken apart.
import test from 'ava';
import {FlagTwiceError, readFlags} from '../../source/usage/read-flags.ts';

const options = {
	help: {short: 'h'},
	json: {},
	passwordStdin: {},
	wait: {value: 'SECONDS'},
	profile: {value: 'DIR'},
} as const;
const read = (...args: string[]) => readFlags(args, options);

test('flags may stand anywhere, with their values behind them or after a sign', t => {
	const flags = {json: true, passwordStdin: true, wait: '5', profile: '/a=b'};
	t.deepEqual(read('--json', 'send', '--wait', '5', 'bob', '--profile=/a=b', 'hi', '--password-stdin'), {
		words: ['send', 'bob', 'hi'],
		flags,
	});
	t.deepEqual(read('-h'), {words: [], flags: {help: true}});
	t.deepEqual(read(), {words: [], flags: {}});
});

test('a hyphen alone, a number below zero and what is behind two hyphens are words', t => {
	t.deepEqual(read('send', 'bob', '-'), {words: ['send', 'bob', '-'], flags: {}});
	t.deepEqual(read('send', 'bob', '-5', 'degrees'), {words: ['send', 'bob', '-5', 'degrees'], flags: {}});
	t.deepEqual(read('send', '--', 'bob', '--json', '--'), {words: ['send', 'bob', '--json', '--'], flags: {}});
	t.deepEqual(read('--wait', '-1'), {words: [], flags: {wait: '-1'}});
});

test('a flag without its value has an empty one: the next flag is none', t => {
	t.deepEqual(read('--profile', '--json'), {words: [], flags: {profile: '', json: true}});
	t.deepEqual(read('--profile='), {words: [], flags: {profile: ''}});
	t.deepEqual(read('tail', '--profile'), {words: ['tail'], flags: {profile: ''}});
	t.deepEqual(read('--profile', '--', 'tail'), {words: ['tail'], flags: {profile: ''}});
});

test('what is in no table is there as it was typed, and takes nothing with it', t => {
	t.deepEqual(read('--password', 'secret'), {words: ['secret'], flags: {password: true}});
	t.deepEqual(read('--password=secret'), {words: [], flags: {password: true}});
	t.deepEqual(read('--json=false'), {words: [], flags: {'json=false': true}});
	t.deepEqual(read('-hx', '--__proto__'), {words: [], flags: {help: true, x: true, ['__proto__']: true}});
	t.deepEqual(Object.keys(read('--__proto__=1', '--constructor').flags), ['__proto__', 'constructor']);
});

test('a flag that is there twice is refused by its name', t => {
	for (const args of [
		['--json', '--json'],
		['--wait=1', '--wait', '2'],
		['-h', '--help'],
	])
		t.throws(() => read(...args), {instanceOf: FlagTwiceError, message: /^--(?:json|wait|help)$/});
});
