// Addresses whose paths take no large datagrams, remembered for the next session to there. Within a session delivery/packet-size.ts finds
// that out, and cuts lost pieces anew.
//
// How a client uses it. `noteSmall` its address when a session has come down to small packets: `sizeLimit` then says how large the datagrams
// of the next session to there may be.
import {DATAGRAM_LIMIT} from '../../wire/datagram.ts';
import {type Address, addressText} from '../../wire/address.ts';
import {SMALLER_DATAGRAM, SMALLER_FOR_MS, SMALLER_LIMIT} from './path-limits.ts';

/** Address → until when its path takes small datagrams alone, ms: at most SMALLER_LIMIT. */
export type SmallPaths = ReadonlyMap<string, number>;

export function noteSmall(paths: SmallPaths, address: Address, now: number): SmallPaths {
	const next = new Map([...paths].filter(([, until]) => now < until));
	next.delete(addressText(address));
	next.set(addressText(address), now + SMALLER_FOR_MS);
	const [oldest] = next.keys();
	if (next.size > SMALLER_LIMIT && oldest !== undefined) next.delete(oldest);
	return next;
}

/** Bytes that a datagram to this address may have. */
export function sizeLimit(paths: SmallPaths, address: Address, now: number): number {
	return now < (paths.get(addressText(address)) ?? Number.NEGATIVE_INFINITY) ? SMALLER_DATAGRAM : DATAGRAM_LIMIT;
}
