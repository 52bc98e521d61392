// Which addresses of a member the server keeps and passes on. A client must not be able to make others send to a third machine.
import {type Address, sameAddress, scopeOf} from '../wire/address.ts';
import {type Member} from './member.ts';
import {networksOf} from './networks.ts';

/** From the addresses that a member names: those with a host that the server has seen it at, and private ones. */
export function keepCandidates({session, reflexive}: Member, addresses: readonly Address[]): Address[] {
	const seen = new Set([session.observed.host, reflexive?.host]);
	return addresses.filter(({host}) => seen.has(host) || scopeOf(host) === 'private');
}

/** The addresses that `asker` gets for a member: its reflexive address first. Private ones only when both are seen in the same network. */
export function candidatesFor({session, reflexive, local}: Member, asker: Member): Address[] {
	if (reflexive === undefined) return [];
	const isNear = networkOf(asker.session.observed.host) === networkOf(session.observed.host);
	const seen = new Set([session.observed.host, reflexive.host]);
	const others = local.filter(address => !sameAddress(address, reflexive) && (isNear || seen.has(address.host)));
	return [reflexive, ...others];
}

/** The IPv4 address, or the /64 of the IPv6 address: one network behind a router. */
function networkOf(host: string): string {
	return networksOf(host).at(-1)!.name;
}
