// Which size of datagram a path takes, told by what is lost on it alone (black hole detection, RFC 8899 §4.3), and remembered for the next
// session to the same address. Within a session delivery/packet-size.ts does it, which cuts lost pieces anew.
//
// How a client uses it. One `PathSize` a session: `sizeLost` and `sizeAcknowledged` for each datagram of it. When `isTooLarge`, `noteSmall` its
// address: `sizeLimit` then says how large the datagrams of the next session to there may be.
import {DATAGRAM_LIMIT} from '../../wire/datagram.ts';
import {type Address, addressText} from '../../wire/address.ts';
import {SMALLER_DATAGRAM, SMALLER_FOR_MS, SMALLER_LIMIT, TOO_LARGE_LOSSES} from './path-limits.ts';

/** Large datagrams that were lost since the last large one arrived, and whether a smaller one arrived since the first of those. */
export type PathSize = {readonly lost: number; readonly smallerArrived: boolean};

export const NEW_PATH_SIZE: PathSize = {lost: 0, smallerArrived: false};

/** A datagram of so many bytes was lost. */
export function sizeLost(path: PathSize, size: number): PathSize {
	return isLarge(size) ? {...path, lost: Math.min(TOO_LARGE_LOSSES, path.lost + 1)} : path;
}

/** A datagram of so many bytes was acknowledged: a large one proves that large ones pass. */
export function sizeAcknowledged(path: PathSize, size: number): PathSize {
	if (isLarge(size)) return NEW_PATH_SIZE;
	return path.lost > 0 ? {...path, smallerArrived: true} : path;
}

export function isTooLarge({lost, smallerArrived}: PathSize): boolean {
	return lost >= TOO_LARGE_LOSSES && smallerArrived;
}

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

function isLarge(size: number): boolean {
	return size > SMALLER_DATAGRAM;
}
