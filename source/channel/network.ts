// What one account has on the network: the connection to the directory, the UDP socket, and the channels to devices.
import {type Buffer} from 'node:buffer';
import {networkInterfaces} from 'node:os';
import {type Address, normalizeAddress, scopeOf, familyOf} from '../wire/address.ts';
import {DATAGRAM} from '../wire/datagram.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';
import {type LocalClock} from '../os/local-clock.ts';
import {type DevicePresence} from './told-presence.ts';
import {type DatagramSocket} from './datagram-socket.ts';
import {bestDevice} from './best-device.ts';
import {type Device, namedId} from './device.ts';
import {Binder} from './directory/binder.ts';
import {type DirectoryConnectionOptions} from './directory/connection-options.ts';
import {DirectoryConnection} from './directory/directory-connection.ts';
import {Endpoint, type EndpointPorts} from './endpoint.ts';
import {readDefaultRoute} from './network/default-route.ts';
import {openGatewaySocket} from './network/gateway-socket.ts';
import {linksOf, openLinkSocket} from './network/link-socket.ts';
import {type InterfaceList, listedInterfaces} from './network/offered-addresses.ts';
import {type OwnNetwork} from './network/own-network.ts';
import {SocketSet} from './network/socket-set.ts';
import {type NetworkWishes, Surroundings} from './network/surroundings.ts';
import {systemTimers} from './network/timer-port.ts';
import {type Introduced} from './introduced.ts';

export type NetworkOptions = Omit<DirectoryConnectionOptions, 'now' | 'events' | 'keepaliveMs'> &
	Pick<EndpointPorts, 'use' | 'onTurn' | 'pin' | 'meet' | 'onIdentityChanged' | 'trace'> & {
		/** Who gets no answer, and is not probed. */
		readonly isBlocked: (account: string) => boolean;
	} & {
		readonly clock: LocalClock;
		/** The directory has introduced us to an account with this key. */
		readonly onIntroduced: (account: string, identityKey: Buffer) => void;
		readonly onConnection: DirectoryConnectionOptions['events']['onConnection'];
		readonly onLog: DirectoryConnectionOptions['events']['onLog'];
		readonly onAlarm: DirectoryConnectionOptions['events']['onAlarm'];
		readonly onLink: DirectoryConnectionOptions['events']['onLink'];
		/** Logged in; the server's time less the local one, ms. */
		readonly onLogin: (clockOffset: number) => void;
		/** Of watched accounts alone. */
		readonly onPresence: (
			account: string,
			presence: Exclude<DevicePresence, 'unknown'>,
			devices?: readonly OnlineDevice[],
		) => void;
		/** Opens the UDP socket, which hands over what comes. */
		readonly openSocket: (onDatagram: (datagram: Buffer, from: Address) => void) => Promise<DatagramSocket>;
		/** Whether this account is an accepted contact. */
		readonly isAccepted: (account: string) => boolean;
		readonly wishes: () => NetworkWishes;
		/** As `os.networkInterfaces`, which it is unless given. */
		readonly interfaces?: () => InterfaceList;
		/** What the directory sees our socket at; undefined while it does not answer there. */
		readonly onReflexive: (observed: Address | undefined) => void;
	};

/** The way to the directory is in question once in this time at most, ms. */
const LOOK_EVERY_MS = 4000;

export class Network {
	readonly directory: DirectoryConnection;
	readonly endpoint: Endpoint;
	readonly #options: NetworkOptions;
	readonly #binder: Binder;
	readonly #surroundings: Surroundings;
	/** Which devices are online, of watched accounts that have more than one. */
	readonly #online = new Map<string, readonly OnlineDevice[]>();
	#socket: DatagramSocket | undefined;
	#sockets: SocketSet | undefined;
	/** When the way to the directory was last in question, on the elapsed clock. */
	#lookedAt = Number.NEGATIVE_INFINITY;
	/** The last directory is on another machine: one on this machine is never out of reach. */
	#isAmongOthers = false;
	/** A reflector answers. */
	#isSeen = false;
	/** The server's time less the local one, ms. */
	#clockOffset: number;

