// Keeps the directory knowing where our UDP socket is, and tells what it saw: BIND to each of its reflectors, soon until it is answered,
// then after each silence that a router might take for an end.
import {type Buffer} from 'node:buffer';
import {type DirectorySession} from '../../protocol/login/login-keys.ts';
import {consumeBound, createBind} from '../../protocol/path/bind.ts';
import {
	type Keepalive,
	USUAL_KEEPALIVE,
	keepaliveMoved,
	reflectorSaw,
	silenceBefore,
} from '../../protocol/path/keepalive.ts';
import {type BoundSighting} from '../../protocol/path/mapping.ts';
import {fullBucket, take} from '../../protocol/token-bucket.ts';
import {type Address, sameAddress} from '../../wire/address.ts';
import {doubled} from '../backoff.ts';

/** Pause after unanswered BINDs, ms: after the first, then doubled up to the longest, … */
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8000;
/** … or to this one, where another reflector answers: the way to it may not be there at all. */
const LONGEST_USELESS_MS = 60_000;
/** BINDs in a row without an answer before what a reflector saw counts as lost. */
const PATIENCE = 3;
/** Whoever waits for the first answer waits so much longer for those of the other reflectors, ms. */
const OTHERS_MS = 400;
/** Times of the BINDs that may be answered. */
const SENT_LIMIT = 8;
/** Whatever a server names as its reflectors: so many new ones get BIND at once, and then one each so many ms. */
const REFLECTOR_BURST = 16;
const REFLECTOR_EVERY_MS = 2000;
const REFLECTOR_RATE = {burst: REFLECTOR_BURST, perSecond: 1000 / REFLECTOR_EVERY_MS};

export type BinderPorts = {
	/** Server time, ms. */
	readonly serverTime: () => number;
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	readonly transmit: (datagram: Buffer, to: Address) => void;
	/** What a reflector saw is another address than before. `best`: of the first reflector that answers; undefined while none does. */
	readonly onSeen: (best: Address | undefined) => void;
	/** A reflector sees us at another host than before: what goes over TCP may have no way back. */
	readonly onElsewhere?: () => void;
	/** A router was seen to forget us. */
	readonly onForgotten?: () => void;
	/** tag: a datagram that is no BOUND of ours; rate: a reflector more than we ask. */
	readonly onDrop?: (reason: 'tag' | 'rate') => void;
};

type Reflector = {
	readonly address: Address;
	/** Times of the BINDs since the last answer; at most SENT_LIMIT. */
	sent: number[];
	unanswered: number;
	observed: Address | undefined;
	/** Where it saw us last, be that lost meanwhile or not. */
	host: string | undefined;
	/** On the elapsed clock. */
	seenAt: number;
	timer: NodeJS.Timeout | undefined;
};

export class Binder {
	readonly #ports: BinderPorts;
	#session: DirectorySession | undefined;
	/** The one at the server's own address first; at most one more than REFLECTORS names. */
	#reflectors: Reflector[] = [];
	/** No two BINDs of a session have the same time, at whichever reflector. */
	#lastTime = 0;
	#keepalive: Keepalive = USUAL_KEEPALIVE;
	/** Who waits for the first answers. */
	#waiting: Array<() => void> = [];
	#release: NodeJS.Timeout | undefined;
	/** Of all sessions together. */
	readonly #fresh;

	constructor(ports: BinderPorts) {
		this.#ports = ports;
		this.#fresh = fullBucket(REFLECTOR_RATE, ports.elapsed());
	}

