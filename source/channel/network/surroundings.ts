// The network that this machine is in: where the directory sees us, what our NAT and router do, which addresses others are told, and when
// all of that has changed.
import {type Random} from '../../crypto/random.ts';
import {type LocalClock} from '../../os/local-clock.ts';
import {type BoundSighting, type MappingKind, classifyMapping} from '../../protocol/path/mapping.ts';
import {type Standpoint} from '../../protocol/path/reachable.ts';
import {type OwnPlace} from '../../protocol/path/told-addresses.ts';
import {type Address, addressText, normalizeAddress, sameAddress, scopeOf, familyOf} from '../../wire/address.ts';
import {type MappingDrop} from './mapping-answer.ts';
import {type DefaultRoute} from './default-route.ts';
import {type OpenGatewaySocket} from './gateway-socket.ts';
import {InterfaceWatch} from './interface-watch.ts';
import {type MappingState, mappedCandidate} from './mapping-state.ts';
import {type InterfaceList, listedInterfaces, localHosts, outwardAddresses} from './offered-addresses.ts';
import {type OwnNetwork} from './own-network.ts';
import {PortMapping} from './port-mapping.ts';
import {type Timers} from './timer-port.ts';

/** What the person allows. */
export type NetworkWishes = {
	/** Whether contacts are told the addresses that this machine has in its own network. */
	readonly tellsLocal: boolean;
	/** Whether the router is asked to let datagrams for us through. */
	readonly mapsPort: boolean;
	/** The port that the person has chosen for our socket, and may have told a router of. */
	readonly forwardedPort?: number | undefined;
};

export type SurroundingsPorts = {
	/** As `os.networkInterfaces`. */
	readonly interfaces: () => InterfaceList;
	readonly clock: LocalClock;
	readonly timers: Timers;
	readonly random: Random;
	/** Where this machine's way out begins, looked up each time: `readDefaultRoute`. */
	readonly route: () => DefaultRoute | undefined;
	readonly openGateway: OpenGatewaySocket;
	readonly wishes: () => NetworkWishes;
	readonly sightings: () => readonly BoundSighting[];
	readonly silenceMs: () => number;
	readonly reflectors: () => ReadonlyArray<{readonly address: Address; readonly observed: Address | undefined}>;
	/** Others are to be told these addresses, four at most, besides where we are seen. */
	readonly onOffered: (addresses: readonly Address[]) => void;
	/** The interfaces are others, or the machine has slept; `hosts` are those that it has now. */
	readonly onMoved: (hosts: readonly string[]) => void;
	/** `place` is another one. */
	readonly onPlace: () => void;
	readonly onDrop: (reason: MappingDrop) => void;
};

/**
 * The router is asked so long after the login, ms: a program that only sends one message is gone by then. Where our NAT gives each way
 * another port it is asked as soon as that shows, since half of all homes are out of reach without its help.
 */
const MAP_AFTER_MS = 3000;
/** There, whoever wants to be introduced waits so long for the router's answer, ms: routers of a home answer within 20. */
const ROUTER_MS = 250;

export class Surroundings {
	readonly #ports: SurroundingsPorts;
	readonly #watch: InterfaceWatch;
	#mapping: PortMapping | undefined;
	/** Of our socket; undefined before it is open. */
	#port: number | undefined;
	/** Where the directory is, and where it sees our TCP; undefined while it is out of reach. */
	#login: {readonly server: Address; readonly observed: Address} | undefined;
	#offered: readonly Address[] = [];
	#place: OwnPlace | undefined;
	/** Takes back that the router is asked later. */
	#cancelMap: (() => void) | undefined;
	/** Who waits for the router's answer; each goes on after ROUTER_MS. */
	#waiting: Array<() => void> = [];

	constructor(ports: SurroundingsPorts) {
		const {interfaces, clock, timers} = ports;
		this.#ports = ports;
		this.#watch = new InterfaceWatch({interfaces, clock, timers, onChange: () => this.#moved()});
	}

