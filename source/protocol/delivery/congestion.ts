// How much may be in flight and how fast it goes out: slow start as RFC 9002 §7.3.1 has it, then a model of the path, its bandwidth and
// its round trip, after BBR (draft-ietf-ccwg-bbr). Loss by itself takes nothing away, much of it does. Sizes in bytes of whole
// datagrams, times in ms.
import {DATAGRAM_LIMIT} from '../../wire/datagram.ts';
import {
	type Bandwidth,
	type SentState,
	bandwidthOf,
	createBandwidth,
	forgetBandwidth,
	noteDelivered,
	noteLimited,
	sentState,
} from './bandwidth.ts';
import {
	DRAIN_GAIN,
	EMPTY_MS,
	EXCESSIVE_LOSS,
	EXCESSIVE_PACKETS,
	FULL_GROWTH,
	FULL_ROUNDS,
	INITIAL_WINDOW,
	LEAST_PIPE,
	LOSS_REDUCTION,
	MINIMUM_WINDOW,
	PACING_BURST,
	PACING_GAIN,
	PACING_LATE,
	PROBE_EVERY,
	PROBE_GAIN,
	ROUND_TRIP_MS,
	START_QUEUE,
	START_QUEUE_MS,
	TIMER_SLACK,
	TIMER_STEP,
	WINDOW_GAIN,
	WINDOW_LIMIT,
} from './delivery-limits.ts';
import {type Rtt} from './rtt.ts';

/** A reduction that may turn out to be a mistake: what was lost in its round, and what was there before. */
type Reduction = {lost: number; readonly delivered: number; readonly ceiling: number; readonly isStarting: boolean};

export type Congestion = {
	window: number;
	/** No window is larger: lowered by excessive loss, and raised again while there is none. */
	ceiling: number;
	inFlight: number;
	/** Slow start, until the bandwidth grows no more. */
	isStarting: boolean;
	fullBandwidth: number;
	fullRounds: number;
	readonly bandwidth: Bandwidth;
	/** The least round trip of the last seconds, and when it was seen. */
	minimumRtt: number;
	minimumAt: number;
	/** Until then little is in flight, so that the path shows its round trip without a queue. */
	emptyUntil: number | undefined;
	/** Which round trip of PROBE_EVERY this is, and since when. */
	phase: number;
	phaseAt: number;
	/** The least round trip of those that were seen since the last one ended. */
	roundRtt: number;
	/** Of this round trip. */
	roundLost: number;
	roundLostPackets: number;
	roundDelivered: number;
	/** Packets sent up to here belong to a loss that is already answered. */
	recoveryStart: number;
	reduction: Reduction | undefined;
	/** What pacing lets out now, and when that was reckoned. */
	budget: number;
	paidAt: number;
	/** When the next datagram was due, while there is room and something to send. */
	dueAt: number;
};

export function createCongestion(): Congestion {
	return {
		window: INITIAL_WINDOW,
		ceiling: WINDOW_LIMIT,
		inFlight: 0,
		isStarting: true,
		fullBandwidth: 0,
		fullRounds: 0,
		bandwidth: createBandwidth(),
		minimumRtt: Number.POSITIVE_INFINITY,
		minimumAt: Number.NEGATIVE_INFINITY,
		emptyUntil: undefined,
		phase: 0,
		phaseAt: 0,
		roundRtt: Number.POSITIVE_INFINITY,
		roundLost: 0,
		roundLostPackets: 0,
		roundDelivered: 0,
		recoveryStart: Number.NEGATIVE_INFINITY,
		reduction: undefined,
		budget: PACING_BURST * DATAGRAM_LIMIT,
		paidAt: Number.NEGATIVE_INFINITY,
		dueAt: Number.POSITIVE_INFINITY,
	};
}

/** Whether another full datagram fits the window. */
export function hasRoom({window, inFlight}: Congestion): boolean {
	return inFlight + DATAGRAM_LIMIT <= window;
}

/** A packet goes out; what it is to remember of this moment. */
export function packetSent(congestion: Congestion, size: number, now: number): SentState {
	const state = sentState(congestion.bandwidth, congestion.inFlight, now);
	congestion.inFlight += size;
	congestion.budget -= size;
	return state;
}

/** There is room in the window and nothing to fill it with. */
export function windowUnused(congestion: Congestion): void {
	noteLimited(congestion.bandwidth, congestion.inFlight);
	congestion.dueAt = Number.POSITIVE_INFINITY;
}

/** There is no room, in the window or in the counters: what waits does not wait for pacing. */
export function windowFull(congestion: Congestion): void {
	congestion.dueAt = Number.POSITIVE_INFINITY;
}

/** A packet that was sent, as far as congestion control looks at it. */
export type Packet = {
	readonly order: number;
	readonly size: number;
	readonly sentAt: number;
	readonly state: SentState;
};

