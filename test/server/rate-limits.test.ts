// A bucket for each key, and admission: what counts as one stranger, and that nothing grows without bound.
import test from 'ava';
import {Admission, type HalfOpen} from '../../source/server/admission.ts';
import {networksOf} from '../../source/server/networks.ts';
import {LIMITS, type Limits, RateLimiter} from '../../source/server/rate-limits.ts';

const rate = {burst: 3, perSecond: 2};

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

const names = (host: string) => networksOf(host).map(({name}) => name);

test('an address counts in its networks: /24 and itself in IPv4; /48, /56 and /64 in IPv6', t => {
	t.deepEqual(names('192.0.2.1'), ['192.0.2/24', '192.0.2.1']);
	t.deepEqual(names('2001:db8:1:2f3:3:4:5:6'), ['2001:db8:1/48', '2001:db8:1:2/56', '2001:db8:1:2f3']);
	t.deepEqual(names('2001:db8:1:2::6'), ['2001:db8:1/48', '2001:db8:1:0/56', '2001:db8:1:2']);
	t.deepEqual(names('2001:db8::6').at(-1), '2001:db8:0:0');
	t.deepEqual(names('2001::1:2:3:4:5').at(-1), '2001:0:0:1');
	for (const host of ['::1', '::']) t.deepEqual(names(host), ['0:0:0/48', '0:0:0:0/56', '0:0:0:0']);
	t.deepEqual(names('fe80::').at(-1), 'fe80:0:0:0');
	t.deepEqual(
		['192.0.2.1', '2001:db8::1'].map(host => networksOf(host).map(({times}) => times)),
		[
			[4, 1],
			[4, 2, 1],
		],
	);
});

const at = (host: string) => ({host, port: 1});

/** Admits one connection each ms, and says which one was evicted, or why none was admitted. */
function admissionOf(limits: Partial<Limits>) {
	const admission = new Admission({...LIMITS, connections: {burst: 1e6, perSecond: 1}, ...limits});
	let now = 0;
	let evicted: string | undefined;
	const slots: HalfOpen[] = [];
	const admit = (host: string, title = host) => {
		evicted = undefined;
		const slot = admission.admit(at(host), now++, () => {
			evicted = title;
		});
		if (typeof slot === 'string') return slot;
		slots.push(slot);
		return evicted ?? 'room';
	};

	return {admission, admit, slots};
}

test('the connection that has waited longest in the fullest network is evicted, and no other', t => {
	const {admission, admit} = admissionOf({halfOpen: 6, halfOpenPerAddress: 4});
	t.deepEqual(
		['9.9.9.9', '1.1.1.1', '1.1.1.2', '1.1.1.2', '2.2.2.2', '2.2.2.2'].map((host, index) =>
			admit(host, `${host} ${index}`),
		),
		['room', 'room', 'room', 'room', 'room', 'room'],
	);
	// Three from 1.1.1.0/24, two of them from one address: of those the one that has waited longer.
	t.is(admit('3.3.3.3'), '1.1.1.2 2');
	// Two /24s have two now, one of them from a single address.
	t.is(admit('4.4.4.4'), '2.2.2.2 4');
	t.is(admit('5.5.5.5'), '1.1.1.1 1');
	t.is(admission.halfOpen, 6);
});

test('a network with many addresses has a limit too, and evicts its own connections', t => {
	const {admission, admit} = admissionOf({halfOpen: 1000, halfOpenPerAddress: 2});
	const counted = (hosts: readonly string[]) => {
		const before = admission.halfOpen;
		for (const host of hosts) admit(host);
		return admission.halfOpen - before;
	};

	const many = Array.from({length: 50}, (_, index) => index);
	t.is(counted(many.map(() => '2001:db8:1:1::1')), 2);
	t.is(counted(many.map(index => `2001:db8:2:${index.toString(16)}::1`)), 4);
	t.is(counted(many.map(index => `2001:db8:3:${(index * 256).toString(16)}::1`)), 8);
	t.is(counted(many.map(() => '192.0.2.1')), 2);
	t.is(counted(many.map(index => `198.51.100.${index}`)), 8);
});

test('no connection is evicted while the server works for it, and slots are freed', t => {
	const {admission, admit, slots} = admissionOf({halfOpen: 3, halfOpenPerAddress: 2});
	for (const host of ['1.1.1.1', '1.1.1.1', '2.2.2.2']) admit(host);
	for (const slot of slots) slot.idleSince = undefined;
	t.is(admit('1.1.1.1'), 'address limit');
	t.is(admit('3.3.3.3'), 'full');
	slots[2]!.idleSince = 9;
	t.is(admit('3.3.3.3'), '2.2.2.2');
	admission.release(slots[0]!);
	admission.release(slots[0]!);
	t.is(admission.halfOpen, 2);
	for (const slot of slots) admission.release(slot);
	t.is(admission.halfOpen, 0);
});

test('an address that connects too often waits, whether its connections stay or not', t => {
	const admission = new Admission({...LIMITS, connections: {burst: 2, perSecond: 1}});
	const connect = (now: number, host = '2001:db8::1') => {
		const slot = admission.admit(at(host), now, () => {});
		if (typeof slot === 'string') return slot;
		admission.release(slot);
		return 'admitted';
	};

	t.deepEqual(
		[connect(0), connect(0, '2001:db8::2'), connect(0, '2001:db8::3'), connect(0, '2001:db8:0:1::1'), connect(1000)],
		['admitted', 'admitted', 'address limit', 'admitted', 'admitted'],
	);
	admission.sweep(10_000);
	// A /48 has many /64s but one owner: eight connections at once in all. The addresses of a /24 have different owners.
	const site = Array.from({length: 10}, (_, index) => connect(20_000, `2001:db8:1:${(index * 256).toString(16)}::1`));
	t.is(site.filter(verdict => verdict === 'admitted').length, 8);
	const neighbours = Array.from({length: 10}, (_, index) => connect(20_000, `192.0.2.${index}`));
	t.deepEqual(new Set(neighbours), new Set(['admitted']));
});
