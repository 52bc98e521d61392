// One channel's messages on their way in: fragments put together, each message released once and in order.
import {Buffer} from 'node:buffer';
import {type FragmentFrame} from '../../wire/messages/msg.ts';
import {BYTE_WINDOW, MESSAGE_WINDOW, SMALLEST_FRAGMENT} from './delivery-limits.ts';

type Partial = {
	readonly buffer: Buffer;
	/** What has come, in order and apart from each other: no more than one for each SMALLEST_FRAGMENT bytes, and the last. */
	spans: Span[];
	missing: number;
};

/** Bytes `start` … `end` − 1. */
type Span = {readonly start: number; readonly end: number};

export type Incoming = {
	nextSequence: number;
	/** Sequence → message not yet released, at most MESSAGE_WINDOW of them and BYTE_WINDOW bytes. */
	readonly partials: Map<number, Partial>;
	heldBytes: number;
};

export function createIncoming(): Incoming {
	return {nextSequence: 0, partials: new Map(), heldBytes: 0};
}

/** Takes a fragment. False when no honest sender would have sent it: the session must end. */
export function takeFragment(incoming: Incoming, {sequence, offset, total, data}: FragmentFrame): boolean {
	if (sequence < incoming.nextSequence) return true;
	if (sequence >= incoming.nextSequence + MESSAGE_WINDOW) return false;
	const partial = incoming.partials.get(sequence) ?? open(incoming, sequence, total);
	if (partial === undefined || partial.buffer.length !== total) return false;
	const end = offset + data.length;
	if (data.length < SMALLEST_FRAGMENT && end < total) return false;
	partial.spans = joined(partial.spans, {start: offset, end});
	partial.missing = total - partial.spans.reduce((sum, span) => sum + span.end - span.start, 0);
	data.copy(partial.buffer, offset);
	return true;
}

/** Whether `release` would have something. */
export function isNextWhole({partials, nextSequence}: Incoming): boolean {
	const partial = partials.get(nextSequence);
	return partial !== undefined && partial.missing === 0 && partial.spans.length > 0;
}

/** With another one, and those that it touches made one. */
function joined(spans: readonly Span[], {start, end}: Span): Span[] {
	if (spans.length === 0) return [{start, end}];
	const touched = spans.filter(span => span.start <= end && span.end >= start);
	const before = spans.filter(span => span.end < start);
	const after = spans.filter(span => span.start > end);
	const first = Math.min(start, touched[0]?.start ?? start);
	const last = Math.max(end, touched.at(-1)?.end ?? end);
	return [...before, {start: first, end: last}, ...after];
}

/** Messages of which a piece has come. */
export function openedOf({nextSequence, partials}: Incoming): number {
	return nextSequence + partials.size;
}

/** The messages that are whole and next in order; they leave. */
export function release(incoming: Incoming): Array<{sequence: number; data: Buffer}> {
	const released: Array<{sequence: number; data: Buffer}> = [];
	for (;;) {
		const sequence = incoming.nextSequence;
		const partial = incoming.partials.get(sequence);
		if (partial === undefined || !isNextWhole(incoming)) return released;
		incoming.partials.delete(sequence);
		incoming.heldBytes -= partial.buffer.length;
		incoming.nextSequence++;
		released.push({sequence, data: partial.buffer});
	}
}

function open(incoming: Incoming, sequence: number, total: number): Partial | undefined {
	if (incoming.heldBytes + total > BYTE_WINDOW) return undefined;
	incoming.heldBytes += total;
	const partial = {buffer: Buffer.alloc(total), spans: [], missing: total};
	incoming.partials.set(sequence, partial);
	return partial;
}
