// What a client says of its own NAT, which side of birthday probing it is, and why there is no way.
import test from 'ava';
import {
	type BoundSighting,
	SIGHTINGS_APART_MS,
	birthdaySide,
	classifyMapping,
} from '../../../source/protocol/path/mapping.ts';
import {familiesOf, whyNoWay} from '../../../source/protocol/path/no-way.ts';

const sighting = (reflector: number, host: string, port: number, at = 0): BoundSighting => ({
	reflector: {host: '198.51.100.1', port: reflector},
	observed: {host, port},
	at,
});
const at = (...hosts: string[]) => hosts.map(host => ({host, port: 5}));
const v4 = '203.0.113.5';
const v6 = '2001:db8::5';

test('two reflectors of one family decide; one alone does not', t => {
	t.is(classifyMapping([]), 'unknown');
	t.is(classifyMapping([sighting(1, v4, 5)]), 'unknown');
	t.is(classifyMapping([sighting(1, v4, 5), sighting(1, v4, 6)]), 'unknown');
	t.is(classifyMapping([sighting(1, v4, 5), sighting(2, v6, 5)]), 'unknown');
	t.is(classifyMapping([sighting(1, v4, 5), sighting(2, v4, 5)]), 'same');
	t.is(classifyMapping([sighting(1, v4, 5), sighting(2, v4, 6)]), 'varies');
	t.is(classifyMapping([sighting(1, v4, 5), sighting(2, '203.0.113.6', 5)]), 'varies');
	t.is(classifyMapping([sighting(1, v4, 5), sighting(2, v4, 5), sighting(3, v4, 9)]), 'varies');
});

test('the newest of each reflector counts, and what is older may be of another place', t => {
	t.is(classifyMapping([sighting(1, v4, 9, 0), sighting(1, v4, 5, 20), sighting(2, v4, 5, 10)]), 'same');
	t.is(classifyMapping([sighting(1, v4, 9, 0), sighting(2, v4, 5, SIGHTINGS_APART_MS)]), 'varies');
	t.is(classifyMapping([sighting(1, v4, 9, 0), sighting(2, v4, 5, SIGHTINGS_APART_MS + 1)]), 'unknown');
});

test('IPv4 counts before IPv6', t => {
	const steady = [sighting(3, v6, 5), sighting(4, v6, 5)];
	t.is(classifyMapping(steady), 'same');
	t.is(classifyMapping([...steady, sighting(1, v4, 5), sighting(2, v4, 6)]), 'varies');
});

test('birthday probing has two sides, and one of them varies', t => {
	t.is(birthdaySide('varies', 'same'), 'many-sockets');
	t.is(birthdaySide('varies', 'unknown'), 'many-sockets');
	t.is(birthdaySide('same', 'varies'), 'many-ports');
	for (const [own, other] of [
		['varies', 'varies'],
		['same', 'same'],
		['unknown', 'same'],
	] as const) {
		t.is(birthdaySide(own, other), undefined);
	}
});

test('why there is no way: the first thing that explains it', t => {
	const why = (own: string[], other: string[], ownMapping = 'same', otherMapping = 'same') =>
		whyNoWay({
			own: at(...own),
			other: at(...other),
			ownMapping: ownMapping as 'same',
			otherMapping: otherMapping as 'same',
		});
	t.deepEqual(why([], [v4], 'varies', 'varies'), {kind: 'udp-blocked'});
	t.deepEqual(why([v4], []), {kind: 'nowhere'});
	t.deepEqual(why([v4], [v6], 'varies', 'varies'), {kind: 'families', own: 'ipv4', other: 'ipv6'});
	t.deepEqual(why([v6], [v4]), {kind: 'families', own: 'ipv6', other: 'ipv4'});
	t.deepEqual(why([v4], [v4], 'varies', 'varies'), {kind: 'both-vary'});
	t.deepEqual(why([v4, v6], [v4], 'varies', 'varies'), {kind: 'both-vary'});
	t.deepEqual(why([v4, v6], [v4, v6], 'varies', 'varies'), {kind: 'unanswered'});
	t.deepEqual(why([v4], [v4, v6], 'varies', 'same'), {kind: 'unanswered'});
	t.deepEqual(familiesOf(at('192.168.1.4', v6)), ['ipv6']);
	t.deepEqual(familiesOf(at('192.168.1.4')), ['ipv4']);
});
