// The TCP half: admits connections, hands each its bytes, and sweeps over all of them once a second instead of a timer for each.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {normalizeAddress} from '../wire/address.ts';
import {encodeAlert} from '../wire/alert.ts';
import {FRAME, encodeFrame} from '../wire/frame.ts';
import {Connection, type House} from './connection.ts';

const busy = encodeFrame({type: FRAME.alert, body: encodeAlert({reason: 'busy', triesLeft: 0, retryAfter: 10})});
/** What a client is asked to wait before it comes back after a shutdown, s. */
const SHUTDOWN_RETRY_S = 5;

/** What a client is asked to wait that is to sign in again, s. */
const RENEWAL_RETRY_S = 1;

export class Listener {
	readonly #house: House;
	readonly #room: number;
	/** Every admitted connection, by its socket; as many as there is room for. */
	readonly #connections = new Map<Socket, Connection>();
	// One function for all sockets, since a closure for each would be most of what an idle client costs.
	readonly #onData: (this: Socket, chunk: Buffer) => void;
	readonly #onClose: (this: Socket) => void;

	/** `room` is how many clients there are descriptors for. */
	constructor(house: House, room: number) {
		const connections = this.#connections;
		this.#house = house;
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
		const {directory} = this.#house;
		socket.on('error', ignore);
		// Gone again before we got to it.
		if (socket.remoteAddress === undefined || socket.remotePort === undefined) {
			socket.destroy();
			return;
		}

		const address = normalizeAddress(socket.remoteAddress, socket.remotePort);
		const connection = new Connection(socket, address, this.#house);
		const verdict = this.#hasRoom() ? connection.admit() : 'no descriptors';
		if (verdict !== 'admitted') {
			directory.emit({kind: 'dropped', reason: verdict, from: address.host});
			socket.write(busy);
			socket.destroySoon();
			return;
		}

		this.#connections.set(socket, connection);
		socket.on('data', this.#onData);
		socket.on('close', this.#onClose);
	}

	/** Whether there is a descriptor to spare, now that this client has one; else somebody who has not signed in gives way. */
	#hasRoom(): boolean {
		return this.#connections.size < this.#room || this.#house.admission.makeRoom();
	}

	/** `elapsed` of the clock that nobody sets, ms. */
	sweep(elapsed: number): void {
		for (const connection of this.#connections.values()) connection.sweep(elapsed);
	}

	/** Tells every client that the server stops. */
	shutDown(): void {
		for (const connection of this.#connections.values()) connection.end('shutdown', SHUTDOWN_RETRY_S);
	}

	/** Has every client sign in again. */
	renewSessions(): void {
		for (const connection of this.#connections.values()) connection.renew(RENEWAL_RETRY_S);
	}

	/** Closes whatever is left. */
	destroy(): void {
		for (const socket of this.#connections.keys()) socket.destroy();
	}
}

// The 'close' that follows says all there is to say.
function ignore(): void {}