	/** What the reflectors see, by the newest answer of each. */
	get sightings(): readonly BoundSighting[] {
		return this.#reflectors.flatMap(({address, observed, seenAt}) =>
			observed === undefined ? [] : [{reflector: address, observed, at: seenAt}],
		);
	}

	/** Where BIND goes. */
	get reflectors(): ReadonlyArray<Pick<Reflector, 'address' | 'observed'>> {
		return this.#reflectors;
	}

	/** How long a socket may be silent, ms. */
	get silenceMs(): number {
		return silenceBefore(this.#keepalive, this.#ports.elapsed());
	}

	/** From here on for this session, at the server's UDP address. */
	start(session: DirectorySession, server: Address): void {
		this.stop();
		this.#session = session;
		this.#ask(this.#add(server));
	}

	/** The server has these reflectors besides its own address; in place of those before. New ones past the rate are left out. */
	others(addresses: readonly Address[]): void {
		const [first] = this.#reflectors;
		if (first === undefined) return;
		const wanted = addresses.filter(
			(address, index) =>
				!sameAddress(address, first.address) && addresses.findIndex(each => sameAddress(each, address)) === index,
		);
		const isWanted = ({address}: Reflector) =>
			address === first.address || wanted.some(each => sameAddress(each, address));
		for (const reflector of this.#reflectors) if (!isWanted(reflector)) clearTimeout(reflector.timer);
		this.#reflectors = this.#reflectors.filter(reflector => isWanted(reflector));
		const known = this.#reflectors.map(({address}) => address);
		for (const address of wanted) {
			if (known.some(each => sameAddress(each, address))) continue;
			if (take(this.#fresh, REFLECTOR_RATE, this.#ports.elapsed()) === 0) this.#ask(this.#add(address));
			else this.#ports.onDrop?.('rate');
		}
	}

	/** The interfaces are others, or the machine has slept: asks all of them at once. */
	moved(): void {
		this.#keepalive = keepaliveMoved(this.#keepalive);
		this.look();
	}

	/** The way out may be another one, though nothing has changed here: asks all of them at once. */
	look(): void {
		for (const reflector of this.#reflectors) {
			reflector.unanswered = 0;
			this.#ask(reflector);
		}
	}

	/** Takes a BOUND; what is none, or answers nothing of ours, is dropped. */
	receive(datagram: Buffer): void {
		const session = this.#session;
		// Each time is of one BIND, and so of one reflector.
		for (const reflector of session === undefined ? [] : this.#reflectors) {
			const observed = consumeBound(session!, datagram, reflector.sent);
			if (observed === undefined) continue;
			this.#answered(reflector, observed);
			return;
		}

		this.#ports.onDrop?.('tag');
	}

	/**
	 * Resolves once the server has seen our socket, at each of its reflectors or at those that answer first, or has left so many BINDs
	 * unanswered that it counts as out of reach.
	 */
	async settled(): Promise<void> {
		if (this.#session === undefined || this.#isSettled) return;
		await new Promise<void>(resolve => this.#waiting.push(resolve));
	}

	/** Whether the server has left so much unanswered that nothing of our UDP seems to get through. */
	get isUnseen(): boolean {
		return this.#reflectors.length > 0 && this.#reflectors.every(each => each.observed === undefined && isKnown(each));
	}

	stop(): void {
		for (const {timer} of this.#reflectors) clearTimeout(timer);
		const before = this.#best;
		this.#session = undefined;
		this.#reflectors = [];
		this.#lastTime = 0;
		this.#tell(before);
		this.#settle();
	}

	get #best(): Address | undefined {
		return this.#reflectors.find(({observed}) => observed !== undefined)?.observed;
	}

	get #isSettled(): boolean {
		if (this.#reflectors.every(each => isKnown(each))) return true;
		return this.#release === undefined && this.#best !== undefined;
	}

	#add(address: Address): Reflector {
		const reflector = {
			address,
			sent: [],
			unanswered: 0,
			observed: undefined,
			host: undefined,
			seenAt: 0,
			timer: undefined,
		};
		this.#reflectors.push(reflector);
		return reflector;
	}

	#answered(reflector: Reflector, observed: Address): void {
		const before = this.#best;
		const {elapsed, onForgotten} = this.#ports;
		const isFirst = before === undefined;
		const seen = {reflector: reflector.address, observed};
		const kept = this.#keepalive.shortUntil;
		this.#keepalive = reflectorSaw(this.#keepalive, seen, elapsed());
		const isNew = reflector.observed === undefined || !sameAddress(reflector.observed, observed);
		reflector.sent = [];
		reflector.unanswered = 0;
		reflector.observed = observed;
		const isElsewhere = reflector.host !== undefined && reflector.host !== observed.host;
		reflector.host = observed.host;
		reflector.seenAt = elapsed();
		this.#wait(reflector, this.silenceMs);
		if (this.#keepalive.shortUntil !== kept) onForgotten?.();
		if (isFirst) this.#release = setTimeout(() => this.#settle(), OTHERS_MS);
		if (isNew) this.#ports.onSeen(this.#best);
		if (isElsewhere) this.#ports.onElsewhere?.();
		if (this.#isSettled) this.#settle();
	}

	#ask(reflector: Reflector): void {
		const session = this.#session;
		if (session === undefined) return;
		if (reflector.unanswered >= PATIENCE) {
			const before = this.#best;
			reflector.observed = undefined;
			this.#tell(before);
		}

		this.#lastTime = Math.max(Math.round(this.#ports.serverTime()), this.#lastTime + 1);
		reflector.sent = [...reflector.sent.slice(-SENT_LIMIT + 1), this.#lastTime];
		this.#ports.transmit(createBind(session, this.#lastTime), reflector.address);
		reflector.unanswered++;
		const isUseless = reflector.observed === undefined && this.#best !== undefined;
		const longest = isUseless ? LONGEST_USELESS_MS : LONGEST_RETRY_MS;
		this.#wait(reflector, doubled(FIRST_RETRY_MS, longest, reflector.unanswered));
		if (this.#isSettled) this.#settle();
	}

	#wait(reflector: Reflector, pause: number): void {
		clearTimeout(reflector.timer);
		reflector.timer = setTimeout(() => this.#ask(reflector), pause);
	}

	#settle(): void {
		clearTimeout(this.#release);
		this.#release = undefined;
		for (const resolve of this.#waiting.splice(0)) resolve();
	}

	#tell(before: Address | undefined): void {
		const best = this.#best;
		const isSame = before && best ? sameAddress(before, best) : before === best;
		if (!isSame) this.#ports.onSeen(best);
	}
}

/** It has answered, or it counts as out of reach. */
function isKnown({observed, unanswered}: Reflector): boolean {
	return observed !== undefined || unanswered > PATIENCE;
}
