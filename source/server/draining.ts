// How a server stops: first it is not ready any more, so that whoever directs clients sends none; then it takes no more, and sends away those
// that are there, one after the other in random order; then it closes.
import {once} from 'node:events';
import {type Server} from 'node:net';
import {type Random} from '../crypto/random.ts';
import {type ClientConnection} from './client-connection.ts';
import {type TcpListener} from './listener.ts';
import {type ReflectorSockets} from './reflector-sockets.ts';

/** How long clients have to close after they were told that the server stops, ms. */
const SHUTDOWN_MS = 1000;

/** Ms: how long it is not ready before it begins, and over how long it sends clients away. */
export type DrainTimes = {readonly waitMs: number; readonly spreadMs: number};

export type DrainingParts = {
	readonly servers: readonly Server[];
	readonly listener: TcpListener;
	readonly reflectors: ReflectorSockets;
	readonly random: Random;
	/** Monotonic, ms. */
	readonly elapsed: () => number;
};

export class Draining {
	readonly #parts: DrainingParts;
	readonly #times: DrainTimes;
	#stage: 'serving' | 'waiting' | 'ending' = 'serving';
	/** When it was told to stop, monotonic ms. */
	#since = 0;
	/** The clients in the order in which they are told, and how many were. */
	#order: readonly ClientConnection[] = [];
	#told = 0;
	readonly #drained = Promise.withResolvers<void>();
	/** Resolves when no server listens and no client is left; undefined while they listen. */
	#closed: Promise<unknown> | undefined;

	constructor(parts: DrainingParts, times: DrainTimes) {
		this.#parts = parts;
		this.#times = times;
	}

	/** From the moment when it was told to stop. */
	get hasBegun(): boolean {
		return this.#stage !== 'serving';
	}

	/** Begins to stop. Resolves when each client was told, or none is left. */
	async drain(): Promise<void> {
		if (this.#stage === 'serving') {
			this.#stage = 'waiting';
			this.#since = this.#parts.elapsed();
			this.sweep();
		}

		return this.#drained.promise;
	}

	/** Called every second. */
	sweep(): void {
		if (this.#stage === 'serving') return;
		const {listener, random, elapsed} = this.#parts;
		const {waitMs, spreadMs} = this.#times;
		const passed = elapsed() - this.#since - waitMs;
		if (passed < 0) return;
		if (this.#stage === 'waiting') {
			this.#stage = 'ending';
			void this.#stopListening();
			this.#order = shuffled(listener.connections, random);
		}

		const count = this.#order.length;
		const due = passed >= spreadMs || listener.size === 0 ? count : Math.floor((count * passed) / spreadMs);
		const next = this.#order.slice(this.#told, due);
		this.#told = due;
		const told = listener.sendAway(next, count);
		if (due === count) void told.then(this.#drained.resolve);
	}

	/** Tells those that are left at once, a part in each turn of the event loop, and closes everything. */
	async close(): Promise<void> {
		const {listener, reflectors} = this.#parts;
		this.#stage = 'ending';
		const closed = this.#stopListening();
		await listener.sendAway([...listener.connections], listener.size);
		this.#drained.resolve();
		reflectors.close();
		const timer = setTimeout(() => listener.destroy(), SHUTDOWN_MS);
		await closed;
		clearTimeout(timer);
	}

	#stopListening(): Promise<unknown> {
		this.#closed ??= Promise.all(
			this.#parts.servers.map(async server => {
				const closed = once(server, 'close');
				server.close();
				return closed;
			}),
		);
		return this.#closed;
	}
}

/** Fisher and Yates. The remainder of 32 bits favours nobody by more than one in 65,536 while there are at most so many. */
function shuffled<Item>(items: Iterable<Item>, random: Random): Item[] {
	const list = [...items];
	const chance = random(4 * list.length);
	for (let at = list.length - 1; at > 0; at--) {
		const other = chance.readUInt32BE(4 * at) % (at + 1);
		[list[at], list[other]] = [list[other]!, list[at]!];
	}

	return list;
}
