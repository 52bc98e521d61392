// The TCP side: admits connections and passes each its bytes. Once a second it sweeps all of them, instead of one timer for each.
import {Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {normalizeAddress} from '../wire/address.ts';
import {encodeFrame} from '../wire/frame.ts';
import {ClientConnection} from './client-connection.ts';
import {ProxiedSockets} from './proxied-sockets.ts';
import {type ProxiedClient} from './proxy-header.ts';
import {busyFrame} from './return-times.ts';
import {type ServerContext} from './server-context.ts';
import {LOOKED_AT_A_TURN, TOLD_A_TURN, LongWork} from './long-work.ts';

/** How long a client shall wait that was not admitted, at least, s. */
const FULL_RETRY_S = 10;
/** How long a client shall wait before it connects again after a shutdown, at least, s. */
const SHUTDOWN_RETRY_S = 5;
/** How long a client shall wait when it is told to sign in again, at least, s. */
const RENEWAL_RETRY_S = 1;

export class TcpListener {
	readonly #context: ServerContext;
	readonly #room: () => number;
	readonly #isTrusted: (host: string) => boolean;
	/** Connections of proxies that have not said yet whose they are. */
	readonly #proxied: ProxiedSockets;
	/** Admitted connections by their sockets; at most `#room()`, or slightly more while evicted ones close. */
	readonly #connections = new Map<Socket, ClientConnection>();
	/** The sweep in parts, and what is told to everybody. */
	readonly #work = new LongWork(LOOKED_AT_A_TURN);
	readonly #telling = new LongWork(TOLD_A_TURN);
	// One function for all sockets: a closure for each would be most of the memory of an idle client.
	readonly #onData: (this: Socket, chunk: Buffer) => void;
	readonly #onClose: (this: Socket) => void;

	/** `room` says how many clients there are descriptors for, `isTrusted` which hosts are proxies whose word counts. */
	constructor(context: ServerContext, room: () => number, isTrusted: (host: string) => boolean) {
		const connections = this.#connections;
		this.#isTrusted = isTrusted;
		this.#proxied = new ProxiedSockets({
			onClient: (socket, client, rest) => this.#admit(socket, client, rest),
			onRefused: from => context.directory.emit({kind: 'dropped', reason: 'proxy header', from}),
			elapsed: context.directory.clock.elapsed,
		});
		this.#context = context;
		this.#room = room;
		this.#onData = function (chunk) {
			connections.get(this)?.receive(chunk);
		};
		this.#onClose = function () {
			connections.get(this)?.closed();
			connections.delete(this);
		};
	}

	get size(): number {
		return this.#connections.size;
	}

	/** A client has connected, or a proxy for it. */
	accept(socket: Socket): void {
		socket.on('error', ignore);
		const {remoteAddress} = socket;
		const host = remoteAddress === undefined ? '' : normalizeAddress(remoteAddress, 0).host;
		if (host !== '' && this.#isTrusted(host)) this.#proxied.accept(socket, host);
		else this.#admit(socket, undefined, NOTHING);
	}

	/** `client`: whose connection it is, as a proxy says; `received`: what it has sent so far. */
	#admit(socket: Socket, client: ProxiedClient | undefined, received: Buffer): void {
		const {directory} = this.#context;
		const {remoteAddress, remotePort} = socket;
		// The client has closed it already.
		if (remoteAddress === undefined || remotePort === undefined) {
			socket.destroy();
			return;
		}

		const address = client?.from ?? normalizeAddress(remoteAddress, remotePort);
		const connection = new ClientConnection(socket, address, client?.reached.host, this.#context);
		const verdict = this.#hasRoom() ? connection.admit() : 'no descriptors';
		if (verdict !== 'admitted') {
			directory.emit({kind: 'dropped', reason: verdict, from: address.host});
			socket.write(encodeFrame(busyFrame(this.#context.returnTimes.next(FULL_RETRY_S))));
			socket.destroySoon();
			return;
		}

		this.#connections.set(socket, connection);
		socket.on('data', this.#onData);
		socket.on('close', this.#onClose);
		if (received.length > 0) connection.receive(received);
	}

	/** Whether there is a descriptor left for this client. If not, evicts a connection that has not signed in. */
	#hasRoom(): boolean {
		return this.#connections.size + this.#proxied.size < this.#room() || this.#context.admission.makeRoom();
	}

	/** `elapsed` is monotonic, ms. */
	sweep(elapsed: number): void {
		this.#proxied.sweep(elapsed);
		if (this.#work.isIdle) this.#work.each(this.#connections.values(), connection => connection.sweep(elapsed));
	}

	get connections(): Iterable<ClientConnection> {
		return this.#connections.values();
	}

	/**
	 * Tells these clients that the server stops, and each when to come back; a part in each turn of the event loop. `count`: of how many they
	 * are a part. Resolves when all were told.
	 */
	async sendAway(clients: readonly ClientConnection[], count: number): Promise<void> {
		const {returnTimes} = this.#context;
		this.#telling.each(clients, client => client.end('shutdown', returnTimes.oneOf(count, SHUTDOWN_RETRY_S)));
		await this.#telling.done();
	}

	/** Tells every signed-in client to sign in again. */
	renewSessions(): void {
		const {size} = this.#connections;
		const {returnTimes} = this.#context;
		this.#telling.each(this.#connections.values(), connection => {
			connection.renew(returnTimes.oneOf(size, RENEWAL_RETRY_S));
		});
	}

	/** Tells every signed-in client of its reflectors anew. */
	tellReflectors(): void {
		this.#telling.each(this.#connections.values(), connection => connection.tellReflectors());
	}

	/** Closes all connections at once. */
	destroy(): void {
		this.#proxied.destroy();
		for (const socket of this.#connections.keys()) socket.destroy();
	}
}

const NOTHING = Buffer.alloc(0);

// A 'close' event follows every 'error', and is handled.
function ignore(): void {}
