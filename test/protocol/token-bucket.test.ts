// Token buckets: bursts, refilling, how long to wait, and clocks that are set back.
import test from 'ava';
import fc from 'fast-check';
import {fullBucket, isFull, take, untilToken} from '../../source/protocol/token-bucket.ts';

const rate = {burst: 3, perSecond: 2};

test('a bucket gives its burst, then its rate, and says how long to wait', t => {
	const bucket = fullBucket(rate, 0);
	t.deepEqual(
		[0, 0, 0, 0, 250, 500, 500, 1500, 1500, 1500].map(now => take(bucket, rate, now)),
		[0, 0, 0, 500, 250, 0, 500, 0, 0, 500],
	);
});

test('a bucket never holds more than its burst, nor less for a clock that is set back', t => {
	const bucket = fullBucket(rate, 0);
	t.is(take(bucket, rate, 1e9), 0);
	t.is(take(bucket, rate, 5), 0);
	t.is(take(bucket, rate, 5), 0);
	t.true(take(bucket, rate, 5) > 0);
	t.is(take(bucket, rate, 505), 0);
});

test('over any time, a bucket gives no more than burst + rate × time', t => {
	const steps = fc.array(fc.nat(400), {minLength: 1, maxLength: 200});
	fc.assert(
		fc.property(steps, gaps => {
			const bucket = fullBucket(rate, 0);
			let now = 0;
			let given = 0;
			for (const gap of gaps) {
				now += gap;
				if (take(bucket, rate, now) === 0) given++;
			}

			t.true(given <= rate.burst + (now / 1000) * rate.perSecond + 1e-6);
		}),
	);
});

test('who asks when there is a token takes none, and a bucket is full again after burst ÷ rate', t => {
	const bucket = fullBucket(rate, 0);
	t.true(isFull(bucket, rate, 0));
	for (let count = 0; count < 3; count++) t.is(take(bucket, rate, 0), 0);
	t.deepEqual(
		[0, 0, 400, 500, 500].map(now => untilToken(bucket, rate, now)),
		[500, 500, 100, 0, 0],
	);
	t.is(take(bucket, rate, 500), 0);
	t.false(isFull(bucket, rate, 1999));
	t.true(isFull(bucket, rate, 2000));
});
