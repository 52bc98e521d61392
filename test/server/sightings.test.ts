// What several reflectors saw of one member, and what that says of its NAT.
import test from 'ava';
import {
	SIGHTING_LIMIT,
	type Sighting,
	mappingOf,
	seenAddresses,
	seenAt,
	withSighting,
} from '../../source/server/sightings.ts';
import {type Address, addressText} from '../../source/wire/address.ts';

const at = (host: string, port = 1): Address => ({host, port});
const [first, second, other, six] = [
	at('192.0.2.9', 7406),
	at('192.0.2.9', 7407),
	at('192.0.2.10', 7406),
	at('::9', 7406),
];
const home = at('198.51.100.1', 5000);

/** BINDs in this order: at which reflector, from where, at what time. */
function seen(
	...binds: ReadonlyArray<readonly [reflector: Address, address: Address, time: number]>
): readonly Sighting[] {
	let sightings: readonly Sighting[] = [];
	for (const [reflector, address, time] of binds) sightings = withSighting(sightings, {reflector, address, time});
	return sightings;
}

test('one reflector tells nothing of the mapping, two tell whether it varies', t => {
	t.is(mappingOf([]), 'unknown');
	t.is(mappingOf(seen([first, home, 1])), 'unknown');
	t.is(mappingOf(seen([first, home, 1], [first, at(home.host, 6000), 2])), 'unknown');
	t.is(mappingOf(seen([first, home, 1], [second, home, 2])), 'same');
	t.is(mappingOf(seen([first, home, 1], [second, at(home.host, 5001), 2])), 'varies');
	t.is(mappingOf(seen([first, home, 1], [second, at('198.51.100.2', 5000), 2])), 'varies');
	t.is(mappingOf(seen([first, home, 1], [second, home, 2], [other, at(home.host, 5001), 3])), 'varies');
});

test('one family is not compared with the other, and IPv4 counts before IPv6', t => {
	const [six1, six2] = [at('2001:db8::1', 1), at('2001:db8::1', 2)];
	t.is(mappingOf(seen([first, home, 1], [six, six1, 2])), 'unknown');
	t.is(mappingOf(seen([six, six1, 1], [at('::9', 7407), six1, 2])), 'same');
	t.is(mappingOf(seen([six, six1, 1], [at('::9', 7407), six2, 2], [first, home, 3])), 'varies');
	t.is(mappingOf(seen([six, six1, 1], [at('::9', 7407), six2, 2], [first, home, 3], [second, home, 4])), 'same');
});

test('a private address, seen from its own network, is not compared with a public one', t => {
	t.is(mappingOf(seen([first, home, 1], [at('10.0.0.1', 7406), at('10.0.0.7', 4000), 2])), 'unknown');
});

test('who has moved is not taken for one whose mapping varies', t => {
	const moved = at('203.0.113.5', 4000);
	const before = [
		[first, home, 1],
		[second, home, 2],
	] as const;
	t.is(mappingOf(seen(...before, [first, moved, 15_000])), 'unknown');
	t.is(mappingOf(seen(...before, [first, moved, 15_000], [second, moved, 15_001])), 'same');
	t.is(addressText(seenAddresses(seen(...before, [first, moved, 15_000]))[0]!), '203.0.113.5:4000');
});

test('a BIND that was overtaken does not become the newest', t => {
	const sightings = seen([second, home, 5], [first, at(home.host, 4999), 3]);
	t.deepEqual(
		seenAddresses(sightings).map(({port}) => port),
		[5000, 4999],
	);
	t.deepEqual([seenAt(sightings, first), seenAt(sightings, second), seenAt(sightings, other)], [3, 5, 0]);
});

test('a family in which nothing came for a minute no longer counts', t => {
	const six1 = at('2001:db8::1', 1);
	t.is(seenAddresses(seen([six, six1, 1], [first, home, 60_001])).length, 2);
	t.deepEqual(seenAddresses(seen([six, six1, 1], [first, home, 60_002])), [home]);
	// Of who says nothing more at all the last word stays.
	t.deepEqual(seenAddresses(seen([six, six1, 1])), [six1]);
});

test('however many reflectors a member asks, as many sightings are kept as it may have reflectors', t => {
	const many = Array.from({length: 50}, (_, index) => [at('192.0.2.9', index + 1), home, index + 1] as const);
	const sightings = seen(...many);
	t.is(sightings.length, SIGHTING_LIMIT);
	t.is(sightings[0]?.time, 50);
	t.is(new Set(sightings.map(({address}) => address)).size, 1);
});
