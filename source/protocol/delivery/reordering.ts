// How long a packet may be overtaken before it counts as lost: as long as packets were late lately (RFC 8985 §6.2). Times in ms.
import {
	GRANULARITY,
	PACKET_THRESHOLD,
	REORDERING_LIMIT,
	REORDERING_ROUNDS,
	REORDERING_START,
} from './delivery-limits.ts';
import {type Rtt} from './rtt.ts';

export type Reordering = {
	/** A packet came after three that were sent later: from then on time alone decides. */
	isSeen: boolean;
	/** By how much packets were later than a round trip at most: in this span, and in the one before. */
	spans: readonly [latest: number, before: number];
	spanAt: number;
};

export function createReordering(): Reordering {
	return {isSeen: false, spans: [0, 0], spanAt: Number.NEGATIVE_INFINITY};
}

/** How many packets sent later must have come before a packet counts as lost. */
export function packetThreshold({isSeen}: Reordering): number {
	return isSeen ? Number.POSITIVE_INFINITY : PACKET_THRESHOLD;
}

/**
 * How old a packet with a later one acknowledged must be to count as lost: 9/8 of a round trip as long as packets keep to their order
 * (RFC 9002 §6.1.2). A peer that lies about what is late makes its own losses be found later, by 5/4 of a round trip at most.
 */
export function lossDelay(reordering: Reordering, rtt: Rtt, now: number): number {
	forget(reordering, rtt, now);
	const usual = usualRtt(rtt);
	const late = Math.min(Math.max(...reordering.spans) + GRANULARITY, REORDERING_LIMIT * usual);
	return Math.max(usual + Math.max(REORDERING_START * usual, late), GRANULARITY);
}

/** A packet has come that was sent `behind` packets before one that came earlier, whether it had counted as lost or not; `age` ms old. */
export function noteOvertaken(reordering: Reordering, behind: number, age: number, rtt: Rtt, now: number): void {
	forget(reordering, rtt, now);
	if (behind >= PACKET_THRESHOLD) reordering.isSeen = true;
	const [latest, before] = reordering.spans;
	reordering.spans = [Math.max(latest, age - usualRtt(rtt)), before];
}

/** A span has REORDERING_ROUNDS round trips. */
function forget(reordering: Reordering, rtt: Rtt, now: number): void {
	const span = REORDERING_ROUNDS * usualRtt(rtt);
	const since = now - reordering.spanAt;
	if (since < span) return;
	reordering.spans = [0, since < 2 * span ? reordering.spans[0] : 0];
	reordering.spanAt = now;
}

function usualRtt({smoothed, latest}: Rtt): number {
	return Math.max(smoothed, latest);
}
