// Which of the addresses that the directory names a client sends to: it can point us at anybody on the internet, but at nothing in
// our own network or on our own machine that it could not reach itself.
import {type Address, type Scope, ipv6Groups, scopeOf} from '../../wire/address.ts';

/** Where we stand: the directory, as TCP reached it, what it says it sees us at, and where its reflectors see our UDP. */
export type Standpoint = {
	readonly server: Address;
	readonly observed: Address;
	readonly seen?: readonly Address[];
};

/** What decides about an address: where the directory is, and whether the other side is seen at a host of ours. */
export type Reach = {readonly near: Scope; readonly isNeighbour: boolean};

/** How far we go for somebody whose addresses these are. */
export function reachOf(addresses: readonly Address[], {server, observed, seen = []}: Standpoint): Reach {
	const ours = [observed, ...seen];
	const isNeighbour = addresses.some(({host}) => ours.some(own => isSharedHost(host, own.host)));
	return {near: scopeOf(server.host), isNeighbour};
}

/**
 * Never multicast, broadcast, unspecified or reserved. This machine alone only when the directory is on it. Private ones only when the
 * directory is private too, or when the peer is seen at the same host as we are.
 */
export function isReachable(host: string, {near, isNeighbour}: Reach): boolean {
	const scope = scopeOf(host);
	if (scope === 'loopback') return near === 'loopback';
	return scope === 'public' || (scope === 'private' && (near !== 'public' || isNeighbour));
}

/** Those of one peer's addresses that we send to. */
export function reachable(addresses: readonly Address[], standpoint: Standpoint): Address[] {
	const reach = reachOf(addresses, standpoint);
	return addresses.filter(({host}) => isReachable(host, reach));
}

/** The same public IPv4 host, or the same public IPv6 /64: behind one router. */
export function isSharedHost(a: string, b: string): boolean {
	if (scopeOf(a) !== 'public') return false;
	if (a === b) return true;
	if (!a.includes(':') || !b.includes(':')) return false;
	const [ours, theirs] = [ipv6Groups(a), ipv6Groups(b)];
	return ours.slice(0, 4).every((group, index) => group === theirs[index]);
}
