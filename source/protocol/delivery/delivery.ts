// Reliable, ordered delivery over packets that may be lost, doubled and reordered, after RFC 9002. Pure: the caller seals
// and sends what `nextPacket` yields, and hands in what has opened. Times in ms.
import {type Buffer} from 'node:buffer';
import {
	type AckFrame,
	CHANNEL,
	type Channel,
	type CloseFrame,
	PLAINTEXT_LIMIT,
	type PathFrame,
	type PingFrame,
	type TransportFrame,
	frameSize,
} from '../../wire/messages/msg.ts';
import {ackDueAt, createAcks, noteReceived, takeAcks} from './acks.ts';
import {hasRoom, pacedUntil, windowFull, windowUnused} from './congestion.ts';
import {createHolding, endHolding, withhold, withholds} from './holding.ts';
import {createIncoming, openedOf, release, takeFragment} from './incoming.ts';
import {OutgoingChannels} from './outgoing-channels.ts';
import {
	COUNTER_LIMIT,
	COUNTER_WINDOW,
	MAX_ACK_DELAY,
	PING_EVERY,
	PROBES,
	QUEUED_FRAMES,
	SPARING_ACKS,
	SPARING_LEAD,
} from './delivery-limits.ts';
import {type Piece} from './outgoing.ts';
import {packetRoom} from './packet-size.ts';
import {createRecovery, detectLost, takeAck, track} from './recovery.ts';
import {countPacket, counterLead} from './sent-packets.ts';
import {beginProbes, createTimeouts, deadAt, noteAcked, noteEliciting, probeAt, unansweredAt} from './timeouts.ts';

/** A packet to seal and send at once; then tell `sent`. */
export type OutgoingPacket = {
	readonly frames: readonly TransportFrame[];
	readonly eliciting: boolean;
	readonly pieces: readonly Piece[];
};

export type DeliveredMessage = {readonly channel: Channel; readonly sequence: number; readonly data: Buffer};

export type Received = {
	/** Whole, once, in the order of their channel. */
	readonly messages: readonly DeliveredMessage[];
	/** Own messages of which the peer's transport has every byte. */
	readonly acked: ReadonlyArray<{readonly channel: Channel; readonly sequence: number}>;
	/** Path and close frames, for the caller. */
	readonly others: readonly TransportFrame[];
	/** No honest peer sends this: end the session. */
	readonly violation: boolean;
};

export type DeliveryStats = {
	readonly rtt: number;
	readonly rttSamples: number;
	readonly window: number;
	readonly packetsSent: number;
	readonly packetsLost: number;
	readonly fragmentsResent: number;
	readonly probes: number;
	/** The path has lost large packets alone: small ones go out. */
	readonly isSmall: boolean;
};

const nothing: Received = {messages: [], acked: [], others: [], violation: true};

