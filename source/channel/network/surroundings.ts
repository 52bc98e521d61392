// The network that this machine is in: where the directory sees us, what our NAT and router do, which addresses others are told, and when
// all of that has changed.
import {type Random} from '../../crypto/random.ts';
import {type LocalClock} from '../../os/local-clock.ts';
import {type BoundSighting, type MappingKind, classifyMapping} from '../../protocol/path/mapping.ts';
import {type Standpoint} from '../../protocol/path/reachable.ts';
import {type Address, addressText, normalizeAddress, sameAddress, scopeOf, familyOf} from '../../wire/address.ts';
import {type MappingDrop} from './mapping-answer.ts';
import {readDefaultRoute} from './default-route.ts';
import {openGatewaySocket} from './gateway-socket.ts';
import {InterfaceWatch} from './interface-watch.ts';
import {type MappingState, mappedCandidate} from './mapping-state.ts';
import {type InterfaceList, listedInterfaces, localHosts, outwardAddresses} from './offered-addresses.ts';
import {type OwnNetwork} from './own-network.ts';
import {PortMapping} from './port-mapping.ts';
import {systemTimers} from './timer-port.ts';

/** What the person allows. */
export type NetworkWishes = {
	/** Whether contacts are told the addresses that this machine has in its own network. */
	readonly tellsLocal: boolean;
	/** Whether the router is asked to let datagrams for us through. */
	readonly mapsPort: boolean;
};

export type SurroundingsPorts = {
	/** As `os.networkInterfaces`. */
	readonly interfaces: () => InterfaceList;
	readonly clock: LocalClock;
	readonly random: Random;
	readonly wishes: () => NetworkWishes;
	readonly sightings: () => readonly BoundSighting[];
	readonly silenceMs: () => number;
	readonly reflectors: () => ReadonlyArray<{readonly address: Address; readonly observed: Address | undefined}>;
	/** Others are to be told these addresses, four at most, besides where we are seen. */
	readonly onOffered: (addresses: readonly Address[]) => void;
	/** The interfaces are others, or the machine has slept; `hosts` are those that it has now. */
	readonly onMoved: (hosts: readonly string[]) => void;
	readonly onDrop: (reason: MappingDrop) => void;
};

/** The router is asked so long after the login, ms: a program that only sends one message is gone by then. */
const MAP_AFTER_MS = 3000;

export class Surroundings {
	readonly #ports: SurroundingsPorts;
	readonly #watch: InterfaceWatch;
	#mapping: PortMapping | undefined;
	/** Of our socket; undefined before it is open. */
	#port: number | undefined;
	/** Where the directory is, and where it sees our TCP; undefined while it is out of reach. */
	#login: {readonly server: Address; readonly observed: Address} | undefined;
	#offered: readonly Address[] = [];
	#cancelMap: (() => void) | undefined;

	constructor(ports: SurroundingsPorts) {
		const {interfaces, clock} = ports;
		this.#ports = ports;
		this.#watch = new InterfaceWatch({interfaces, clock, timers: systemTimers, onChange: () => this.#moved()});
	}

