// One channel's messages on their way out: cut into fragments that fit, kept until every byte is acknowledged.
import {type Buffer} from 'node:buffer';
import {
	type Channel,
	FRAGMENT_OVERHEAD,
	type FragmentFrame,
	PLAINTEXT_LIMIT,
	WHOLE_OVERHEAD,
} from '../../wire/messages/msg.ts';
import {BYTE_WINDOW, MESSAGE_WINDOW, QUEUE_LIMIT, SMALLEST_FRAGMENT} from './delivery-limits.ts';

/** `start` counts the bytes of all messages before it; `pieces` are those under way. */
type Message = {
	readonly sequence: number;
	readonly start: number;
	readonly data: Buffer;
	sent: number;
	acked: number;
	pieces: number;
};

/** A fragment as it was cut; it is sent again as it is, or in `parts` once it is too large for the path. */
export type Piece = {
	readonly frame: FragmentFrame;
	readonly message: Message;
	acked: boolean;
	parts?: readonly Piece[];
};

export type Outgoing = {
	readonly channel: Channel;
	/** Bytes that it takes, the unacknowledged ones included. */
	readonly limit: number;
	nextSequence: number;
	nextStart: number;
	/** Messages not yet wholly sent, oldest from `head` on, nothing before it; `limit` bytes with the unacknowledged ones. */
	waiting: Array<Message | undefined>;
	head: number;
	/** Sequence → message that has begun and is not wholly acknowledged; at most MESSAGE_WINDOW, oldest first. */
	readonly unacked: Map<number, Message>;
	queuedBytes: number;
};

export function createOutgoing(channel: Channel, limit = QUEUE_LIMIT): Outgoing {
	return {channel, limit, nextSequence: 0, nextStart: 0, waiting: [], head: 0, unacked: new Map(), queuedBytes: 0};
}

/** The message's sequence, or undefined while the queue is full. */
export function enqueue(outgoing: Outgoing, data: Buffer): number | undefined {
	if (outgoing.queuedBytes + data.length > outgoing.limit) return undefined;
	const sequence = outgoing.nextSequence++;
	outgoing.waiting.push({sequence, start: outgoing.nextStart, data, sent: 0, acked: 0, pieces: 0});
	outgoing.nextStart += data.length;
	outgoing.queuedBytes += data.length;
	return sequence;
}

/** Messages of which a piece has gone out. */
export function begunOf({waiting, head, nextSequence}: Outgoing): number {
	const message = waiting[head];
	return message === undefined ? nextSequence : message.sequence + (message.sent > 0 ? 1 : 0);
}

/** Whether there is something new to send and the windows let it; with `held` no message is begun. */
export function isReady(outgoing: Outgoing, held = false): boolean {
	const message = outgoing.waiting[outgoing.head];
	return message !== undefined && !(held && message.sent === 0) && fitsWindow(outgoing, message);
}

/**
 * The next new piece of at most `room` bytes with its header, undefined when none fits or none may go. What fits a packet of
 * `limit` bytes is not cut.
 */
export function nextPiece(outgoing: Outgoing, room: number, limit = PLAINTEXT_LIMIT): Piece | undefined {
	const message = outgoing.waiting[outgoing.head];
	if (message === undefined || !fitsWindow(outgoing, message)) return undefined;
	const {channel} = outgoing;
	const {sequence, data, sent} = message;
	const left = data.length - sent;
	const whole = sent === 0 && WHOLE_OVERHEAD + left <= limit;
	const size = whole ? left : Math.min(left, room - FRAGMENT_OVERHEAD);
	if (whole ? WHOLE_OVERHEAD + left > room : size < Math.min(left, SMALLEST_FRAGMENT)) return undefined;
	outgoing.unacked.set(sequence, message);
	message.sent += size;
	message.pieces++;
	if (message.sent === data.length) removeHead(outgoing);
	const frame: FragmentFrame = {
		kind: 'fragment',
		channel,
		sequence,
		offset: sent,
		total: data.length,
		data: data.subarray(sent, sent + size),
	};
	return {frame, message, acked: false};
}

/** Cuts a piece into as few equal parts as fit packets of `limit` bytes, for ever: an acknowledgement of the piece is one of all. */
export function partsOf(piece: Piece, limit: number): readonly Piece[] {
	if (piece.parts !== undefined) return piece.parts;
	const {frame, message} = piece;
	const {data, offset} = frame;
	const size = Math.ceil(data.length / Math.ceil(data.length / (limit - FRAGMENT_OVERHEAD)));
	const parts: Piece[] = [];
	for (let start = 0; start < data.length; start += size) {
		const part = {...frame, offset: offset + start, data: data.subarray(start, start + size)};
		parts.push({frame: part, message, acked: false});
	}

	message.pieces += parts.length - 1;
	piece.parts = parts;
	return parts;
}

/** Notes that a piece has arrived; the message's sequence when it was the last one missing. */
export function pieceAcked(outgoing: Outgoing, piece: Piece): number | undefined {
	if (piece.acked) return undefined;
	piece.acked = true;
	if (piece.parts !== undefined) {
		return piece.parts.map(part => pieceAcked(outgoing, part)).find(sequence => sequence !== undefined);
	}

	const {message} = piece;
	message.acked += piece.frame.data.length;
	message.pieces--;
	if (message.acked < message.data.length || message.sent < message.data.length || message.pieces > 0) return undefined;
	outgoing.unacked.delete(message.sequence);
	outgoing.queuedBytes -= message.data.length;
	return message.sequence;
}

/** Both windows start at the oldest message that is not wholly acknowledged: the receiver may hold all behind it. */
function fitsWindow({unacked}: Outgoing, message: Message): boolean {
	const [oldest = message] = unacked.values();
	const bytes = message.start + message.data.length - oldest.start;
	return message.sequence - oldest.sequence < MESSAGE_WINDOW && bytes <= BYTE_WINDOW;
}

/** Places are given back many at a time; what was in them is let go of at once. */
function removeHead(outgoing: Outgoing): void {
	outgoing.waiting[outgoing.head] = undefined;
	outgoing.head++;
	if (outgoing.head < 1024 || outgoing.head * 2 < outgoing.waiting.length) return;
	outgoing.waiting = outgoing.waiting.slice(outgoing.head);
	outgoing.head = 0;
}
