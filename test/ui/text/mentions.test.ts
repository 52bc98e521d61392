// A mention is a name as a word of its own.
import test from 'ava';
import {mentions} from '../../../source/ui/text/mentions.ts';

for (const text of [
	'@alice',
	'hello @alice, are you there?',
	'(@alice)',
	'"@alice"',
	'ask @Alice or @ALICE',
	'that was @alice.',
	'@alice...',
	'@bob @alice',
	'first line\n@alice',
	'@aliceさん',
]) {
	test(`names alice: ${JSON.stringify(text)}`, t => t.true(mentions(text, 'alice')));
}

for (const text of [
	'',
	'alice',
	'@',
	'@ alice',
	'@alic',
	'@alice2',
	'@alice.b',
	'@alice-b',
	'@alice_',
	'@malice',
	'bob@alice',
	'bob.@alice',
	'é@alice',
]) {
	test(`does not name alice: ${JSON.stringify(text)}`, t => t.false(mentions(text, 'alice')));
}

test('names with signs in them and at their end', t => {
	t.true(mentions('@al.ice-2_x!', 'al.ice-2_x'));
	t.true(mentions('see @bob..', 'bob.'));
	t.true(mentions('see @bob_.', 'bob_'));
	t.false(mentions('see @bob', 'bob.'));
});

test('without an account nobody is named', t => t.false(mentions('@', '')));

test('a flood of what may stand in a name is read once', t => {
	// Read from each of its characters on, it would take hours.
	t.false(mentions(`@alice${'.'.repeat(1 << 20)}x`, 'alice'));
	t.true(mentions(`@alice${'.'.repeat(1 << 20)} x`, 'alice'));
});
