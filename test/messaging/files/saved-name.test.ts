// Whatever a file is called by its sender, its name here is of one part, is seen, and means nothing to a shell or a system.
import {Buffer} from 'node:buffer';
import path from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {numberedName, savedName} from '../../../source/messaging/files/saved-name.ts';

test('a name that does no harm stays as it is', t => {
	for (const name of [
		'report.pdf',
		'Ünïcode ✓ 報告.tar.gz',
		'no extension',
		'a.b.c',
		'👩‍👩‍👧.png',
		"it's (1) [x]{y}.txt",
	]) {
		t.is(savedName(name), name);
	}
});

test('each kind of hostile name becomes a harmless one', t => {
	for (const [hostile, harmless] of [
		['../../etc/passwd', '_.._etc_passwd'],
		['/etc/passwd', '_etc_passwd'],
		['..', 'file'],
		['.', 'file'],
		['', 'file'],
		[' . . ', 'file'],
		['.bashrc', 'bashrc'],
		['-rf', '_-rf'],
		['~root', '_~root'],
		['a\u0000b', 'a_b'],
		['a\u001B[31mb\n', 'a_[31mb_'],
		['photo\u202Egpj.exe', 'photogpj.exe'],
		['a\u200B\u2060b', 'ab'],
		['C:\\Windows\\x', 'C__Windows_x'],
		['what?*.txt', 'what__.txt'],
		['con', '_con'],
		['LPT1.txt', '_LPT1.txt'],
		['console.txt', 'console.txt'],
		['name. ', 'name'],
		['e\u0301.txt', '\u00E9.txt'],
		['\uD800x', '\uFFFDx'],
	] as const) {
		t.is(savedName(hostile), harmless, JSON.stringify(hostile));
	}
});

test('a name of 64 KiB is cut between characters, and its extension stays', t => {
	const long = savedName(`${'👩‍👩‍👧'.repeat(4000)}.jpeg`);
	t.true(Buffer.byteLength(long) <= 200);
	t.regex(long, /^(?:👩‍👩‍👧)+\.jpeg$/u);
	t.true(Buffer.byteLength(savedName(`a.${'x'.repeat(65_536)}`)) <= 200);
	t.true(Buffer.byteLength(savedName('\u0301'.repeat(65_536))) <= 200);
});

test('any text at all becomes a name that is one part of a path, and stays as it is from then on', t => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 300}), hostile => {
			const name = savedName(hostile);
			t.is(path.basename(name), name);
			t.false(['', '.', '..'].includes(name));
			t.notRegex(name, /^[-.~]|[\u0000-\u001F/\\]/);
			t.true(Buffer.byteLength(`${numberedName(name, 10_000)}.part`) <= 255);
			t.is(savedName(name), name);
		}),
	);
});

test('further files of a name are numbered before the extension', t => {
	t.is(numberedName('a.tar', 1), 'a.tar');
	t.is(numberedName('a.tar', 2), 'a (2).tar');
	t.is(numberedName('README', 3), 'README (3)');
});
