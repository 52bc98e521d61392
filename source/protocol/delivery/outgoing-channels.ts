// What goes out next of all channels: talk, which is control and content, before files, and of each what was lost before what is new.
import {type Buffer} from 'node:buffer';
import {CHANNEL, type Channel, frameSize} from '../../wire/messages/msg.ts';
import {FILE_QUEUE_LIMIT, PROBES} from './delivery-limits.ts';
import {
	type Outgoing,
	type Piece,
	begunOf,
	createOutgoing,
	enqueue,
	isReady,
	nextPiece,
	pieceAcked,
} from './outgoing.ts';
import {type Resending, isNextLarge, nextResent} from './resending.ts';
import {type SentPackets} from './sent-packets.ts';

export class OutgoingChannels {
	/** Pieces that went out again. */
	fragmentsResent = 0;
	readonly #channels = {
		[CHANNEL.control]: createOutgoing(CHANNEL.control),
		[CHANNEL.content]: createOutgoing(CHANNEL.content),
		[CHANNEL.files]: createOutgoing(CHANNEL.files, FILE_QUEUE_LIMIT),
	};
	readonly #talkAgain: Resending = [];
	readonly #filesAgain: Resending = [];
	#isContentHeld = false;

	/** The message's sequence, or undefined while the queue of the channel is full. */
	enqueue(channel: Channel, message: Buffer): number | undefined {
		return enqueue(this.#channels[channel], message);
	}

	/** Messages of a channel of which a piece has gone out. */
	begun(channel: Channel): number {
		return begunOf(this.#channels[channel]);
	}

	/** While it is held, no further message of the content channel is begun. */
	holdContent(isHeld: boolean): void {
		this.#isContentHeld = isHeld;
	}

	/** Whether all of control and content has arrived. */
	get isTalkDone(): boolean {
		return isDone(this.#channels[CHANNEL.control]) && isDone(this.#channels[CHANNEL.content]);
	}

	get isFilesDone(): boolean {
		return isDone(this.#channels[CHANNEL.files]);
	}

	/** Whether something waits to go out again. */
	get repeats(): boolean {
		return this.#talkAgain.length + this.#filesAgain.length > 0;
	}

	/** Whether there is anything to send that the windows let out. */
	get isReady(): boolean {
		const {[CHANNEL.control]: control, [CHANNEL.content]: content, [CHANNEL.files]: files} = this.#channels;
		return this.repeats || isReady(control) || isReady(content, this.#isContentHeld) || isReady(files);
	}

	/** Whether what goes out again next does not fit a small packet. */
	get isNextLarge(): boolean {
		return isNextLarge(this.#talkAgain.length > 0 ? this.#talkAgain : this.#filesAgain);
	}

	/** The pieces for a packet of `limit` bytes in which there is `room`. */
	fill(room: number, limit: number): Piece[] {
		const {[CHANNEL.control]: control, [CHANNEL.content]: content, [CHANNEL.files]: files} = this.#channels;
		const pieces: Piece[] = [];
		let left = room;
		/** Adds what there is; whether something was left because it does not fit. */
		const add = (next: () => Piece | 'full' | undefined): boolean => {
			for (;;) {
				const piece = next();
				if (piece === 'full' || piece === undefined) return piece === 'full';
				pieces.push(piece);
				left -= frameSize(piece.frame);
			}
		};

		const isFull = add(() => nextResent(this.#talkAgain, left, limit));
		// A receiver that holds content back does not acknowledge a piece of it, nor what is in one packet with that.
		const isTalkAlone = pieces.some(({frame}) => frame.channel === CHANNEL.content);
		let repeated = pieces.length;
		if (!isFull) {
			add(() => nextPiece(control, left, limit));
			add(() => (isReady(content, this.#isContentHeld) ? nextPiece(content, left, limit) : undefined));
		}

		if (!isFull && !isTalkAlone) {
			const before = pieces.length;
			const isFilled = add(() => nextResent(this.#filesAgain, left, limit));
			repeated += pieces.length - before;
			if (!isFilled) add(() => nextPiece(files, left, limit));
		}

		this.fragmentsResent += repeated;
		return pieces;
	}

	/** Notes that a piece has arrived; the message's sequence when it was the last one missing. */
	acked(piece: Piece): number | undefined {
		return pieceAcked(this.#channels[piece.frame.channel], piece);
	}

	/** Of a lost packet, the pieces that no other packet has brought go out again. */
	lost(pieces: readonly Piece[]): void {
		for (const piece of pieces) {
			if (piece.acked) continue;
			const again = piece.frame.channel === CHANNEL.files ? this.#filesAgain : this.#talkAgain;
			again.push(piece);
		}
	}

	/** A probe carries the oldest data again, so that it repairs what it asks about: talk where there is any. */
	repeatOldest({outstanding}: SentPackets): void {
		if (this.repeats) return;
		const open = [...outstanding.values()]
			.map(({pieces}) => pieces.filter(({acked}) => !acked))
			.filter(pieces => pieces.length > 0);
		const first = [...open.filter(pieces => isTalk(pieces)), ...open.filter(pieces => !isTalk(pieces))];
		for (const pieces of first.slice(0, PROBES)) this.lost(pieces);
	}
}

function isTalk(pieces: readonly Piece[]): boolean {
	return pieces.some(({frame}) => frame.channel !== CHANNEL.files);
}

function isDone({queuedBytes, unacked}: Outgoing): boolean {
	return queuedBytes === 0 && unacked.size === 0;
}
