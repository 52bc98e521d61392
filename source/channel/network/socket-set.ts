// Sockets beside the client's own, for probing from many ports at once. Each has a number, so that a path is a number and an address.
import {type Buffer} from 'node:buffer';
import {type Socket} from 'node:dgram';
import {isIPv4} from 'node:net';
import {ErrorCounts} from '../../os/error-counts.ts';
import {bindUdp} from '../../os/udp-bind.ts';
import {type Address} from '../../wire/address.ts';

/** The number of the client's own socket. */
export const OWN_SOCKET = 0;
/** Open at one time, besides the own one; to open them all takes 80 ms. */
export const SOCKET_LIMIT = 512;
/** Opened in one go, so that nothing else waits for longer than some ms. */
const AT_ONCE = 32;
/** Closed again where the system has no more: the disk and the directory need some. */
const GIVEN_BACK = 32;

export type SocketSetOptions = {
	/** The client's own socket, which stays when this set is closed. */
	readonly own: {readonly send: (datagram: Buffer, to: Address) => void};
	/** What comes in at one of the others. */
	readonly onDatagram: (datagram: Buffer, from: Address, socket: number) => void;
};

/** All of IPv4, on ports that the kernel picks: where addresses are translated. */
export class SocketSet {
	readonly #options: SocketSetOptions;
	/** By number, at most SOCKET_LIMIT. */
	readonly #sockets = new Map<number, Socket>();
	readonly #errors = new ErrorCounts();
	/** A number is given once: nothing that comes late is taken for another socket's. */
	#last = OWN_SOCKET;
	/** Asked for and not open yet: they count for the limit. */
	#opening = 0;
	/** Grows with each close: what is opened meanwhile is closed at once. */
	#round = 0;

	constructor(options: SocketSetOptions) {
		this.#options = options;
	}

	/** The numbers of the open ones, without the own one. */
	get numbers(): number[] {
		return [...this.#sockets.keys()];
	}

	/** What could not be opened or sent, by the system's code. */
	get errors(): ReadonlyMap<string, number> {
		return this.#errors.counts;
	}

	/** Opens up to `count` more and gives their numbers: fewer where the limit or the system ends it. */
	async open(count: number): Promise<number[]> {
		const round = this.#round;
		const numbers: number[] = [];
		let left = Math.min(count, SOCKET_LIMIT - this.#sockets.size - this.#opening);
		this.#opening += left;
		while (left > 0 && round === this.#round) {
			const size = Math.min(left, AT_ONCE);
			left -= size;
			const opened = await Promise.all(Array.from({length: size}, async () => this.#openOne(round)));
			const got = opened.filter(number => number !== undefined);
			numbers.push(...got);
			if (got.length < size) {
				// The system has no more: the rest would only fail as well, and so would whatever else this program opens.
				for (const number of numbers.slice(-GIVEN_BACK)) this.#close(number);
				break;
			}
		}

		this.#opening -= left;
		return numbers.filter(number => this.#sockets.has(number));
	}

	/** From the socket of that number; one that is closed sends nothing. */
	send(socket: number, datagram: Buffer, to: Address): void {
		if (socket === OWN_SOCKET) this.#options.own.send(datagram, to);
		else if (isIPv4(to.host)) {
			const from = this.#sockets.get(socket);
			this.#errors.guard(() => from?.send(datagram, to.port, to.host, this.#errors.note));
		}
	}

	/** Closes all but those of these numbers: the one that heard something stays, and is that session's. */
	closeAllBut(kept: readonly number[] = []): void {
		this.#round++;
		for (const number of this.numbers) if (!kept.includes(number)) this.#close(number);
	}

	#close(number: number): void {
		this.#sockets.get(number)?.close();
		this.#sockets.delete(number);
	}

	async #openOne(round: number): Promise<number | undefined> {
		try {
			const socket = await bindUdp({type: 'udp4', address: '0.0.0.0', port: 0});
			if (round !== this.#round) {
				socket.close();
				return undefined;
			}

			const number = ++this.#last;
			this.#sockets.set(number, socket);
			socket.on('error', this.#errors.note);
			socket.on('message', (datagram, {address, port}) => {
				if (port !== 0 && this.#sockets.has(number)) this.#options.onDatagram(datagram, {host: address, port}, number);
			});
			return number;
		} catch (error) {
			this.#errors.note(error);
			return undefined;
		} finally {
			this.#opening--;
		}
	}
}
