// Strangers' text on the screen: honest text of every script stays as it is, and nothing acts, hides or reorders.
import fc from 'fast-check';
import test from 'ava';
import {safeName, safeText} from '../../../source/ui/text/safe.ts';
import {graphemes, widthOf} from '../../../source/ui/text/width.ts';
import {NASTY, SAMPLES} from './samples.ts';
import {anyText} from '../../texts.ts';

const safe = (text: string) => safeText(text, {newlines: true});

/** What a terminal would act on, hide or be misled by; a newline aside. */
const dangerous = /[[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\p{Cs}\p{NChar}]--\n]/v;
const crowd = /[\p{M}\p{Default_Ignorable_Code_Point}]{9}/u;

test('honest text is left alone', t => {
	for (const text of [
		'plain, with  spaces\nand a second line\n',
		SAMPLES.map(([grapheme]) => grapheme).join(''),
		'漢字かな交じり文 한국어 中文',
		'مرحبا بالعالم می‌خواهم שָׁלוֹם',
		'Tiếng Việt a\u0302\u0301 नमस्ते क्‍ष ไทย',
		String.raw`C:\new \u001b[31m`,
	]) {
		t.is(safe(text), text);
	}
});

test('controls are shown and do nothing', t => {
	t.is(safe('\u001B[2J\u001B]52;c;eA==\u0007'), '␛[2J␛]52;c;eA==␇');
	t.is(safe('\u009B31m\u0085\u007F\u0000'), '\uFFFD31m\uFFFD␡␀');
	t.is(safe('safe\rfake'), 'safe␍fake');
	t.is(safe('half \uD83D, none \uFFFF\u{1FFFE}'), 'half \uFFFD, none \uFFFD\uFFFD');
	t.is(safe('a\tb'), 'a    b');
});

test('line ends are newlines where those are allowed', t => {
	t.is(safe('one\r\ntwo\u2028three\u2029four'), 'one\ntwo\nthree\nfour');
	t.is(safeText('one\r\ntwo\nthree\u2028four', {newlines: false}), 'one␊two␊three␊four');
});

test('nothing reorders or hides', t => {
	t.is(safe('a\u202Egnp.exe\u2066b\u2069\u200F'), 'agnp.exeb');
	t.is(safe('pay\u200Bpal\uFEFF\u00AD\u3164\u115F'), 'paypal');
	t.is(safe('hi\u{E0068}\u{E0069} there'), 'hi there');
	t.is(safe('\u200D\uFE0Fa'), 'a');
});

test('floods are cut', t => {
	t.is(safe(`z${'\u0336'.repeat(300)}`), `z${'\u0336'.repeat(8)}`);
	t.is(safe(`a${'\u200D'.repeat(5000)}b`), `a${'\u200D'.repeat(8)}b`);
	t.is(safe('\u1100'.repeat(5000)), `${'\u1100'.repeat(16)}\uFFFD`);
	t.true(graphemes(safe('👩\u200D'.repeat(5000))).every(grapheme => Array.from(grapheme).length <= 16));
});

test('a mark without a letter stands on a circle', t => {
	t.is(safe('\u0301'), '\u25CC\u0301');
	t.is(safe('a\n\u0301b'), 'a\n\u25CC\u0301b');
});

test('names are one line and never empty', t => {
	t.is(safeName('  a\u00A0\t b\n'), 'a b␊');
	t.is(safeName('\u200B\u202E '), '\uFFFD');
});

test('whatever the text is', t => {
	const texts = fc.oneof(
		anyText({maxLength: 60}),
		fc.array(fc.constantFrom(...NASTY), {maxLength: 60}).map(parts => parts.join('')),
	);
	fc.assert(
		fc.property(texts, fc.boolean(), (text, newlines) => {
			const shown = safeText(text, {newlines});
			return (
				!dangerous.test(shown) &&
				!crowd.test(shown) &&
				(newlines || !shown.includes('\n')) &&
				graphemes(shown).every(grapheme => grapheme === '\n' || widthOf(grapheme) > 0) &&
				safeText(shown, {newlines}) === shown
			);
		}),
		{numRuns: 2000},
	);
	t.pass();
});
