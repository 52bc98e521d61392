// Opens a session with one device: an introduction, then a handshake, and after a failure a pause before the next try.
import {type Buffer} from 'node:buffer';
import {deviceIdOf} from '../protocol/devices/device-log.ts';
import {type Entropy} from '../protocol/entropy.ts';
import {type NoWay} from '../protocol/path/no-way.ts';
import {type Drop} from '../protocol/session/drops.ts';
import {type Established, type Local, type Pinned} from '../protocol/session/established.ts';
import {createInit} from '../protocol/session/initiator.ts';
import {type Address} from '../wire/address.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type Trace} from '../os/trace.ts';
import {type PathPair} from '../protocol/path/probe-run.ts';
import {Attempt} from './attempt.ts';
import {doubled, jittered} from './backoff.ts';
import {TROUBLE_OF_END, type Trouble, blocked} from './channel-path.ts';
import {type Device, namedId} from './device.ts';
import {type Granted, type Introduced, TROUBLE_OF} from './introduced.ts';
import {type Listeners} from './listeners.ts';
import {OWN_SOCKET} from './network/socket-set.ts';
import {type Prober} from './prober.ts';
import {type EndReason} from './transport-ports.ts';

/** Pauses between tries: doubled from the first to the last, ms, of which chance takes up to half. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
const JITTER = 0.5;
/** What was found on the local link before there was an INIT is of use for so long, ms. */
const FOUND_MS = 10_000;
const DOWNGRADED = blocked('downgraded');

/** Which device a session is to be with, by its id of 8 bytes, and whether one with another device of the account is of use, too. */
export type Wish = {readonly id: Buffer; readonly orAnother: boolean};

export type SessionOpenerPorts = {
	readonly local: Local;
	readonly clock: LocalClock;
	readonly entropy: Entropy;
	/** Server time, ms. */
	readonly serverTime: () => number;
	readonly transmit: (datagram: Buffer, to: Address, socket: number) => void;
	/** Of a contact to the device with this id, else to the best one that is online. */
	readonly introduce: (device: Device, id?: Buffer) => Promise<Introduced>;
	/** What is pinned of an account; undefined at a first contact. */
	readonly pin: (account: string) => Pinned | undefined;
	/** What this client speaks, strongest first. */
	readonly suites: readonly number[];
	/** The directory vouches for another key of an account than the pinned one. */
	readonly onIdentityChanged: (account: string, identityKey: Buffer) => void;
	/** A device of an account wants to talk, or is offered, that its known log does not admit. */
	readonly onUnknownDevice?: (account: string) => void;
	/** The path of a session is in doubt: it may be our own way out that has changed. */
	readonly onSuspect?: () => void;
	readonly listeners: Listeners;
	readonly prober: Prober;
	readonly trace: Trace;
};

export type SessionOpenerEvents = {
	readonly onEstablished: (established: Established, pair: PathPair, fin: Buffer) => void;
	/** Something has changed: run the channel before long. */
	readonly onWork: () => void;
};

export class SessionOpener {
	readonly #device: Device;
	readonly #ports: SessionOpenerPorts;
	readonly #events: SessionOpenerEvents;
	#attempt: Attempt | undefined;
	/** The device that the try under way calls, by its id of 8 bytes. */
	#calls: Buffer | undefined;
	#wish: Wish | undefined;
	/** The probes of this try. */
	#probes: string | undefined;
	/** Pairs that were proven before there was an INIT. */
	#early: PathPair[] = [];
	/** Where the device was found on the local link last, and when, on the elapsed clock. */
	#found: {readonly pair: PathPair; readonly at: number} | undefined;
	/** The probes of this try have come to nothing. */
	#isGivenUp = false;
	#introducing = false;
	/** Counts the times that a device has gone: a try of before comes to nothing. */
	#gone = 0;
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

	/** The id of the device that is being called, 8 bytes; undefined while nothing is under way, and while the directory is asked. */
	get calls(): Buffer | undefined {
		return this.isBusy ? this.#calls : undefined;
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
		this.fail(blocked('unanswered'));
	}

	/** Begins a try: with the device that is wished for, else with the best one. */
	open(wish?: Wish): void {
		this.#wish = wish;
		this.#lookingSince = this.#ports.clock.now();
		void this.#open();
	}

	/** The device that is called has gone: the try that is under way comes to nothing, and the next one need not wait. */
	deviceGone(): void {
		this.#gone++;
		this.end();
		this.forgive();
	}

	/** The device may be here, on the local link: its INIT goes there, too. */
	found(pair: PathPair): void {
		this.#found = {pair, at: this.#ports.clock.elapsed()};
		this.#attempt?.found(pair);
	}

