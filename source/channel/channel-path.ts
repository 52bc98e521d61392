// How a device is reached: what was measured of the channel to it, never a guess.
import {type NoWay} from '../protocol/path/no-way.ts';
import {type Address, addressText, scopeOf} from '../wire/address.ts';
import {type EndReason} from './transport-ports.ts';

/**
 * looking: an introduction, probes or a handshake are under way, `since` this time of the local clock, ms; `after` a try that came to nothing,
 * if there was one. no-way: they came to nothing, for this
 * reason; blocked: there is no session for another one. `rtt` is the round-trip time in ms, undefined before the first sample.
 */
export type Path =
	| {readonly kind: 'none'}
	| {readonly kind: 'looking'; readonly since: number; readonly after?: Trouble}
	| {readonly kind: 'lan' | 'direct'; readonly address: string; readonly rtt: number | undefined}
	| Trouble;

/** What a try came to: the path that is shown until the next one. */
export type Trouble = {readonly kind: 'no-way'; readonly reason: NoWay} | ({readonly kind: 'blocked'} & Obstacle);

/** Why there is no session, though the network may be as it should be. `flaw`: of a useless answer, for experts. */
export type Obstacle = {
	readonly why: 'downgraded' | 'unavailable' | 'unanswered' | 'violation' | 'dead' | 'overdue' | 'useless';
	readonly flaw?: string;
};

/** Why there is no session, where that is no matter of ways. */
export function blocked(why: Obstacle['why'], flaw?: string): Trouble {
	return {kind: 'blocked', why, ...(flaw !== undefined && {flaw})};
}

/** Session ends after which the next try waits, and what the person is told. */
export const TROUBLE_OF_END: {readonly [reason in EndReason]?: Trouble | undefined} = {
	violation: blocked('violation'),
	dead: blocked('dead'),
	overdue: blocked('overdue'),
	closed: undefined,
};

type Current = {readonly address: Address; readonly rtt: number | undefined};
type Looking = {readonly lookingSince: number | undefined; readonly trouble: Trouble | undefined};

/** `current` is the session that is sent on, `opener` what opens one where there is none. */
export function pathOf(current: Current | undefined, {lookingSince, trouble}: Looking): Path {
	if (current !== undefined) {
		const {address, rtt} = current;
		// To a public address a NAT may lie between.
		return {kind: scopeOf(address.host) === 'public' ? 'direct' : 'lan', address: addressText(address), rtt};
	}

	if (lookingSince === undefined) return trouble ?? {kind: 'none'};
	return {kind: 'looking', since: lookingSince, ...(trouble && {after: trouble})};
}
