// A network in memory: homes behind NATs and IPv6 firewalls, a clock that runs when it is told to, and nothing else.
import {type Buffer} from 'node:buffer';
import {type Address, addressText, sameAddress} from '../../source/wire/address.ts';
import {seededNumbers} from './random.ts';

/**
 * mapping: `same` outer port whatever the destination, or `varies`. filter: what comes in from whom: everybody (`none`), each `host` or each
 * `port` that was sent to; `remembers` filters by port too, takes in what comes for the router itself, and for 30 s keeps the outer port
 * that it came to for whoever sent it. timeout in ms since the last datagram out.
 */
export type FakeNat = {
	readonly mapping: 'same' | 'varies';
	readonly filter: 'none' | 'host' | 'port' | 'remembers';
	readonly timeout?: number;
	readonly hairpin?: boolean;
};

/** What a home has of each family. `open`: no NAT, no filter; `firewall`: IPv6 with a filter by port; undefined: not at all. */
export type FakeHome = {
	readonly ipv4?: FakeNat | 'open';
	readonly ipv6?: 'open' | 'firewall';
	/** No UDP passes. */
	readonly isBlocked?: boolean;
};

export type FakeSocket = {
	readonly local: Address;
	readonly router: Router;
	receive: (datagram: Buffer, from: Address) => void;
};

const NAT_TIMEOUT_MS = 120_000;
const REMEMBERED_MS = 30_000;

type Flow = {
	readonly local: Address;
	readonly outer: Address;
	readonly sentTo: Map<string, number>;
	usedAt: number;
};

export class FakeNet {
	now = 0;
	/** One way between two routers, and between two machines behind one, ms. */
	readonly delay: number;
	readonly localDelay = 1;
	/** The part of all datagrams that is lost on the way, and how much later than `delay` another may come, ms. */
	loss = 0;
	jitter = 0;
	readonly chance: () => number;
	readonly #routers: Router[] = [];
	#queue: Array<{readonly at: number; readonly act: () => void}> = [];

	constructor(delay: number, seed = 1) {
		this.delay = delay;
		this.chance = seededNumbers(seed);
	}

	/** A home of its own, with a router of its own. */
	home(kind: FakeHome): Router {
		const router = new Router(this, kind, this.#routers.length + 1);
		this.#routers.push(router);
		return router;
	}

	at(time: number, act: () => void): void {
		this.#queue.push({at: time, act});
		this.#queue.sort((a, b) => a.at - b.at);
	}

	/** Sends into the net: the router that has the host takes it after the delay. */
	carry(datagram: Buffer, from: Address, to: Address): void {
		const router = this.#routers.find(each => each.hasOuter(to.host));
		if (router === undefined || this.chance() < this.loss) return;
		this.at(this.now + this.delay + this.chance() * this.jitter, () => router.takeIn(datagram, from, to));
	}

	/** The time of the next event; Infinity when nothing is under way. */
	get nextAt(): number {
		return this.#queue[0]?.at ?? Number.POSITIVE_INFINITY;
	}

	/** Moves the clock to `time`, and does what is due then. */
	moveTo(time: number): void {
		this.now = time;
		while (this.nextAt <= time) this.#queue.shift()!.act();
	}
}

/** A home's router. Outer hosts are 203.0.113.n and 2001:db8:0:n::1, machines behind it 192.168.1.m and 2001:db8:0:n::m. */
export class Router {
	readonly #net: FakeNet;
	readonly #kind: FakeHome;
	readonly #number: number;
	readonly #sockets: FakeSocket[] = [];
	/** Of the NAT, by local address, and by destination where the mapping varies or a port was taken. */
	readonly #flows = new Map<string, Flow>();
	/** What has come for the router itself: `outer port < source`, until when. */
	readonly #remembered = new Map<string, number>();
	/** Local IPv6 address > destination, last used. */
	readonly #firewall = new Map<string, number>();
	#machines = 0;

	constructor(net: FakeNet, kind: FakeHome, number: number) {
		this.#net = net;
		this.#kind = kind;
		this.#number = number;
	}

