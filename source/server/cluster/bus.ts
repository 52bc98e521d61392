// Carries messages between the servers of a cluster: gathered, several in one, sealed, at most once; and listens again when it was cut off.
import {Buffer} from 'node:buffer';
import {setTimeout as delay} from 'node:timers/promises';
import {wipe} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {type BusLink, type BusListening} from './bus-link.ts';
import {type BusEnvelope, type BusMessage, decodeEnvelopes, encodeEnvelope} from './bus-messages.ts';
import {type BusSeal, EVERYBODY, type NodeRun} from './bus-seal.ts';

/** How long a message waits for others, ms; and how many bytes go in one: as text and sealed, NOTIFY takes 8,000. */
const GATHER_MS = 5;
const BATCH_BYTES = 5500;
/** Characters of the longest text that a server sends. What is longer is nobody's of the cluster. */
const TEXT_LIMIT = 8000;
/** Messages that wait, also while nobody listens. Past it the oldest is lost. */
const WAITING_LIMIT = 10_000;
/** How long after a failure the bus listens again, ms: twice as long each time, and spread over the second half of it. */
const AGAIN_MS = {first: 500, longest: 4000};
/** How long whoever opens it waits until it listens, ms. */
const OPEN_MS = 1000;

export type BusPorts = {
	readonly link: BusLink;
	readonly seal: BusSeal;
	/** Names channels: the same for all servers of a cluster, another one for others by the same link. */
	readonly prefix: string;
	readonly node: number;
	readonly random: Random;
	readonly onMessage: (from: NodeRun, message: BusMessage) => Promise<BusMessage | undefined>;
	/** It listens, for the first time or again: what was said meanwhile was not heard. */
	readonly onUp: () => void;
	/** It listens no more, or cannot yet. */
	readonly onDown: (reason: unknown) => void;
	readonly onError: (error: unknown) => void;
};

type Waiting = {readonly to: number; readonly bytes: Buffer};

export class Bus {
	readonly #ports: BusPorts;
	/** What waits to be sent, in its order. */
	readonly #waiting = new Set<Waiting>();
	/** Questions without an answer yet, by their numbers: at most one for each connection. */
	readonly #asked = new Map<number, (answer: BusMessage | undefined) => void>();
	#number = 0;
	#isSending = false;
	#isClosed = false;
	#listening: BusListening | undefined;

	constructor(ports: BusPorts) {
		this.#ports = ports;
	}

	/** Listens as soon as it can, and again when it was cut off. Resolves when it does, or after a while. */
	async open(): Promise<void> {
		const first = Promise.withResolvers<void>();
		void this.#keepListening(first.resolve);
		await Promise.race([first.promise, delay(OPEN_MS, undefined, {ref: false})]);
	}

	/** Looks whether it still listens. */
	async check(): Promise<void> {
		await this.#listening?.check();
	}

	send(to: number, message: BusMessage): void {
		this.#post(to, {message});
	}

	broadcast(message: BusMessage): void {
		this.#post(EVERYBODY, {message});
	}

	/** The answer, or undefined when there is none in time. What was not sent until then is not sent. */
	async ask(to: number, message: BusMessage, limitMs: number): Promise<BusMessage | undefined> {
		const number = ++this.#number;
		const {promise, resolve} = Promise.withResolvers<BusMessage | undefined>();
		const timer = setTimeout(() => resolve(undefined), limitMs);
		this.#asked.set(number, resolve);
		const posted = this.#post(to, {message, ask: number});
		try {
			return await promise;
		} finally {
			clearTimeout(timer);
			this.#asked.delete(number);
			if (posted !== undefined) this.#drop(posted);
		}
	}

