// The TCP side: admits connections and passes each its bytes. Once a second it sweeps all of them, instead of one timer for each.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {normalizeAddress} from '../wire/address.ts';
import {encodeFrame} from '../wire/frame.ts';
import {ClientConnection} from './client-connection.ts';
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
	/** Admitted connections by their sockets; at most `#room()`, or slightly more while evicted ones close. */
	readonly #connections = new Map<Socket, ClientConnection>();
	/** The sweep in parts, and what is told to everybody. */
	readonly #work = new LongWork(LOOKED_AT_A_TURN);
	readonly #telling = new LongWork(TOLD_A_TURN);
	// One function for all sockets: a closure for each would be most of the memory of an idle client.
	readonly #onData: (this: Socket, chunk: Buffer) => void;
	readonly #onClose: (this: Socket) => void;

	/** `room` says how many clients there are descriptors for. */
	constructor(context: ServerContext, room: () => number) {
		const connections = this.#connections;
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

	/** A client has connected. */
	accept(socket: Socket): void {
		const {directory} = this.#context;
		socket.on('error', ignore);
		// The client has closed it already.
		if (socket.remoteAddress === undefined || socket.remotePort === undefined) {
			socket.destroy();
			return;
		}

		const address = normalizeAddress(socket.remoteAddress, socket.remotePort);
		const connection = new ClientConnection(socket, address, this.#context);
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
	}

	/** Whether there is a descriptor left for this client. If not, evicts a connection that has not signed in. */
	#hasRoom(): boolean {
		return this.#connections.size < this.#room() || this.#context.admission.makeRoom();
	}

	/** `elapsed` is monotonic, ms. */
	sweep(elapsed: number): void {
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
		for (const socket of this.#connections.keys()) socket.destroy();
	}
}

// A 'close' event follows every 'error', and is handled.
function ignore(): void {}
