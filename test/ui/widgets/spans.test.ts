// Rows have the width that was asked for, whatever is in them, and lose at their ends alone.
import fc from 'fast-check';
import test from 'ava';
import {graphemes, widthOf} from '../../../source/ui/text/width.ts';
import {
	type ScreenRow,
	firstRows,
	fitRow,
	paragraph,
	pinned,
	rowWidth,
	rule,
	span,
	spread,
	withArrows,
} from '../../../source/ui/widgets/spans.ts';
import {SAMPLES} from '../text/samples.ts';

const textOf = (row: ScreenRow) => row.map(({text}) => text).join('');
const text = fc.array(fc.constantFrom(' ', ...SAMPLES.map(([grapheme]) => grapheme)), {maxLength: 12});
const row = fc.array(
	text.map(parts => span(parts.join(''), 'muted')),
	{maxLength: 5},
);
const width = fc.integer({min: 0, max: 60});

/** Whether `cut` is a beginning of `whole`, cut between graphemes, with spaces behind it, or a mark where more than spaces is lost. */
function begins(whole: ScreenRow, cut: ScreenRow): boolean {
	if (rowWidth(whole) > rowWidth(cut) && cut.at(-1)?.text === '…') return begins(whole, cut.slice(0, -1));
	const expected = whole.flatMap(part => graphemes(part.text));
	const found = cut.flatMap(part => graphemes(part.text));
	const same = expected.findIndex((grapheme, index) => grapheme !== found[index]);
	return found.slice(same === -1 ? expected.length : same).every(grapheme => grapheme === ' ');
}

test('a row that fits is filled up, one that does not is cut between graphemes', t => {
	fc.assert(
		fc.property(row, width, (whole, columns) => {
			const fitted = fitRow(whole, columns);
			t.is(rowWidth(fitted), columns);
			t.true(begins(whole, fitted));
			if (rowWidth(whole) <= columns) t.is(textOf(fitted).trimEnd(), textOf(whole).trimEnd());
		}),
		{numRuns: 1000},
	);
	t.deepEqual(fitRow([span('ab', 'peer'), span('cd', 'self')], 3), [span('ab', 'peer'), span('…', 'peer')]);
	t.deepEqual(fitRow([span('abcd', 'peer')], 3), [span('ab', 'peer'), span('…', 'peer')]);
	t.deepEqual(fitRow([span('abc  ', 'peer')], 3), [span('abc', 'peer')], 'spaces are no loss');
	t.deepEqual(fitRow([], 2), [span('  ')]);
	t.deepEqual(fitRow([span('ab')], 0), []);
	t.deepEqual(fitRow([span('ab')], -1), []);
});

test('where a wide letter has no room, nothing of what follows takes its place', t => {
	t.is(textOf(fitRow([span('漢字'), span('ab')], 3)), '漢…');
	t.is(textOf(fitRow([span('a漢', 'peer'), span('b')], 2)), 'a…');
});

test('a link that is cut leads where it did', t => {
	const url = 'https://a.example/';
	t.deepEqual(fitRow([{text: url, role: 'link', url}], 6), [{text: 'https', role: 'link', url}, span('…', 'link')]);
});

const drawn = (shown: readonly ScreenRow[]) => shown.map(each => textOf(each));

test('rows that go on say so: with a mark, or with arrows where one can scroll', t => {
	const rows = ['one', 'two', 'three'].map(words => fitRow([span(words)], 6));
	t.deepEqual(drawn(firstRows(rows, 6, 3)), ['one   ', 'two   ', 'three ']);
	t.deepEqual(drawn(firstRows(rows, 6, 2)), ['one   ', 'two  …']);
	t.deepEqual(firstRows(rows, 6, 0), []);
	t.deepEqual(drawn(withArrows(rows, {above: true, below: true}, 6)), ['one  ↑', 'two   ', 'thr… ↓']);
	t.deepEqual(drawn(withArrows(rows.slice(0, 1), {above: true, below: true}, 6)), ['one ↑↓']);
	t.deepEqual(withArrows([], {above: true, below: true}, 6), []);
	t.deepEqual(drawn(withArrows(rows, {above: false, below: false}, 6)), drawn(rows));
});

test('left and right stand at the ends, or left alone has it all', t => {
	fc.assert(
		fc.property(row, row, width, (left, right, columns) => {
			const spreaded = spread(left, right, columns);
			t.is(rowWidth(spreaded), columns);
			const fits = rowWidth(left) + rowWidth(right) <= columns;
			if (!fits || rowWidth(right) === 0) t.deepEqual(spreaded, fitRow(left, columns));
			else t.true(textOf(spreaded).startsWith(textOf(left)) && textOf(spreaded).endsWith(textOf(right)));
		}),
		{numRuns: 1000},
	);
});

test('what is pinned is whole at the right end as long as there is a cell left beside it', t => {
	fc.assert(
		fc.property(row, row, width, (left, right, columns) => {
			const both = pinned(left, right, columns);
			t.is(rowWidth(both), columns);
			if (rowWidth(right) < columns) {
				t.true(textOf(both).endsWith(textOf(right)));
				t.true(begins(left, both.slice(0, both.length - right.length)));
			} else t.deepEqual(both, fitRow(left, columns));
		}),
		{numRuns: 1000},
	);
});

test('a rule has its words in the middle', t => {
	t.is(textOf(rule('new', 11, 'unread')), '─── new ───');
	t.is(textOf(rule('new', 12, 'unread')), '─── new ────');
	t.is(textOf(rule('漢字', 8, 'unread')), '─ 漢字 ─');
	t.is(textOf(rule('too long', 5, 'unread')), ' too…');
	fc.assert(
		fc.property(text, width, (parts, columns) => {
			t.is(rowWidth(rule(parts.join(''), columns, 'muted')), columns);
		}),
	);
});

test('a paragraph has every word and rows of its width', t => {
	const words = fc.array(fc.constantFrom('a', 'word', '漢字', '👍🏽', 'longer-than-that'), {minLength: 1, maxLength: 20});
	fc.assert(
		fc.property(words, fc.integer({min: 2, max: 40}), (said, columns) => {
			const rows = paragraph(said.join(' '), columns, 'warning');
			t.true(rows.every(each => rowWidth(each) === columns));
			t.is(
				rows
					.map(each => textOf(each))
					.join('')
					.replaceAll(' ', ''),
				said.join(''),
			);
			t.true(rows.flat().every(({text: part, role}) => role === 'warning' || part.trim() === ''));
		}),
	);
	t.deepEqual(paragraph('a', 0), [[]]);
	t.is(widthOf(textOf(paragraph('漢', 1)[0] ?? [])), 1);
});
