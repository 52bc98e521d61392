// All peers, over one UDP socket: hands each datagram to the session or try that its index names, answers INITs, has what came written
// down before it is acknowledged, and keeps one timer for all.
import {type Buffer} from 'node:buffer';
import {type TicketKey, redeemTicket} from '../protocol/introduce/ticket.ts';
import {type Established, type Local} from '../protocol/session/established.ts';
import {
	type PeerPin,
	type Responder,
	type Responding,
	consumeFin,
	consumeInit,
	createResponder,
	wipeResponder,
	wipeResponding,
} from '../protocol/session/responder.ts';
import {type Entropy} from '../protocol/entropy.ts';
import {type Address} from '../wire/address.ts';
import {DATAGRAM, datagramType} from '../wire/datagram.ts';
import {type KeptContent} from '../content/content.ts';
import {SUITES, VERSION} from '../wire/suite.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type OwnEntry} from './history/history.ts';
import {type Trace} from '../os/trace.ts';
import {Attempt} from '../channel/attempt.ts';
import {Intake} from './intake.ts';
import {Peer} from './peer.ts';
import {type Introduced} from '../channel/session-opener.ts';
import {Transport} from '../channel/session-transport.ts';

/** A RESP waits this long for its FIN, ms. */
const RESPONDING_MS = 30_000;
/** RESPs that wait for a FIN; the oldest goes first. */
const RESPONDING_LIMIT = 256;
/** No timer runs longer: the elapsed clock stands still while a machine sleeps. */
const LONGEST_TIMER = 60_000;

export type PeersPorts = {
	readonly local: Local;
	readonly clock: LocalClock;
	readonly entropy: Entropy;
	/** Server time, ms. */
	readonly serverTime: () => number;
	readonly transmit: (datagram: Buffer, to: Address) => void;
	readonly introduce: (name: string) => Promise<Introduced>;
	/** 'refuse' for who is blocked. */
	readonly pin: PeerPin;
	/** What this client speaks, strongest first. */
	readonly suites?: readonly number[];
	/** Pins the identity key of a first contact, on the disk; false when the session must not stand. */
	readonly meet: (established: Established) => boolean;
	readonly onIdentityChanged: (name: string, identityKey: Buffer) => void;
	/** Writes down what came, all at once. Throws when the disk refuses: nothing is acknowledged then. */
	readonly record: (arrived: ReadonlyArray<{readonly peer: string; readonly content: KeptContent}>) => void;
	/** Whether this is somebody who was not accepted. */
	readonly isStranger: (name: string) => boolean;
	/** Why we are away, as far as somebody is to know; '' when we are not, undefined when they are not to know. */
	readonly away: (name: string) => string | undefined;
	readonly onDelivered: (peer: string, ids: readonly string[]) => void;
	readonly onRefused: (peer: string, ids: readonly string[]) => void;
	readonly onMoved: (peer: string, ids: readonly string[], state: 'queued' | 'sent') => void;
	readonly trace: Trace;
	/** The path or the outbox of somebody may have changed; at most once a turn of the event loop. */
	readonly onChange: (peer: Peer) => void;
};

/** A RESP that was sent and waits for its FIN. */
type Unanswered = {readonly kind: 'unanswered'; readonly state: Responding; readonly until: number};

export class Peers {
	readonly #ports: PeersPorts;
	readonly #responder: Responder;
	#ticketKey: TicketKey | undefined;
	/** By name; one for each person met or written to. */
	readonly #peers = new Map<string, Peer>();
	/** By our index: who waits for datagrams that name it. One entry for each session, try and unanswered RESP. */
	readonly #listeners = new Map<number, Attempt | Transport | Unanswered>();
	/** What came and is not written down yet. */
	readonly #intake: Intake;
	/** Whoever has changed since the last turn. */
	readonly #touched = new Set<Peer>();
	#turn: NodeJS.Immediate | undefined;
	#timer: NodeJS.Timeout | undefined;
	#closed = false;

