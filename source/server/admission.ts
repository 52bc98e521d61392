// Who may connect: the places of those that have not signed in yet. When there is none left, whoever has waited longest in the
// fullest network gives way, so that who holds many shuts out nobody but itself.
import {type Address} from '../wire/address.ts';
import {type Limits, RateLimiter, networksOf} from './limits.ts';

/** A network, and how many half-open connections it has. */
type Network = {readonly name: string; readonly share: number; waiting: number};

/** A connection that has not signed in. */
export type HalfOpen = {
	/** The widest first. */
	readonly networks: readonly Network[];
	/** The widest of them that somebody has all of. */
	readonly owner: string;
	/** Since when the server waits for its client, ms of a clock that nobody sets; undefined while the client waits for the server. */
	idleSince: number | undefined;
	/** Ends the connection. */
	readonly evict: () => void;
};

export class Admission {
	readonly #limits: Limits;
	/** New connections, by how many times the rate of a single address they may come. */
	readonly #arrivals: ReadonlyMap<number, RateLimiter>;
	/** As many as the limit over all. */
	readonly #halfOpen = new Set<HalfOpen>();
	/** By name, those with half-open connections: at most three a connection. */
	readonly #networks = new Map<string, Network>();

	constructor(limits: Limits) {
		const {burst, perSecond} = limits.connections;
		this.#limits = limits;
		this.#arrivals = new Map(
			[1, 2, 4].map(times => [times, new RateLimiter({burst: burst * times, perSecond: perSecond * times})]),
		);
	}

	/** Connections that were admitted and neither signed in nor closed. */
	get halfOpen(): number {
		return this.#halfOpen.size;
	}

	/** A place for a new connection, idle from now on; or why there is none. `evict` ends it when another takes its place. */
	admit({host}: Address, now: number, evict: () => void): HalfOpen | 'full' | 'address limit' {
		const names = networksOf(host);
		for (const {name, times, hasOneOwner} of names) {
			if (hasOneOwner && !this.#arrivals.get(times)!.allows(name, now)) return 'address limit';
		}

		const networks = names.map(({name, times}) => this.#network(name, times * this.#limits.halfOpenPerAddress));
		for (const network of networks.toReversed()) {
			if (network.waiting >= network.share && !this.makeRoom(network)) return 'address limit';
		}

		if (this.#halfOpen.size >= this.#limits.halfOpen && !this.makeRoom()) return 'full';
		const owner = names.find(({hasOneOwner}) => hasOneOwner)!.name;
		const place = {networks, owner, idleSince: now, evict};
		this.#halfOpen.add(place);
		for (const network of networks) {
			network.waiting++;
			this.#networks.set(network.name, network);
		}

		return place;
	}

	/** Whoever has been idle longest in the fullest network, of all or within one, gives way; false when nobody is idle. */
	makeRoom(within?: Network): boolean {
		let victim: HalfOpen | undefined;
		for (const place of this.#halfOpen) {
			if (place.idleSince === undefined || (within !== undefined && !place.networks.includes(within))) continue;
			if (victim === undefined || givesWay(place, victim)) victim = place;
		}

		if (victim === undefined) return false;
		this.release(victim);
		victim.evict();
		return true;
	}

	/** It has signed in, or is closed. */
	release(place: HalfOpen): void {
		if (!this.#halfOpen.delete(place)) return;
		for (const network of place.networks) if (--network.waiting === 0) this.#networks.delete(network.name);
	}

	sweep(now: number): void {
		for (const limiter of this.#arrivals.values()) limiter.sweep(now);
	}

	#network(name: string, share: number): Network {
		return this.#networks.get(name) ?? {name, share, waiting: 0};
	}
}

/** Whether `a` gives way before `b`: its networks are fuller, the widest counts most; or it has been idle for longer. */
function givesWay(a: HalfOpen, b: HalfOpen): boolean {
	for (const at of [0, 1, -1]) {
		const more = a.networks.at(at)!.waiting - b.networks.at(at)!.waiting;
		if (more !== 0) return more > 0;
	}

	return a.idleSince! < b.idleSince!;
}