/** Takes what one ACK acknowledges: newest first. */
export function packetsAcked(congestion: Congestion, packets: readonly Packet[], rtt: Rtt, now: number): void {
	const used = congestion.inFlight * 2 >= congestion.window;
	const size = sizeOf(packets);
	congestion.inFlight -= size;
	deliver(congestion, packets, rtt, now);
	if (congestion.isStarting) {
		// Not for packets sent before the last reduction, nor when the window was not in use (RFC 9002 §7.8).
		const fresh = packets.filter(({sentAt}) => sentAt > congestion.recoveryStart);
		if (used) congestion.window += sizeOf(fresh);
	} else {
		congestion.window += size;
	}

	boundWindow(congestion, rtt, now);
}

/** Packets that had counted as lost have come after all: what was taken away for them is given back. */
export function lossesUndone(congestion: Congestion, packets: readonly Packet[], rtt: Rtt, now: number): void {
	const size = sizeOf(packets);
	congestion.roundLost = Math.max(0, congestion.roundLost - size);
	congestion.roundLostPackets = Math.max(0, congestion.roundLostPackets - packets.length);
	deliver(congestion, packets, rtt, now);
	const {reduction, recoveryStart} = congestion;
	if (reduction === undefined) return;
	reduction.lost -= sizeOf(packets.filter(({sentAt}) => sentAt <= recoveryStart));
	if (isExcessive(reduction.lost, reduction.delivered)) return;
	congestion.ceiling = Math.max(congestion.ceiling, reduction.ceiling);
	congestion.isStarting ||= reduction.isStarting;
	congestion.recoveryStart = Number.NEGATIVE_INFINITY;
	congestion.reduction = undefined;
	boundWindow(congestion, rtt, now);
}

export function packetForgotten(congestion: Congestion, size: number): void {
	congestion.inFlight -= size;
}

/** Counts the lost packets, which are in flight no more. After three probe timeouts of nothing but loss it begins anew, with the least window. */
export function packetsLost(congestion: Congestion, packets: readonly Packet[], persistent: boolean): void {
	for (const {size} of packets) {
		packetForgotten(congestion, size);
		congestion.roundLost += size;
		congestion.roundLostPackets++;
	}

	if (!persistent) return;
	congestion.window = MINIMUM_WINDOW;
	congestion.isStarting = true;
	congestion.fullBandwidth = 0;
	congestion.fullRounds = 0;
	congestion.recoveryStart = Number.NEGATIVE_INFINITY;
	congestion.reduction = undefined;
	forgetBandwidth(congestion.bandwidth);
}

/**
 * Whether packets lost in a row were sent more than `duration` apart, all of them after the first round-trip sample
 * (§7.6). `lost` is in order of sending.
 */
export function isPersistent(lost: ReadonlyArray<Omit<Packet, 'state'>>, duration: number, sampledAt: number): boolean {
	const counted = lost.filter(({sentAt}) => sentAt > sampledAt);
	let [first] = counted;
	for (const [index, packet] of counted.entries()) {
		if (index > 0 && packet.order !== counted[index - 1]!.order + 1) first = packet;
		if (first !== undefined && packet.sentAt - first.sentAt > duration) return true;
	}

	return false;
}

/**
 * When the next datagram may go out: `now`, or a later time. Who asks later than that, since its process was busy, may send what would
 * have gone out meanwhile, up to PACING_LATE of a round trip: otherwise the burst (RFC 9002 §7.7) is all that goes out in a turn.
 */
export function pacedUntil(congestion: Congestion, smoothedRtt: number, now: number): number {
	const rate = pacingRate(congestion, smoothedRtt);
	const late = Math.min(Math.max(0, now - congestion.dueAt), PACING_LATE * smoothedRtt);
	const burst = Math.max(PACING_BURST * DATAGRAM_LIMIT, 2 * TIMER_STEP * rate, DATAGRAM_LIMIT + rate * late);
	congestion.budget = Math.min(burst, congestion.budget + rate * Math.max(0, now - congestion.paidAt));
	congestion.paidAt = now;
	// Less than a byte is missing: the rounding of a time that this very function gave.
	if (congestion.budget > DATAGRAM_LIMIT - 1) return now;
	congestion.dueAt = now + Math.max(TIMER_STEP, (DATAGRAM_LIMIT - congestion.budget) / rate);
	return congestion.dueAt;
}

/** Bytes a ms. */
function pacingRate({isStarting, window, bandwidth, phase}: Congestion, smoothedRtt: number): number {
	const byWindow = (PACING_GAIN * window) / Math.max(smoothedRtt, 0.01);
	if (isStarting) return byWindow;
	const gain = phase === 0 ? PROBE_GAIN : phase === 1 ? DRAIN_GAIN : 1;
	return Math.max(gain * bandwidthOf(bandwidth), MINIMUM_WINDOW / Math.max(smoothedRtt, 1));
}

