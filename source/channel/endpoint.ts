// All channels over the client's sockets: hands each datagram to whoever its index names, has INITs answered, and keeps one turn and
// one timer for all.
import {type Buffer} from 'node:buffer';
import {wipe} from '../crypto/bytes.ts';
import {type TicketKey} from '../protocol/introduce/ticket.ts';
import {type Established} from '../protocol/session/established.ts';
import {type PeerPin} from '../protocol/session/responder.ts';
import {USUAL_SILENCE_MS} from '../protocol/path/path-limits.ts';
import {type PathPair} from '../protocol/path/probe-run.ts';
import {PROBE_LIFE_MS} from '../protocol/path/probe-limits.ts';
import {type OwnPlace} from '../protocol/path/told-addresses.ts';
import {type Address, scopeOf, familyOf} from '../wire/address.ts';
import {DATAGRAM, datagramType} from '../wire/datagram.ts';
import {type Called} from '../wire/messages/ways.ts';
import {SUITES, VERSION} from '../wire/suite.ts';
import {type ChannelPorts, DeviceChannel} from './channel.ts';
import {type ChannelUser} from './channel-user.ts';
import {type Device, deviceKey, deviceWithKey, foundingDevice} from './device.ts';
import {LinkCaller, type LinkCallerPorts} from './link-caller.ts';
import {Listeners} from './listeners.ts';
import {OWN_SOCKET} from './network/socket-set.ts';
import {type ProbeReport} from './network/own-network.ts';
import {PathSizes} from './path-sizes.ts';
import {Prober, type ProberPorts} from './prober.ts';
import {SessionAnswerer} from './session-answerer.ts';

/** No timer runs longer: the elapsed clock stands still while a machine sleeps. */
const LONGEST_TIMER = 60_000;

/** What probes stand on; without it none are sent. */
export type ProbingPorts = Pick<ProberPorts, 'ways' | 'openSockets' | 'closeSockets'> & {
	/** Whether this account is an accepted contact. */
	readonly isAccepted: (account: string) => boolean;
	/** Where we are, as accepted contacts may know it; undefined when nobody may. */
	readonly place: () => OwnPlace | undefined;
};

/** What calls on the local link stand on; without it there are none. */
export type CallingPorts = Pick<LinkCallerPorts, 'isAllowed' | 'isAccepted' | 'links' | 'listen' | 'toLink' | 'isOwn'>;

export type EndpointPorts = Omit<
	ChannelPorts,
	'pin' | 'suites' | 'listeners' | 'prober' | 'linkCaller' | 'pathSizes' | 'ownPlace' | 'silenceMs' | 'onWork'
> & {
	readonly probing?: ProbingPorts;
	readonly calling?: CallingPorts;
	readonly silenceMs?: () => number;
	/** 'refuse' for an account that gets no answer. */
	readonly pin: PeerPin;
	/** Who is not even probed; without it, whoever gets no answer. */
	readonly isBlocked?: (account: string) => boolean;
	/** What this client speaks, strongest first. */
	readonly suites?: readonly number[];
	/** Names the user of a channel; called once for each. */
	readonly use: (channel: DeviceChannel) => ChannelUser;
	/** A turn begins, before any channel runs; returns when the next one is due for the user of the channels, on the elapsed clock. */
	readonly onTurn: () => number;
};

export class Endpoint {
	readonly #ports: EndpointPorts;
	readonly #channelPorts: ChannelPorts;
	readonly #answerer: SessionAnswerer;
	readonly #listeners: Listeners;
	readonly #prober: Prober;
	readonly #linkCaller: LinkCaller;
	/** Sockets beside the own one on which a way was proven, and until when a session may take it; each is closed once none has it. */
	readonly #extra = new Map<number, number>();
	/** By device; one for each that was met or written to. */
	readonly #channels = new Map<string, DeviceChannel>();
	/** Those that have changed since the last turn. */
	readonly #touched = new Set<DeviceChannel>();
	#turn: NodeJS.Immediate | undefined;
	#timer: NodeJS.Timeout | undefined;
	#closed = false;

