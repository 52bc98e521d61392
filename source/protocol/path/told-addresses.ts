// The local addresses that the peer of a session has told in it: which are taken, and when paths to them are offered to the session.
//
// A peer tells what it likes. So nothing goes to what it has told unless it is behind the same public address as we are, and has shown that
// itself: a path of this session that has answered a challenge leads to a host at which a reflector sees us, too. Nobody can claim that
// from elsewhere. The state is changed in place; times in ms of a clock that only runs forward.
import {type Buffer} from 'node:buffer';
import {type Address, addressText, isLocalHost} from '../../wire/address.ts';
import {decodeLocalAddresses} from '../../wire/messages/local-addresses.ts';
import {TOLD_LISTS, TOLD_TRY_EVERY_MS, TOLD_WINDOW_MS} from './path-limits.ts';
import {isSharedHost} from './reachable.ts';
import {type SessionPaths} from './session-paths.ts';

/** Where we are: in our own network, at most LOCAL_ADDRESS_LIMIT, and where reflectors see us. */
export type OwnPlace = {readonly addresses: readonly Address[]; readonly seen: readonly Address[]};

export type ToldAddresses = {
	/** As the peer has told last, at most LOCAL_ADDRESS_LIMIT. */
	addresses: readonly Address[];
	/** When lists were taken, within TOLD_WINDOW_MS: at most TOLD_LISTS. */
	takenAt: readonly number[];
	/** How often our own interfaces have changed. */
	moves: number;
	/** What they were tried for last, and when; undefined once the peer is elsewhere. */
	tried: string | undefined;
	triedAt: number;
	/** When the current path was challenged for this alone. */
	askedAt: number;
};

export function nothingTold(): ToldAddresses {
	const never = Number.NEGATIVE_INFINITY;
	return {addresses: [], takenAt: [], moves: 0, tried: undefined, triedAt: never, askedAt: never};
}

/** Takes what the peer tells, in place of what it told before. Why not: foreign, an address that is none of a private network. */
export function takeTold(
	told: ToldAddresses,
	message: Buffer,
	now: number,
): 'malformed' | 'foreign' | 'rate' | undefined {
	const addresses = decodeLocalAddresses(message);
	if (addresses === undefined) return 'malformed';
	if (!addresses.every(({host}) => isLocalHost(host))) return 'foreign';
	const recent = told.takenAt.filter(at => now - at < TOLD_WINDOW_MS);
	if (recent.length >= TOLD_LISTS) return 'rate';
	told.takenAt = [...recent, now];
	told.addresses = addresses;
	return undefined;
}

/**
 * What is due: addresses to be offered to the session; 'ask' when its paths are to be challenged first, since the current one has not
 * answered yet. `own` is undefined for a peer that is not to be met so.
 */
export function dueTold(
	told: ToldAddresses,
	{current, others}: Pick<SessionPaths, 'current' | 'others'>,
	own: OwnPlace | undefined,
	now: number,
): 'ask' | readonly Address[] {
	if (own === undefined || told.addresses.length === 0 || current.kind === 'local') return [];
	const answered = [current, ...others].filter(({rtt}) => rtt !== undefined);
	const near = answered.find(({address}) => own.seen.some(seen => isSharedHost(address.host, seen.host)));
	if (near === undefined) {
		told.tried = undefined;
		if (current.rtt !== undefined || now - told.askedAt < TOLD_TRY_EVERY_MS) return [];
		told.askedAt = now;
		return 'ask';
	}

	const reason = [told.moves, near.address.host, ...told.addresses.map(address => addressText(address))].join(' ');
	if (reason === told.tried || now - told.triedAt < TOLD_TRY_EVERY_MS) return [];
	told.tried = reason;
	told.triedAt = now;
	return told.addresses.filter(({host}) => !own.addresses.some(each => each.host === host));
}