	/** Notes a failure; the next try is at least `atLeast` ms away. */
	fail(trouble: Trouble | undefined, atLeast = 0): void {
		this.#failures++;
		const pause = jittered(doubled(FIRST_PAUSE, LONGEST_PAUSE, this.#failures), JITTER, this.#ports.entropy.random);
		this.#retryAt = this.#ports.clock.elapsed() + Math.max(pause, atLeast);
		this.explain(trouble);
	}

	/** The session that was sent on has ended. What tries for one more beside it came to is no reason to wait. */
	sessionEnded(reason: EndReason): void {
		if (this.#wish?.orAnother === false) this.forgive();
		if (reason in TROUBLE_OF_END) this.fail(TROUBLE_OF_END[reason]);
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
		if (this.#probes !== undefined) this.#ports.prober.leave(this.#probes);
		this.#probes = undefined;
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
		const {introduce} = this.#ports;
		const gone = this.#gone;
		this.#calls = undefined;
		this.#introducing = true;
		const introduced = await introduce(this.#device, this.#wish?.id);
		this.#introducing = false;
		if (this.#isHalted) return;
		if (gone !== this.#gone) {
			this.#events.onWork();
			return;
		}

		if (typeof introduced === 'string' || 'retryAfter' in introduced) {
			// As long as a server asks, but not for as long as it likes.
			const limited = typeof introduced === 'object' ? Math.min(introduced.retryAfter * 1000, LONGEST_PAUSE) : 0;
			this.fail(typeof introduced === 'string' ? TROUBLE_OF[introduced] : undefined, limited);
			return;
		}

		const {id, orAnother = true} = this.#wish ?? {};
		// It is online, and the log of the account that is known here does not have it: an introduction to another one is of no use.
		if (orAnother || id?.equals(deviceIdOf(introduced.identityKey)) === true) await this.#greet(introduced);
		else this.fail(undefined);
	}

	/** Probes, and sends INIT. */
	async #greet(granted: Granted): Promise<void> {
		const {local, entropy, clock, serverTime, transmit, suites, pin, listeners, trace} = this.#ports;
		const {account} = this.#device;
		const gone = this.#gone;
		this.#calls = deviceIdOf(granted.identityKey);
		// The other side is told in this instant, too: the probes of both open both NATs.
		this.#probe(granted);
		const named = granted.addresses.map(address => ({socket: OWN_SOCKET, address}));
		if (named.length === 0 && this.#probes === undefined) {
			this.fail({kind: 'no-way', reason: {kind: 'nowhere'}});
			return;
		}

		this.#introducing = true;
		const index = listeners.newIndex();
		const peer = {name: account, pinned: pin(account)};
		const made = await createInit({local, peer, suites, grant: granted, index, now: serverTime(), entropy});
		this.#introducing = false;
		if ('drop' in made) {
			this.end();
			trace.note('handshake', made.drop, account);
			if (made.drop === 'identity' || this.#isRefounded(made.drop, granted.identityKey)) {
				this.#ports.onIdentityChanged(account, granted.identityKey);
				return;
			}

			if (made.drop === 'device') this.#ports.onUnknownDevice?.(account);
			if (made.drop === 'downgrade') this.fail(DOWNGRADED);
			else this.fail(blocked('useless', made.drop));
			return;
		}

		const isProbing = this.#probes !== undefined;
		const plan = {first: isProbing ? named.slice(0, 1) : named, named};
		const attempt = new Attempt(made.state, plan, isProbing, {
			elapsed: clock.elapsed,
			serverTime,
			transmit,
			onEstablished: (established, fin, pair) => {
				if (this.#attempt === attempt) this.#attempt = undefined;
				this.#events.onEstablished(established, pair, fin);
			},
			onDowngrade: () => {
				this.end();
				this.fail(DOWNGRADED);
			},
			onDrop: reason => trace.note('handshake', reason, account),
		});
		const isVain = gone !== this.#gone;
		if (this.#isHalted || this.#isGivenUp || isVain) {
			attempt.end();
			if (isVain) this.#events.onWork();
			return;
		}

		this.#attempt = attempt;
		listeners.set(index, (datagram, from) => attempt.receive(datagram, from));
		// A probe may have been faster than the DH.
		for (const pair of this.#early.splice(0)) attempt.proven(pair);
		if (this.#found !== undefined && clock.elapsed() - this.#found.at < FOUND_MS) attempt.found(this.#found.pair);
		this.#events.onWork();
	}

	/** Whether the directory names another founding key than the pinned one. */
	#isRefounded(why: Drop['drop'], key: Buffer): boolean {
		const pinned = this.#ports.pin(this.#device.account);
		return why === 'device' && namedId(this.#device) === undefined && pinned?.identityKey.equals(key) === false;
	}

	#probe({key, ticket, ways: where, time = 0}: Granted): void {
		const {prober, serverTime} = this.#ports;
		this.#early = [];
		this.#isGivenUp = false;
		if (where === undefined) return;
		const age = serverTime() - time;
		const peer = {role: 'initiator', name: this.#device.account, key, ticket, age, where} as const;
		this.#probes = prober.begin(peer, {
			onProven: pair => this.#proven(pair),
			onUnanswered: hopeless => {
				if (hopeless !== undefined) this.#giveUp(hopeless);
			},
			onFailed: reason => this.#giveUp(reason),
		});
	}

	#proven(pair: PathPair): void {
		if (this.#attempt === undefined) this.#early.push(pair);
		else if (this.#attempt.proven(pair) === 'late') {
			// The way is open by now: the probes of a new introduction find it at once.
			this.end();
			this.open(this.#wish);
		}

		this.#events.onWork();
	}

	#giveUp(reason: NoWay): void {
		this.#isGivenUp = true;
		this.end();
		this.fail({kind: 'no-way', reason});
	}
}
