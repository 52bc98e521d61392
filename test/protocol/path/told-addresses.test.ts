// Local addresses that a peer tells: whatever it says, nothing goes to them before it has shown that it is behind our own public address.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {LOCAL_ADDRESS_LIMIT, encodeLocalAddresses} from '../../../source/wire/messages/local-addresses.ts';
import {TOLD_LISTS, TOLD_TRY_EVERY_MS, TOLD_WINDOW_MS} from '../../../source/protocol/path/path-limits.ts';
import {type PathKind, type SessionPath} from '../../../source/protocol/path/session-paths.ts';
import {type OwnPlace, dueTold, nothingTold, takeTold} from '../../../source/protocol/path/told-addresses.ts';
import {type Address} from '../../../source/wire/address.ts';

const home: Address = {host: '203.0.113.21', port: 5000};
const away: Address = {host: '203.0.113.31', port: 4000};
const inside: Address = {host: '192.168.1.3', port: 4000};
const unique: Address = {host: 'fd12::3', port: 4000};
const own: OwnPlace = {
	addresses: [{host: '192.168.1.2', port: 5000}],
	seen: [home, {host: '2001:db8:0:21::2', port: 5000}],
};

const path = (address: Address, rtt: number | undefined, kind: PathKind = 'direct'): SessionPath => ({
	socket: 0,
	address,
	kind,
	rtt,
	faster: 0,
});
const at = (...paths: readonly [SessionPath, ...SessionPath[]]) => ({current: paths[0], others: paths.slice(1)});
const near = at(path({...home, port: 6000}, 12));

/** Somebody who has told these addresses. */
function told(...addresses: readonly Address[]) {
	const all = nothingTold();
	takeTold(all, encodeLocalAddresses(addresses), 0);
	return all;
}

test('what is no list of private addresses is dropped as a whole, and what was told before stays', t => {
	const all = told(inside);
	for (const host of [
		'198.51.100.7',
		'127.0.0.1',
		'169.254.1.1',
		'224.0.0.1',
		'0.0.0.0',
		'::1',
		'fe80::1',
		'2001:db8::1',
		'ff02::1',
	])
		t.is(takeTold(all, encodeLocalAddresses([inside, {host, port: 9}]), 1), 'foreign', host);
	const good = encodeLocalAddresses([inside, unique]);
	const three = Buffer.from(good);
	three[1] = LOCAL_ADDRESS_LIMIT + 1;
	for (const bad of [good.subarray(1), Buffer.concat([good, Buffer.alloc(1)]), three, Buffer.alloc(good.length)])
		t.is(takeTold(all, bad, 1), 'malformed');
	t.deepEqual(all.addresses, [inside]);
	t.is(takeTold(all, good, 1), undefined);
	t.deepEqual(all.addresses, [inside, unique]);
});

test('more lists than an honest peer tells are dropped', t => {
	const all = nothingTold();
	const list = encodeLocalAddresses([inside]);
	const taken = Array.from({length: 1000}, (_, index) => takeTold(all, list, index)).filter(drop => drop === undefined);
	t.is(taken.length, TOLD_LISTS);
	t.is(takeTold(all, list, TOLD_WINDOW_MS), undefined);
});

test('a peer elsewhere may tell what it likes: nothing is tried, whatever the paths that have answered', t => {
	const privateHost = fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => ({host: `192.168.${a}.${b}`, port: 1 + a}));
	const remote = fc.record({
		host: fc.nat(255).map(last => `198.51.100.${last}`),
		port: fc.integer({min: 1, max: 65_535}),
	});
	const property = fc.property(
		fc.array(privateHost, {maxLength: 2}),
		fc.array(remote, {minLength: 1, maxLength: 4}),
		fc.array(fc.nat(60_000), {minLength: 1, maxLength: 50}),
		(list, paths, pauses) => {
			const all = told(...list);
			const [first, ...others] = paths.map(address => path(address, 20));
			let now = 0;
			return pauses.every(pause => {
				now += pause;
				all.moves += pause % 2;
				const due = dueTold(all, {current: first!, others}, own, now);
				return due !== 'ask' && due.length === 0;
			});
		},
	);
	t.notThrows(() => fc.assert(property, {numRuns: 100}));
});

test('an address that only says it is ours, as a forged source does, is asked first; it is tried once it has answered', t => {
	const all = told(inside);
	const forged = at(path({...home, port: 6000}, undefined));
	t.is(dueTold(all, forged, own, 0), 'ask');
	t.deepEqual(dueTold(all, forged, own, 1), [], 'and not again at once');
	t.deepEqual(dueTold(all, at(path(away, 20), forged.current), own, TOLD_TRY_EVERY_MS), []);
	t.deepEqual(dueTold(all, near, own, TOLD_TRY_EVERY_MS + 1), [inside]);
});

test('the same host in IPv4, or the same network in IPv6, on any path that has answered', t => {
	const ipv6 = path({host: '2001:db8:0:21::9', port: 4000}, 20);
	t.deepEqual(dueTold(told(inside, unique), at(path(away, 20), ipv6), own, 0), [inside, unique]);
	t.deepEqual(dueTold(told(inside), at({...ipv6, address: {host: '2001:db8:0:22::9', port: 4000}}), own, 0), []);
});

test('tried once for each reason, and seldom', t => {
	const all = told(inside);
	t.deepEqual(dueTold(all, near, own, 0), [inside]);
	t.deepEqual(dueTold(all, near, own, 10 * TOLD_TRY_EVERY_MS), []);
	all.moves++;
	t.deepEqual(dueTold(all, near, own, 10 * TOLD_TRY_EVERY_MS), [inside]);
	all.moves++;
	t.deepEqual(dueTold(all, near, own, 11 * TOLD_TRY_EVERY_MS - 1), []);
	t.deepEqual(dueTold(all, near, own, 11 * TOLD_TRY_EVERY_MS), [inside]);
	t.deepEqual(dueTold(all, at(path(away, 20)), own, 12 * TOLD_TRY_EVERY_MS), []);
	t.deepEqual(dueTold(all, near, own, 13 * TOLD_TRY_EVERY_MS), [inside], 'it has been away');
});

test('not where the session is in our own network already, nor for whom we are not to meet there, nor our own address', t => {
	t.deepEqual(dueTold(told(inside), at(path(inside, 1, 'local'), path(home, 20)), own, 0), []);
	t.deepEqual(dueTold(told(inside), near, undefined, 0), []);
	t.deepEqual(dueTold(told({...inside, host: own.addresses[0]!.host}, unique), near, own, 0), [unique]);
	t.deepEqual(dueTold(told(), near, own, 0), []);
});
