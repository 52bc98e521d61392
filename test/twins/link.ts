// A user-space link between two Deliveries: a simulated clock, and loss, duplication and reordering from a seed. Nothing sleeps.
import {Delivery, type DeliveredMessage} from '../../source/protocol/delivery/delivery.ts';
import {PLAINTEXT_LIMIT, type TransportFrame, decodeFrames, encodeFrames} from '../../source/wire/messages/msg.ts';
import {seededNumbers} from './random.ts';

export type LinkOptions = {
	readonly seed: number;
	/** Probabilities a packet. */
	readonly loss?: number;
	readonly duplication?: number;
	/** One-way delay, ms, and what is added at random on top, which reorders. */
	readonly delay?: number;
	readonly jitter?: number;
	/** Datagrams of so many bytes and more never arrive; may change while the link runs. */
	largest?: number;
	/** The largest plaintext that either end puts into a packet. */
	readonly full?: number;
	/** Bytes a ms that the path carries each way, and how long a packet waits for its turn at most before it is dropped, ms. */
	readonly rate?: number;
	readonly queue?: number;
	/** Packets of one epoch, to change epochs in mid-stream. */
	readonly epochPackets?: number;
	/** Both ends do something each so many ms alone, as a process does that waits for its disk meanwhile. */
	readonly turn?: number;
};

type Flight = {at: number; to: number; epoch: number; counter: number; bytes: Buffer};

export class Link {
	readonly ends: readonly [Delivery, Delivery];
	readonly received: [DeliveredMessage[], DeliveredMessage[]] = [[], []];
	readonly acked: [number, number] = [0, 0];
	now = 0;
	packets = 0;
	dead = false;
	readonly options: Required<LinkOptions>;
	readonly #random: () => number;
	readonly #counters = [
		{epoch: 0, counter: 0},
		{epoch: 0, counter: 0},
	];
	readonly #seen = [new Set<string>(), new Set<string>()];
	#flights: Flight[] = [];
	/** When what each end has sent so far is through the path. */
	readonly #through = [0, 0];

	constructor(options: LinkOptions) {
		const full = PLAINTEXT_LIMIT;
		const most = Number.POSITIVE_INFINITY;
		const endless = {full, largest: most, epochPackets: most, rate: most, queue: most};
		this.options = {loss: 0, duplication: 0, delay: 10, jitter: 0, turn: 0, ...endless, ...options};
		this.ends = [new Delivery(this.options.full), new Delivery(this.options.full)];
		this.#random = seededNumbers(options.seed);
	}

	/** Runs until nothing is left to do or `limit` ms of simulated time are over. */
	run(limit: number): void {
		const until = this.now + limit;
		for (;;) {
			this.#flush(0);
			this.#flush(1);
			const next = this.#nextEvent();
			if (next !== undefined && next > until) this.now = until;
			if (next === undefined || next > until || this.dead) return;
			this.now = Math.max(this.now, next);
			this.#deliver();
			for (const end of this.ends) {
				const deadline = end.deadline(this.now);
				if (deadline !== undefined && deadline <= this.now && end.tick(this.now) === 'dead') this.dead = true;
			}
		}
	}

	#nextEvent(): number | undefined {
		const times = [...this.#flights.map(({at}) => at), ...this.ends.map(end => end.deadline(this.now))];
		const known = times.filter(time => time !== undefined);
		return known.length === 0 ? undefined : this.#turnAt(Math.min(...known));
	}

	/** The first turn at that time or later. */
	#turnAt(time: number): number {
		const {turn} = this.options;
		return turn === 0 ? time : Math.ceil(Math.max(time, this.now) / turn) * turn;
	}

	#flush(from: 0 | 1): void {
		if (this.#turnAt(this.now) !== this.now) return;
		const state = this.#counters[from]!;
		for (let packet = this.ends[from].nextPacket(this.now); packet; packet = this.ends[from].nextPacket(this.now)) {
			const bytes = encodeFrames(packet.frames);
			if (state.counter >= this.options.epochPackets) Object.assign(state, {epoch: state.epoch + 1, counter: 0});
			const {epoch, counter} = state;
			state.counter++;
			const size = 76 + 16 * Math.floor(bytes.length / 16);
			this.ends[from].sent(packet, epoch, counter, size, this.now);
			this.packets++;
			const {loss, duplication, delay, jitter, largest} = this.options;
			if (this.#random() < loss || size >= largest) continue;
			const waits = Math.max(0, this.#through[from]! - this.now);
			if (waits > this.options.queue) continue;
			const onPath = waits + size / this.options.rate;
			this.#through[from] = this.now + onPath;
			const copies = this.#random() < duplication ? 2 : 1;
			for (let copy = 0; copy < copies; copy++) {
				const at = this.now + onPath + delay + this.#random() * jitter;
				this.#flights.push({at, to: 1 - from, epoch, counter, bytes});
			}
		}
	}

	#deliver(): void {
		const due = this.#flights.filter(({at}) => at <= this.now).toSorted((a, b) => a.at - b.at);
		this.#flights = this.#flights.filter(({at}) => at > this.now);
		for (const {to, epoch, counter, bytes} of due) {
			// The ratchet opens a counter once.
			const key = `${epoch} ${counter}`;
			if (this.#seen[to]!.has(key)) continue;
			this.#seen[to]!.add(key);
			const frames = decodeFrames(bytes) as TransportFrame[];
			const {messages, acked, violation} = this.ends[to]!.received(epoch, counter, frames, this.now);
			if (violation) throw new Error('an honest peer was taken for a hostile one');
			this.received[to as 0 | 1].push(...messages);
			this.acked[to as 0 | 1] += acked.length;
		}
	}
}