	/** Sends what waits, and listens no more. */
	async close(): Promise<void> {
		if (this.#listening !== undefined) await this.#flush(this.#listening);
		this.#isClosed = true;
		for (const resolve of this.#asked.values()) resolve(undefined);
		for (const each of this.#waiting) this.#drop(each);
		this.#listening?.close();
		this.#listening = undefined;
	}

	#post(to: number, envelope: BusEnvelope): Waiting | undefined {
		const bytes = encodeEnvelope(envelope);
		if (this.#isClosed || bytes.length > BATCH_BYTES - 2) return undefined;
		const posted = {to, bytes};
		this.#waiting.add(posted);
		for (const oldest of this.#waiting) {
			if (this.#waiting.size <= WAITING_LIMIT) break;
			this.#drop(oldest);
		}

		this.#sendSoon();
		return posted;
	}

	#drop(waiting: Waiting): void {
		if (this.#waiting.delete(waiting)) wipe(waiting.bytes);
	}

	#sendSoon(): void {
		if (this.#isSending || this.#listening === undefined || this.#waiting.size === 0) return;
		this.#isSending = true;
		setTimeout(() => void this.#sendAll(), GATHER_MS);
	}

	async #sendAll(): Promise<void> {
		while (this.#waiting.size > 0 && this.#listening !== undefined) await this.#flush(this.#listening);
		this.#isSending = false;
	}

	/** One after the other: numbers arrive in their order. */
	async #flush(listening: BusListening): Promise<void> {
		const {seal, prefix, onError} = this.#ports;
		const batches = batchesOf(this.#waiting);
		for (const each of this.#waiting) this.#drop(each);
		if (batches.length === 0) return;
		const texts = batches.map(({to, plaintext}) => ({channel: `${prefix}_${to}`, text: seal.seal(to, plaintext)}));
		// Keys of introductions may be among it.
		for (const {plaintext} of batches) wipe(plaintext);
		try {
			await listening.send(texts);
		} catch (error) {
			onError(error);
		}
	}

	#receive(payload: string): void {
		const opened = payload.length > TEXT_LIMIT ? undefined : this.#ports.seal.open(payload);
		if (opened === undefined) return;
		const envelopes = decodeEnvelopes(opened.plaintext);
		wipe(opened.plaintext);
		for (const envelope of envelopes) void this.#handle(opened.from, envelope);
	}

	async #handle(from: NodeRun, {message, ask, answers}: BusEnvelope): Promise<void> {
		if (answers !== undefined) return this.#asked.get(answers)?.(message);
		try {
			const answer = await this.#ports.onMessage(from, message);
			if (answer !== undefined && ask !== undefined) this.#post(from.node, {message: answer, answers: ask});
		} catch (error) {
			this.#ports.onError(error);
		}
	}

	async #keepListening(onFirst: () => void): Promise<void> {
		const {link, prefix, node, random, onUp, onDown} = this.#ports;
		const channels = [`${prefix}_${node}`, `${prefix}_${EVERYBODY}`];
		for (let longest = AGAIN_MS.first; !this.#isClosed; longest = Math.min(2 * longest, AGAIN_MS.longest)) {
			try {
				const lost = Promise.withResolvers<unknown>();
				const listening = await link.listen(channels, text => this.#receive(text), lost.resolve);
				if (this.#isClosed) return listening.close();
				this.#listening = listening;
				longest = AGAIN_MS.first;
				onUp();
				onFirst();
				this.#sendSoon();
				const reason = await lost.promise;
				this.#listening = undefined;
				if (!this.#isClosed) onDown(reason);
			} catch (error) {
				if (!this.#isClosed) onDown(error);
			}

			const spread = 1 + random(2).readUInt16BE() / 0x1_00_00;
			await delay((longest / 2) * spread, undefined, {ref: false});
		}
	}
}

/** Of one receiver each, in the order in which they came. */
function batchesOf(waiting: Iterable<Waiting>): Array<{readonly to: number; readonly plaintext: Buffer}> {
	const open = new Map<number, Buffer[]>();
	const batches: Array<{to: number; plaintext: Buffer}> = [];
	const finish = (to: number) => {
		batches.push({to, plaintext: Buffer.concat(open.get(to) ?? [])});
		open.delete(to);
	};

	for (const {to, bytes} of waiting) {
		const parts = open.get(to) ?? [];
		const size = parts.reduce((sum, part) => sum + part.length, 0);
		if (size + 2 + bytes.length > BATCH_BYTES) finish(to);
		const length = Buffer.alloc(2);
		length.writeUInt16BE(bytes.length);
		open.set(to, [...(open.get(to) ?? []), length, bytes]);
	}

	for (const to of open.keys()) finish(to);
	return batches;
}
