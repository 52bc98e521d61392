// Cells and graphemes: what a terminal draws is what is counted.
import {createRequire} from 'node:module';
import fc from 'fast-check';
import test from 'ava';
import {graphemeAt, graphemeWidth, graphemes, padTo, truncate, widthOf} from '../../../source/ui/text/width.ts';
import {SAMPLES} from './samples.ts';

for (const [grapheme, cells] of SAMPLES) {
	test(`${grapheme} is one grapheme of ${cells}`, t => {
		t.deepEqual(graphemes(grapheme), [grapheme]);
		t.is(widthOf(grapheme), cells);
		for (const time of ['first', 'again']) t.is(graphemeWidth(grapheme), cells, time);
	});
}

test('what Ink measures with is what is measured with here', t => {
	const ours = createRequire(import.meta.url);
	t.is(ours.resolve('string-width'), createRequire(ours.resolve('ink')).resolve('string-width'));
});

test('what has no width', t => {
	for (const text of ['', '\u200B', '\u0301', '\n']) t.is(widthOf(text), 0);
});

test('more graphemes than are kept', t => {
	for (let code = 0x4e_00; code < 0x6e_00; code++) if (graphemeWidth(String.fromCodePoint(code)) !== 2) t.fail();
	t.is(graphemeWidth('é'), 1);
});

test('the grapheme at a place', t => {
	t.like(graphemeAt('a👍🏽b', 3), {segment: '👍🏽', index: 1});
	t.is(graphemeAt('ab', 2), undefined);
});

test('cut between graphemes, with room for the sign', t => {
	t.is(truncate('hello', 5), 'hello');
	t.is(truncate('hello', 4), 'hel…');
	t.is(truncate('漢字漢字', 8), '漢字漢字');
	t.is(truncate('漢字漢字', 7), '漢字漢…');
	t.is(truncate('漢字漢字', 6), '漢字…');
	t.is(truncate('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 3), '👨‍👩‍👧‍👦…');
	t.is(truncate('hello', 3, ''), 'hel');
	t.is(truncate('hello', 1), '…');
	t.is(truncate('hello', 0), '');
	t.is(truncate('hello', 2, '...'), '');
});

test('filled up to the width', t => {
	t.is(padTo('ab', 4), 'ab  ');
	t.is(padTo('abcdef', 4), 'abc…');
	t.is(padTo('漢字漢', 5), '漢字…');
	t.is(padTo('漢字漢', 4), '漢… ');
	t.is(padTo('', 0), '');
});

test('whatever the text and the width', t => {
	const texts = fc.array(fc.constantFrom(...SAMPLES.map(([grapheme]) => grapheme))).map(parts => parts.join(''));
	fc.assert(
		fc.property(texts, fc.nat(40), (text, columns) => {
			const cut = truncate(text, columns);
			return (
				widthOf(cut) <= columns &&
				(widthOf(text) <= columns ? cut === text : cut === '' || text.startsWith(cut.slice(0, -1))) &&
				widthOf(padTo(text, columns)) === columns
			);
		}),
	);
	t.pass();
});
