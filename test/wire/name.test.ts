// Account names: what is one, what people may type for it, and that its field hides nothing behind it.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {Reader, Writer} from '../../source/wire/cursor.ts';
import {foldName, isName, readListedName, readName, writeListedName, writeName} from '../../source/wire/name.ts';
import {name} from './codecs.ts';
import {anyText} from '../texts.ts';

const sound = ['a', 'alice', 'a0', 'a.b_c-d', 'a'.repeat(32)];
const unsound = ['', '0a', '.a', '-a', '_a', 'A', 'a b', 'ä', 'a'.repeat(33), 'a\n', 'a\u0000', '@a', 'a/b', 'ａ'];

test('a name is 1–32 of a–z, 0–9, dot, underscore, hyphen, a letter first', t => {
	for (const text of sound) t.true(isName(text), text);
	for (const text of unsound) t.false(isName(text), text);
});

test('what people type is folded, or none', t => {
	t.is(foldName('  @Alice '), 'alice');
	t.is(foldName('BOB.9'), 'bob.9');
	t.is(foldName('@@bob'), undefined);
	t.is(foldName(''), undefined);
	fc.assert(
		fc.property(anyText(), typed => {
			const folded = foldName(typed);
			t.true(folded === undefined || isName(folded));
		}),
	);
});

test('a field with anything but zeros behind its name is malformed', t => {
	fc.assert(
		fc.property(name, fc.nat(31), fc.integer({min: 1, max: 255}), (text, where, byte) => {
			const field = writeName(new Writer(), text).finish();
			const at = 1 + text.length + (where % Math.max(1, 32 - text.length));
			if (at >= field.length) return;
			field[at] = byte;
			const reader = new Reader(field);
			readName(reader);
			t.true(reader.failed);
		}),
	);
});

test('neither field takes a length or letters that are no name’s', t => {
	for (const text of unsound) {
		const raw = Buffer.from(text, 'latin1');
		const fixed = new Reader(Buffer.concat([Buffer.of(raw.length), raw, Buffer.alloc(33)]).subarray(0, 33));
		readName(fixed);
		t.true(fixed.failed, text);
		const listed = new Reader(Buffer.concat([Buffer.of(raw.length), raw]));
		readListedName(listed);
		t.true(listed.failed, text);
	}

	const over = new Reader(Buffer.concat([Buffer.of(200), Buffer.alloc(32, 0x61)]));
	readName(over);
	t.true(over.failed);
});

test('a name over 32 bytes does not fit', t => {
	t.throws(() => writeName(new Writer(), 'a'.repeat(33)), {instanceOf: RangeError});
	t.throws(() => writeListedName(new Writer(), 'a'.repeat(33)), {instanceOf: RangeError});
});
