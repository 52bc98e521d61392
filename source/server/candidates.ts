// Which addresses of a member are told to whom. A member must not be able to make others send to a third machine.
import {type Address, familyOf, isLinkLocal, isLocalHost, sameAddress, scopeOf} from '../wire/address.ts';
import {type Member} from './member.ts';
import {type DirectorySession} from '../protocol/login/login-keys.ts';
import {networksOf} from './networks.ts';
import {seenAddresses} from './sightings.ts';

/** What decides where a member is found, and what it is told of others. */
export type Located = Pick<Member, 'sightings' | 'candidates'> & {readonly session: Pick<DirectorySession, 'observed'>};

/**
 * The addresses that `reader` gets for a member, at most `limit`; none while the member has not bound. First what the reflectors saw: one
 * address of each family, the family in which `reader` has reached the server first. Then, of the addresses that the member names,
 * those with a host that the server sees it at: mapped ones. Then private ones, if both are seen in one network: local ones.
 */
export function addressesFor(member: Located, reader: Located, limit: number): Address[] {
	const all = seenAddresses(member.sightings);
	const family = familyOf(hostOf(reader));
	const first = all.find(({host}) => familyOf(host) === family) ?? all[0];
	if (first === undefined) return [];
	const second = all.find(({host}) => familyOf(host) !== familyOf(first.host));
	const seen = second === undefined ? [first] : [first, second];
	if (member.candidates.length === 0) return seen.slice(0, limit);
	const isOwn = (host: string) => host === hostOf(member) || all.some(each => each.host === host);
	const others = member.candidates.filter(address => !seen.some(each => sameAddress(each, address)));
	const mapped = others.filter(({host}) => isOwn(host));
	const isNear = networkOf(hostOf(reader)) === networkOf(hostOf(member));
	const local = isNear ? others.filter(({host}) => !isOwn(host) && isLocalHost(host)) : [];
	return [...seen, ...mapped, ...local].slice(0, limit);
}

/** Of the addresses that a member names, those that may ever be told: whether its own host is among them shows only when they are. */
export function keepCandidates(addresses: readonly Address[]): Address[] {
	return addresses.filter(({host}) => scopeOf(host) !== 'nobody' && !isLinkLocal(host));
}

/** Where TCP comes from. UDP's source can be forged, so it does not decide who counts as a neighbour. */
function hostOf({session}: Located): string {
	return session.observed.host;
}

/** The IPv4 address, or the /64 of the IPv6 address: one network behind a router. */
function networkOf(host: string): string {
	return networksOf(host).at(-1)!.name;
}
