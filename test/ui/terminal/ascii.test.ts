// What a terminal that takes ASCII alone is given: as many cells, and nothing else.
import fc from 'fast-check';
import test from 'ava';
import {asciiRow, signlessRow} from '../../../source/ui/terminal/ascii.ts';
import {standInsFor, withoutStandIns} from '../../../source/ui/text/stand-ins.ts';
import {safeText} from '../../../source/ui/text/safe.ts';
import {widthOf} from '../../../source/ui/text/width.ts';
import {arityOf, entriesOf, saidBy, spoken} from '../../catalogue/entries.ts';
import {NASTY, SAMPLES} from '../text/samples.ts';

const shown = (text: string) => asciiRow(standInsFor(text));
const shownWithout = (text: string) => signlessRow(standInsFor(text));

test('the screen’s signs have a letter each, accents go, and what is left is question marks', t => {
	t.is(shown('● alice  ✓ verified │ “hi”, Müller … ▸ 4 more'), '* alice  v verified | "hi", Muller . > 4 more');
	t.is(shown('漢字 한 👍🏽 ❤️ e\u0301'), '???? ?? ?? ?? e');
	t.is(
		asciiRow('\u001B[1m→ a\u001B[22m\u001B]8;;https://a.example/\u0007link\u001B]8;;\u0007'),
		'\u001B[1m> a\u001B[22m\u001B]8;;https://a.example/\u0007link\u001B]8;;\u0007',
	);
});

test('without the screen’s signs its words, and what people write, stay as they are, in every language', t => {
	t.is(shownWithout('│ ● Größe ✓ … ▸ “hi” ß'), '| * Größe v . > “hi” ß');
	for (const {language, words} of spoken) {
		for (const [place, entry] of entriesOf(words)) {
			const text = saidBy(
				place,
				entry,
				Array.from({length: arityOf(entry)}, () => 'x'),
			);
			for (const word of standInsFor(text).match(/[\p{L}\p{M}\p{N}?]+/gv) ?? [])
				t.true(shownWithout(text).includes(word), `${language}: ${place}: ${word}`);
			t.is(shownWithout(text).split('?').length, text.split('?').length, `${language}: ${place}`);
		}
	}
});

test('a language of Latin letters is read without a question mark of its own', t => {
	t.is(shown('„Größe“ « cœur » ¡sí! ¿no? —'), '"Grose" " cour " !si! ?no? -');
	for (const {language, words} of spoken) {
		if (language === 'ja' || language === 'zh-Hans') continue;
		for (const [place, entry] of entriesOf(words)) {
			const text = saidBy(
				place,
				entry,
				Array.from({length: arityOf(entry)}, () => 'x'),
			).replaceAll(/[¿\n]|\p{RGI_Emoji}/gv, '');
			t.is(shown(text).split('?').length, text.split('?').length, `${language}: ${place}: ${shown(text)}`);
		}
	}
});

test('whatever is drawn, it is ASCII of the same width', t => {
	const parts = fc.array(fc.constantFrom(...NASTY, ...SAMPLES.map(([sample]) => sample), 'a', '│', '…'), {
		maxLength: 30,
	});
	fc.assert(
		fc.property(parts, pieces => {
			const text = safeText(pieces.join(''), {newlines: false});
			const row = asciiRow(standInsFor(text));
			t.regex(row, /^[ -~]*$/, JSON.stringify(text));
			t.is(row.length, widthOf(text), JSON.stringify(text));
			t.is(widthOf(withoutStandIns(signlessRow(standInsFor(text)))), widthOf(text), JSON.stringify(text));
		}),
	);
});
