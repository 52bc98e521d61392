// Opens a session with one device: an introduction, then a handshake, and after a failure a pause before the next try.
import {type Buffer} from 'node:buffer';
import {type Entropy} from '../protocol/entropy.ts';
import {type Established, type Local, type Pinned} from '../protocol/session/established.ts';
import {createInit} from '../protocol/session/initiator.ts';
import {type Address} from '../wire/address.ts';
import {type Grant} from '../wire/messages/introduce.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type Trace} from '../os/trace.ts';
import {Attempt} from './attempt.ts';
import {doubled, jittered} from './backoff.ts';
import {type Trouble} from './channel-path.ts';
import {type Device} from './device.ts';
import {type Listeners} from './listeners.ts';

/** Pauses between tries: doubled from the first to the last, ms, of which chance takes up to half. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
const JITTER = 0.5;
const DOWNGRADED = blocked('the directory asked for weaker encryption than you both speak');

/** What an introduction came to. */
export type Introduced = Grant | 'unavailable' | 'offline' | {readonly retryAfter: number};

export type SessionOpenerPorts = {
	readonly local: Local;
	readonly clock: LocalClock;
	readonly entropy: Entropy;
	/** Server time, ms. */
	readonly serverTime: () => number;
	readonly transmit: (datagram: Buffer, to: Address) => void;
	readonly introduce: (device: Device) => Promise<Introduced>;
	/** What is pinned of an account; undefined at a first contact. */
	readonly pin: (account: string) => Pinned | undefined;
	/** What this client speaks, strongest first. */
	readonly suites: readonly number[];
	/** The directory vouches for another key of an account than the pinned one. */
	readonly onIdentityChanged: (account: string, identityKey: Buffer) => void;
	readonly listeners: Listeners;
	readonly trace: Trace;
};

export type SessionOpenerEvents = {
	readonly onEstablished: (established: Established, address: Address, fin: Buffer) => void;
	/** Something has changed: run the channel before long. */
	readonly onWork: () => void;
};

export class SessionOpener {
	readonly #device: Device;
	readonly #ports: SessionOpenerPorts;
	readonly #events: SessionOpenerEvents;
	#attempt: Attempt | undefined;
	#introducing = false;
	/** Nothing may be opened: what is under way comes to nothing. */
	#isHalted = false;
	#trouble: Trouble | undefined;
	#lookingSince: number | undefined;
	#failures = 0;
	#retryAt = 0;

	constructor(device: Device, ports: SessionOpenerPorts, events: SessionOpenerEvents) {
		this.#device = device;
		this.#ports = ports;
		this.#events = events;
	}

	/** An introduction or a handshake is under way. */
	get isBusy(): boolean {
		return this.#introducing || this.#attempt !== undefined;
	}

	/** A handshake is under way. */
	get isTrying(): boolean {
		return this.#attempt !== undefined;
	}

	/** Why the last try came to nothing. */
	get trouble(): Trouble | undefined {
		return this.#trouble;
	}

	/** When what is under way began, local ms; undefined while nothing is. */
	get lookingSince(): number | undefined {
		return this.isBusy ? this.#lookingSince : undefined;
	}

	/** When the next try may begin, on the elapsed clock. */
	get retryAt(): number {
		return this.#retryAt;
	}

	/** When `run` is next due, on the elapsed clock. */
	get deadline(): number {
		return this.#attempt?.deadline ?? Number.POSITIVE_INFINITY;
	}

	/** Sends INIT where it is due. */
	run(): void {
		if (this.#attempt?.run() !== 'over') return;
		this.end();
		this.fail(blocked('no answer from any of its addresses'));
	}

	/** Begins a try. */
	open(): void {
		this.#lookingSince = this.#ports.clock.now();
		void this.#open();
	}

	/** Notes a failure; the next try is at least `atLeast` ms away. */
	fail(trouble: Trouble | undefined, atLeast = 0): void {
		this.#failures++;
		const pause = jittered(doubled(FIRST_PAUSE, LONGEST_PAUSE, this.#failures), JITTER, this.#ports.entropy.random);
		this.#retryAt = this.#ports.clock.elapsed() + Math.max(pause, atLeast);
		this.explain(trouble);
	}

	/** Says why there is no session, without another pause. */
	explain(trouble: Trouble | undefined): void {
		this.#trouble = trouble;
		this.#events.onWork();
	}

	/** The directory has the device call in a weaker suite than this side takes. */
	downgraded(): void {
		this.explain(DOWNGRADED);
	}

	/** The next try may begin at once. */
	forgive(): void {
		this.#failures = 0;
		this.#retryAt = 0;
	}

	/** As `forgive`, and there is nothing to say of former tries. */
	startAnew(): void {
		this.forgive();
		this.#trouble = undefined;
	}

	/** Ends the handshake that is under way. */
	end(): void {
		if (this.#attempt === undefined) return;
		this.#ports.listeners.delete(this.#attempt.index);
		this.#attempt.end();
		this.#attempt = undefined;
	}

	/** Until `resume` nothing is opened. */
	halt(): void {
		this.#isHalted = true;
		this.end();
	}

	resume(): void {
		this.#isHalted = false;
		this.forgive();
	}

	async #open(): Promise<void> {
		const {local, entropy, clock, serverTime, transmit, suites, introduce, pin, listeners, trace} = this.#ports;
		const {account} = this.#device;
		this.#introducing = true;
		const introduced = await introduce(this.#device);
		this.#introducing = false;
		if (this.#isHalted) return;
		if (typeof introduced === 'string' || 'retryAfter' in introduced) {
			// As long as a server asks, but not for as long as it likes.
			const limited = typeof introduced === 'object' ? Math.min(introduced.retryAfter * 1000, LONGEST_PAUSE) : 0;
			this.fail(introduced === 'unavailable' ? blocked('the directory cannot introduce us yet') : undefined, limited);
			return;
		}

		if (introduced.addresses.length === 0) {
			this.fail({kind: 'no-way', reason: {kind: 'nowhere'}});
			return;
		}

		this.#introducing = true;
		const index = listeners.newIndex();
		const peer = {name: account, pinned: pin(account)};
		const made = await createInit({local, peer, suites, grant: introduced, index, now: serverTime(), entropy});
		this.#introducing = false;
		if ('drop' in made) {
			trace.note('handshake', made.drop, account);
			if (made.drop === 'identity') this.#ports.onIdentityChanged(account, introduced.identityKey);
			else if (made.drop === 'downgrade') this.fail(DOWNGRADED);
			else this.fail(blocked(`its answer is of no use to us (${made.drop})`));
			return;
		}

		const attempt = new Attempt(made.state, introduced.addresses, {
			elapsed: clock.elapsed,
			serverTime,
			transmit,
			onEstablished: (established, fin, address) => {
				if (this.#attempt === attempt) this.#attempt = undefined;
				this.#events.onEstablished(established, address, fin);
			},
			onDowngrade: () => {
				this.end();
				this.fail(DOWNGRADED);
			},
			onDrop: reason => trace.note('handshake', reason, account),
		});
		if (this.#isHalted) {
			attempt.end();
			return;
		}

		this.#attempt = attempt;
		listeners.set(index, (datagram, from) => attempt.receive(datagram, from));
		this.#events.onWork();
	}
}

/** Why there is no session, where that is no matter of ways. */
export function blocked(why: string): Trouble {
	return {kind: 'blocked', why};
}
