// What the bench's table says: ratios, verdicts, and no verdict where nothing was promised or measured.
import test from 'ava';
import {percentile} from '../../bench/measure.ts';
import {type Row, figure, ratioOf, tableText, verdictOf} from '../../bench/table.ts';

const row: Row = {
	what: 'a login',
	measured: 3,
	unit: 'ms',
	limit: {what: 'its powers', value: 2},
	target: {of: 'ratio', sign: '≤', must: 1.5, goal: 1.2},
};

test('a ratio is judged against must and goal, bounds included', t => {
	t.is(ratioOf(row), 1.5);
	t.is(verdictOf(row), 'must');
	t.is(verdictOf({...row, measured: 2.4}), 'goal');
	t.is(verdictOf({...row, measured: 3.01}), 'missed');
});

test('more is better where the sign says so, and a value is judged without its limit', t => {
	const rate: Row = {...row, target: {of: 'value', sign: '≥', must: 10, goal: 20}};
	t.deepEqual(
		[9, 10, 20].map(measured => verdictOf({...rate, measured})),
		['missed', 'must', 'goal'],
	);
});

test('nothing is judged without a target, a figure, or the limit of a ratio', t => {
	t.is(verdictOf({what: 'x', measured: 1}), undefined);
	t.is(verdictOf({...row, measured: 'not installed'}), undefined);
	const {limit: _, ...unlimited} = row;
	t.is(verdictOf(unlimited), undefined);
});

test('the table counts what is kept', t => {
	const text = tableText([row, {...row, measured: 4}, {what: 'prosody', measured: 'not installed'}]);
	t.regex(text, /a login\s+3 ms\s+2 ms its powers\s+1\.5\s+ratio ≤ 1\.5 \/ 1\.2\s+must ✔ goal ✘\n/);
	t.regex(text, /\n1 of 2 musts met, 0 goals\n$/);
});

test('three digits that count', t => {
	t.deepEqual([figure(0.012_34, 'µs'), figure(12_345.6, '/s'), figure(7)], ['0.0123 µs', '12,346/s', '7']);
});

test('a figure that misses a bound does not look as if it met it', t => {
	const target = {of: 'value', sign: '≤', must: 0.1, goal: 0.1} as const;
	t.regex(tableText([{what: 'idle', measured: 0.100_03, target}]), /idle\s+0\.10003\s+≤ 0\.1 \/ 0\.1\s+must ✘\n/);
	t.regex(tableText([{what: 'idle', measured: 0.1, target}]), /idle\s+0\.1\s+≤ 0\.1 \/ 0\.1\s+must ✔ goal ✔\n/);
	t.regex(tableText([{...row, measured: 3.0006}]), /a login\s+3 ms\s+2 ms its powers\s+1\.5003\s+.*must ✘\n/);
	const rate: Row = {
		what: 'rate',
		measured: 999.6,
		unit: '/s',
		target: {of: 'value', sign: '≥', must: 1000, goal: 2000},
	};
	t.regex(tableText([rate]), /rate\s+999\.6\/s\s+≥ 1,000\/s/);
});

test('a percentile is one of the values', t => {
	t.is(percentile([5, 1, 4, 2, 3], 0.5), 3);
	t.is(percentile([5, 1, 4, 2, 3], 0.99), 5);
	t.is(percentile([1], 0), 1);
});
