// Token buckets and admission: bursts, refilling, what counts as one stranger, and that nothing grows without bound.
import test from 'ava';
import fc from 'fast-check';
import {Admission} from '../../source/server/admission.ts';
import {LIMITS, RateLimiter, fullBucket, networkOf, take} from '../../source/server/limits.ts';

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

test('a limiter has a bucket a key, forgets full ones, and stays bounded', t => {
	const limiter = new RateLimiter(rate);
	t.deepEqual(
		['a', 'a', 'a', 'a', 'b'].map(key => limiter.allows(key, 0)),
		[true, true, true, false, true],
	);
	limiter.sweep(600);
	t.is(limiter.size, 1);
	limiter.sweep(5000);
	t.is(limiter.size, 0);
	for (let key = 0; key < 20_000; key++) limiter.allows(String(key), 5000);
	t.is(limiter.size, 10_000);
});

test('a stranger is an IPv4 address or an IPv6 /64', t => {
	t.is(networkOf('192.0.2.1'), '192.0.2.1');
	t.is(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2');
	t.is(networkOf('2001:db8:1:2::6'), '2001:db8:1:2');
	t.is(networkOf('2001:db8::6'), '2001:db8:0:0');
	t.is(networkOf('2001::1:2:3:4:5'), '2001:0:0:1');
	t.is(networkOf('::1'), '0:0:0:0');
	t.is(networkOf('::'), '0:0:0:0');
	t.is(networkOf('fe80::'), 'fe80:0:0:0');
});

const at = (host: string) => ({host, port: 1});

test('half-open connections are bounded over all and by address, and give their place back', t => {
	const admission = new Admission({...LIMITS, halfOpen: 5, halfOpenPerAddress: 3});
	const admit = (host: string) => admission.admit(at(host), 0);
	t.deepEqual(
		['1.1.1.1', '1.1.1.1', '1.1.1.1', '1.1.1.1', '2.2.2.2', '2.2.2.2', '3.3.3.3'].map(host => admit(host)),
		['admitted', 'admitted', 'admitted', 'address limit', 'admitted', 'admitted', 'full'],
	);
	t.is(admission.halfOpen, 5);
	admission.release(at('1.1.1.1'));
	t.is(admit('3.3.3.3'), 'admitted');
	admission.release(at('2.2.2.2'));
	t.is(admit('1.1.1.1'), 'admitted');
	for (const host of ['1.1.1.1', '1.1.1.1', '1.1.1.1', '2.2.2.2', '3.3.3.3']) admission.release(at(host));
	t.is(admission.halfOpen, 0);
});

test('an address that comes too fast waits, whatever becomes of its connections', t => {
	const admission = new Admission({...LIMITS, connections: {burst: 2, perSecond: 1}});
	const address = {host: '2001:db8::1', port: 1};
	const knock = (now: number, host = address.host) => {
		const verdict = admission.admit({host, port: 1}, now);
		if (verdict === 'admitted') admission.release(address);
		return verdict;
	};

	t.deepEqual(
		[knock(0), knock(0, '2001:db8::2'), knock(0, '2001:db8::3'), knock(0, '2001:db8:0:1::1'), knock(1000)],
		['admitted', 'admitted', 'address limit', 'admitted', 'admitted'],
	);
	admission.sweep(10_000);
});