	/** Our socket is open at this port. */
	start(port: number): void {
		const {clock, random, onDrop} = this.#ports;
		this.#port = port;
		this.#mapping = new PortMapping({
			port,
			gateway: () => readDefaultRoute()?.gateway,
			openSocket: openGatewaySocket,
			clock,
			timers: systemTimers,
			random,
			onChange: () => this.look(),
			onDrop,
		});
		this.#watch.start();
	}

	/** Resolves once the router has taken its mapping back, or does not answer. */
	async stop(): Promise<void> {
		this.#watch.stop();
		this.#cancelMap?.();
		await this.#mapping?.stop();
	}

	/** Signed in at this server. */
	loggedIn(server: Address, observed: Address): void {
		this.#login = {server, observed};
		this.look();
	}

	loggedOut(): void {
		this.#login = undefined;
	}

	/** What is seen of us, or wished, is different: tells others what is right now. */
	look(): void {
		if (this.#login === undefined) return;
		this.#mapPort();
		const offered = this.#offer();
		const isSame = offered.length === this.#offered.length && offered.every((own, at) => isAt(this.#offered[at], own));
		if (isSame) return;
		this.#offered = offered;
		this.#ports.onOffered(offered);
	}

	/** The way out may be another one: looks at the interfaces now. */
	checkInterfaces(): void {
		this.#watch.check();
	}

	/** Where we stand; undefined while the directory is out of reach. */
	get standpoint(): Standpoint | undefined {
		return this.#login && {...this.#login, seen: this.seen};
	}

	/** Where reflectors see us: one address for each family, IPv4 first. */
	get seen(): readonly Address[] {
		const observed = this.#ports.sightings().map(sighting => sighting.observed);
		return FAMILIES.flatMap(family => observed.find(({host}) => familyOf(host) === family) ?? []);
	}

	get mapping(): MappingKind {
		return classifyMapping(this.#ports.sightings());
	}

	/** The families in which somebody can be reached from here. */
	get families(): ReadonlyArray<4 | 6> {
		const hosts = outwardAddresses(this.#interfaces()).map(({host}) => host);
		if (this.#login !== undefined) hosts.push(this.#login.server.host);
		return FAMILIES.filter(family => hosts.some(host => familyOf(host) === family));
	}

	/** For whoever looks for a fault. */
	report(): OwnNetwork {
		const {reflectors, silenceMs} = this.#ports;
		return {
			port: this.#port,
			reflectors: reflectors().map(({address, observed}) => ({
				reflector: addressText(address),
				observed: observed && addressText(observed),
			})),
			mapping: this.mapping,
			// It will be asked before long.
			portMapping: this.#cancelMap === undefined ? this.#portMapping : {kind: 'asking'},
			mapped: mappedCandidate(this.#portMapping, this.#seenHosts),
			localHosts: this.#localHosts(),
			silenceMs: silenceMs(),
		};
	}

	get #portMapping(): MappingState {
		return this.#mapping?.state ?? {kind: 'off'};
	}

	get #seenHosts(): string[] {
		return this.seen.map(({host}) => host);
	}

	/** A directory on this machine introduces to people on this machine. */
	get #isAmongOthers(): boolean {
		return this.#login !== undefined && scopeOf(this.#login.server.host) !== 'loopback';
	}

	#localHosts(): string[] {
		if (!this.#ports.wishes().tellsLocal || !this.#isAmongOthers) return [];
		return localHosts(this.#interfaces(), readDefaultRoute()?.interface);
	}

	#offer(): Address[] {
		const mapped = mappedCandidate(this.#portMapping, this.#seenHosts);
		const port = this.#port;
		const local = port === undefined ? [] : this.#localHosts().map(host => ({host, port}));
		return mapped.kind === 'offered' ? [mapped.external, ...local] : local;
	}

	#interfaces(): InterfaceList {
		return listedInterfaces(this.#ports.interfaces);
	}

	#mapPort(): void {
		const mapping = this.#mapping;
		if (mapping === undefined) return;
		const isWanted = this.#ports.wishes().mapsPort && this.#isAmongOthers;
		if (!isWanted && mapping.state.kind !== 'off') void mapping.stop();
		// Where reflectors see us elsewhere, the router may have forgotten us.
		if (isWanted) mapping.check();
		if (!isWanted || mapping.state.kind !== 'off') return;
		this.#cancelMap ??= systemTimers.after(MAP_AFTER_MS, () => {
			this.#cancelMap = undefined;
			if (this.#ports.wishes().mapsPort && this.#isAmongOthers) mapping.start();
		});
	}

	#moved(): void {
		this.#mapping?.restart();
		const all = Object.values(this.#interfaces()).flatMap(list => list ?? []);
		this.#ports.onMoved(all.map(({address}) => normalizeAddress(address, 0).host));
		this.look();
	}
}

const FAMILIES = [4, 6] as const;

function isAt(a: Address | undefined, b: Address): boolean {
	return a !== undefined && sameAddress(a, b);
}
