import {Buffer} from 'node:buffer';
import test from 'ava';
import {safetyNumber} from '../../source/crypto/safety-number.ts';

const ada = {name: 'ada', identityKey: Buffer.alloc(32, 1)};
const bob = {name: 'bob', identityKey: Buffer.alloc(32, 2)};
// Computed once with Python's hashlib, from docs/protocol.md.
const number = '812711524953783330722517882668922080168232059112363547365471';

test('two people see the same 60 digits', t => {
	t.is(safetyNumber(ada, bob), number);
	t.is(safetyNumber(bob, ada), number);
});

test('another key or another name changes the digits of its owner alone', t => {
	for (const other of [
		{name: 'bob', identityKey: Buffer.alloc(32, 3)},
		{name: 'bobby', identityKey: bob.identityKey},
	]) {
		const changed = safetyNumber(ada, other);
		t.regex(changed, /^\d{60}$/);
		t.not(changed, number);
		t.true(halves(changed).includes(number.slice(0, 30)));
		t.false(halves(changed).includes(number.slice(30)));
	}
});

test('groups keep their leading zeros', t => {
	const parties = Array.from({length: 12}, (_, index) => ({name: 'zoe', identityKey: Buffer.alloc(32, index)}));
	const numbers = parties.map(party => safetyNumber(party, party));
	for (const digits of numbers) t.regex(digits, /^\d{60}$/);
	t.true(numbers.some(digits => digits.match(/\d{5}/g)!.some(group => group.startsWith('0'))));
});

function halves(text: string): string[] {
	return [text.slice(0, 30), text.slice(30)];
}
