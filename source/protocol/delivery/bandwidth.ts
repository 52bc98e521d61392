// How fast a path delivers: one sample for each acknowledgement (draft-ietf-ccwg-bbr, Delivery Rate Samples), and the largest of late.
// Sizes in bytes, times in ms, rates in bytes a ms.
import {BANDWIDTH_MS, BANDWIDTH_ROUNDS} from './delivery-limits.ts';

export type Bandwidth = {
	/** Bytes acknowledged so far, and when the last of them were. */
	delivered: number;
	deliveredAt: number;
	/** When the packet was sent that was acknowledged last. */
	firstSentAt: number;
	/** Packets sent before so much is delivered do not show what the path can do: there was too little to send. */
	limitedUntil: number;
	/** Round trips so far; one ends when a packet is acknowledged that was sent after it began. */
	rounds: number;
	roundEnds: number;
	/** The largest sample of this span and of the one before. */
	spans: readonly [latest: number, before: number];
	spanRounds: number;
	spanAt: number;
};

/** What a packet remembers of the moment when it was sent. */
export type SentState = {
	readonly delivered: number;
	readonly deliveredAt: number;
	readonly firstSentAt: number;
	readonly limited: boolean;
};

export type Sample = {
	/** Undefined where the packets tell none. */
	readonly rate: number | undefined;
	readonly limited: boolean;
	/** This acknowledgement ended a round trip. */
	readonly endsRound: boolean;
};

export function createBandwidth(): Bandwidth {
	return {
		delivered: 0,
		deliveredAt: 0,
		firstSentAt: 0,
		limitedUntil: 0,
		rounds: 0,
		roundEnds: 0,
		spans: [0, 0],
		spanRounds: 0,
		spanAt: Number.NEGATIVE_INFINITY,
	};
}

/** The largest rate at which packets arrived lately; 0 before the first sample. */
export function bandwidthOf({spans}: Bandwidth): number {
	return Math.max(...spans);
}

/** What a packet that goes out now remembers; `inFlight` without it. */
export function sentState(bandwidth: Bandwidth, inFlight: number, now: number): SentState {
	if (inFlight === 0) {
		bandwidth.firstSentAt = now;
		bandwidth.deliveredAt = now;
	}

	const {delivered, deliveredAt, firstSentAt, limitedUntil} = bandwidth;
	return {delivered, deliveredAt, firstSentAt, limited: limitedUntil > delivered};
}

/** There is room, and nothing to send: what is in flight shows nothing of the path. */
export function noteLimited(bandwidth: Bandwidth, inFlight: number): void {
	bandwidth.limitedUntil = bandwidth.delivered + Math.max(inFlight, 1);
}

/** Takes what one ACK acknowledges: `size` bytes, of which `sent` went out last, at `sentAt`. */
export function noteDelivered(
	bandwidth: Bandwidth,
	size: number,
	sent: SentState,
	sentAt: number,
	now: number,
): Sample {
	bandwidth.delivered += size;
	bandwidth.deliveredAt = now;
	bandwidth.firstSentAt = Math.max(bandwidth.firstSentAt, sentAt);
	const endsRound = sent.delivered >= bandwidth.roundEnds;
	if (endsRound) {
		bandwidth.rounds++;
		bandwidth.roundEnds = bandwidth.delivered;
	}

	// Never faster than it was sent, however the acknowledgements come: a peer cannot claim more.
	const interval = Math.max(sentAt - sent.firstSentAt, now - sent.deliveredAt);
	const rate = interval > 0 ? (bandwidth.delivered - sent.delivered) / interval : undefined;
	if (rate !== undefined) keep(bandwidth, rate, sent.limited, now);
	return {rate, limited: sent.limited, endsRound};
}

/** Forgets the rates: the path is another one. */
export function forgetBandwidth(bandwidth: Bandwidth): void {
	bandwidth.spans = [0, 0];
}

function keep(bandwidth: Bandwidth, rate: number, limited: boolean, now: number): void {
	// A sender with too little to say learns of a faster path, never of a slower one.
	if (limited && rate < bandwidthOf(bandwidth)) return;
	const {spans, rounds, spanRounds, spanAt} = bandwidth;
	const [latest, before] = spans;
	if (rounds - spanRounds >= BANDWIDTH_ROUNDS && now - spanAt >= BANDWIDTH_MS) {
		Object.assign(bandwidth, {spans: [rate, latest], spanRounds: rounds, spanAt: now});
	} else if (rate > latest) {
		bandwidth.spans = [rate, before];
	}
}
