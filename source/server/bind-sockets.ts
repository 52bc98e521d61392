// Binds the server's sockets: TCP and UDP on one port number, UDP on the next as well, for IPv6 and IPv4 where the machine has both.
import {once} from 'node:events';
import {lookup} from 'node:dns/promises';
import {type AddressInfo, type Server, type Socket, createServer} from 'node:net';
import {isWildcard} from './listen-address.ts';
import {type ReflectorPorts, ReflectorSockets} from './reflector-sockets.ts';

/** How many new connections the kernel queues until the server accepts them. */
const BACKLOG = 1024;
/** With port 0 the kernel picks a free port for TCP. If that port is taken for UDP, it picks again, at most so often. */
const PORT_TRIES = 10;
/** Of how many addresses of a name the server tries to listen. */
const LOOKUP_LIMIT = 8;
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

/** What was bound: a TCP server for each host, the reflectors beside them, and the first host. */
export type Sockets = {
	readonly servers: readonly Server[];
	readonly reflectors: ReflectorSockets;
	readonly host: string;
	readonly port: number;
};

export type SocketPorts = Pick<ReflectorPorts, 'answer' | 'onMissing' | 'ahead'> & {
	readonly onConnection: (socket: Socket) => void;
	/** The addresses of the machine, the best first. */
	readonly hosts: () => readonly string[];
};

/**
 * TCP and UDP on one port of `host`, and UDP on the next port where that is free. A name stands for all addresses that it leads to and this
 * machine has; undefined for every address of the machine, those that come later too. Port 0 lets the kernel choose. Throws ListenError.
 */
export async function bindSockets(host: string | undefined, port: number, ports: SocketPorts): Promise<Sockets> {
	try {
		if (host !== undefined && !isWildcard(host)) {
			const found = new Set((await lookup(host, {all: true})).map(({address}) => address));
			return await bindAll([...found].slice(0, LOOKUP_LIMIT), port, ports);
		}

		if (host === ANY_IPV4) return await bindAll([ANY_IPV4], port, ports);
		return await bindAll([ANY_IPV6], port, ports).catch(async (error: unknown) => {
			if (!isNoAddress(error)) throw error;
			return bindAll([ANY_IPV4], port, ports);
		});
	} catch (error) {
		throw new ListenError(host ?? '*', port, error);
	}
}

async function bindAll(hosts: readonly string[], port: number, ports: SocketPorts): Promise<Sockets> {
	for (let tries = 1; ; tries++) {
		const isLast = port !== 0 || tries === PORT_TRIES;
		try {
			return await bindOnce(hosts, port, ports, !isLast);
		} catch (error) {
			if (isLast) throw error;
		}
	}
}

async function bindOnce(
	hosts: readonly string[],
	wanted: number,
	ports: SocketPorts,
	wantsSecond: boolean,
): Promise<Sockets> {
	const {servers, bound, port} = await listenAll(hosts, wanted, ports.onConnection);
	const host = bound[0]!;
	const mayChange = isWildcard(host);
	const own = () => (mayChange ? ports.hosts().filter(each => host === ANY_IPV6 || !each.includes(':')) : bound);
	const reflectors = new ReflectorSockets({...ports, mayChange, hosts: own});
	try {
		reflectors.open(port, wantsSecond);
		return {servers, reflectors, host, port};
	} catch (error) {
		for (const server of servers) server.close();
		throw error;
	}
}

type Listening = {readonly servers: readonly Server[]; readonly bound: readonly string[]; readonly port: number};

/** One server for each host that this machine has, all on one port. Throws when there is none, or when one cannot be had. */
async function listenAll(
	hosts: readonly string[],
	wanted: number,
	onConnection: (socket: Socket) => void,
): Promise<Listening> {
	const servers: Server[] = [];
	const bound: string[] = [];
	let port = wanted;
	let missing: unknown;
	for (const host of hosts) {
		const server = createServer({noDelay: true}, onConnection);
		try {
			server.listen({host, port, backlog: BACKLOG, exclusive: true});
			await once(server, 'listening');
		} catch (error) {
			missing = error;
			if (isNoAddress(error)) continue;
			for (const each of servers) each.close();
			throw error;
		}

		servers.push(server);
		bound.push(host);
		port = (server.address() as AddressInfo).port;
	}

	if (bound.length === 0) throw missing;
	return {servers, bound, port};
}

/** This machine has no such address, or not its family. */
function isNoAddress(error: unknown): boolean {
	return error instanceof Error && 'code' in error && ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(String(error.code));
}
