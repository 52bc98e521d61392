// How large packets may be: full size, until a path loses the large ones alone (black hole detection, RFC 8899 §4.3); then small,
// with a try at full size now and then. Sizes are of datagrams, in bytes; times in ms.
import {PLAINTEXT_LIMIT} from '../../wire/messages/msg.ts';
import {LARGE_LOSSES, LARGE_RETRY_MS, SMALL_DATAGRAM, SMALL_PLAINTEXT} from './delivery-limits.ts';

type Packet = {readonly order: number; readonly size: number};

export type PacketSize = {
	/** Bytes of frames in a packet of full size. */
	readonly full: number;
	/** Rounds of loss in a row in which a large packet went while a smaller one that was sent later came. */
	losses: number;
	/** The order of the last large packet that came. */
	largestAcked: number;
	/** While only small packets go out: when the next large one may try. */
	retryAt: number | undefined;
};

/** `full` is less than what a datagram holds on a path that is known to carry no larger ones. */
export function createPacketSize(full = PLAINTEXT_LIMIT): PacketSize {
	return {full, losses: 0, largestAcked: -1, retryAt: undefined};
}

/** How many bytes of frames the next packet may hold. */
export function packetRoom({full, retryAt}: PacketSize, now: number): number {
	return retryAt === undefined || now >= retryAt ? full : SMALL_PLAINTEXT;
}

export function noteSize(sizes: PacketSize, size: number, now: number): void {
	if (sizes.retryAt !== undefined && size > SMALL_DATAGRAM) sizes.retryAt = now + LARGE_RETRY_MS;
}

/** A large packet that came proves that large packets come. */
export function noteSizesAcked(sizes: PacketSize, packets: readonly Packet[]): void {
	for (const {order, size} of packets) {
		if (size <= SMALL_DATAGRAM) continue;
		sizes.largestAcked = Math.max(sizes.largestAcked, order);
		sizes.losses = 0;
		sizes.retryAt = undefined;
	}
}

/** What one look at the packets found lost: all of it was sent before something that came. */
export function noteSizesLost(sizes: PacketSize, packets: readonly Packet[], now: number): void {
	if (!packets.some(({order, size}) => size > SMALL_DATAGRAM && order > sizes.largestAcked)) return;
	sizes.losses++;
	if (sizes.losses >= LARGE_LOSSES) sizes.retryAt ??= now + LARGE_RETRY_MS;
}
