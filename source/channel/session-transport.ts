// One established session over UDP: seals and sends what is queued on the best of its paths, opens what comes, rekeys in time, and ends
// once, with a reason.
import {Buffer} from 'node:buffer';
import {Delivery, type DeliveredMessage, type OutgoingPacket} from '../protocol/delivery/delivery.ts';
import {USUAL_SILENCE_MS} from '../protocol/path/path-limits.ts';
import {type PathPair} from '../protocol/path/probe-run.ts';
import {type PathChallenge} from '../protocol/path/session-paths.ts';
import {deviceIdOf} from '../protocol/devices/device-log.ts';
import {type Established} from '../protocol/session/established.ts';
import {type OwnPlace} from '../protocol/path/told-addresses.ts';
import {needsRekey} from '../protocol/session/rekey.ts';
import {type Repeats, nextRepeat, startRepeats} from '../protocol/session/repeat.ts';
import {
	type Session,
	createSession,
	expireKeys,
	holdsContent,
	isSpent,
	openMsg,
	overdueAt,
	sealMsg,
	wipeSession,
} from '../protocol/session/session.ts';
import {type Address} from '../wire/address.ts';
import {CHANNEL, type Channel, type TransportFrame, decodeFrames, encodeFrames} from '../wire/messages/msg.ts';
import {SessionControl} from './session-control.ts';
import {SessionUse} from './session-use.ts';
import {type PathDoubt, TransportPaths} from './transport-paths.ts';
import {type EndReason, type TransportPorts} from './transport-ports.ts';

/** CLOSE: left, and nothing more will be read. */
const CLOSE_LEFT = 0;

export class Transport {
	readonly session: Session;
	/** The device that it is with: the first 8 bytes of H(device key). */
	readonly peerId: Buffer;
	readonly #delivery: Delivery;
	readonly #ports: TransportPorts;
	readonly establishedAt: number;
	readonly #paths: TransportPaths;
	readonly #control: SessionControl;
	/** FIN and its repeats, until a datagram of the peer has opened. */
	#fin: {readonly datagram: Buffer; readonly repeats: Repeats} | undefined;
	#sentAt: number;
	readonly #use: SessionUse;
	#ended = false;