	/** The addresses of a new machine behind this router: IPv4 and IPv6, as far as there are any. */
	machine(): {readonly ipv4?: string; readonly ipv6?: string} {
		this.#machines++;
		const ipv4 = this.#kind.ipv4 === 'open' ? this.outerHost : `192.168.1.${this.#machines + 1}`;
		return {
			...(this.#kind.ipv4 !== undefined && {ipv4}),
			...(this.#kind.ipv6 !== undefined && {ipv6: `2001:db8:0:${this.#number}::${this.#machines + 1}`}),
		};
	}

	get outerHost(): string {
		return `203.0.113.${this.#number}`;
	}

	open(host: string, port: number): FakeSocket {
		const socket: FakeSocket = {local: {host, port}, router: this, receive() {}};
		this.#sockets.push(socket);
		return socket;
	}

	close(socket: FakeSocket): void {
		this.#sockets.splice(this.#sockets.indexOf(socket), 1);
	}

	hasOuter(host: string): boolean {
		return host === this.outerHost || host.startsWith(`2001:db8:0:${this.#number}::`);
	}

	/** From where a server at `to` sees this socket, as BOUND says it; undefined when nothing gets through. */
	seenFrom(socket: FakeSocket, to: Address): Address | undefined {
		return this.#kind.isBlocked ? undefined : this.#outward(socket.local, to);
	}

	send(socket: FakeSocket, to: Address, datagram: Buffer): void {
		const {now, localDelay} = this.#net;
		if (this.#kind.isBlocked) return;
		const neighbour = this.#sockets.find(({local}) => sameAddress(local, to));
		if (neighbour !== undefined) {
			this.#net.at(now + localDelay, () => neighbour.receive(datagram, socket.local));
			return;
		}

		if (to.host.startsWith('192.168.')) return;
		const outer = this.#outward(socket.local, to);
		if (outer === undefined) return;
		if (to.host !== this.outerHost) this.#net.carry(datagram, outer, to);
		else if (this.#nat?.hairpin) this.#net.at(now + localDelay, () => this.takeIn(datagram, outer, to));
	}

	/** A datagram for one of the outer addresses. */
	takeIn(datagram: Buffer, from: Address, to: Address): void {
		if (this.#kind.isBlocked) return;
		const local = this.#inward(from, to);
		const socket = local && this.#sockets.find(each => sameAddress(each.local, local));
		socket?.receive(datagram, from);
	}

	get #nat(): FakeNat | undefined {
		return this.#kind.ipv4 === 'open' ? undefined : this.#kind.ipv4;
	}

	#outward(local: Address, to: Address): Address | undefined {
		if (local.host.includes(':') !== to.host.includes(':')) return undefined;
		if (local.host.includes(':')) {
			this.#firewall.set(`${addressText(local)} > ${addressText(to)}`, this.#net.now);
			return local;
		}

		const nat = this.#nat;
		if (nat === undefined) return local;
		const flow = this.#flowFor(nat, local, to);
		flow.usedAt = this.#net.now;
		flow.sentTo.set(addressText(to), this.#net.now);
		return flow.outer;
	}

	#flowFor(nat: FakeNat, local: Address, to: Address): Flow {
		const own = addressText(local);
		const toThere = `${own} > ${addressText(to)}`;
		const known = [toThere, own].map(key => this.#flows.get(key)).find(flow => flow && this.#isAlive(nat, flow.usedAt));
		const isTaken = (port: number) => this.#isRemembered(port, to);
		const isOpen = this.#isAlive(nat, known?.sentTo.get(addressText(to)));
		if (known !== undefined && (isOpen || !isTaken(known.outer.port))) return known;
		const usual = nat.mapping === 'same' && !isTaken(local.port);
		const port = usual ? local.port : 1024 + Math.floor(this.#net.chance() * 64_512);
		const flow = {local, outer: {host: this.outerHost, port}, sentTo: new Map<string, number>(), usedAt: this.#net.now};
		this.#flows.set(usual ? own : toThere, flow);
		return flow;
	}

	#inward(from: Address, to: Address): Address | undefined {
		if (to.host.includes(':')) {
			const usedAt = this.#firewall.get(`${addressText(to)} > ${addressText(from)}`);
			return this.#kind.ipv6 === 'open' || this.#isAlive(undefined, usedAt) ? to : undefined;
		}

		const nat = this.#nat;
		if (nat === undefined) return to;
		for (const flow of this.#flows.values()) {
			const isItsPort = flow.outer.port === to.port && this.#isAlive(nat, flow.usedAt);
			if (isItsPort && this.#lets(nat, flow, from)) return flow.local;
		}

		if (nat.filter === 'remembers') {
			this.#remembered.set(`${to.port} < ${addressText(from)}`, this.#net.now + REMEMBERED_MS);
		}

		return undefined;
	}

	#lets(nat: FakeNat, {sentTo}: Flow, from: Address): boolean {
		if (nat.filter === 'none') return true;
		if (nat.filter !== 'host') return this.#isAlive(nat, sentTo.get(addressText(from)));
		return [...sentTo].some(([to, at]) => to.startsWith(`${from.host}:`) && this.#isAlive(nat, at));
	}

	#isRemembered(port: number, source: Address): boolean {
		return (this.#remembered.get(`${port} < ${addressText(source)}`) ?? 0) > this.#net.now;
	}

	#isAlive(nat: FakeNat | undefined, usedAt: number | undefined): boolean {
		return usedAt !== undefined && this.#net.now - usedAt < (nat?.timeout ?? NAT_TIMEOUT_MS);
	}
}
