// What the reflectors saw of a member: its addresses in both families, and what its NAT does with them.
import {type Address, familyOf, sameAddress, scopeOf} from '../wire/address.ts';
import {type NatMapping, REFLECTOR_LIMIT} from '../wire/messages/ways.ts';

/** A BIND of a member that came from `address` to the own address `reflector`. `time` is the one in the BIND, ms. */
export type Sighting = {readonly reflector: Address; readonly address: Address; readonly time: number};

/** One for each reflector that a client is told of, and one for that which it has reached by TCP. */
export const SIGHTING_LIMIT = REFLECTOR_LIMIT + 1;
/** A sighting no longer counts once the newest one is so much later, ms: its family, or that reflector, is out of the client's reach. */
const SIGHTING_LIFE_MS = 60_000;
/** Two sightings further apart may be of a client that has moved in between, ms: that they differ says nothing of its NAT. */
const ONE_ROUND_MS = 10_000;

/** The sightings with this one, which takes the place of the one before at the same reflector. The newest first; past the limit the oldest goes. */
export function withSighting(sightings: readonly Sighting[], sighting: Sighting): readonly Sighting[] {
	const others = sightings.filter(({reflector}) => !sameAddress(reflector, sighting.reflector));
	// Most sightings of a member are of one address: it is kept once.
	const known = sightings.find(({address}) => sameAddress(address, sighting.address));
	const kept = known === undefined ? sighting : {...sighting, address: known.address};
	return [...others, kept].toSorted((a, b) => b.time - a.time).slice(0, SIGHTING_LIMIT);
}

/** When this reflector has seen the member last, ms; 0 for never. */
export function seenAt(sightings: readonly Sighting[], at: Address): number {
	return sightings.find(({reflector}) => sameAddress(reflector, at))?.time ?? 0;
}

/** The addresses that count, the newest first. */
export function seenAddresses(sightings: readonly Sighting[]): Address[] {
	return current(sightings).map(({address}) => address);
}

/**
 * Whether the member's NAT keeps one outer address for its socket (endpoint-independent mapping, RFC 4787 §4.1). IPv4 counts before
 * IPv6, where NATs are rare. An address of a private network is not compared with a public one: the way to them differs, not the mapping.
 */
export function mappingOf(sightings: readonly Sighting[]): NatMapping {
	const counted = current(sightings);
	const mapping = mappingIn(counted, 4);
	return mapping === 'unknown' ? mappingIn(counted, 6) : mapping;
}

/** Loops and no lists: it runs twice for each introduction. */
function mappingIn(sightings: readonly Sighting[], family: 4 | 6): NatMapping {
	let mapping: NatMapping = 'unknown';
	for (let first = 0; first < sightings.length; first++) {
		const a = sightings[first]!;
		if (familyOf(a.address.host) !== family) continue;
		for (let second = first + 1; second < sightings.length; second++) {
			const b = sightings[second]!;
			if (familyOf(b.address.host) !== family) continue;
			if (sameAddress(a.address, b.address)) mapping = 'same';
			else if (Math.abs(a.time - b.time) <= ONE_ROUND_MS && scopeOf(a.address.host) === scopeOf(b.address.host))
				return 'varies';
		}
	}

	return mapping;
}

function current(sightings: readonly Sighting[]): readonly Sighting[] {
	const newest = sightings[0]?.time ?? 0;
	return sightings.filter(({time}) => newest - time <= SIGHTING_LIFE_MS);
}
