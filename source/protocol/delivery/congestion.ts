// NewReno as RFC 9002 §7 has it, with pacing (§7.7). Sizes in bytes of whole datagrams, times in ms.
import {DATAGRAM_LIMIT} from '../../wire/datagram.ts';
import {
	INITIAL_WINDOW,
	LOSS_REDUCTION,
	MINIMUM_WINDOW,
	PACING_BURST,
	PACING_GAIN,
	TIMER_STEP,
} from './delivery-limits.ts';

export type Congestion = {
	window: number;
	threshold: number;
	inFlight: number;
	/** Packets sent up to here belong to a loss that is already answered. */
	recoveryStart: number;
	/** What pacing lets out now, and when that was reckoned. */
	budget: number;
	paidAt: number;
};

export function createCongestion(): Congestion {
	return {
		window: INITIAL_WINDOW,
		threshold: Number.POSITIVE_INFINITY,
		inFlight: 0,
		recoveryStart: Number.NEGATIVE_INFINITY,
		budget: PACING_BURST * DATAGRAM_LIMIT,
		paidAt: Number.NEGATIVE_INFINITY,
	};
}

/** Whether another full datagram fits the window. */
export function hasRoom({window, inFlight}: Congestion): boolean {
	return inFlight + DATAGRAM_LIMIT <= window;
}

export function packetSent(congestion: Congestion, size: number): void {
	congestion.inFlight += size;
	congestion.budget -= size;
}

/** A packet that was sent, as far as congestion control looks at it. */
export type Packet = {readonly order: number; readonly size: number; readonly sentAt: number};

/**
 * Grows the window for what one ACK acknowledges: by as much in slow start (§7.3.1), by a datagram a window after it
 * (§7.3.3). Not for packets sent before the last reduction, nor when the window was not in use (§7.8).
 */
export function packetsAcked(congestion: Congestion, packets: readonly Packet[]): void {
	const used = congestion.inFlight * 2 >= congestion.window;
	for (const {size, sentAt} of packets) {
		congestion.inFlight -= size;
		if (sentAt <= congestion.recoveryStart || !used) continue;
		congestion.window += congestion.window < congestion.threshold ? size : (DATAGRAM_LIMIT * size) / congestion.window;
	}
}

export function packetForgotten(congestion: Congestion, size: number): void {
	congestion.inFlight -= size;
}

/** Halves the window once a round trip (§7.3.2). `sentAt` is when the newest lost packet went out. */
export function packetsLost(congestion: Congestion, sentAt: number, now: number, persistent: boolean): void {
	if (sentAt > congestion.recoveryStart) {
		congestion.recoveryStart = now;
		congestion.window = Math.max(congestion.window * LOSS_REDUCTION, MINIMUM_WINDOW);
		congestion.threshold = congestion.window;
	}

	if (persistent) {
		congestion.window = MINIMUM_WINDOW;
		congestion.recoveryStart = Number.NEGATIVE_INFINITY;
	}
}

/**
 * Whether packets lost in a row were sent more than `duration` apart, all of them after the first round-trip sample
 * (§7.6). `lost` is in order of sending.
 */
export function isPersistent(lost: readonly Packet[], duration: number, sampledAt: number): boolean {
	const counted = lost.filter(({sentAt}) => sentAt > sampledAt);
	let [first] = counted;
	for (const [index, packet] of counted.entries()) {
		if (index > 0 && packet.order !== counted[index - 1]!.order + 1) first = packet;
		if (first !== undefined && packet.sentAt - first.sentAt > duration) return true;
	}

	return false;
}

/** When the next datagram may go out: `now`, or a later time. */
export function pacedUntil(congestion: Congestion, smoothedRtt: number, now: number): number {
	const rate = (PACING_GAIN * congestion.window) / Math.max(smoothedRtt, 0.01);
	const burst = Math.max(PACING_BURST * DATAGRAM_LIMIT, 2 * TIMER_STEP * rate);
	congestion.budget = Math.min(burst, congestion.budget + rate * Math.max(0, now - congestion.paidAt));
	congestion.paidAt = now;
	// Less than a byte is missing: the rounding of a time that this very function gave.
	return congestion.budget > DATAGRAM_LIMIT - 1
		? now
		: now + Math.max(TIMER_STEP, (DATAGRAM_LIMIT - congestion.budget) / rate);
}
