// One try to open a session: INIT to the first address that the introduction gave and to each that a probe has proven, to all of them on
// schedule, until one answers.
import {type Buffer} from 'node:buffer';
import {type DropReason} from '../protocol/session/drops.ts';
import {type Established} from '../protocol/session/established.ts';
import {type Initiating, consumeResp, wipeInitiating, withCookie} from '../protocol/session/initiator.ts';
import {type Repeats, nextRepeat, startRepeats} from '../protocol/session/repeat.ts';
import {type PathPair, isSamePair} from '../protocol/path/probe-run.ts';
import {type Address} from '../wire/address.ts';
import {DATAGRAM} from '../wire/datagram.ts';

export type AttemptPorts = {
	readonly elapsed: () => number;
	/** Server time, ms. */
	readonly serverTime: () => number;
	readonly transmit: (datagram: Buffer, to: Address, socket: number) => void;
	readonly onEstablished: (established: Established, fin: Buffer, pair: PathPair) => void;
	/** The peer speaks a stronger suite than the directory asked for, as it has signed. The try is over. */
	readonly onDowngrade: () => void;
	/** Something that came was dropped. */
	readonly onDrop?: (reason: DropReason) => void;
};

/** Where INIT goes: first to these alone, and from the first repeat on to all that were named. */
export type AttemptPlan = {readonly first: readonly PathPair[]; readonly named: readonly PathPair[]};

/** Addresses that were found on the local link and get INIT, too; more of them may be forged. */
const FOUND_LIMIT = 2;
/** An INIT must be answered within 30 s of its time. One that is older is of no use on a path that is proven only now, ms. */
const TOO_OLD_MS = 20_000;

export class Attempt {
	readonly index: number;
	readonly #plan: AttemptPlan;
	readonly #ports: AttemptPorts;
	readonly #beganAt: number;
	/** Pairs that a probe has proven, the newest last. */
	#proven: readonly PathPair[] = [];
	/** Pairs that were found meanwhile, and that nothing has proven: at most FOUND_LIMIT. */
	#found: readonly PathPair[] = [];
	#isProbing: boolean;
	/** The last repeat has waited long enough. */
	#isDone = false;
	#state: Initiating;
	#repeats: Repeats;
	#ended = false;
	/** A RESP is being verified: its DH runs on the thread pool. */
	#verifying = 0;

	/** While it `isProbing` the try is not over, however often INIT has stayed without an answer. */
	constructor(state: Initiating, plan: AttemptPlan, isProbing: boolean, ports: AttemptPorts) {
		this.index = state.index;
		this.#state = state;
		this.#plan = plan;
		this.#isProbing = isProbing;
		this.#ports = ports;
		this.#beganAt = ports.elapsed();
		this.#repeats = startRepeats(this.#beganAt);
	}

	get deadline(): number {
		return this.#isDone && this.#isProbing ? Number.POSITIVE_INFINITY : this.#repeats.dueAt;
	}

	/** Sends what is due; 'over' once the last INIT has waited long enough. */
	run(): 'waiting' | 'over' {
		const isFirst = this.#repeats.sent === 0;
		const next = nextRepeat(this.#repeats, this.#ports.elapsed());
		if (next === 'over') {
			this.#isDone = true;
			return this.#isProbing ? 'waiting' : 'over';
		}

		if (next === 'waiting') return next;
		this.#repeats = next;
		const {first, named} = this.#plan;
		const others = [...this.#found, ...(isFirst ? first : named)].filter(
			pair => !this.#proven.some(each => isSamePair(each, pair)),
		);
		for (const pair of [...this.#proven, ...others]) this.#send(pair);
		return 'waiting';
	}

	/** A probe has proven this pair. 'late': INIT is too old by now, so that another introduction is needed. */
	proven(pair: PathPair): 'sent' | 'late' {
		if (this.#ports.elapsed() - this.#beganAt > TOO_OLD_MS) return 'late';
		this.#isProbing = false;
		this.#proven = [...this.#proven, pair];
		if (!this.#ended) this.#send(pair);
		return 'sent';
	}

	/** The peer may be here, too: INIT goes there now, and with each repeat. */
	found(pair: PathPair): void {
		const {named} = this.#plan;
		const isKnown = [...named, ...this.#proven, ...this.#found].some(each => isSamePair(each, pair));
		if (this.#ended || isKnown || this.#found.length >= FOUND_LIMIT) return;
		this.#found = [...this.#found, pair];
		if (this.#repeats.sent > 0) this.#send(pair);
	}

	/** Takes COOKIE or RESP; anything else is dropped in silence. */
	receive(datagram: Buffer, from: PathPair): void {
		if (this.#ended) return;
		if (datagram[0] === DATAGRAM.resp) void this.#takeResp(datagram, from);
		else if (datagram[0] === DATAGRAM.cookie) this.#takeCookie(datagram, from);
	}

	/** Wipes its keys. */
	end(): void {
		this.#ended = true;
		if (this.#verifying === 0) wipeInitiating(this.#state);
	}

	#send({address, socket}: PathPair): void {
		this.#ports.transmit(this.#state.datagram, address, socket);
	}

	#takeCookie(datagram: Buffer, from: PathPair): void {
		const step = withCookie(this.#state, datagram);
		if ('drop' in step) {
			this.#ports.onDrop?.(step.drop);
			return;
		}

		this.#state = step.state;
		this.#ports.transmit(step.datagram, from.address, from.socket);
	}

	async #takeResp(datagram: Buffer, from: PathPair): Promise<void> {
		this.#verifying++;
		const step = await consumeResp(this.#state, datagram, this.#ports.serverTime());
		this.#verifying--;
		if (this.#ended) {
			if (this.#verifying === 0) wipeInitiating(this.#state);
			return;
		}

		if ('drop' in step) {
			this.#ports.onDrop?.(step.drop);
			if (step.drop === 'downgrade') this.#ports.onDowngrade();
			return;
		}

		this.end();
		this.#ports.onEstablished(step.established, step.fin, from);
	}
}
