// What a client's own NAT does with its socket, as its BOUNDs tell: one outer address wherever it sends to, or another each time.
// A client keeps what each BOUND to one of its sockets said, and classifies when it is asked: for the doctor, and for birthday probing.
import {type Address, addressText, sameAddress} from '../../wire/address.ts';

/**
 * same: two reflectors of one family saw one address (endpoint-independent mapping, RFC 4787 §4.1); varies: they saw two; unknown: no two
 * have answered. Whoever is unknown is treated as same.
 */
export type MappingKind = 'unknown' | 'same' | 'varies';

/** What one reflector saw last, by a BIND from the same socket. `at` in ms. */
export type BoundSighting = {readonly reflector: Address; readonly observed: Address; readonly at: number};

/** Sightings further apart may be of a client that has moved meanwhile: that they differ says nothing. */
export const SIGHTINGS_APART_MS = 10_000;

/** By the newest sighting of each reflector. Of IPv4 before IPv6, where hardly any NAT gives another port. */
export function classifyMapping(sightings: readonly BoundSighting[]): MappingKind {
	const newest = new Map<string, BoundSighting>();
	for (const each of sightings.toSorted((a, b) => a.at - b.at)) newest.set(addressText(each.reflector), each);
	const all = [...newest.values()];
	const kinds = [all.filter(isIPv4), all.filter(each => !isIPv4(each))].map(family => kindOf(family));
	return kinds.find(kind => kind !== 'unknown') ?? 'unknown';
}

function kindOf(family: readonly BoundSighting[]): MappingKind {
	const latest = Math.max(...family.map(({at}) => at));
	const [first, ...others] = family.filter(({at}) => latest - at <= SIGHTINGS_APART_MS);
	if (first === undefined || others.length === 0) return 'unknown';
	return others.every(({observed}) => sameAddress(observed, first.observed)) ? 'same' : 'varies';
}

function isIPv4({observed}: BoundSighting): boolean {
	return !observed.host.includes(':');
}

/** What each side of birthday probing does: the one whose mapping varies opens many sockets, the other asks many ports. */
export type BirthdaySide = 'many-sockets' | 'many-ports';

/** Which side we are, when exactly one of the two mappings varies; undefined when birthday probing is of no use. */
export function birthdaySide(own: MappingKind, other: MappingKind): BirthdaySide | undefined {
	if ((own === 'varies') === (other === 'varies')) return undefined;
	return own === 'varies' ? 'many-sockets' : 'many-ports';
}
