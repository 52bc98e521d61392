// Pieces that are to go out again: those that were lost, and the oldest ones with a probe.
import {frameSize} from '../../wire/messages/msg.ts';
import {SMALL_PLAINTEXT} from './delivery-limits.ts';
import {type Piece, partsOf} from './outgoing.ts';

/** Oldest first; no more than were outstanding. */
export type Resending = Piece[];

/** Whether the next piece does not fit a small packet. */
export function isNextLarge([next]: Resending): boolean {
	return next !== undefined && frameSize(next.frame) > SMALL_PLAINTEXT;
}

/** The next piece for a packet of `limit` bytes with `room` left, in parts when it is too large for that; 'full' when it does not fit. */
export function nextResent(resending: Resending, room: number, limit: number): Piece | 'full' | undefined {
	for (let next = resending[0]; next !== undefined; next = resending[0]) {
		if (next.acked) {
			resending.shift();
		} else if (next.parts !== undefined || frameSize(next.frame) > limit) {
			resending.splice(0, 1, ...partsOf(next, limit));
		} else {
			if (frameSize(next.frame) > room) return 'full';
			resending.shift();
			return next;
		}
	}

	return undefined;
}
