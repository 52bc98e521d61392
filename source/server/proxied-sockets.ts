// Connections from trusted proxies until their header is there. Before that nobody knows whose they are, and nothing else is done for them.
import {Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {type ProxiedClient, readProxyHeader} from './proxy-header.ts';

/** How long the header may take, ms: a proxy sends it at once, and TCP may have to send it again ("at least 3 seconds", section 2). */
export const HEADER_MS = 5000;
/** Connections whose header is not there. A proxy that holds more is none. */
const WAITING_LIMIT = 1024;

export type ProxiedSocketsPorts = {
	/** The header is there. `client`: undefined for the proxy itself. `rest`: what came behind the header. */
	readonly onClient: (socket: Socket, client: ProxiedClient | undefined, rest: Buffer) => void;
	/** There is none in time, or it is of no use; the socket has been destroyed. */
	readonly onRefused: (proxyHost: string) => void;
	/** Monotonic, ms. */
	readonly elapsed: () => number;
};

/** `since`: monotonic, ms. */
type Waiting = {readonly proxyHost: string; readonly since: number};

export class ProxiedSockets {
	readonly #ports: ProxiedSocketsPorts;
	/** At most WAITING_LIMIT, each with no more bytes than a header and one chunk. */
	readonly #waiting = new Map<Socket, Waiting>();

	constructor(ports: ProxiedSocketsPorts) {
		this.#ports = ports;
	}

	get size(): number {
		return this.#waiting.size;
	}

	/** A proxy has connected. Somebody else listens to the socket's errors. */
	accept(socket: Socket, proxyHost: string): void {
		if (this.#waiting.size >= WAITING_LIMIT) {
			socket.destroy();
			this.#ports.onRefused(proxyHost);
			return;
		}

		const since = this.#ports.elapsed();
		let bytes = NOTHING;
		const onClose = () => {
			// Whether somebody listens here can be asked without a header, too.
			if (bytes.length === 0) this.#waiting.delete(socket);
			else this.#refuse(socket, proxyHost);
		};

		const onData = (chunk: Buffer) => {
			bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
			const header = readProxyHeader(bytes);
			if (header === 'incomplete') return;
			if (header === 'malformed') return this.#refuse(socket, proxyHost);
			this.#waiting.delete(socket);
			socket.off('data', onData);
			socket.off('close', onClose);
			this.#ports.onClient(socket, header.client, bytes.subarray(header.size));
		};

		this.#waiting.set(socket, {proxyHost, since});
		socket.on('data', onData);
		socket.on('close', onClose);
	}

	sweep(elapsed: number): void {
		for (const [socket, {since, proxyHost}] of this.#waiting) {
			// Those behind it came later.
			if (elapsed - since < HEADER_MS) break;
			this.#refuse(socket, proxyHost);
		}
	}

	destroy(): void {
		for (const socket of this.#waiting.keys()) socket.destroy();
	}

	/** Once for each socket: destroying it closes it as well. */
	#refuse(socket: Socket, proxyHost: string): void {
		socket.destroy();
		if (this.#waiting.delete(socket)) this.#ports.onRefused(proxyHost);
	}
}

const NOTHING: Buffer = Buffer.alloc(0);
