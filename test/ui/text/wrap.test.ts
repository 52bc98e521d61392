// Rows of a width: words stay whole where they can, graphemes always do, and nothing is lost.
import fc from 'fast-check';
import test from 'ava';
import {graphemes, widthOf} from '../../../source/ui/text/width.ts';
import {textRows, wrap} from '../../../source/ui/text/wrap.ts';
import {SAMPLES} from './samples.ts';

test('between words', t => {
	t.deepEqual(wrap('the quick brown fox', 10), ['the quick', 'brown fox']);
	t.deepEqual(wrap('the quick  brown', 9), ['the quick', 'brown']);
	t.deepEqual(wrap('exactly ten', 11), ['exactly ten']);
	t.deepEqual(wrap('', 10), ['']);
	t.deepEqual(wrap('one\n\ntwo\n', 10), ['one', '', 'two', '']);
});

test('a word that is longer than a row', t => {
	t.deepEqual(wrap('see https://example.org/path now', 10), ['see', 'https://ex', 'ample.org/', 'path now']);
	t.deepEqual(wrap('abc', 1), ['a', 'b', 'c']);
});

test('a word that is longer than a row ends it where its parts meet, unless half of the row stays empty', t => {
	t.deepEqual(wrap('https://example.org/one/two?three=four&five=six', 24), [
		'https://example.org/one/',
		'two?three=four&five=six',
	]);
	t.deepEqual(wrap('https://example.org/one/two?three=four&five=six', 22), [
		'https://example.org/',
		'one/two?three=four',
		'&five=six',
	]);
	t.deepEqual(wrap('/usr/anameofmanyletters', 12), ['/usr/anameof', 'manyletters']);
	t.deepEqual(wrap('one and/or another', 8), ['one', 'and/or', 'another'], 'a word that has room stays whole');
	t.deepEqual(wrap('https://abcdef', 8), ['https://', 'abcdef']);
	t.is(wrap('/'.repeat(65_536), 80).length, 820);
});

test('what is indented stays so', t => {
	t.deepEqual(wrap('if (a)\n  b();', 10), ['if (a)', '  b();']);
	t.deepEqual(wrap('  abcdefgh', 6), ['  abcd', 'efgh']);
	t.deepEqual(wrap('      a', 3), ['', 'a']);
});

test('wide characters', t => {
	t.deepEqual(wrap('漢字漢字', 5), ['漢字', '漢字']);
	t.deepEqual(wrap('see 漢字漢字', 8), ['see 漢字', '漢字']);
	t.deepEqual(wrap('漢字です。', 8), ['漢字で', 'す。']);
	t.deepEqual(wrap('漢a', 1), ['漢', 'a']);
	t.deepEqual(wrap('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 3), ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦']);
});

test('rows know their place', t => {
	t.deepEqual(textRows('ab  cd\nef', 3), [
		{start: 0, end: 4, text: 'ab'},
		{start: 4, end: 6, text: 'cd'},
		{start: 7, end: 9, text: 'ef'},
	]);
});

test('a long line: as many rows as it takes, at every width, asked for again too', t => {
	const text = 'word '.repeat(12_800);
	for (const columns of [1, 80, 4, 80]) {
		const rows = wrap(text, columns);
		t.is(rows.length, columns === 1 ? 51_200 : columns === 4 ? 12_800 : 800);
	}

	t.is(wrap('漢'.repeat(20_000), 80).length, 500);
	t.deepEqual(wrap(' '.repeat(65_536), 80), ['']);
});

test('whatever the text and the width', t => {
	const parts = fc.constantFrom(...SAMPLES.map(([grapheme]) => grapheme), ' ', ' ', '\n', '。', '(', 'word ');
	const texts = fc.array(parts, {maxLength: 80}).map(each => each.join(''));
	fc.assert(
		fc.property(texts, fc.integer({min: 1, max: 30}), (text, columns) => {
			const rows = textRows(text, columns);
			const whole = rows.map(({start, end}) => text.slice(start, end));
			const isGapless = rows.every(({start}, index) => {
				const before = rows[index - 1]?.end ?? 0;
				return start === before || (start === before + 1 && text[before] === '\n');
			});
			return (
				isGapless &&
				rows.at(-1)?.end === text.length &&
				whole.flatMap(graphemes).join() === graphemes(text.replaceAll('\n', '')).join() &&
				rows.every(
					(row, index) =>
						row.text === whole[index]?.trimEnd() && (widthOf(row.text) <= columns || graphemes(row.text).length === 1),
				)
			);
		}),
		{numRuns: 1000},
	);
	t.pass();
});