	/** Our socket is open at this port. */
	start(port: number): void {
		const {clock, timers, random, route, openGateway, onDrop} = this.#ports;
		this.#port = port;
		this.#mapping = new PortMapping({
			port,
			gateway: () => route()?.gateway,
			openSocket: openGateway,
			clock,
			timers,
			random,
			onChange: ({kind}) => {
				this.look();
				if (kind !== 'asking') this.#release();
			},
			onDrop,
		});
		this.#watch.start();
	}

	/** Resolves once the router has taken its mapping back, or does not answer. */
	async stop(): Promise<void> {
		// Nothing is asked or told any more.
		this.loggedOut();
		this.#watch.stop();
		this.#cancelMap?.();
		this.#release();
		await this.#mapping?.stop();
	}

	/** Resolves once the router has answered, or after ROUTER_MS; at once where our NAT keeps its ports. */
	async settled(): Promise<void> {
		if (this.mapping !== 'varies' || this.#portMapping.kind !== 'asking') return;
		const {timers} = this.#ports;
		await new Promise<void>(resolve => {
			const cancel = timers.after(ROUTER_MS, resolve);
			this.#waiting.push(() => {
				cancel();
				resolve();
			});
		});
	}

	/** Signed in at this server. */
	loggedIn(server: Address, observed: Address): void {
		this.#login = {server, observed};
		this.look();
	}

	loggedOut(): void {
		this.#login = undefined;
		// Nobody says where we are seen now.
		this.#setPlace(this.#place && {...this.#place, seen: []});
	}

	/** Where we are, as accepted contacts may know it; undefined while nobody may, and before the first login. */
	get place(): OwnPlace | undefined {
		return this.#place;
	}

	/** What is seen of us, or wished, is different: tells others what is right now. */
	look(): void {
		if (this.#login === undefined) return;
		this.#mapPort();
		const isTold = this.#ports.wishes().tellsLocal;
		this.#setPlace(isTold ? {addresses: this.#localAddresses(), seen: this.seen} : undefined);
		const offered = this.#offer();
		if (isSameList(offered, this.#offered)) return;
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
			forwarded: this.#forwarded,
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
		return localHosts(this.#interfaces(), this.#ports.route()?.interface);
	}

	#localAddresses(): Address[] {
		const port = this.#port;
		return port === undefined ? [] : this.#localHosts().map(host => ({host, port}));
	}

	#setPlace(place: OwnPlace | undefined): void {
		const before = this.#place;
		this.#place = place;
		const isSame =
			place !== undefined && before !== undefined
				? isSameList(place.addresses, before.addresses) && isSameList(place.seen, before.seen)
				: place === before;
		if (!isSame) this.#ports.onPlace();
	}

	/** Where a router that was told of our port by hand lets others in, if there is one; undefined where we are seen at that port anyway. */
	get #forwarded(): Address | undefined {
		const port = this.#port;
		const seen = this.seen.find(({host}) => familyOf(host) === 4);
		const isChosen = port !== undefined && port === this.#ports.wishes().forwardedPort;
		return isChosen && this.#isAmongOthers && seen !== undefined && seen.port !== port ? {...seen, port} : undefined;
	}

	#offer(): Address[] {
		const mapped = mappedCandidate(this.#portMapping, this.#seenHosts);
		const forwarded = this.#forwarded;
		const local = this.#localAddresses();
		const all = [...(mapped.kind === 'offered' ? [mapped.external] : []), ...(forwarded ? [forwarded] : []), ...local];
		return all.filter((address, index) => all.findIndex(other => sameAddress(other, address)) === index);
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
		if (this.mapping === 'varies') this.#askRouter();
		else this.#cancelMap ??= this.#ports.timers.after(MAP_AFTER_MS, () => this.#askRouter());
	}

	#askRouter(): void {
		this.#cancelMap?.();
		this.#cancelMap = undefined;
		if (this.#ports.wishes().mapsPort && this.#isAmongOthers) this.#mapping?.start();
	}

	#release(): void {
		for (const resolve of this.#waiting.splice(0)) resolve();
	}

	#moved(): void {
		this.#mapping?.restart();
		const all = Object.values(this.#interfaces()).flatMap(list => list ?? []);
		this.#ports.onMoved(all.map(({address}) => normalizeAddress(address, 0).host));
		this.look();
	}
}

const FAMILIES = [4, 6] as const;

function isSameList(a: readonly Address[], b: readonly Address[]): boolean {
	return a.length === b.length && a.every((address, index) => sameAddress(address, b[index]!));
}
