// What becomes of a message from one kind of home to another, and within which time.
import {type HomeKind} from './homes.ts';

/** Seconds from the sender's sign-in to the end of `send`, or what `send` says of why there is no way. */
export type Expected = {readonly withinS: number} | {readonly why: RegExp};

/** How long `send` waits: longer than what takes longest. */
export const WAIT_S = 15;
/** When it has ended without a way, s from the sign-in: it finds the name first, and leaves in order. */
export const GIVEN_UP_S = WAIT_S + 2;

/** The columns and rows of the table. Every ordered pair of the first six is one of the 36. */
export const SIX_KINDS = ['none', 'full', 'addr', 'port', 'sym', 'CGNAT'] as const satisfies readonly HomeKind[];
export const TABLE_KINDS = [...SIX_KINDS, 'UDP blocked'] as const satisfies readonly HomeKind[];

const BY_PROBES: Expected = {withinS: 5};
const BY_BIRTHDAY: Expected = {withinS: 12};
const NO_UDP: Expected = {why: /UDP/};
const BOTH_VARY: Expected = {why: /change ports/};

export function expectedOf(from: HomeKind, to: HomeKind): Expected {
	if (from === 'UDP blocked' || to === 'UDP blocked') return NO_UDP;
	const kinds: ReadonlySet<HomeKind> = new Set([from, to]);
	if (!kinds.has('sym')) return BY_PROBES;
	if (from === to) return BOTH_VARY;
	return kinds.has('port') || kinds.has('CGNAT') ? BY_BIRTHDAY : BY_PROBES;
}