	constructor(ports: PeersPorts) {
		this.#ports = ports;
		this.#intake = new Intake(ports.isStranger, ports.clock.elapsed);
		this.#responder = createResponder({
			local: ports.local,
			tickets: {
				knows: id => this.#ticketKey?.id.equals(id) ?? false,
				redeem: (ticket, now) => redeemTicket(ticket, this.#ticketKey === undefined ? [] : [this.#ticketKey], now),
			},
			entropy: ports.entropy,
			newIndex: () => this.#newIndex(),
			suites: ports.suites ?? SUITES,
			now: ports.serverTime(),
		});
	}

	/** The key that tickets for this user open with, undefined while there is no login. */
	set ticketKey(key: TicketKey | undefined) {
		this.#ticketKey = key;
	}

	peer(name: string): Peer {
		const known = this.#peers.get(name);
		if (known !== undefined) return known;
		const {
			onIdentityChanged,
			onDelivered,
			onRefused,
			onMoved,
			onChange: _,
			pin,
			suites = SUITES,
			...ports
		} = this.#ports;
		const peer: Peer = new Peer(name, {
			...ports,
			pin: each => {
				const pinned = pin(each);
				return pinned === 'refuse' ? undefined : pinned;
			},
			suites,
			onIdentityChanged,
			listen: (index, listener) => {
				if (listener === undefined) this.#listeners.delete(index);
				else this.#listeners.set(index, listener);
			},
			newIndex: () => this.#newIndex(),
			onStored: (from, stored) => {
				this.#intake.put(from, stored);
				from.hold(this.#intake.isFull(from));
				this.#schedule(from);
			},
			onDelivered: ({name: from}, ids) => onDelivered(from, ids),
			onRefused: ({name: from}, ids) => onRefused(from, ids),
			onMoved: ({name: of}, ids, state) => onMoved(of, ids, state),
			onWork: each => this.#schedule(each),
		});
		this.#peers.set(name, peer);
		return peer;
	}

	/** Takes any datagram but BOUND. */
	receive(datagram: Buffer, from: Address): void {
		const type = this.#closed ? undefined : datagramType(datagram, VERSION);
		if (type === DATAGRAM.init) {
			void this.#answer(datagram, from);
			return;
		}

		const index = datagram.length < 6 ? undefined : datagram.readUInt32BE(2);
		const listener = index === undefined ? undefined : this.#listeners.get(index);
		if (index === undefined || listener === undefined) {
			this.#ports.trace.note('datagram', type === undefined ? 'malformed' : 'index');
			return;
		}

		if (listener instanceof Attempt) listener.receive(datagram, from);
		else if (listener instanceof Transport) this.#toTransport(listener, type, datagram, from);
		else if (type === DATAGRAM.fin) this.#admit(index, listener, datagram, from);
	}

	/** Sends what waits to be acknowledged, then leaves every session and wipes every key. */
	close(): void {
		if (this.#closed) return;
		this.#runTurn();
		this.#closed = true;
		clearImmediate(this.#turn);
		clearTimeout(this.#timer);
		for (const peer of this.#peers.values()) peer.leave();
		for (const listener of this.#listeners.values()) if ('kind' in listener) wipeResponding(listener.state);
		this.#listeners.clear();
		wipeResponder(this.#responder);
		this.#ticketKey = undefined;
	}

	/** Hands over entries that are on the disk. */
	queue(name: string, entries: readonly OwnEntry[]): void {
		this.peer(name).queue(entries);
	}

	/** Tells everybody with a session whether we are away. */
	tellAway(): void {
		for (const peer of this.#peers.values()) peer.tellAway();
	}

	#toTransport(transport: Transport, type: number | undefined, datagram: Buffer, from: Address): void {
		if (type === DATAGRAM.msg) transport.receive(datagram, from);
		else if (type === DATAGRAM.resp) transport.repeatFin();
	}

	async #answer(datagram: Buffer, from: Address): Promise<void> {
		const step = await consumeInit(this.#responder, datagram, from, this.#ports.serverTime(), this.#ports.pin);
		if (this.#closed) {
			if ('state' in step) wipeResponding(step.state);
			return;
		}

		if ('drop' in step) {
			this.#ports.trace.note('handshake', step.drop);
			if ('claimed' in step) this.#ports.onIdentityChanged(step.claimed.name, step.claimed.identityKey);
			else if ('from' in step) this.#peers.get(step.from)?.downgraded();
			return;
		}

		this.#ports.transmit(step.datagram, from);
		if (step.kind !== 'resp') return;
		const response: Unanswered = {
			kind: 'unanswered',
			state: step.state,
			until: this.#ports.clock.elapsed() + RESPONDING_MS,
		};
		this.#dropUnanswered();
		this.#listeners.set(step.state.localIndex, response);
	}

	#admit(index: number, {state}: Unanswered, datagram: Buffer, from: Address): void {
		const step = consumeFin(state, datagram);
		if ('drop' in step) {
			this.#ports.trace.note('handshake', step.drop);
			return;
		}

		this.#listeners.delete(index);
		wipeResponding(state);
		this.peer(state.peer.name).establish(step.established, from, undefined);
	}

	/** Forgets RESPs that nobody took up, and the oldest when there are too many. */
	#dropUnanswered(): void {
		const now = this.#ports.clock.elapsed();
		const unanswered = [...this.#listeners].filter((entry): entry is [number, Unanswered] => 'kind' in entry[1]);
		for (const [position, [index, {state, until}]] of unanswered.entries()) {
			if (until > now && unanswered.length - position < RESPONDING_LIMIT) continue;
			this.#listeners.delete(index);
			wipeResponding(state);
		}
	}

	#newIndex(): number {
		for (;;) {
			const index = this.#ports.entropy.random(4).readUInt32BE(0);
			if (!this.#listeners.has(index)) return index;
		}
	}

	/** Runs once this turn's datagrams and messages are all in: what was queued together travels together. */
	#schedule(peer: Peer): void {
		if (this.#closed) return;
		this.#touched.add(peer);
		this.#turn ??= setImmediate(() => this.#runTurn());
	}

	#runTurn(): void {
		this.#record();
		let next = this.#intake.dueAt;
		const touched = new Set(this.#touched);
		this.#touched.clear();
		for (const peer of this.#peers.values()) {
			if (!peer.active && !touched.has(peer)) continue;
			next = Math.min(next, peer.run());
			this.#ports.onChange(peer);
		}

		clearImmediate(this.#turn);
		this.#turn = undefined;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (next === Number.POSITIVE_INFINITY || this.#closed) return;
		if (this.#intake.dueAt <= this.#ports.clock.elapsed()) {
			// Between two steps on the disk everything else has its turn.
			this.#turn = setImmediate(() => this.#runTurn());
			return;
		}

		const pause = Math.min(Math.max(next - this.#ports.clock.elapsed(), 1), LONGEST_TIMER);
		this.#timer = setTimeout(() => this.#runTurn(), pause);
	}

	/** On the disk first, then acknowledged. */
	#record(): void {
		const taken = this.#intake.take();
		for (const peer of new Set(taken.map(({peer: from}) => from))) peer.hold(this.#intake.isFull(peer));
		const arrived = taken.filter(({peer}) => !peer.isDeaf);
		if (arrived.length === 0) return;
		try {
			this.#ports.record(arrived.map(({peer, content}) => ({peer: peer.name, content})));
		} catch (error) {
			this.#ports.trace.caught('disk', 'messages', error);
			// Nothing is acknowledged: the senders keep what they sent, and try again in a session of its own.
			for (const peer of new Set(arrived.map(({peer: from}) => from))) {
				this.#intake.drop(peer);
				peer.drop();
				peer.hold(false);
			}

			return;
		}

		for (const {peer, content} of arrived) peer.acknowledge([content.id]);
	}
}