	constructor(options: NetworkOptions) {
		const {name, identity, foundingKey, server, stretch, first, clock, entropy, trace} = options;
		const {use, onTurn, pin, meet, onIdentityChanged, onConnection, onPresence, onLog, onAlarm, onLink} = options;
		this.#options = options;
		this.#clockOffset = first?.session.clockOffset ?? 0;
		const serverTime = () => this.serverTime();
		const transmit = (datagram: Buffer, to: Address, socket: number) => this.#sockets?.send(socket, datagram, to);
		this.#surroundings = new Surroundings({
			interfaces: options.interfaces ?? networkInterfaces,
			clock,
			timers: systemTimers,
			random: entropy.random,
			route: readDefaultRoute,
			openGateway: openGatewaySocket,
			wishes: options.wishes,
			sightings: () => this.#binder.sightings,
			silenceMs: () => this.#binder.silenceMs,
			reflectors: () => this.#binder.reflectors,
			onOffered: addresses => this.directory.candidates(addresses),
			onMoved: hosts => this.#moved(hosts),
			onPlace: () => this.endpoint.look(),
			onDrop: reason => trace.note('port-mapping', reason),
		});
		this.endpoint = new Endpoint({
			local: {name, identity},
			clock,
			entropy,
			trace,
			serverTime,
			transmit,
			introduce: async (device, id) => this.#introduce(device, id),
			pin,
			isBlocked: options.isBlocked,
			meet,
			onIdentityChanged,
			onUnknownDevice: account => this.directory.logs.look(account),
			use,
			onTurn,
			silenceMs: () => this.#binder.silenceMs,
			onSuspect: () => this.#doubt(),
			probing: {
				ways: () => this.#ways(),
				openSockets: async count => (await this.#sockets?.open(count)) ?? [],
				closeSockets: gone => this.#closeSockets(gone),
				isAccepted: options.isAccepted,
				place: () => this.#surroundings.place,
			},
			calling: {
				// Also while the directory is out of reach: that is what it is for.
				isAllowed: () => this.#isAmongOthers && options.wishes().tellsLocal,
				isAccepted: options.isAccepted,
				links: () => linksOf(this.#interfaces()),
				listen: async onDatagram => openLinkSocket(onDatagram),
				toLink: (datagram, {group, via}) => this.#socket?.sendToGroup(datagram, group, via),
				isOwn: from => this.#isOwn(from),
			},
		});
		this.#binder = new Binder({
			serverTime,
			elapsed: clock.elapsed,
			transmit: (datagram, to) => this.#socket?.send(datagram, to),
			onSeen: best => {
				if (best !== undefined && !this.#isSeen) this.endpoint.retry();
				this.#isSeen = best !== undefined;
				options.onReflexive(best);
				this.#surroundings.look();
			},
			onElsewhere: () => this.directory.check('elsewhere'),
			onForgotten: () => trace.note('bind', 'forgotten'),
			onDrop: reason => trace.note('bind', reason),
		});
		this.directory = new DirectoryConnection({
			server,
			name,
			identity,
			foundingKey,
			stretch,
			entropy,
			first,
			now: clock.now,
			events: {
				onConnection: connection => {
					if ('problem' in connection) trace.note('directory', `ended: ${connection.problem}`);
					onConnection(connection);
				},
				onSession: (session, remote) => {
					this.#clockOffset = session.clockOffset;
					this.#isAmongOthers = scopeOf(remote.host) !== 'loopback' && !this.#isHere(remote.host);
					options.onLogin(session.clockOffset);
					this.endpoint.ticketKey = {id: session.ticketKeyId, key: session.ticketKey};
					this.#binder.start(session, remote);
					this.#surroundings.loggedIn(remote, session.observed);
				},
				onSessionEnd: () => {
					this.endpoint.ticketKey = undefined;
					this.#surroundings.loggedOut();
					this.#binder.stop();
				},
				onReflectors: reflectors => {
					const {families} = this.#surroundings;
					this.#binder.others(reflectors.filter(({host}) => families.includes(familyOf(host))));
				},
				onCalled: called => this.endpoint.called(called),
				onPresence: entries => {
					for (const {name: account, online, devices} of entries) {
						if (devices === undefined) this.#online.delete(account);
						else this.#online.set(account, devices);
						onPresence(account, online ? 'online' : 'offline', devices);
					}
				},
				onUnbound: accounts => {
					for (const account of accounts) onPresence(account, 'unbound');
				},
				onLog,
				onAlarm,
				onLink,
				onDrop: reason => trace.note('directory', reason),
			},
		});
	}

	/** Opens the socket. Throws what opening it throws. */
	async open(): Promise<void> {
		const socket = await this.#options.openSocket((datagram, from) => {
			if (datagram[0] === DATAGRAM.bound) this.#binder.receive(datagram);
			else this.endpoint.receive(datagram, from);
		});
		this.#socket = socket;
		const onDatagram = (datagram: Buffer, from: Address, number: number) =>
			this.endpoint.receive(datagram, from, number);
		this.#sockets = new SocketSet({own: socket, onDatagram});
		this.#surroundings.start(socket.port);
	}

	/** Keeps the connection to the directory up from here on. */
	start(): void {
		this.directory.start();
	}

	/** Leaves every session and the directory, and wipes their keys. */
	async stop(): Promise<void> {
		this.endpoint.close();
		this.#binder.stop();
		await Promise.all([this.#surroundings.stop(), this.directory.stop()]);
		this.#sockets?.closeAllBut();
		this.#socket?.close();
	}

	/** The person's wishes are others. */
	look(): void {
		this.endpoint.look();
		this.#surroundings.look();
	}

	/** For whoever looks for a fault. */
	report(): OwnNetwork {
		return this.#surroundings.report();
	}

	/** Ms, as the directory counts. */
	serverTime(): number {
		return this.#options.clock.now() + this.#clockOffset;
	}

	#ways() {
		const {standpoint, seen, mapping, families} = this.#surroundings;
		return standpoint && {standpoint, seen, mapping, families};
	}

	#interfaces(): InterfaceList {
		return listedInterfaces(this.#options.interfaces ?? networkInterfaces);
	}

	/** Whether our own socket is at this address. */
	#isOwn({host, port}: Address): boolean {
		return port === this.#socket?.port && this.#isHere(host);
	}

	/** Whether this machine has this address. */
	#isHere(host: string): boolean {
		const all = Object.values(this.#interfaces()).flatMap(list => list ?? []);
		const sought = normalizeAddress(host, 0).host;
		return all.some(({address}) => normalizeAddress(address, 0).host === sought);
	}

	/** This machine has these hosts now, or has slept: the directory may not reach us any more, or see us elsewhere. */
	#moved(hosts: readonly string[]): void {
		this.#lookedAt = this.#options.clock.elapsed();
		this.#binder.moved();
		this.directory.check(hosts);
		this.endpoint.moved();
	}

	/** The path of a session is in doubt: it may be our own way out that has changed. */
	#doubt(): void {
		this.#surroundings.checkInterfaces();
		const now = this.#options.clock.elapsed();
		if (now - this.#lookedAt < LOOK_EVERY_MS) return;
		this.#lookedAt = now;
		this.#binder.look();
		this.directory.check();
	}

	#closeSockets(gone: readonly number[]): void {
		const {numbers = []} = this.#sockets ?? {};
		this.#sockets?.closeAllBut(numbers.filter(number => !gone.includes(number)));
	}

	async #introduce(device: Device, asked?: Buffer): Promise<Introduced> {
		// The directory can name us to nobody before it has seen our socket.
		await this.#binder.settled();
		if (this.#binder.isUnseen) return 'unseen';
		// Where its answer decides whether there is a way, both are to know of it.
		await this.#surroundings.settled();
		const {account} = device;
		const online = this.#online.get(account) ?? [];
		const id = namedId(device) ?? bestDevice(this.directory.logs.log(account), online, asked);
		const introduced = await this.directory.introduce(account, id);
		// A safety number is of founding keys.
		if (id === undefined && typeof introduced === 'object' && 'identityKey' in introduced) {
			this.#options.onIntroduced(account, introduced.identityKey);
		}

		return introduced;
	}
}
