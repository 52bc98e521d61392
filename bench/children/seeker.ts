// A client that was introduced to another one: its socket, its probes and its handshake, as they are in the program, without messages.
import {type Buffer} from 'node:buffer';
import {type ChannelUser} from '../../source/channel/channel-user.ts';
import {type DatagramSocket, openDatagramSocket} from '../../source/channel/datagram-socket.ts';
import {foundingDevice} from '../../source/channel/device.ts';
import {Endpoint} from '../../source/channel/endpoint.ts';
import {type Introduced} from '../../source/channel/introduced.ts';
import {localClock} from '../../source/os/local-clock.ts';
import {Trace} from '../../source/os/trace.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {type Address} from '../../source/wire/address.ts';
import {DATAGRAM} from '../../source/wire/datagram.ts';
import {type Grant} from '../../source/wire/messages/introduce.ts';
import {answer} from '../child.ts';
import {type Profile, personOf} from '../people.ts';

const HERE = '127.0.0.1';

let own: Profile;
let socket: DatagramSocket;
let endpoint: Endpoint;
let probes = 0;

/** What it knows of others is gone, and with it every session. `onSession` hears when one stands. */
function begin(introduced: Introduced, wanted: boolean, onSession: () => void): void {
	endpoint?.close();
	const user: ChannelUser = {
		wanted,
		dueAt: Number.POSITIVE_INFINITY,
		onTurn() {},
		onTurnEnd() {},
		onContent() {},
		onFiles() {},
		onSession,
		onSessionEnd() {},
	};
	const place = {host: HERE, port: socket.port};
	endpoint = new Endpoint({
		local: personOf(own),
		clock: localClock,
		entropy: systemEntropy,
		serverTime: Date.now,
		transmit(datagram, to) {
			if (datagram[0] === DATAGRAM.probe) probes++;
			socket.send(datagram, to);
		},
		introduce: async () => introduced,
		pin: () => undefined,
		meet: () => true,
		onIdentityChanged() {},
		trace: new Trace(Date.now),
		use: () => user,
		onTurn: () => Number.POSITIVE_INFINITY,
		probing: {
			ways: () => ({standpoint: {server: place, observed: place}, seen: [place], mapping: 'same', families: [4]}),
			openSockets: async () => [],
			closeSockets() {},
			isAccepted: () => true,
			place: () => undefined,
		},
	});
	endpoint.ticketKey = own.ticketKey;
}

/** As the server says it of somebody at this port. */
const whereabouts = (port: number) => ({mapping: 'same', addresses: [{host: HERE, port}]}) as const;

const calls = {
	async open(profile: Profile): Promise<number> {
		own = profile;
		socket = await openDatagramSocket((datagram: Buffer, from: Address) => endpoint.receive(datagram, from));
		return socket.port;
	},

	/** Waits to be called, at the address behind this port. */
	rest(): void {
		begin('offline', false, () => {});
	},

	/** Somebody at this port is told of us, and we of them. */
	called(ticket: Buffer, time: number, port: number): void {
		endpoint.called({ticket, time, ...whereabouts(port)});
	},

	/** Opens a session with who is at this port, with probes or without; the ms until it stands and data may go. */
	async seek(name: string, grant: Grant, time: number, port: number, isProbing: boolean): Promise<number> {
		const {promise, resolve} = Promise.withResolvers<void>();
		const where = whereabouts(port);
		begin({...grant, addresses: where.addresses, time, ...(isProbing && {ways: where})}, true, resolve);
		const start = performance.now();
		endpoint.channel(foundingDevice(name)).presence('online');
		await promise;
		return performance.now() - start;
	},

	/** PROBE datagrams so far. */
	probes: () => probes,
};

export type SeekerCalls = typeof calls;

answer(calls);
