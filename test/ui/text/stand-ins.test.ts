// What Ink is given in place of signs that terminals differ in, and what comes back.
import fc from 'fast-check';
import test from 'ava';
import {USUAL} from '../../../source/ui/text/clusters.ts';
import {
	cellsOf,
	graphemeFor,
	standInGeneration,
	standInsFor,
	withoutStandIns,
} from '../../../source/ui/text/stand-ins.ts';
import {countAs, widthOf} from '../../../source/ui/text/width.ts';
import {SAMPLES} from './samples.ts';

const PRIVATE = /^[\u{100000}-\u{10FFFF}]+$/u;

/** A letter with a mark, each another. */
function grapheme(index: number): string {
	return String.fromCodePoint(0x2_00_00 + (index >> 6)) + String.fromCodePoint(0x300 + (index & 63));
}

test('letters stay as they are', t => {
	for (const text of ['', 'hello', 'é ñ ß', '漢字かな', 'Привет', '│──● ✓']) t.is(standInsFor(text), text);
});

test.serial('a stand-in has as many signs as its grapheme has cells', t => {
	for (const tone of [0, 2]) {
		countAs({...USUAL, tone});
		const standIn = standInsFor('👍🏽');
		t.regex(standIn, PRIVATE);
		t.is(cellsOf(standIn), 2 + tone);
		t.is(graphemeFor(standIn), '👍🏽');
	}

	countAs(USUAL);
});

test('a stand-in that was cut is none', t => t.is(withoutStandIns(standInsFor('a👍🏽').slice(0, -2)), 'a'));

test('what others send of the plane that stand-ins are from gets one itself', t => {
	const text = '\u{100000}\u{100001}\u{10FFFD}';
	t.is(withoutStandIns(standInsFor(text)), text);
	t.is(graphemeFor('\u{10FFF0}'), undefined);
});

test.serial('more graphemes than there are stand-ins: the newest are known, and rows are told to be made anew', t => {
	const generation = standInGeneration();
	for (let index = 0; index < 70_000; index++) {
		if (withoutStandIns(standInsFor(grapheme(index))) !== grapheme(index)) t.fail(String(index));
	}

	t.true(standInGeneration() > generation);
});

test.serial('whatever the text: what comes back is what was given', t => {
	const texts = fc
		.array(fc.constantFrom('a', ' ', '漢', ...SAMPLES.map(([sample]) => sample)))
		.map(parts => parts.join(''));
	fc.assert(fc.property(texts, text => withoutStandIns(standInsFor(text)) === text));
	fc.assert(fc.property(texts, text => Array.from(standInsFor(text)).length <= widthOf(text)));
	t.pass();
});
