// A password typed blind, and one that comes from elsewhere.
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {Readable} from 'node:stream';
import test from 'ava';
import {Failure} from '../../source/cli/failure.ts';
import {HiddenLine} from '../../source/cli/password/hidden-line.ts';
import {passwordFile, readPassword, takePassword} from '../../source/cli/password/read.ts';
import {TextInput} from '../../source/cli/text-input.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';

const textOf = (...keys: string[]) => {
	const line = new HiddenLine();
	for (const key of keys.slice(0, -1)) if (line.feed(key) !== undefined) throw new Error('ended early');
	return line.feed(keys.at(-1) ?? '');
};

const read = (bytes: Buffer) => new TextInput(Readable.from([bytes]));

test('the file that systemd has put in place is taken where it is, and where it cannot be read, so that this is said', t => {
	const folder = temporaryFolder(t);
	const given = {CREDENTIALS_DIRECTORY: folder};
	t.is(passwordFile(undefined, given), undefined, 'it has put none');
	const file = path.join(folder, 'password');
	writeFileSync(file, 'secret');
	t.is(passwordFile(undefined, given), file);
	t.is(passwordFile('/p', given), '/p');
	t.is(passwordFile(undefined, {}), undefined);
	// No folder: not even root can look into it.
	t.is(passwordFile(undefined, {CREDENTIALS_DIRECTORY: file}), path.join(file, 'password'));
});

test('keys edit the line', t => {
	const cases: Array<[string[], string]> = [
		[['secret\r'], 'secret'],
		[['s', 'e', 'c', '\n'], 'sec'],
		[['secrex\u007Ft\r'], 'secret'],
		[['\b\bx\r'], 'x'],
		[['oops\u0015right\r'], 'right'],
		[['pä👋\u007F\u007Fa\r'], 'pa'],
		[['a\u001B[D\u001B[3~\u001BOHb\r'], 'ab'],
		[['a\u001B', '[', '1;5', 'Cb\r'], 'ab'],
		[['a\tb\u0001\r'], 'ab'],
		[['\r'], ''],
	];
	for (const [keys, text] of cases) t.deepEqual(textOf(...keys), {kind: 'done', text, rest: ''});
});

test('what is pasted after Enter belongs to the next line', t => {
	t.deepEqual(textOf('one\rtwo\r'), {kind: 'done', text: 'one', rest: 'two\r'});
});

test('Ctrl-C and Ctrl-D give up', t => {
	t.deepEqual(textOf('abc', '\u0003'), {kind: 'cancelled'});
	t.deepEqual(textOf('\u0004'), {kind: 'cancelled'});
});

test('the environment gives its password once', t => {
	const env = {SIMCHAT_PASSWORD: 'secret', HOME: '/'};
	t.is(takePassword(env), 'secret');
	t.deepEqual(env as object, {HOME: '/'});
	t.is(takePassword({SIMCHAT_PASSWORD: ''}), undefined);
});

test('standard input goes before the environment, and its rest stays there', async t => {
	const input = read(Buffer.from('secret\nfirst\nsecond'));
	t.is(await readPassword({given: 'other', input}, false), 'secret');
	t.is(await input.all(100), 'first\nsecond');
	t.is(await readPassword({given: 'other', input: undefined}, false), 'other');
	const empty = read(Buffer.from('\nx'));
	t.is((await t.throwsAsync(readPassword({given: undefined, input: empty}, true), {instanceOf: Failure})).exitCode, 65);
});

test('standard input line by line, in whatever pieces it comes', async t => {
	const bytes = Buffer.from('ä\r\n\nlonger\nlast');
	for (let size = 1; size <= bytes.length; size++) {
		const pieces = Array.from({length: Math.ceil(bytes.length / size)}, (_, index) =>
			bytes.subarray(index * size, (index + 1) * size),
		);
		const input = new TextInput(Readable.from(pieces));
		const lines = [];
		for (let line = await input.line(6); line !== undefined; line = await input.line(6)) lines.push(line);
		t.deepEqual(lines, ['ä', '', 'longer', 'last']);
	}
});

test('the whole lines that are here already, without waiting, up to one that is too long', async t => {
	const input = new TextInput(
		Readable.from([Buffer.from('one\r\n\nthree\nfo'), Buffer.from('ur\nsevenxx\nsix\nlast')]),
	);
	t.deepEqual(input.ready(6), []);
	t.is(await input.line(6), 'one');
	t.deepEqual(input.ready(6), ['', 'three']);
	t.is(await input.line(6), 'four');
	t.deepEqual(input.ready(6), []);
	await t.throwsAsync(input.line(6), {instanceOf: Failure, message: /longer than 6/});
	t.is(await input.line(7), 'sevenxx');
	t.deepEqual(input.ready(6), ['six']);
	t.is(await input.line(6), 'last');
	t.deepEqual(input.ready(6), []);
});

test('too long, or no text at all: bad data', async t => {
	await t.throwsAsync(read(Buffer.from('sevenxx\n')).line(6), {instanceOf: Failure, message: /longer than 6/});
	await t.throwsAsync(read(Buffer.from('sevenxx')).all(6), {instanceOf: Failure, message: /longer than 6/});
	t.is(await read(Buffer.from('sixsix\r\n')).all(6), 'sixsix');
	await t.throwsAsync(read(Buffer.from([0xc3, 0x28, 10])).line(6), {instanceOf: Failure, message: /not UTF-8/});
	await t.throwsAsync(read(Buffer.from([0x61, 0xc3])).all(6), {instanceOf: Failure, message: /not UTF-8/});
});
