// Which addresses of a member the server keeps and hands on: nobody can point the clients of others at a third machine.
import {type Address, sameAddress, scopeOf} from '../wire/address.ts';
import {networksOf} from './limits.ts';
import {type Member} from './member.ts';

/** Of the addresses that a member names, those at the host that the server has seen it at, and private ones. */
export function keepCandidates({session, reflexive}: Member, addresses: readonly Address[]): Address[] {
	const seen = new Set([session.observed.host, reflexive?.host]);
	return addresses.filter(({host}) => seen.has(host) || scopeOf(host) === 'private');
}

/** Where `asker` is told to find a member: where its BIND came from first. Private addresses only for who is seen at the same place. */
export function candidatesFor({session, reflexive, local}: Member, asker: Member): Address[] {
	if (reflexive === undefined) return [];
	const isNear = placeOf(asker.session.observed.host) === placeOf(session.observed.host);
	const seen = new Set([session.observed.host, reflexive.host]);
	const others = local.filter(address => !sameAddress(address, reflexive) && (isNear || seen.has(address.host)));
	return [reflexive, ...others];
}

/** An IPv4 address, or the /64 of an IPv6 address: one network behind a router. */
function placeOf(host: string): string {
	return networksOf(host).at(-1)!.name;
}
