// Sparklines, rates, times and amounts in words.
import test from 'ava';
import fc from 'fast-check';
import {sparkline} from '../../source/top/sparkline.ts';
import {uptimeText, memoryText, rateText, secondText, sinceText} from '../../source/top/top-words.ts';
import {NOON} from './answers.ts';

test('a sparkline has the newest at its right end, nothing as the lowest bar and the most as the highest', t => {
	t.is(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8), '▁▂▃▄▅▆▇█');
	t.is(sparkline([1, 0, 0, 7, 14], 3), '▁▅█');
	t.is(sparkline([0, 1], 4), '  ▁█');
	t.is(sparkline([0, 0], 2), '▁▁');
	t.is(sparkline([], 2), '  ');
	t.is(sparkline([1, 2], 0), '');
	t.is(sparkline([1, 2], -3), '');
});

test('a bar is never lower for more, and what happened is never drawn as nothing', t => {
	fc.assert(
		fc.property(fc.array(fc.nat(10_000), {minLength: 1, maxLength: 120}), values => {
			const bars = Array.from(sparkline(values, values.length));
			for (const [index, value] of values.entries()) {
				t.is(bars[index] === '▁', value === 0);
				for (const [other, less] of values.entries()) {
					if (less <= value && bars[other]! > bars[index]!) t.fail(`${less} above ${value}`);
				}
			}
		}),
	);
});

test('a rate is the mean of ten seconds, or of as many as there were', t => {
	t.is(rateText([]), '0.0/s');
	t.is(rateText([3]), '3.0/s');
	t.is(rateText([100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]), '0.5/s');
	t.is(rateText([12, 13]), '13/s');
});

test('times say what a person wants to know of them', t => {
	t.deepEqual([-5, 0, 59_999, 60_000, 3_599_999].map(uptimeText), ['0 s', '0 s', '59 s', '1 min', '59 min']);
	t.deepEqual([3_600_000, 86_399_999, 97_200_000].map(uptimeText), ['1 h 0 min', '23 h 59 min', '1 d 3 h']);
	t.is(sinceText(NOON - 60_000, NOON), '11:59');
	t.is(sinceText(NOON - 24 * 3_600_000, NOON), 'Mon 2 Nov');
	t.is(secondText(NOON + 61_000), '12:01:01');
	t.is(memoryText(64.4 * 1024 * 1024), '64 MiB');
});
