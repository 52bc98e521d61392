// Strangers' text on a terminal: honest text of every script stays as it is, and nothing acts on the screen.
import fc from 'fast-check';
import test from 'ava';
import {safeText} from '../../source/ui/text/safe.ts';
import {NASTY} from '../ui/text/samples.ts';
import {jsonLine, printable, printableLine} from '../../source/cli/printable.ts';
import {anyText} from '../texts.ts';

/** What a terminal would act on or be misled by, or nobody sees, tab and newline aside. */
const dangerous = /[[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\p{NChar}]--[\t\n]]/v;
const crowd = /[\p{M}\p{Default_Ignorable_Code_Point}]{9}/u;

test('honest text is left alone', t => {
	for (const text of [
		'plain, with a\ttab\nand a second line',
		'👨‍👩‍👧‍👦 🏳️‍🌈 🇯🇵 👋🏽 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
		'漢字かな交じり文 한국어 中文',
		'مرحبا بالعالم שָׁלוֹם',
		'Tiếng Việt a\u0302\u0301 नमस्ते ไทย',
		String.raw`C:\new \u001b[31m`,
	]) {
		t.is(printable(text), text);
	}
});

test('controls are spelled out', t => {
	t.is(printable('\u001B[2J\u001B]52;c;eA==\u0007'), String.raw`\u001b[2J\u001b]52;c;eA==\u0007`);
	t.is(printable('\u009B31m\u0085\u007F\u0000'), String.raw`\u009b31m\u0085\u007f\u0000`);
	t.is(printable('safe\rfake'), String.raw`safe\u000dfake`);
	t.is(printable('one\r\ntwo'), 'one\ntwo');
	t.is(printable('a\u2028b'), String.raw`a\u2028b`);
	t.is(printable('half \uD83D'), 'half \uFFFD');
});

test('lines clean as the screen does: no zero width, no bidi mark, no tag, no flood of marks', t => {
	t.is(printable('a\u202Egnp.exe\u2066b\u2069\u200E\u200F\u061C'), 'agnp.exeb');
	t.is(printable('pay\u200Bpal\uFEFF\u00AD\u3164\u2060'), 'paypal');
	t.is(printable('hi\u{E0068}\u{E0069} there'), 'hi there');
	t.is(printable(`a${'\u200B'.repeat(5000)}b`), 'ab');
	t.is(printable(`z${'\u0336'.repeat(3000)}`), `z${'\u0336'.repeat(8)}`);
	t.is(printable('\u0301\u200D'.repeat(1500)).length, 9);
	t.is(printable('\u1100'.repeat(5000)), `${'\u1100'.repeat(16)}\uFFFD`);
	t.is(printable('\u200D\uFE0F'.repeat(100)), '');
	t.is(printable('a\n\u0301b'), 'a\n\u25CC\u0301b');
	for (const text of NASTY) {
		const onScreen = safeText(text, {newlines: true});
		const spelled = printable(text);
		if (!/[\p{Cc}\u2028\u2029]/u.test(text)) t.is(spelled, onScreen, JSON.stringify(text));
	}
});

test('one line stays one line', t => {
	t.is(printableLine('one\ntwo\r\nthree'), String.raw`one\ntwo\nthree`);
});

test('JSON says everything and shows nothing that a terminal acts on', t => {
	const text = '\u001B[2J\u0085\u007F\u2028\u202E\u200E\u061C\n👋🏽';
	t.is(jsonLine({text}), String.raw`{"text":"\u001b[2J\u0085\u007f\u2028\u202e\u200e\u061c\n👋🏽"}`);
	t.deepEqual(JSON.parse(jsonLine({text})), {text});
	const unseen = `pay\u200Bpal\u{E0068} z${'\u0336'.repeat(10)} 🏴󠁧󠁢󠁥󠁮󠁧󠁿`;
	t.is(
		jsonLine(unseen),
		String.raw`"pay\u200bpal\udb40\udc68 z` + '\u0336'.repeat(8) + String.raw`\u0336\u0336 ` + '🏴󠁧󠁢󠁥󠁮󠁧󠁿"',
	);
	t.is(JSON.parse(jsonLine(unseen)), unseen);
});

test('whatever the text is', t => {
	const nasty = fc.constantFrom(
		'\u001B',
		'\u009B',
		'\r',
		'\u202E',
		'\u200B',
		'\u0336',
		'\uDC00',
		'\n',
		'\t',
		'👋',
		'a',
	);
	const texts = fc.oneof(
		anyText(),
		fc.array(nasty, {maxLength: 60}).map(parts => parts.join('')),
	);
	fc.assert(
		fc.property(texts, text => {
			const shown = printable(text);
			const json = jsonLine(text);
			return (
				!dangerous.test(shown) &&
				!crowd.test(shown) &&
				!printableLine(text).includes('\n') &&
				!dangerous.test(json) &&
				JSON.parse(json) === text
			);
		}),
	);
	t.pass();
});