function deliver(congestion: Congestion, packets: readonly Packet[], rtt: Rtt, now: number): void {
	const [newest] = packets;
	if (newest === undefined) return;
	const size = sizeOf(packets);
	congestion.roundDelivered += size;
	noteRoundTrip(congestion, rtt, now);
	const sample = noteDelivered(congestion.bandwidth, size, newest.state, newest.sentAt, now);
	if (sample.endsRound) endRound(congestion, sample.limited, now);
	if (!congestion.isStarting) advance(congestion, rtt, now);
}

/** Once a round trip: was too much lost, and does the bandwidth still grow? */
function endRound(congestion: Congestion, limited: boolean, now: number): void {
	const {roundLost: lost, roundLostPackets, roundDelivered: delivered, ceiling, isStarting, window} = congestion;
	const isQueueing = congestion.roundRtt > START_QUEUE * congestion.minimumRtt + START_QUEUE_MS;
	Object.assign(congestion, {
		roundLost: 0,
		roundLostPackets: 0,
		roundDelivered: 0,
		roundRtt: Number.POSITIVE_INFINITY,
	});
	if (roundLostPackets >= EXCESSIVE_PACKETS && isExcessive(lost, delivered)) {
		congestion.reduction = {lost, delivered, ceiling, isStarting};
		congestion.recoveryStart = now;
		congestion.ceiling = Math.max(LEAST_PIPE, LOSS_REDUCTION * Math.min(ceiling, window));
		endStart(congestion, now);
		return;
	}

	if (!isStarting || limited) return;
	const rate = bandwidthOf(congestion.bandwidth);
	if (isQueueing) {
		endStart(congestion, now);
	} else if (rate >= congestion.fullBandwidth * FULL_GROWTH) {
		congestion.fullBandwidth = rate;
		congestion.fullRounds = 0;
	} else if (++congestion.fullRounds >= FULL_ROUNDS) {
		endStart(congestion, now);
	}
}

function endStart(congestion: Congestion, now: number): void {
	if (!congestion.isStarting) return;
	congestion.isStarting = false;
	// What slow start has put into a queue goes first.
	congestion.phase = 1;
	congestion.phaseAt = now;
}

function isExcessive(lost: number, delivered: number): boolean {
	return lost > EXCESSIVE_LOSS * (lost + delivered);
}

/** Keeps the least round trip; where none is as small for ten seconds, little is sent for a moment, to see it again. */
function noteRoundTrip(congestion: Congestion, {latest, minimum}: Rtt, now: number): void {
	congestion.roundRtt = Math.min(congestion.roundRtt, latest);
	const isOver = congestion.emptyUntil !== undefined && now >= congestion.emptyUntil;
	if (latest <= congestion.minimumRtt || isOver) {
		congestion.minimumRtt = isOver ? latest : Math.min(latest, Math.max(minimum, 0));
		congestion.minimumAt = now;
		congestion.emptyUntil = undefined;
	} else if (
		congestion.emptyUntil === undefined &&
		!congestion.isStarting &&
		now - congestion.minimumAt >= ROUND_TRIP_MS
	) {
		congestion.emptyUntil = now + EMPTY_MS + latest;
	}
}

/** Moves on, a round trip each; the second, which empties the queue, ends when that is done. */
function advance(congestion: Congestion, rtt: Rtt, now: number): void {
	const since = now - congestion.phaseAt;
	const roundTrip = Math.max(congestion.minimumRtt, TIMER_SLACK);
	const isDraining = congestion.phase === 1;
	const isEmpty = congestion.inFlight <= pipe(congestion, rtt, 1);
	if (since < (isDraining ? 3 * roundTrip : roundTrip) && !(isDraining && isEmpty)) return;
	congestion.phase = (congestion.phase + 1) % PROBE_EVERY;
	congestion.phaseAt = now;
	if (congestion.phase === 0) congestion.ceiling = Math.min(WINDOW_LIMIT, congestion.ceiling * 2);
}

/** Bytes that fill the path `gain` times over, with what jitter and timers keep on the way besides. */
function pipe({bandwidth, minimumRtt}: Congestion, {variation}: Rtt, gain: number): number {
	return bandwidthOf(bandwidth) * (gain * (minimumRtt + 2 * variation) + TIMER_SLACK);
}

function boundWindow(congestion: Congestion, rtt: Rtt, now: number): void {
	const {isStarting, ceiling, emptyUntil} = congestion;
	const isEmptying = emptyUntil !== undefined && now < emptyUntil;
	const path = isStarting ? Number.POSITIVE_INFINITY : pipe(congestion, rtt, isEmptying ? 1 / 2 : WINDOW_GAIN);
	congestion.window = Math.min(congestion.window, ceiling, Math.max(LEAST_PIPE, path));
}

function sizeOf(packets: readonly Packet[]): number {
	let sum = 0;
	for (const {size} of packets) sum += size;
	return sum;
}
