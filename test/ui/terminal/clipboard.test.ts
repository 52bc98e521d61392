// Copying: what the terminal is given decodes to the text again, and is never too long for it.
import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import test from 'ava';
import {catalogue} from '../../../source/catalogue/catalogue.ts';
import {copy, copyBytes} from '../../../source/ui/terminal/clipboard.ts';

/** What stands between `start` and `end`; undefined when the bytes are not exactly so. */
function between(bytes: string, start: string, end: string): string | undefined {
	const isSo = bytes.startsWith(start) && bytes.endsWith(end);
	return isSo ? bytes.slice(start.length, -end.length) : undefined;
}

function copied(text: string, isTmux = false): string | undefined {
	const bytes = copyBytes(text, {isTmux});
	if (bytes === undefined) return undefined;
	const inner = isTmux ? between(bytes, '\u001BPtmux;', '\u001B\\')?.replaceAll('\u001B\u001B', '\u001B') : bytes;
	const encoded = between(inner ?? '', '\u001B]52;c;', '\u0007') ?? '';
	return /^[\w+/=]*$/.test(encoded) ? Buffer.from(encoded, 'base64').toString() : undefined;
}

test('the sequence', t => {
	t.is(copyBytes('hello', {isTmux: false}), '\u001B]52;c;aGVsbG8=\u0007');
	t.is(copyBytes('hello', {isTmux: true}), '\u001BPtmux;\u001B\u001B]52;c;aGVsbG8=\u0007\u001B\\');
});

/** What copying did, and the sequences that it wrote; `takes`: tmux takes what it is given. */
async function copying(text: string, isTmux: boolean, takes: boolean): Promise<string[]> {
	const written: string[] = [];
	const done = await copy(text, {isTmux, write: bytes => void written.push(bytes), intoTmux: async () => takes});
	return [done, ...written];
}

test('what was done is said: sent, taken by tmux, or what tmux needs to take it', async t => {
	const [plain = '', wrapped = ''] = [copyBytes('hello', {isTmux: false}), copyBytes('hello', {isTmux: true})];
	t.deepEqual(await copying('hello', false, false), ['sent', plain]);
	t.deepEqual(await copying('hello', true, true), ['tmux']);
	t.deepEqual(await copying('hello', true, false), ['asked-tmux', plain, wrapped]);
	t.deepEqual(await copying('x'.repeat(80_000), true, true), ['too-long']);
	t.regex(catalogue.notices.copied['asked-tmux'], /set -g set-clipboard on/);
});

test('any text arrives as it is, and none is asked for', t => {
	const texts = fc.string({unit: 'grapheme', minLength: 1}).map(text => text.toWellFormed());
	fc.assert(
		fc.property(texts, fc.boolean(), (text, isTmux) => {
			t.is(copied(text, isTmux), text);
		}),
	);
	t.is(copied('\u001B]52;c;?\u0007 \u0000\n漢'), '\u001B]52;c;?\u0007 \u0000\n漢');
});

test('a whole message fits; what is longer than terminals take is refused', t => {
	t.is(copied('x'.repeat(65_536))?.length, 65_536);
	let longest = 0;
	for (let size = 74_900; size <= 75_100; size++) {
		const bytes = copyBytes('x'.repeat(size), {isTmux: false});
		if (bytes === undefined) continue;
		t.is(longest, size === 74_900 ? 0 : size - 1, 'every shorter one fits');
		t.true(bytes.length <= 100_000);
		longest = size;
	}

	t.true(longest >= 74_900 && longest < 75_100);
	t.is(copyBytes('漢'.repeat(30_000), {isTmux: false}), undefined, 'bytes are counted');
});
