// What a person is told of the way to a contact, word for word.
import test from 'ava';
import {type NoWay, type Path, noWayWords, pathWords, shortPathWords, wayOut} from '../../source/client/snapshot.ts';

const reasons: readonly NoWay[] = [
	{kind: 'udp-blocked'},
	{kind: 'nowhere'},
	{kind: 'both-vary'},
	{kind: 'unanswered'},
	{kind: 'families', own: 'ipv6', other: 'ipv4'},
];

test('each way, in full and in short', t => {
	const cases: ReadonlyArray<readonly [Path, string, string]> = [
		[{kind: 'none'}, '', ''],
		[{kind: 'lan', address: '10.0.0.1:7', rtt: undefined}, 'lan', 'lan'],
		[{kind: 'lan', address: '10.0.0.1:7', rtt: 0.04}, 'lan · 1 ms', 'lan'],
		[{kind: 'direct', address: '192.0.2.1:7', rtt: 12_345.6}, 'direct · 12346 ms', 'direct'],
		[{kind: 'looking', since: 10_000}, 'looking for a way (3 s)', 'looking (3 s)'],
		[{kind: 'looking', since: 13_500}, 'looking for a way', 'looking'],
		[{kind: 'looking', since: 99_000}, 'looking for a way', 'looking'],
		[
			{kind: 'looking', since: 0, after: {kind: 'no-way', reason: {kind: 'both-vary'}}},
			'no way: both NATs change ports; trying again',
			'no way: both NATs',
		],
		[
			{kind: 'blocked', why: 'downgraded'},
			'blocked: the directory asked for weaker encryption than you both speak',
			'blocked',
		],
		[{kind: 'blocked', why: 'unavailable'}, 'blocked: the directory cannot introduce us yet', 'blocked'],
		[{kind: 'blocked', why: 'unanswered'}, 'blocked: no answer from any of its addresses', 'blocked'],
		[{kind: 'blocked', why: 'violation'}, 'blocked: it broke the protocol', 'blocked'],
		[{kind: 'blocked', why: 'dead'}, 'blocked: it does not answer any more', 'blocked'],
		[{kind: 'blocked', why: 'overdue'}, 'blocked: its keys were not renewed in time', 'blocked'],
		[{kind: 'blocked', why: 'useless', flaw: 'tag'}, 'blocked: its answer is of no use to us (tag)', 'blocked'],
	];
	for (const [path, full, short] of cases) {
		t.is(pathWords(path, 'bob', 13_900), full);
		t.is(shortPathWords(path, 13_900), short);
	}
});

test('why there is no way, and what to do', t => {
	t.deepEqual(
		reasons.map(reason => pathWords({kind: 'no-way', reason}, 'bob', 0)),
		[
			'no way: UDP does not pass here',
			'no way: UDP of bob does not reach the server',
			'no way: both NATs change ports',
			'no way: bob answers no probe',
			'no way: bob has IPv4 only, you IPv6 only',
		],
	);
	t.is(noWayWords({kind: 'families', own: 'ipv4', other: 'ipv6'}, 'bob'), 'bob has IPv6 only, you IPv4 only');
	t.deepEqual(
		reasons.map(reason => wayOut(reason, 'bob')),
		[
			'let UDP out of this network (a firewall drops it), or try another network, a telephone’s for instance',
			'ask bob to run simchat doctor: a firewall there may drop UDP',
			'switch on PCP or NAT-PMP at one of the two routers, or use IPv6 on both sides',
			'ask bob to run simchat doctor: a firewall on one of the two sides may drop UDP',
			'get IPv4 here or IPv6 at bob: ask the provider, or try another network',
		],
	);
	for (const reason of reasons) t.true(shortPathWords({kind: 'no-way', reason}, 0).length <= 22);
});
