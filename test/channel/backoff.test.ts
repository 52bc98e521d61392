// Pauses before the directory is tried again: within their bounds whatever the dice say, and never for as long as a stranger likes.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {pauseAfter} from '../../source/channel/backoff.ts';

const dice = (value: number) => () => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
};

const [lowest, middle, highest] = [dice(0), dice(2 ** 31), dice(2 ** 32 - 1)];

test('the bound doubles from 1 s to 60 s, and the pause is anywhere below it', t => {
	const failures = [1, 2, 3, 4, 5, 6, 7, 8, 100, 100_000];
	t.deepEqual(
		failures.map(count => pauseAfter(count, 0, highest)),
		[999, 1999, 3999, 7999, 15_999, 31_999, 59_999, 59_999, 59_999, 59_999],
	);
	t.deepEqual(
		failures.map(count => pauseAfter(count, 0, middle)),
		[500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000],
	);
	t.true(failures.every(count => pauseAfter(count, 0, lowest) === 0));
});

test('what the server asks for comes on top, so that those it sends away do not come back as one', t => {
	t.is(pauseAfter(1, 5, lowest), 5000);
	t.is(pauseAfter(1, 5, highest), 5999);
	t.is(pauseAfter(1, 60, middle), 60_500);
});

test('a pause is a whole number of ms, and at most five minutes and the jitter', t => {
	const any = fc.record({
		failures: fc.integer({min: 1, max: 10_000}),
		retryAfter: fc.integer({min: 0, max: 65_535}),
		value: fc.integer({min: 0, max: 2 ** 32 - 1}),
	});
	fc.assert(
		fc.property(any, ({failures, retryAfter, value}) => {
			const pause = pauseAfter(failures, retryAfter, dice(value));
			return Number.isInteger(pause) && pause >= Math.min(retryAfter, 300) * 1000 && pause < 360_000;
		}),
	);
	t.is(pauseAfter(1, 65_535, lowest), 300_000);
});
