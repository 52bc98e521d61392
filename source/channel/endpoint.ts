// All channels over the client's sockets: hands each datagram to whoever its index names, has INITs answered, and keeps one turn and
// one timer for all.
import {type Buffer} from 'node:buffer';
import {type TicketKey} from '../protocol/introduce/ticket.ts';
import {type PeerPin} from '../protocol/session/responder.ts';
import {type Address} from '../wire/address.ts';
import {DATAGRAM, datagramType} from '../wire/datagram.ts';
import {SUITES, VERSION} from '../wire/suite.ts';
import {type ChannelPorts, type ChannelUser, DeviceChannel} from './channel.ts';
import {type Device, deviceKey, foundingDevice} from './device.ts';
import {Listeners} from './listeners.ts';
import {SessionAnswerer} from './session-answerer.ts';

/** No timer runs longer: the elapsed clock stands still while a machine sleeps. */
const LONGEST_TIMER = 60_000;

export type EndpointPorts = Omit<ChannelPorts, 'pin' | 'suites' | 'listeners' | 'onWork'> & {
	/** 'refuse' for an account that gets no answer. */
	readonly pin: PeerPin;
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
	/** By device; one for each that was met or written to. */
	readonly #channels = new Map<string, DeviceChannel>();
	/** Those that have changed since the last turn. */
	readonly #touched = new Set<DeviceChannel>();
	#turn: NodeJS.Immediate | undefined;
	#timer: NodeJS.Timeout | undefined;
	#closed = false;

	constructor(ports: EndpointPorts) {
		const {pin, suites = SUITES, use: _use, onTurn: _onTurn, ...rest} = ports;
		this.#ports = ports;
		this.#listeners = new Listeners(ports.entropy.random);
		this.#channelPorts = {
			...rest,
			suites,
			pin: account => {
				const pinned = pin(account);
				return pinned === 'refuse' ? undefined : pinned;
			},
			listeners: this.#listeners,
			onWork: channel => this.#schedule(channel),
		};
		this.#answerer = new SessionAnswerer({
			...rest,
			suites,
			pin,
			listeners: this.#listeners,
			onDowngrade: account => this.#channels.get(deviceKey(foundingDevice(account)))?.downgraded(),
			onEstablished: (established, from) =>
				this.channel(foundingDevice(established.peer.name)).establish(established, from, undefined),
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

	/** Takes any datagram but BOUND. */
	receive(datagram: Buffer, from: Address): void {
		const type = this.#closed ? undefined : datagramType(datagram, VERSION);
		if (type === DATAGRAM.init) {
			void this.#answerer.answer(datagram, from);
			return;
		}

		const listener = datagram.length < 6 ? undefined : this.#listeners.get(datagram.readUInt32BE(2));
		if (listener === undefined) this.#ports.trace.note('datagram', type === undefined ? 'malformed' : 'index');
		else listener(datagram, from, type);
	}

	/** Sends what waits to be acknowledged, then leaves every session and wipes every key. */
	close(): void {
		if (this.#closed) return;
		this.#runTurn();
		this.#closed = true;
		clearImmediate(this.#turn);
		clearTimeout(this.#timer);
		for (const channel of this.#channels.values()) channel.halt('all');
		this.#answerer.close();
	}

	/** Runs once this turn's datagrams and messages are all in: what was queued together travels together. */
	#schedule(channel: DeviceChannel): void {
		if (this.#closed) return;
		this.#touched.add(channel);
		this.#turn ??= setImmediate(() => this.#runTurn());
	}

	#runTurn(): void {
		const workAt = this.#ports.onTurn();
		let next = workAt;
		const touched = new Set(this.#touched);
		this.#touched.clear();
		for (const channel of this.#channels.values()) {
			if (channel.active || touched.has(channel)) next = Math.min(next, channel.run());
		}

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

		this.#timer = setTimeout(() => this.#runTurn(), Math.min(Math.max(next - now, 1), LONGEST_TIMER));
	}
}
