// The client's one UDP socket: every peer and the directory's reflector are reached through it. IPv6 and IPv4 at once where the
// machine has both.
import {type Buffer} from 'node:buffer';
import {type Socket, createSocket} from 'node:dgram';
import {once} from 'node:events';
import {isIPv4} from 'node:net';
import {type Address, normalizeAddress} from '../wire/address.ts';

/** Bytes that the kernel is asked to hold for us: a burst must not be lost while one message goes to the disk. */
const RECEIVE_BUFFER = 4 * 1024 * 1024;

export type DatagramSocket = {
	/** Where it listens: every address of the machine, on this port. */
	readonly port: number;
	readonly family: 4 | 6;
	/** Sends without a promise of arrival; an address that cannot be reached is a datagram lost. */
	send(datagram: Buffer, to: Address): void;
	close(): void;
};

/** Opens the socket on a port that the kernel picks. */
export async function openDatagramSocket(
	onDatagram: (datagram: Buffer, from: Address) => void,
): Promise<DatagramSocket> {
	const {socket, family} = await bindAny();
	try {
		socket.setRecvBufferSize(RECEIVE_BUFFER);
	} catch {
		// The system's default is enough for a talk.
	}

	let open = true;
	// Most datagrams come from where the last one came from.
	let last = {text: '', host: ''};
	socket.on('message', (datagram, {address, port}) => {
		if (!open || port === 0) return;
		if (address !== last.text) last = {text: address, host: normalizeAddress(address, port).host};
		onDatagram(datagram, {host: last.host, port});
	});
	socket.on('error', () => {});
	return {
		port: socket.address().port,
		family,
		send(datagram, {host, port}) {
			if (!open || (family === 4 && !isIPv4(host))) return;
			socket.send(datagram, port, family === 6 && isIPv4(host) ? `::ffff:${host}` : host, () => {});
		},
		close() {
			if (open) socket.close();
			open = false;
		},
	};
}

async function bindAny(): Promise<{socket: Socket; family: 4 | 6}> {
	try {
		return {socket: await bind('udp6', '::'), family: 6};
	} catch {
		return {socket: await bind('udp4', '0.0.0.0'), family: 4};
	}
}

async function bind(type: 'udp4' | 'udp6', address: string): Promise<Socket> {
	// Hosts are IP addresses: there is nothing to look up.
	const lookup = (
		host: string,
		_: unknown,
		done: (error: Error | null, address: string, family: number) => void,
	): void => done(null, host, type === 'udp6' ? 6 : 4);
	const socket = createSocket({type, lookup});
	try {
		// With nothing to look up, it may listen before `bind` returns.
		const listening = once(socket, 'listening');
		socket.bind({address, port: 0});
		await listening;
		return socket;
	} catch (error) {
		socket.close();
		throw error;
	}
}
