// The client's one UDP socket: every peer and the directory's reflector are reached through it. IPv6 and IPv4 at once where the
// machine has both.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:dgram';
import {isIPv4} from 'node:net';
import {ErrorCounts, systemCode} from '../os/error-counts.ts';
import {bindUdp} from '../os/udp-bind.ts';
import {type Address, normalizeAddress} from '../wire/address.ts';

/** Bytes that the kernel is asked to hold for us: a burst must not be lost while one message goes to the disk. */
const RECEIVE_BUFFER = 4 * 1024 * 1024;
/** Link-local hosts whose link is known, at most; the one that was heard first makes room. */
const LINKS = 64;

export type DatagramSocket = {
	/** Where it listens: every address of the machine, on this port. */
	readonly port: number;
	readonly family: 4 | 6;
	/** What the system refused to send, by its code. At most 32 codes. */
	readonly errors: ReadonlyMap<string, number>;
	/** Sends without a promise of arrival; an address that cannot be reached is a datagram lost, and counted. */
	send(datagram: Buffer, to: Address): void;
	/**
	 * Sends to a multicast group, on one link, no further than that link. `via` is an own IPv4 address there for a group of IPv4, and
	 * the name of the interface for one of IPv6.
	 */
	sendToGroup(datagram: Buffer, group: Address, via: string): void;
	close(): void;
};

export type PortWish = {
	/** 1–65535. Undefined: the kernel picks one. */
	readonly port?: number | undefined;
	/** Whether no other will do. */
	readonly isDemanded?: boolean;
};

/**
 * Opens the socket on the port that is wished for, or on one that the kernel picks. Throws the system's error when the port is demanded
 * and cannot be had, and when there is no UDP at all.
 */
export async function openDatagramSocket(
	onDatagram: (datagram: Buffer, from: Address) => void,
	{port = 0, isDemanded = false}: PortWish = {},
): Promise<DatagramSocket> {
	const {socket, family} = await bindAny(port).catch(async (error: unknown) => {
		if (port === 0 || isDemanded) throw error;
		return bindAny(0);
	});
	try {
		socket.setRecvBufferSize(RECEIVE_BUFFER);
	} catch {
		// The system's default is enough for a talk.
	}

	let open = true;
	const errors = new ErrorCounts();
	/** By link-local host: the interface that it was heard on. Without that, the kernel does not know where it is (RFC 4007 §6). */
	const links = new Map<string, string>();
	// Most datagrams come from where the last one came from.
	let last = {text: '', host: ''};
	socket.on('message', (datagram, {address, port: from}) => {
		if (!open || from === 0) return;
		if (address !== last.text) {
			last = {text: address, host: normalizeAddress(address, from).host};
			const zone = address.indexOf('%');
			if (zone !== -1) learnLink(links, last.host, address.slice(zone + 1));
		}

		onDatagram(datagram, {host: last.host, port: from});
	});
	socket.on('error', errors.note);

	const transmit = (datagram: Buffer, to: number, host: string): void => {
		try {
			socket.send(datagram, to, host, errors.note);
		} catch (error) {
			errors.note(error);
		}
	};
	return {
		port: socket.address().port,
		family,
		errors: errors.counts,
		send(datagram, {host, port: to}) {
			if (!open || (family === 4 && !isIPv4(host))) return;
			const link = links.size === 0 ? undefined : links.get(host);
			transmit(datagram, to, link === undefined ? hostFor(family, host) : `${host}%${link}`);
		},
		sendToGroup(datagram, {host, port: to}, via) {
			if (!open || (family === 4 && !isIPv4(host))) return;
			if (!isIPv4(host)) {
				transmit(datagram, to, `${host}%${via}`);
				return;
			}

			errors.guard(() => {
				// Datagrams leave in the turn in which they are sent: the next link may be set right behind.
				socket.setMulticastInterface(via);
				transmit(datagram, to, hostFor(family, host));
			});
		},
		close() {
			if (open) socket.close();
			open = false;
		},
	};
}

function learnLink(links: Map<string, string>, host: string, link: string): void {
	links.delete(host);
	links.set(host, link);
	const [oldest] = links.keys();
	if (links.size > LINKS && oldest !== undefined) links.delete(oldest);
}

function hostFor(family: 4 | 6, host: string): string {
	return family === 6 && isIPv4(host) ? `::ffff:${host}` : host;
}

/** Both families at one port, or IPv4 alone on a machine without IPv6. A port that is taken in one family is taken. */
async function bindAny(port: number): Promise<{socket: Socket; family: 4 | 6}> {
	try {
		return {socket: await bindUdp({type: 'udp6', address: '::', port}), family: 6};
	} catch (error) {
		if (['EADDRINUSE', 'EACCES'].includes(systemCode(error))) throw error;
		return {socket: await bindUdp({type: 'udp4', address: '0.0.0.0', port}), family: 4};
	}
}
