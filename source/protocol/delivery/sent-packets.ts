// Packets that have gone out and are not yet judged: acknowledged, lost by number or by time (RFC 9002 §6.1), or forgotten.
import {type AckFrame, type PathFrame} from '../../wire/messages/msg.ts';
import {type SentState} from './bandwidth.ts';
import {LOST_KEPT} from './delivery-limits.ts';
import {type Piece} from './outgoing.ts';

/** `order` runs on over epochs; `pieces` are what must be sent again if this is lost. */
export type SentPacket = {
	readonly order: number;
	readonly epoch: number;
	readonly counter: number;
	readonly size: number;
	readonly sentAt: number;
	readonly state: SentState;
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
	/** Order → packet that counts as lost and may come yet, oldest first, at most LOST_KEPT. */
	readonly lost: Map<number, SentPacket>;
	largestAcked: number;
	/** The least order of a packet that came; Infinity before the first. */
	earliestAcked: number;
	/** When the next packet behind an acknowledged one counts as lost by time. */
	lossAt: number | undefined;
};

export function createSentPackets(): SentPackets {
	return {
		nextOrder: 0,
		outstanding: new Map(),
		epochs: new Map(),
		lost: new Map(),
		largestAcked: -1,
		earliestAcked: Number.POSITIVE_INFINITY,
		lossAt: undefined,
	};
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
	/** Newest first: they had counted as lost. */
	readonly spurious: readonly SentPacket[];
	/** The largest order acknowledged before. */
	readonly largestBefore: number;
	/** The largest counter named was sent by us and is newly acknowledged: it gives a round-trip sample. */
	readonly sampled: SentPacket | undefined;
};

const nothing: AckOutcome = {acked: [], spurious: [], largestBefore: -1, sampled: undefined};

/** Applies an ACK; 'violation' when it names a counter that was never sent. */
export function applyAck(packets: SentPackets, {epoch, ranges}: AckFrame): AckOutcome | 'violation' {
	const entry = packets.epochs.get(epoch);
	const [first] = ranges;
	if (first === undefined) return 'violation';
	if (entry === undefined) return isFuture(packets, epoch) ? 'violation' : nothing;
	if (first.to > entry.sent) return 'violation';
	entry.acked = Math.max(entry.acked, first.to);
	const largest = entry.base + first.to;
	const largestBefore = packets.largestAcked;
	packets.largestAcked = Math.max(packets.largestAcked, largest);
	const sampled = packets.outstanding.get(largest);
	const acked = takeNamed(packets.outstanding, entry.base, ranges);
	const spurious = takeNamed(packets.lost, entry.base, ranges);
	return {acked, spurious, largestBefore, sampled};
}

/** A range may name 65,536 counters; only those between the oldest and the newest packet cost anything. */
function takeNamed(from: Map<number, SentPacket>, base: number, ranges: AckFrame['ranges']): SentPacket[] {
	const taken: SentPacket[] = [];
	const [oldest] = from.keys();
	if (oldest === undefined) return taken;
	for (const range of ranges) {
		for (let order = base + range.to; order >= Math.max(base + range.from, oldest); order--) {
			const packet = from.get(order);
			if (packet === undefined) continue;
			from.delete(order);
			taken.push(packet);
		}
	}

	return taken;
}

/** Takes out what counts as lost now, oldest first, and sets `lossAt` for what may follow. */
export function takeLost(packets: SentPackets, threshold: number, lossDelay: number, now: number): SentPacket[] {
	const lost: SentPacket[] = [];
	packets.lossAt = undefined;
	for (const packet of packets.outstanding.values()) {
		const {order, sentAt} = packet;
		if (order > packets.largestAcked) break;
		if (packets.largestAcked - order >= threshold || sentAt + lossDelay <= now) {
			lost.push(packet);
		} else {
			packets.lossAt = Math.min(packets.lossAt ?? Number.POSITIVE_INFINITY, sentAt + lossDelay);
		}
	}

	for (const packet of lost) {
		packets.outstanding.delete(packet.order);
		packets.lost.set(packet.order, packet);
	}

	forgetLost(packets, Number.NEGATIVE_INFINITY);
	return lost;
}

/** Forgets lost packets that were sent before `since`, and the oldest of too many. */
export function forgetLost({lost}: SentPackets, since: number): void {
	for (const [order, {sentAt}] of lost) {
		if (lost.size <= LOST_KEPT && sentAt >= since) return;
		lost.delete(order);
	}
}

function isFuture({epochs}: SentPackets, epoch: number): boolean {
	return [...epochs.keys()].every(known => known < epoch);
}
