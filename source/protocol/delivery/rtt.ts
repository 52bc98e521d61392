// The round-trip estimator (RFC 9002 §5) and the probe timeout that comes from it (§6.2.1). Times in ms.
import {GRANULARITY, INITIAL_RTT, MAX_ACK_DELAY} from './delivery-limits.ts';

export type Rtt = {latest: number; smoothed: number; variation: number; minimum: number; samples: number};

export function createRtt(): Rtt {
	return {latest: 0, smoothed: INITIAL_RTT, variation: INITIAL_RTT / 2, minimum: 0, samples: 0};
}

/** One sample; `ackDelay` is what the peer says it held the acknowledgement back. */
export function sampleRtt(rtt: Rtt, latest: number, ackDelay: number): void {
	rtt.latest = latest;
	rtt.samples++;
	if (rtt.samples === 1) {
		rtt.minimum = latest;
		rtt.smoothed = latest;
		rtt.variation = latest / 2;
		return;
	}

	rtt.minimum = Math.min(rtt.minimum, latest);
	const delay = Math.min(ackDelay, MAX_ACK_DELAY);
	const adjusted = latest >= rtt.minimum + delay ? latest - delay : latest;
	rtt.variation = 0.75 * rtt.variation + 0.25 * Math.abs(rtt.smoothed - adjusted);
	rtt.smoothed = 0.875 * rtt.smoothed + 0.125 * adjusted;
}

/** How long to wait for an acknowledgement before probing, not backed off. */
export function probeTimeout({smoothed, variation}: Rtt): number {
	return smoothed + Math.max(4 * variation, GRANULARITY) + MAX_ACK_DELAY;
}