export class Delivery {
	readonly #recovery;
	readonly #acks = createAcks();
	readonly #outgoing = new OutgoingChannels();
	readonly #incoming = {
		[CHANNEL.control]: createIncoming(),
		[CHANNEL.content]: createIncoming(),
		[CHANNEL.files]: createIncoming(),
	};
	readonly #timeouts = createTimeouts();
	readonly #holding = createHolding();
	/** Frames to go out with the next packets, at most QUEUED_FRAMES. */
	#queued: Array<PingFrame | PathFrame | CloseFrame> = [];
	#pingedAt = 0;
	#stats = {packetsSent: 0, packetsLost: 0, probes: 0};

	/** `full` is the largest plaintext of a packet, bytes: one of PADDED_SIZES and no less than SMALL_PLAINTEXT. */
	constructor(full = PLAINTEXT_LIMIT) {
		this.#recovery = createRecovery(full);
	}

	/** Probe timeouts in a row: nothing has been acknowledged since. */
	get timeouts(): number {
		return this.#timeouts.probeCount;
	}

	/** When the path is in question, with nothing acknowledged until then; undefined while nothing is outstanding. */
	get unansweredAt(): number | undefined {
		return unansweredAt(this.#timeouts, this.#recovery.rtt);
	}

	get stats(): DeliveryStats {
		const {smoothed, samples} = this.#recovery.rtt;
		const {congestion, sizes} = this.#recovery;
		const isSmall = sizes.retryAt !== undefined;
		const {fragmentsResent} = this.#outgoing;
		return {...this.#stats, fragmentsResent, rtt: smoothed, rttSamples: samples, window: congestion.window, isSmall};
	}

	/** Messages of a channel, both directions together, of which a piece has gone out or has come. */
	begun(channel: Channel): number {
		return this.#outgoing.begun(channel) + openedOf(this.#incoming[channel]);
	}

	/** While it is held, no further message of the content channel is begun. */
	holdContent(held: boolean): void {
		this.#outgoing.holdContent(held);
	}

	/** Nothing is queued or waits for an acknowledgement, whatever files are on their way. */
	get idle(): boolean {
		const {isTalkDone, isFilesDone} = this.#outgoing;
		return isTalkDone && (!isFilesDone || this.#recovery.packets.outstanding.size === 0);
	}

	/** Takes a message of up to 64 KiB; its sequence in the channel, or undefined while its queue is full. */
	enqueue(channel: Channel, message: Buffer): number | undefined {
		return this.#outgoing.enqueue(channel, message);
	}

	/** A ping, path or close frame for the next packet; forgotten, as if lost, while too many wait. */
	queueFrame(frame: PingFrame | PathFrame | CloseFrame): void {
		if (this.#queued.length < QUEUED_FRAMES) this.#queued.push(frame);
	}

	/** The next packet that may go out now, or undefined. Call until it says so, sealing and sending each. */
	nextPacket(now: number): OutgoingPacket | undefined {
		const {probesDue} = this.#timeouts;
		const probing = probesDue > 0;
		const lead = counterLead(this.#recovery.packets);
		if (lead >= COUNTER_LIMIT) return undefined;
		const {congestion, rtt} = this.#recovery;
		const isOpen = lead < COUNTER_WINDOW && hasRoom(congestion);
		if (!isOpen) windowFull(congestion);
		const mayData = probing || (isOpen && pacedUntil(congestion, rtt.smoothed, now) <= now);
		const due = ackDueAt(this.#acks);
		const limit = packetRoom(this.#recovery.sizes, now);
		// A second probe that is small comes where a large one does not, and tells one loss from the other.
		const {isReady} = this.#outgoing;
		const small = probing && probesDue < PROBES && this.#outgoing.isNextLarge;
		if (mayData && !probing && !isReady) windowUnused(congestion);
		const hasData = !small && mayData && isReady;
		if (!hasData && !probing && this.#queued.length === 0 && (due === undefined || due > now)) return undefined;

		const frames: TransportFrame[] = takeAcks(this.#acks, now);
		let room = limit - frames.reduce((sum, frame) => sum + frameSize(frame), 0);
		const queued: TransportFrame[] = [];
		for (let frame = this.#queued[0]; frame !== undefined && frameSize(frame) <= room; frame = this.#queued[0]) {
			queued.push(frame);
			this.#queued.shift();
			room -= frameSize(frame);
		}

		const pieces = hasData ? this.#outgoing.fill(room, limit) : [];
		frames.push(...queued, ...pieces.map(({frame}) => frame));

		const asks = probing || (lead >= PING_EVERY && this.#recovery.packets.nextOrder - this.#pingedAt >= PING_EVERY);
		if (pieces.length === 0 && asks && !queued.some(elicits)) frames.push({kind: 'ping'});
		if (frames.length === 0) return undefined;
		const eliciting = frames.some(elicits);
		if (eliciting) this.#pingedAt = this.#recovery.packets.nextOrder;
		if (probing) this.#timeouts.probesDue--;
		return {frames, eliciting, pieces};
	}

	/** Tells which epoch and counter the packet was sealed under, and the datagram's size in bytes. */
	sent({frames, eliciting, pieces}: OutgoingPacket, epoch: number, counter: number, size: number, now: number): void {
		this.#stats.packetsSent++;
		const order = countPacket(this.#recovery.packets, epoch, counter);
		if (!eliciting) return;
		const kept = frames.flatMap(frame => (frame.kind === 'path-challenge' ? [frame] : []));
		track(this.#recovery, {order, epoch, counter, size, sentAt: now, pieces, frames: kept});
		noteEliciting(this.#timeouts, now);
	}

	/** From here on no content is released: see holding.ts. */
	hold(): void {
		this.#holding.isHolding = true;
	}

	/** Content is released again; returns what is whole. */
	resume(now: number): readonly DeliveredMessage[] {
		for (const packet of endHolding(this.#holding)) noteReceived(this.#acks, packet, true, now, this.#ackPause);
		return this.#release(CHANNEL.content);
	}

	/** Takes the frames of a packet that has opened. */
	received(epoch: number, counter: number, frames: readonly TransportFrame[], now: number): Received {
		const touched = new Set<Channel>();
		const acked: Array<{channel: Channel; sequence: number}> = [];
		const others: TransportFrame[] = [];
		for (const frame of frames) {
			if (frame.kind === 'ack') {
				if (!this.#takeAck(frame, acked, now)) return nothing;
			} else if (frame.kind === 'fragment') {
				if (!takeFragment(this.#incoming[frame.channel], frame)) return nothing;
				touched.add(frame.channel);
			} else if (frame.kind !== 'ping') {
				others.push(frame);
			}
		}

		if (withholds(this.#holding, frames, this.#incoming[CHANNEL.content])) withhold(this.#holding, epoch, counter);
		else noteReceived(this.#acks, {epoch, counter}, frames.some(elicits), now, this.#ackPause);

		// Once all ACKs are in: one for a newer epoch must not make those of the older one seem lost.
		if (frames.some(({kind}) => kind === 'ack')) this.#detectLoss(now);
		this.#timeouts.silentSince = this.#recovery.packets.outstanding.size > 0 ? now : undefined;
		const messages = [...touched].flatMap(channel => this.#release(channel));
		return {messages, acked, others, violation: false};
	}

	/** When `tick` and `nextPacket` are next worth a call; undefined while only the peer or the caller can cause anything. */
	deadline(now: number): number | undefined {
		const lead = counterLead(this.#recovery.packets);
		const open = this.#outgoing.isReady && lead < COUNTER_WINDOW && hasRoom(this.#recovery.congestion);
		// Out of counters nothing goes out, however long it is due.
		const mute = lead >= COUNTER_LIMIT;
		const times = [
			mute ? undefined : ackDueAt(this.#acks),
			this.#recovery.packets.lossAt,
			this.#probeAt(),
			!mute && (this.#queued.length > 0 || this.#timeouts.probesDue > 0) ? now : undefined,
			open ? pacedUntil(this.#recovery.congestion, this.#recovery.rtt.smoothed, now) : undefined,
			deadAt(this.#timeouts),
		].filter(time => time !== undefined);
		return times.length === 0 ? undefined : Math.min(...times);
	}

	/** Runs the timers that are due. 'dead': nothing was heard for too long, or the counters have run out. */
	tick(now: number): 'alive' | 'dead' {
		const diesAt = deadAt(this.#timeouts);
		if (diesAt !== undefined && diesAt <= now) return 'dead';
		if (this.#recovery.packets.lossAt !== undefined && this.#recovery.packets.lossAt <= now) {
			this.#detectLoss(now);
			return 'alive';
		}

		const probesAt = this.#probeAt();
		if (probesAt === undefined || probesAt > now) return 'alive';
		if (counterLead(this.#recovery.packets) >= COUNTER_LIMIT) return 'dead';
		beginProbes(this.#timeouts, now);
		this.#stats.probes++;
		this.#outgoing.repeatOldest(this.#recovery.packets);
		return 'alive';
	}

	#release(channel: Channel): DeliveredMessage[] {
		if (channel === CHANNEL.content && this.#holding.isHolding) return [];
		return release(this.#incoming[channel]).map(message => ({channel, ...message}));
	}

	/** How long an acknowledgement waits that would go at once: of many none may be the one that uses up the last counter. */
	get #ackPause(): number {
		const {packets, rtt} = this.#recovery;
		return counterLead(packets) < SPARING_LEAD ? 0 : Math.min(rtt.smoothed / SPARING_ACKS, MAX_ACK_DELAY);
	}

	#probeAt(): number | undefined {
		const {outstanding, lossAt} = this.#recovery.packets;
		return outstanding.size === 0 || lossAt !== undefined ? undefined : probeAt(this.#timeouts, this.#recovery.rtt);
	}

	#takeAck(frame: AckFrame, ackedMessages: Array<{channel: Channel; sequence: number}>, now: number): boolean {
		const come = takeAck(this.#recovery, frame, now);
		if (come === 'violation') return false;
		if (come.length === 0) return true;
		for (const {pieces} of come) {
			for (const piece of pieces) {
				const sequence = this.#outgoing.acked(piece);
				if (sequence !== undefined) ackedMessages.push({channel: piece.frame.channel, sequence});
			}
		}

		noteAcked(this.#timeouts, this.#recovery.packets.outstanding.size > 0, now);
		return true;
	}

	#detectLoss(now: number): void {
		const lost = detectLost(this.#recovery, now);
		if (lost.length === 0) return;
		this.#stats.packetsLost += lost.length;
		for (const {pieces, frames} of lost) {
			for (const frame of frames) this.queueFrame(frame);
			this.#outgoing.lost(pieces);
		}

		// A ping that is lost is not missed: nobody waits for an answer any more.
		if (this.#recovery.packets.outstanding.size > 0 || this.#outgoing.repeats) return;
		this.#timeouts.silentSince = undefined;
		this.#timeouts.unackedSince = undefined;
	}
}

/** Whether a frame asks for an acknowledgement (RFC 9002 §2). */
function elicits({kind}: TransportFrame): boolean {
	return kind === 'fragment' || kind === 'ping' || kind === 'path-challenge' || kind === 'path-response';
}
