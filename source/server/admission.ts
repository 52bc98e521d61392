// Limits the connections that have not signed in yet (half-open ones). When all slots are taken, a new connection evicts the one that has
// been idle longest in the network with the most half-open connections. So a client that opens many only shuts out itself.
import {type Address} from '../wire/address.ts';
import {networksOf} from './networks.ts';
import {type Limits, RateLimiter} from './rate-limits.ts';

/** A network, how many half-open connections it may have, and how many it has. */
type Network = {readonly name: string; readonly limit: number; halfOpen: number};

/** A connection that has not signed in. */
export type HalfOpen = {
	/** The networks that its address lies in, the widest first. */
	readonly networks: readonly Network[];
	/** The name of the widest network with one owner. */
	readonly owner: string;
	/** Since when the server waits for the client, monotonic ms; undefined while the client waits for the server. */
	idleSince: number | undefined;
	/** Ends the connection. */
	readonly evict: () => void;
};

export class Admission {
	readonly #limits: Limits;
	/** Limiters of new connections, by the multiple of a single address's rate that they allow. */
	readonly #arrivals: ReadonlyMap<number, RateLimiter>;
	/** At most `limits.halfOpen`. */
	readonly #halfOpen = new Set<HalfOpen>();
	/** Networks with half-open connections, by name: at most three for each connection. */
	readonly #networks = new Map<string, Network>();

	constructor(limits: Limits) {
		const {burst, perSecond} = limits.connections;
		this.#limits = limits;
		this.#arrivals = new Map(
			[1, 2, 4].map(times => [times, new RateLimiter({burst: burst * times, perSecond: perSecond * times})]),
		);
	}

	/** How many connections were admitted and have neither signed in nor closed. */
	get halfOpen(): number {
		return this.#halfOpen.size;
	}

	/** A slot for a new connection, which is idle from now on; or why there is none. `evict` is called when another connection needs the slot. */
	admit({host}: Address, now: number, evict: () => void): HalfOpen | 'full' | 'address limit' {
		const names = networksOf(host);
		for (const {name, times, hasOneOwner} of names) {
			if (hasOneOwner && !this.#arrivals.get(times)!.allows(name, now)) return 'address limit';
		}

		const networks = names.map(({name, times}) => this.#network(name, times * this.#limits.halfOpenPerAddress));
		for (const network of networks.toReversed()) {
			if (network.halfOpen >= network.limit && !this.makeRoom(network)) return 'address limit';
		}

		if (this.#halfOpen.size >= this.#limits.halfOpen && !this.makeRoom()) return 'full';
		const owner = names.find(({hasOneOwner}) => hasOneOwner)!.name;
		const slot = {networks, owner, idleSince: now, evict};
		this.#halfOpen.add(slot);
		for (const network of networks) {
			network.halfOpen++;
			this.#networks.set(network.name, network);
		}

		return slot;
	}

	/** Evicts the connection that has been idle longest in the fullest network, of all or of one network; false when none is idle. */
	makeRoom(within?: Network): boolean {
		let victim: HalfOpen | undefined;
		for (const slot of this.#halfOpen) {
			if (slot.idleSince === undefined || (within !== undefined && !slot.networks.includes(within))) continue;
			if (victim === undefined || goesBefore(slot, victim)) victim = slot;
		}

		if (victim === undefined) return false;
		this.release(victim);
		victim.evict();
		return true;
	}

	/** Frees a slot: the connection has signed in, or is closed. */
	release(slot: HalfOpen): void {
		if (!this.#halfOpen.delete(slot)) return;
		for (const network of slot.networks) if (--network.halfOpen === 0) this.#networks.delete(network.name);
	}

	sweep(now: number): void {
		for (const limiter of this.#arrivals.values()) limiter.sweep(now);
	}

	#network(name: string, limit: number): Network {
		return this.#networks.get(name) ?? {name, limit, halfOpen: 0};
	}
}

/** Whether `a` is evicted before `b`: its networks are fuller, and the widest counts most; else it has been idle for longer. */
function goesBefore(a: HalfOpen, b: HalfOpen): boolean {
	for (const at of [0, 1, -1]) {
		const more = a.networks.at(at)!.halfOpen - b.networks.at(at)!.halfOpen;
		if (more !== 0) return more > 0;
	}

	return a.idleSince! < b.idleSince!;
}
