// Which of the addresses that the directory names a client sends to: it can point us at anybody on the internet, but at nothing in
// our own network or on our own machine that it could not reach itself.
import {type Address, scopeOf} from '../wire/address.ts';

/** Where we stand: the directory, as TCP reached it, and what it says it sees us at. */
export type Standpoint = {readonly server: Address; readonly observed: Address};

/**
 * Never multicast, broadcast, unspecified or reserved. This machine alone only when the directory is on it. Private ones only when the
 * directory is private too, or when the peer, whose reflexive address comes first, is seen at the same host as we are.
 */
export function reachable(addresses: readonly Address[], {server, observed}: Standpoint): Address[] {
	const near = scopeOf(server.host);
	const isNeighbour = addresses[0]?.host === observed.host;
	return addresses.filter(({host}) => {
		const scope = scopeOf(host);
		if (scope === 'loopback') return near === 'loopback';
		return scope === 'public' || (scope === 'private' && (near !== 'public' || isNeighbour));
	});
}
