// Answers whoever opens a session with us: RESP to an INIT, then a session once its FIN has come.
import {type Buffer} from 'node:buffer';
import {type Entropy} from '../protocol/entropy.ts';
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
import {type PathPair} from '../protocol/path/probe-run.ts';
import {type Address} from '../wire/address.ts';
import {DATAGRAM} from '../wire/datagram.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type Trace} from '../os/trace.ts';
import {type Listeners} from './listeners.ts';

/** A RESP waits this long for its FIN, ms. */
const RESPONDING_MS = 30_000;
/** RESPs that wait for a FIN; the oldest goes first. */
const RESPONDING_LIMIT = 256;

export type SessionAnswererPorts = {
	readonly local: Local;
	readonly clock: LocalClock;
	readonly entropy: Entropy;
	/** Server time, ms. */
	readonly serverTime: () => number;
	readonly transmit: (datagram: Buffer, to: Address, socket: number) => void;
	/** Whether a probe has proven this pair: whoever sends from there needs no cookie. */
	readonly isProven: (pair: PathPair) => boolean;
	/** 'refuse' for an account that gets no answer. */
	readonly pin: PeerPin;
	/** What this client speaks, strongest first. */
	readonly suites: readonly number[];
	readonly listeners: Listeners;
	/** The directory vouches for another key of an account than the pinned one. */
	readonly onIdentityChanged: (account: string, identityKey: Buffer) => void;
	/** A device of an account wants to talk that its known log does not admit. */
	readonly onUnknownDevice?: ((account: string) => void) | undefined;
	/** The directory has this account call in a weaker suite than this side takes. */
	readonly onDowngrade: (account: string) => void;
	readonly onEstablished: (established: Established, from: PathPair) => void;
	readonly trace: Trace;
};

export class SessionAnswerer {
	readonly #ports: SessionAnswererPorts;
	readonly #responder: Responder;
	/** What tickets for this account open with, undefined while there is no login. */
	ticketKey: TicketKey | undefined;
	/** By our index, oldest first: RESPs that were sent and wait for their FIN, RESPONDING_LIMIT at most. */
	readonly #waiting = new Map<number, {readonly state: Responding; readonly until: number}>();
	#closed = false;

	constructor(ports: SessionAnswererPorts) {
		this.#ports = ports;
		this.#responder = createResponder({
			local: ports.local,
			tickets: {
				knows: id => this.ticketKey?.id.equals(id) ?? false,
				redeem: (ticket, now) => redeemTicket(ticket, this.ticketKey === undefined ? [] : [this.ticketKey], now),
			},
			entropy: ports.entropy,
			newIndex: () => ports.listeners.newIndex(),
			suites: ports.suites,
			now: ports.serverTime(),
		});
	}

	/** What a ticket of ours says, when it is good. The key in it is the caller's to wipe. */
	openTicket(ticket: Buffer): ReturnType<typeof redeemTicket> {
		const keys = this.ticketKey === undefined ? [] : [this.ticketKey];
		return redeemTicket(ticket, keys, this.#ports.serverTime());
	}

	/** Takes an INIT. */
	async answer(datagram: Buffer, from: PathPair): Promise<void> {
		const {serverTime, pin, trace, onIdentityChanged, onUnknownDevice, onDowngrade, transmit, isProven} = this.#ports;
		const isProbed = isProven(from);
		const step = await consumeInit(this.#responder, datagram, from.address, serverTime(), pin, isProbed);
		if (this.#closed) {
			if ('state' in step) wipeResponding(step.state);
			return;
		}

		if ('drop' in step) {
			trace.note('handshake', step.drop);
			if ('claimed' in step && step.drop === 'identity') onIdentityChanged(step.claimed.name, step.claimed.identityKey);
			else if ('claimed' in step) onUnknownDevice?.(step.claimed.name);
			else if ('from' in step) onDowngrade(step.from);
			return;
		}

		transmit(step.datagram, from.address, from.socket);
		if (step.kind === 'resp') this.#waitForFin(step.state);
	}

	/** Wipes every key. */
	close(): void {
		this.#closed = true;
		for (const index of this.#waiting.keys()) this.#forget(index);
		wipeResponder(this.#responder);
		this.ticketKey = undefined;
	}

	#waitForFin(state: Responding): void {
		const now = this.#ports.clock.elapsed();
		for (const [index, {until}] of this.#waiting) {
			if (until <= now || this.#waiting.size >= RESPONDING_LIMIT) this.#forget(index);
		}

		this.#waiting.set(state.localIndex, {state, until: now + RESPONDING_MS});
		this.#ports.listeners.set(state.localIndex, (datagram, from, type) => {
			if (type === DATAGRAM.fin) this.#takeFin(state, datagram, from);
		});
	}

	#takeFin(state: Responding, datagram: Buffer, from: PathPair): void {
		const step = consumeFin(state, datagram);
		if ('drop' in step) {
			this.#ports.trace.note('handshake', step.drop);
			return;
		}

		this.#forget(state.localIndex);
		this.#ports.onEstablished(step.established, from);
	}

	#forget(index: number): void {
		const waiting = this.#waiting.get(index);
		if (waiting !== undefined) wipeResponding(waiting.state);
		this.#waiting.delete(index);
		this.#ports.listeners.delete(index);
	}
}
