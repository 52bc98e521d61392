// What becomes of packets that went out: round trips, losses, and how much more may go (RFC 9002, RFC 8985 §6.2). Times in ms.
import {type AckFrame} from '../../wire/messages/msg.ts';
import {
	createCongestion,
	isPersistent,
	lossesUndone,
	packetForgotten,
	packetSent,
	packetsAcked,
	packetsLost,
} from './congestion.ts';
import {PERSISTENT_CONGESTION} from './delivery-limits.ts';
import {createPacketSize, noteSize, noteSizesAcked, noteSizesLost} from './packet-size.ts';
import {createReordering, lossDelay, noteOvertaken, packetThreshold} from './reordering.ts';
import {createRtt, probeTimeout, sampleRtt} from './rtt.ts';
import {type SentPacket, applyAck, createSentPackets, forgetLost, takeLost} from './sent-packets.ts';

export type Recovery = ReturnType<typeof createRecovery>;

/** `full` is the largest plaintext of a packet, bytes. */
export function createRecovery(full?: number) {
	return {
		rtt: createRtt(),
		/** When the first round-trip sample was taken. */
		sampledAt: Number.POSITIVE_INFINITY,
		congestion: createCongestion(),
		sizes: createPacketSize(full),
		packets: createSentPackets(),
		reordering: createReordering(),
	};
}

/** A packet that asks for an acknowledgement goes out now. */
export function track({congestion, sizes, packets}: Recovery, packet: Omit<SentPacket, 'state'>): void {
	const state = packetSent(congestion, packet.size, packet.sentAt);
	packets.outstanding.set(packet.order, {...packet, state});
	noteSize(sizes, packet.size, packet.sentAt);
}

/** The packets that an ACK says have come, those that had counted as lost too; 'violation' when it names what was never sent. */
export function takeAck(recovery: Recovery, frame: AckFrame, now: number): readonly SentPacket[] | 'violation' {
	const {rtt, congestion, sizes, packets, reordering} = recovery;
	const outcome = applyAck(packets, frame);
	if (outcome === 'violation') return outcome;
	const {acked, spurious, largestBefore, sampled} = outcome;
	if (acked.length === 0 && spurious.length === 0) return [];
	if (sampled !== undefined) {
		sampleRtt(rtt, now - sampled.sentAt, frame.delay);
		recovery.sampledAt = Math.min(recovery.sampledAt, now);
	}

	const come = [...acked, ...spurious];
	for (const {order, sentAt} of come) {
		packets.earliestAcked = Math.min(packets.earliestAcked, order);
		if (order < largestBefore) noteOvertaken(reordering, largestBefore - order, now - sentAt, rtt, now);
	}

	packetsAcked(congestion, acked, rtt, now);
	lossesUndone(congestion, spurious, rtt, now);
	noteSizesAcked(sizes, come);
	return come;
}

/** The packets that count as lost now, oldest first. */
export function detectLost(recovery: Recovery, now: number): readonly SentPacket[] {
	const {rtt, sampledAt, congestion, sizes, packets, reordering} = recovery;
	const longest = PERSISTENT_CONGESTION * probeTimeout(rtt);
	forgetLost(packets, now - longest);
	const lost = takeLost(packets, packetThreshold(reordering), lossDelay(reordering, rtt, now), now);
	if (lost.length === 0) return lost;
	noteSizesLost(sizes, lost, now);
	// Whatever went out before the first packet that came may have met a peer without the keys for it (RFC 9002 §7.4).
	const counted = lost.filter(({order}) => order > packets.earliestAcked);
	for (const {order, size} of lost) if (order < packets.earliestAcked) packetForgotten(congestion, size);
	packetsLost(congestion, counted, isPersistent(counted, longest, sampledAt));
	return lost;
}