	/** `fin` is the initiator's; the responder has none. */
	constructor(established: Established, pair: PathPair, fin: Buffer | undefined, ports: TransportPorts) {
		const now = ports.elapsed();
		this.#ports = ports;
		this.#delivery = new Delivery(ports.full);
		this.session = createSession(established, now);
		this.peerId = deviceIdOf(established.peer.identityKey);
		this.#paths = new TransportPaths(pair, ports.entropy.random, ports.elapsed);
		this.#control = new SessionControl(this.session, {
			...ports,
			say: message => this.#delivery.enqueue(CHANNEL.control, message),
			ping: () => this.#delivery.queueFrame({kind: 'ping'}),
			onTold: message => this.#paths.told(message),
		});
		this.establishedAt = now;
		this.#sentAt = now;
		this.#use = new SessionUse(this.session, now);
		if (fin !== undefined) {
			this.#fin = {datagram: fin, repeats: startRepeats(now)};
			this.#sendFin(now);
		}

		// Both sides learn the round-trip time, and the initiator that FIN has arrived.
		this.#delivery.queueFrame({kind: 'ping'});
	}

	get ended(): boolean {
		return this.#ended;
	}

	get address(): Address {
		return this.#paths.current.address;
	}

	get doubt(): PathDoubt {
		return this.#paths.doubt;
	}

	get sockets(): readonly number[] {
		return this.#paths.sockets;
	}

	/** Smoothed, ms; undefined before the first sample. */
	get rtt(): number | undefined {
		const {rtt, rttSamples} = this.#delivery.stats;
		return rttSamples === 0 ? undefined : rtt;
	}

	get stats(): Delivery['stats'] {
		return this.#delivery.stats;
	}

	/** All that was said has arrived, whatever files are on their way. */
	get idle(): boolean {
		return this.#delivery.idle;
	}

	/** Queues one content message of up to 64 KiB for the next pump; false while the queue is full. */
	enqueue(content: Buffer): boolean {
		return this.#enqueue(CHANNEL.content, content);
	}

	/** The same for a message of files, which goes out where nothing else does. */
	enqueueFile(message: Buffer): boolean {
		return this.#enqueue(CHANNEL.files, message);
	}

	#enqueue(channel: Channel, message: Buffer): boolean {
		if (this.#ended || this.#delivery.enqueue(channel, message) === undefined) return false;
		this.#use.note(this.#ports.elapsed());
		return true;
	}

	/** Takes a MSG. What does not open is dropped in silence. */
	receive(datagram: Buffer, from: PathPair): void {
		const now = this.#ports.elapsed();
		const opened = openMsg(this.session, datagram, now);
		if ('drop' in opened) {
			this.#ports.onDrop?.(opened.drop);
			return;
		}

		this.#fin = undefined;
		const frames = decodeFrames(opened.plaintext);
		if (frames === undefined) {
			this.#end('violation');
			return;
		}

		const {messages, others, violation} = this.#delivery.received(opened.epoch, opened.counter, frames, now);
		if (violation) {
			this.#end('violation');
			return;
		}

		this.#count(now);
		if (now >= overdueAt(this.session)) {
			this.close('overdue');
			return;
		}

		this.#takeFrames(others, from, now);
		if (this.#ended) return;
		this.#challenge(this.#paths.heard(from, this.#delivery));
		this.#takeMessages(messages, now);
		this.#ports.onWork();
	}

	/** Takes no content until `resume`: it stays in the windows of delivery, and holds up its sender. */
	hold(): void {
		this.#delivery.hold();
	}

	resume(): void {
		if (this.#ended) return;
		const now = this.#ports.elapsed();
		this.#takeMessages(this.#delivery.resume(now), now);
		this.#ports.onWork();
	}

	#takeMessages(messages: readonly DeliveredMessage[], now: number): void {
		const content: Buffer[] = [];
		const files: Buffer[] = [];
		for (const {channel, data} of messages) {
			if (channel === CHANNEL.control) void this.#control.take(data);
			else if (channel === CHANNEL.content) content.push(data);
			else files.push(data);
		}

		if (content.length + files.length > 0) this.#use.note(now);
		if (content.length > 0) this.#ports.onContent(content);
		if (files.length > 0 && !this.#ended) this.#ports.onFiles(files);
	}

	/** A pair that was proven by other means: it is challenged, and taken when that comes back. */
	offer(pair: PathPair): void {
		this.#challenge(this.#paths.offered(pair));
		this.#ports.onWork();
	}

	/** Where we are, for a peer that may know and be met there; undefined for any other. */
	place(own: OwnPlace | undefined): void {
		if (this.#ended) return;
		this.#control.tell(own?.addresses ?? []);
		this.#challenge(this.#paths.place(own));
	}

	/** Asks whether the peer is there, and its paths still lead to it, which also tells the peer where we are now. */
	ask(): void {
		this.#challenge(this.#paths.moved());
		this.#delivery.queueFrame({kind: 'ping'});
		this.#ports.onWork();
	}

	/** A socket of ours is closed. */
	forget(socket: number): void {
		this.#paths.forget(socket);
	}

	/** RESP came again: FIN was lost. */
	repeatFin(): void {
		if (this.#fin !== undefined) this.#transmit(this.#fin.datagram, this.#paths.current);
	}

	/** Runs what is due and sends what may go out now. */
	pump(): void {
		if (this.#ended) return;
		const now = this.#ports.elapsed();
		expireKeys(this.session, now);
		if (now >= this.#use.endsAt || isSpent(this.session, now)) {
			this.close('spent');
			return;
		}

		if (now >= overdueAt(this.session)) {
			this.close('overdue');
			return;
		}

		const deadline = this.#delivery.deadline(now);
		if (deadline !== undefined && deadline <= now && this.#delivery.tick(now) === 'dead') {
			this.#end('dead');
			return;
		}

		this.#challenge(this.#paths.due(this.#delivery, this.#use.flows(now)));
		this.#sendFin(now);
		if (this.#ended) return;
		if (needsRekey(this.session, now)) void this.#control.beginRekey();
		if (now - this.#sentAt >= this.#silenceMs(now)) {
			this.#delivery.queueFrame({kind: 'ping'});
			this.#sentAt = now;
		}

		this.#sendAll(now);
	}

	/** When `pump` is next due. */
	deadline(): number {
		const {rekeyDueAt, rekey, heard, role} = this.session;
		const now = this.#ports.elapsed();
		const beginsRekey = role === 'initiator' && heard && rekey === undefined;
		return Math.min(
			this.#delivery.deadline(now) ?? Number.POSITIVE_INFINITY,
			this.#fin?.repeats.dueAt ?? Number.POSITIVE_INFINITY,
			beginsRekey ? rekeyDueAt : Number.POSITIVE_INFINITY,
			overdueAt(this.session),
			this.#sentAt + this.#silenceMs(now),
			this.#paths.deadline(this.#delivery, this.#use.flows(now)),
			this.#use.endsAt,
		);
	}

	/** Tells the peer, wipes every key, ends. */
	close(reason: EndReason = 'left'): void {
		if (this.#ended) return;
		const frames: TransportFrame[] = [{kind: 'close', reason: CLOSE_LEFT}];
		this.#send({frames, eliciting: false, pieces: []}, this.#paths.current, this.#ports.elapsed());
		this.#end(reason);
	}

	#end(reason: EndReason): void {
		if (this.#ended) return;
		this.#ended = true;
		wipeSession(this.session);
		this.#ports.onEnd(reason);
	}

	#sendAll(now: number): void {
		for (;;) {
			this.#delivery.holdContent(holdsContent(this.session));
			const packet = this.#delivery.nextPacket(now);
			if (packet === undefined) return;
			this.#count(now);
			this.#send(packet, this.#paths.current, now, this.#paths.second);
		}
	}

	#count(now: number): void {
		this.#use.count(this.#delivery.begun(CHANNEL.content), this.#delivery.begun(CHANNEL.files), now);
	}

	#silenceMs(now: number): number {
		const usual = this.#ports.silenceMs?.() ?? USUAL_SILENCE_MS;
		return this.#use.silenceMs(usual, this.#delivery.unansweredAt !== undefined, now);
	}

	#challenge(challenges: readonly PathChallenge[]): void {
		for (const {to, token} of this.#ended ? [] : challenges)
			this.#send({frames: [{kind: 'path-challenge', token}], eliciting: false, pieces: []}, to, this.#ports.elapsed());
	}

	/** On the second path too, where there is one: whichever comes second is a copy to the peer. */
	#send(packet: OutgoingPacket, to: PathPair, now: number, second?: PathPair): void {
		const sealed = sealMsg(this.session, encodeFrames(packet.frames), this.#ports.entropy.random);
		this.#delivery.sent(packet, sealed.epoch, sealed.counter, sealed.datagram.length, now);
		this.#sentAt = now;
		this.#transmit(sealed.datagram, to);
		if (second !== undefined) this.#transmit(sealed.datagram, second);
	}

	#transmit(datagram: Buffer, {address, socket}: PathPair): void {
		this.#ports.transmit(datagram, address, socket);
	}

	/** Sends FIN when it is due; after the last time the peer counts as dead. */
	#sendFin(now: number): void {
		if (this.#fin === undefined) return;
		const {datagram} = this.#fin;
		const repeats = nextRepeat(this.#fin.repeats, now);
		if (repeats === 'waiting') return;
		if (repeats === 'over') {
			this.#end('dead');
			return;
		}

		this.#fin = {datagram, repeats};
		this.#transmit(datagram, this.#paths.current);
	}

	#takeFrames(frames: readonly TransportFrame[], from: PathPair, now: number): void {
		let answered = false;
		for (const frame of frames) {
			if (frame.kind === 'close') {
				this.#end('closed');
				return;
			}

			// One answer a datagram: a peer must not make us talk to an address that has proven nothing.
			if (frame.kind === 'path-challenge' && !answered) {
				answered = true;
				const answer: TransportFrame[] = [{kind: 'path-response', token: Buffer.from(frame.token)}];
				this.#send({frames: answer, eliciting: false, pieces: []}, from, now);
			} else if (frame.kind === 'path-response') {
				this.#paths.answered(frame.token);
			}
		}
	}
}
