// Which addresses of the other side are asked, in which order, and at which of them birthday probing aims.
import {type Address, sameAddress, scopeOf} from '../../wire/address.ts';
import {type PathPair} from './probe-run.ts';
import {type Reach, isReachable} from './reachable.ts';

/**
 * Of these addresses, in the server's order, those that we may send to and have a socket for, each once: private ones first, then IPv6, then
 * IPv4.
 */
export function pairsFor(
	{
		addresses,
		socketFor,
	}: {
		readonly addresses: readonly Address[];
		/** The socket that sends to this address; undefined where we have none of its family. */
		readonly socketFor: (address: Address) => number | undefined;
	},
	reach: Reach,
): PathPair[] {
	const pairs: PathPair[] = [];
	for (const address of addresses.toSorted((a, b) => rankOf(a) - rankOf(b))) {
		const socket = isReachable(address.host, reach) ? socketFor(address) : undefined;
		if (socket === undefined || pairs.some(pair => sameAddress(pair.address, address))) continue;
		pairs.push({socket, address});
	}

	return pairs;
}

/** Where the other side is seen in IPv4: the first of these addresses that is public and of that family. */
export function seenIpv4(addresses: readonly Address[]): Address | undefined {
	return addresses.find(address => rankOf(address) === 2);
}

function rankOf({host}: Address): number {
	if (scopeOf(host) !== 'public') return 0;
	return host.includes(':') ? 1 : 2;
}
