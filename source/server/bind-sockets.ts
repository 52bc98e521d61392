// Binds the server's two sockets: TCP and UDP on one port number, for IPv6 and IPv4 together where the machine has both.
import {type Socket as UdpSocket, createSocket} from 'node:dgram';
import {once} from 'node:events';
import {lookup} from 'node:dns/promises';
import {type AddressInfo, type Server, type Socket, createServer, isIPv6} from 'node:net';

/** How many new connections the kernel queues until the server accepts them. */
const BACKLOG = 1024;
/** With port 0 the kernel picks a free port for TCP. If that port is taken for UDP, it picks again, at most so often. */
const PORT_TRIES = 10;
const ANY_IPV6 = '::';
const ANY_IPV4 = '0.0.0.0';

/** The server cannot listen on this address. The message says why and what to do. */
export class ListenError extends Error {
	override readonly name = 'ListenError';
	readonly code: string;

	constructor(host: string, port: number, cause: unknown) {
		const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
		super(
			`cannot listen on ${host.includes(':') ? `[${host}]` : host}:${port}: ${hints[code] ?? `${code}: choose another address with --listen HOST:PORT`}`,
			{cause},
		);
		this.code = code;
	}
}

const hints: Record<string, string> = {
	EADDRINUSE: 'the port is taken: stop the program that has it, or choose another with --listen HOST:PORT',
	EACCES: 'ports below 1024 are reserved: choose a higher one with --listen HOST:PORT',
	EADDRNOTAVAIL: 'this machine has no such address: choose another with --listen HOST:PORT',
	ENOTFOUND: 'nobody knows that host: choose another with --listen HOST:PORT',
};

export type Sockets = {readonly tcp: Server; readonly udp: UdpSocket; readonly host: string; readonly port: number};

/**
 * Both sockets on one port of `host`, a name or an address; undefined for every address of the machine. Port 0 lets the
 * kernel choose. Throws ListenError.
 */
export async function bindSockets(
	host: string | undefined,
	port: number,
	onConnection: (socket: Socket) => void,
): Promise<Sockets> {
	try {
		if (host !== undefined) return await bindBoth((await lookup(host)).address, port, onConnection);
		return await bindBoth(ANY_IPV6, port, onConnection).catch(async (error: unknown) => {
			if (!hasNoIPv6(error)) throw error;
			return bindBoth(ANY_IPV4, port, onConnection);
		});
	} catch (error) {
		throw new ListenError(host ?? '*', port, error);
	}
}

async function bindBoth(host: string, port: number, onConnection: (socket: Socket) => void): Promise<Sockets> {
	for (let tries = 1; ; tries++) {
		const tcp = createServer({noDelay: true}, onConnection);
		tcp.listen({host, port, backlog: BACKLOG, exclusive: true});
		await once(tcp, 'listening');
		const {port: bound} = tcp.address() as AddressInfo;
		try {
			return {tcp, udp: await bindUdp(host, bound), host, port: bound};
		} catch (error) {
			tcp.close();
			if (port !== 0 || tries === PORT_TRIES) throw error;
		}
	}
}

async function bindUdp(host: string, port: number): Promise<UdpSocket> {
	const udp = createSocket({type: isIPv6(host) ? 'udp6' : 'udp4'});
	try {
		udp.bind({address: host, port, exclusive: true});
		await once(udp, 'listening');
		return udp;
	} catch (error) {
		udp.close();
		throw error;
	}
}

function hasNoIPv6(error: unknown): boolean {
	return error instanceof Error && 'code' in error && ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(String(error.code));
}