	constructor(ports: EndpointPorts) {
		const {pin, suites = SUITES, silenceMs = () => USUAL_SILENCE_MS, use: _use, onTurn: _onTurn, ...rest} = ports;
		this.#ports = ports;
		this.#listeners = new Listeners(ports.entropy.random);
		this.#prober = new Prober({
			...(ports.probing ?? NO_PROBING),
			clock: ports.clock,
			random: ports.entropy.random,
			transmit: ports.transmit,
			isEligible: account => ports.probing?.isAccepted(account) === true,
			onProven: (account, pair) => this.#proven(account, pair),
			onWork: () => this.#scheduleTurn(),
			trace: ports.trace,
		});
		this.#linkCaller = new LinkCaller({
			...(ports.calling ?? NO_CALLING),
			elapsed: ports.clock.elapsed,
			random: ports.entropy.random,
			transmit: ports.transmit,
			onFound: (device, pair) => this.#channels.get(deviceKey(device))?.found(pair),
			onWork: () => this.#scheduleTurn(),
			trace: ports.trace,
		});
		this.#channelPorts = {
			...rest,
			suites,
			pin: account => {
				const pinned = pin(account);
				return pinned === 'refuse' ? undefined : pinned;
			},
			listeners: this.#listeners,
			prober: this.#prober,
			linkCaller: this.#linkCaller,
			pathSizes: new PathSizes(ports.clock.elapsed),
			ownPlace: account => (ports.probing?.isAccepted(account) === true ? ports.probing.place() : undefined),
			silenceMs,
			onWork: channel => this.#schedule(channel),
		};
		this.#answerer = new SessionAnswerer({
			...rest,
			suites,
			pin,
			listeners: this.#listeners,
			isProven: pair => this.#prober.isProven(pair),
			onDowngrade: account => {
				for (const channel of this.#of(account)) channel.downgraded();
			},
			onEstablished: (established, from) =>
				this.channel(this.#deviceOf(established)).establish(established, from, undefined),
		});
	}

	/** The key that tickets for this account open with, undefined while there is no login. */
	set ticketKey(key: TicketKey | undefined) {
		this.#answerer.ticketKey = key;
	}

	/** The one channel to this device. */
	channel(device: Device): DeviceChannel {
		const key = deviceKey(device);
		const known = this.#channels.get(key);
		if (known !== undefined) return known;
		const channel = new DeviceChannel(device, this.#channelPorts, this.#ports.use);
		this.#channels.set(key, channel);
		return channel;
	}

	/** Takes any datagram but BOUND, which came to this socket of ours. */
	receive(datagram: Buffer, address: Address, socket = OWN_SOCKET): void {
		const type = this.#closed ? undefined : datagramType(datagram, VERSION);
		if (type === DATAGRAM.probe) {
			this.#prober.receive(datagram, address, socket);
			return;
		}

		if (type === DATAGRAM.call) {
			this.#linkCaller.receive(datagram, address);
			return;
		}

		const from = {socket, address};
		if (type === DATAGRAM.init) {
			void this.#answerer.answer(datagram, from);
			return;
		}

		const listener = datagram.length < 6 ? undefined : this.#listeners.get(datagram.readUInt32BE(2));
		if (listener === undefined) this.#ports.trace.note('datagram', type === undefined ? 'malformed' : 'index');
		else listener(datagram, from, type);
	}

	/** The directory has named us to somebody who wants to talk: probes them, unless they are blocked. */
	called({ticket, time, ...where}: Called): void {
		const {trace, local, pin, isBlocked, serverTime, probing} = this.#ports;
		const opened = this.#closed ? ({drop: 'key-id'} as const) : this.#answerer.openTicket(ticket);
		if ('drop' in opened) {
			trace.note('called', `ticket-${opened.drop}`);
			return;
		}

		const {from: name, to, key} = opened.body;
		// Whose devices are not known yet gets no answer to an INIT, and is asked about from here on; the way is opened meanwhile.
		const pinned = pin(name);
		if (to !== local.name) trace.note('called', 'name');
		else if (isBlocked === undefined ? pinned === 'refuse' : isBlocked(name)) trace.note('called', 'blocked');
		else {
			// Whom we do not know is not met in our own network, unless they ask there first.
			const addresses = probing?.isAccepted(name) === true ? where.addresses : withoutLocal(where.addresses);
			const age = serverTime() - time;
			this.#prober.begin({role: 'responder', name, key, ticket, age, where: {...where, addresses}});
		}

		wipe(key);
	}

	/** The interfaces of this machine are others, or it has slept: the paths of all sessions are in question. */
	moved(): void {
		this.#linkCaller.look();
		for (const channel of this.#channels.values()) channel.moved();
	}

	/** The person's wishes are others, or where we are. */
	look(): void {
		this.#linkCaller.look();
		this.#scheduleTurn();
	}

	/** What kept sessions from being opened may be over. */
	retry(): void {
		for (const channel of this.#channels.values()) channel.retry();
	}

	/** What the probes of the last introduction with this account came to. */
	probesOf(account: string): ProbeReport | undefined {
		return this.#prober.report(account);
	}

	/** Sends what waits to be acknowledged, then leaves every session and wipes every key. */
	close(): void {
		if (this.#closed) return;
		this.#runTurn();
		this.#closed = true;
		clearImmediate(this.#turn);
		clearTimeout(this.#timer);
		for (const channel of this.#channels.values()) channel.halt('all');
		this.#prober.close();
		this.#linkCaller.close();
		this.#answerer.close();
	}

	/** Runs once this turn's datagrams and messages are all in: what was queued together travels together. */
	#schedule(channel: DeviceChannel): void {
		if (this.#closed) return;
		this.#touched.add(channel);
		this.#scheduleTurn();
	}

	#scheduleTurn(): void {
		if (!this.#closed) this.#turn ??= setImmediate(() => this.#runTurn());
	}

	/** Of a contact, the one session that is sent on may be with any device; each sibling has a channel of its own. */
	#deviceOf({local, peer: {name, identityKey}}: Established): Device {
		return name === local.name ? deviceWithKey(name, identityKey) : foundingDevice(name);
	}

	#proven(account: string, pair: PathPair): void {
		if (pair.socket !== OWN_SOCKET) this.#extra.set(pair.socket, this.#ports.clock.elapsed() + PROBE_LIFE_MS);
		for (const channel of this.#of(account)) channel.offer(pair);
	}

	/** Of a contact one, of the own account one for each sibling. */
	#of(account: string): readonly DeviceChannel[] {
		const channel = this.#channels.get(deviceKey(foundingDevice(account)));
		if (channel !== undefined) return [channel];
		if (account !== this.#ports.local.name) return [];
		return [...this.#channels.values()].filter(({device}) => device.account === account);
	}

	/** Closes the sockets on which a way was proven that no session goes any more. */
	#closeUnused(): void {
		if (this.#extra.size === 0) return;
		const now = this.#ports.clock.elapsed();
		const used = new Set([...this.#channels.values()].flatMap(({sockets}) => sockets));
		const unused = [...this.#extra].filter(([socket, until]) => until <= now && !used.has(socket));
		for (const [socket] of unused) this.#extra.delete(socket);
		if (unused.length > 0) this.#ports.probing?.closeSockets(unused.map(([socket]) => socket));
	}

	#runTurn(): void {
		const workAt = this.#ports.onTurn();
		let next = Math.min(workAt, this.#prober.run());
		this.#closeUnused();
		const touched = new Set(this.#touched);
		this.#touched.clear();
		for (const channel of this.#channels.values()) {
			if (channel.active || touched.has(channel)) next = Math.min(next, channel.run());
		}

		next = Math.min(next, this.#linkCaller.run());
		clearImmediate(this.#turn);
		this.#turn = undefined;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (next === Number.POSITIVE_INFINITY || this.#closed) return;
		const now = this.#ports.clock.elapsed();
		if (workAt <= now) {
			// Between two steps on the disk everything else has its turn.
			this.#turn = setImmediate(() => this.#runTurn());
			return;
		}

		// What has come until then is read first: after a long wait for the disk, acknowledgements that are there would count as missing.
		this.#timer = setTimeout(() => this.#scheduleTurn(), Math.min(Math.max(next - now, 1), LONGEST_TIMER));
	}
}

const NO_PROBING: ProbingPorts = {
	ways: () => undefined,
	openSockets: async () => [],
	closeSockets() {},
	isAccepted: () => false,
	place: () => undefined,
};

const NO_CALLING: CallingPorts = {
	isAllowed: () => false,
	isAccepted: () => false,
	links: () => [],
	listen: async () => ({errors: new Map(), join() {}, close() {}}),
	toLink() {},
	isOwn: () => false,
};

/** Without those in somebody's own network: private ones behind the first of their family, unless that has the same host. */
function withoutLocal(addresses: readonly Address[]): Address[] {
	const firstOf = ({host}: Address) => addresses.find(each => familyOf(each.host) === familyOf(host));
	return addresses.filter(address => scopeOf(address.host) === 'public' || firstOf(address)?.host === address.host);
}
