// Packets that have gone out and are not yet judged: acknowledged, lost by number or by time (RFC 9002 §6.1), or forgotten.
import {type AckFrame, type PathFrame} from '../../wire/messages/msg.ts';
import {PACKET_THRESHOLD} from './delivery-limits.ts';
import {type Piece} from './outgoing.ts';

/** `order` runs on over epochs; `pieces` are what must be sent again if this is lost. */
export type SentPacket = {
	readonly order: number;
	readonly epoch: number;
	readonly counter: number;
	readonly size: number;
	readonly sentAt: number;
	readonly pieces: readonly Piece[];
	/** Path challenges, which must not be lost. */
	readonly frames: readonly PathFrame[];
};

/** Epochs that acknowledgements may still name. */
const EPOCH_LIMIT = 3;

type EpochSent = {
	/** Order of counter 0. */
	readonly base: number;
	/** Highest counter sent and acknowledged; −1 before the first. */
	sent: number;
	acked: number;
};

export type SentPackets = {
	nextOrder: number;
	/** Order → packet that asks for an acknowledgement, oldest first; bounded by COUNTER_LIMIT an epoch. */
	readonly outstanding: Map<number, SentPacket>;
	/** Epoch → its counters, newest last, at most EPOCH_LIMIT. */
	readonly epochs: Map<number, EpochSent>;
	largestAcked: number;
	/** When the next packet behind an acknowledged one counts as lost by time. */
	lossAt: number | undefined;
};

export function createSentPackets(): SentPackets {
	return {nextOrder: 0, outstanding: new Map(), epochs: new Map(), largestAcked: -1, lossAt: undefined};
}

/** Gives a sealed packet its order. Every counter of an epoch must come by here, acknowledgements alone too. */
export function countPacket(packets: SentPackets, epoch: number, counter: number): number {
	const order = packets.nextOrder++;
	const entry = packets.epochs.get(epoch);
	if (entry !== undefined) {
		entry.sent = counter;
		return order;
	}

	packets.epochs.set(epoch, {base: order - counter, sent: counter, acked: -1});
	const [oldest] = packets.epochs.keys();
	if (packets.epochs.size > EPOCH_LIMIT && oldest !== undefined) packets.epochs.delete(oldest);
	return order;
}

/** How far the newest epoch's counter runs ahead of what the peer has acknowledged. */
export function counterLead({epochs}: SentPackets): number {
	let newest: EpochSent | undefined;
	for (const entry of epochs.values()) newest = entry;
	return newest === undefined ? 0 : newest.sent - newest.acked;
}

export type AckOutcome = {
	/** Newest first. */
	readonly acked: readonly SentPacket[];
	/** The largest counter named was sent by us and is newly acknowledged: it gives a round-trip sample. */
	readonly sampled: SentPacket | undefined;
};

/** Applies an ACK; 'violation' when it names a counter that was never sent. */
export function applyAck(packets: SentPackets, {epoch, ranges}: AckFrame): AckOutcome | 'violation' {
	const entry = packets.epochs.get(epoch);
	const [first] = ranges;
	if (first === undefined) return 'violation';
	if (entry === undefined) return isFuture(packets, epoch) ? 'violation' : {acked: [], sampled: undefined};
	if (first.to > entry.sent) return 'violation';
	entry.acked = Math.max(entry.acked, first.to);
	const largest = entry.base + first.to;
	packets.largestAcked = Math.max(packets.largestAcked, largest);
	const sampled = packets.outstanding.get(largest);
	const [oldest = largest + 1] = packets.outstanding.keys();
	const acked: SentPacket[] = [];
	for (const range of ranges) {
		// A range may name 65,536 counters; only those still outstanding cost anything.
		for (let order = entry.base + range.to; order >= Math.max(entry.base + range.from, oldest); order--) {
			const packet = packets.outstanding.get(order);
			if (packet === undefined) continue;
			packets.outstanding.delete(order);
			acked.push(packet);
		}
	}

	return {acked, sampled};
}

/** Takes out what counts as lost now, oldest first, and sets `lossAt` for what may follow. */
export function takeLost(packets: SentPackets, lossDelay: number, now: number): SentPacket[] {
	const lost: SentPacket[] = [];
	packets.lossAt = undefined;
	for (const packet of packets.outstanding.values()) {
		const {order, sentAt} = packet;
		if (order > packets.largestAcked) break;
		if (packets.largestAcked - order >= PACKET_THRESHOLD || sentAt + lossDelay <= now) {
			lost.push(packet);
		} else {
			packets.lossAt = Math.min(packets.lossAt ?? Number.POSITIVE_INFINITY, sentAt + lossDelay);
		}
	}

	for (const {order} of lost) packets.outstanding.delete(order);
	return lost;
}

function isFuture({epochs}: SentPackets, epoch: number): boolean {
	return [...epochs.keys()].every(known => known < epoch);
}
