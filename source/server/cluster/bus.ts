// Carries messages between the servers of a cluster by PostgreSQL's LISTEN and NOTIFY: several in one, sealed, at most once.
import {Buffer} from 'node:buffer';
import {setTimeout as delay} from 'node:timers/promises';
import {wipe} from '../../crypto/bytes.ts';
import {type PostgresqlDatabase} from '../store/postgresql-database.ts';
import {type BusEnvelope, type BusMessage, decodeEnvelopes, encodeEnvelope} from './bus-messages.ts';
import {type BusSeal, EVERYBODY, type NodeRun} from './bus-seal.ts';

/** How long a message waits for others, ms; and how many bytes go in one: as text and sealed, NOTIFY takes 8,000. */
const GATHER_MS = 5;
const BATCH_BYTES = 5500;
/** Messages that wait. Past it the oldest is lost, as one is that the database loses. */
const WAITING_LIMIT = 10_000;
/** How long after a failure the bus listens again, ms. */
const AGAIN_MS = 500;

export type BusPorts = {
	readonly database: PostgresqlDatabase;
	readonly seal: BusSeal;
	/** Names channels: the same for all servers of a cluster, another one for others in the same database. */
	readonly prefix: string;
	readonly node: number;
	readonly onMessage: (from: NodeRun, message: BusMessage) => Promise<BusMessage | undefined>;
	/** It listens, for the first time or again: what was said meanwhile was not heard. */
	readonly onUp: () => void;
	readonly onError: (error: unknown) => void;
};

export class Bus {
	readonly #ports: BusPorts;
	/** What waits to be sent, by receiver. */
	readonly #waiting: Array<{readonly to: number; readonly bytes: Buffer}> = [];
	/** Questions without an answer yet, by their numbers: at most one for each connection. */
	readonly #asked = new Map<number, (answer: BusMessage | undefined) => void>();
	#number = 0;
	#isSending = false;
	#isClosed = false;
	#listening: Awaited<ReturnType<PostgresqlDatabase['listen']>> | undefined;

	constructor(ports: BusPorts) {
		this.#ports = ports;
	}

	get isUp(): boolean {
		return this.#listening !== undefined;
	}

	/** Rejects when it cannot listen now. */
	async open(): Promise<void> {
		const {database, prefix, node} = this.#ports;
		const channels = [`${prefix}_${node}`, `${prefix}_${EVERYBODY}`];
		this.#listening = await database.listen(
			channels,
			payload => this.#receive(payload),
			() => void this.#again(),
		);
		if (this.#isClosed) this.#listening.close();
		else this.#ports.onUp();
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

	/** The answer, or undefined when there is none in time. */
	async ask(to: number, message: BusMessage, limitMs: number): Promise<BusMessage | undefined> {
		const number = ++this.#number;
		const {promise, resolve} = Promise.withResolvers<BusMessage | undefined>();
		const timer = setTimeout(() => resolve(undefined), limitMs);
		this.#asked.set(number, resolve);
		this.#post(to, {message, ask: number});
		try {
			return await promise;
		} finally {
			clearTimeout(timer);
			this.#asked.delete(number);
		}
	}

	/** Sends what waits, and listens no more. */
	async close(): Promise<void> {
		await this.#flush();
		this.#isClosed = true;
		for (const resolve of this.#asked.values()) resolve(undefined);
		this.#listening?.close();
		this.#listening = undefined;
	}

	#post(to: number, envelope: BusEnvelope): void {
		const bytes = encodeEnvelope(envelope);
		if (this.#isClosed || bytes.length > BATCH_BYTES - 2) return;
		this.#waiting.push({to, bytes});
		if (this.#waiting.length > WAITING_LIMIT) this.#waiting.shift();
		if (this.#isSending) return;
		this.#isSending = true;
		setTimeout(() => void this.#sendAll(), GATHER_MS);
	}

	async #sendAll(): Promise<void> {
		while (this.#waiting.length > 0 && !this.#isClosed) await this.#flush();
		this.#isSending = false;
	}

	/** One statement after the other: numbers arrive in their order. */
	async #flush(): Promise<void> {
		const {database, seal, prefix, onError} = this.#ports;
		const waiting = this.#waiting.splice(0);
		const batches = batchesOf(waiting);
		for (const {bytes} of waiting) wipe(bytes);
		if (batches.length === 0) return;
		const channels = batches.map(({to}) => `${prefix}_${to}`);
		const payloads = batches.map(({to, plaintext}) => seal.seal(to, plaintext));
		// Keys of introductions may be among it.
		for (const {plaintext} of batches) wipe(plaintext);
		try {
			// Not behind the logins that wait for a connection.
			await (this.#listening ?? database).query(
				'SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS sent (channel, payload)',
				[channels, payloads],
			);
		} catch (error) {
			onError(error);
		}
	}

	#receive(payload: string): void {
		const opened = this.#ports.seal.open(payload);
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

	async #again(): Promise<void> {
		this.#listening = undefined;
		while (!this.#isClosed && this.#listening === undefined) {
			await delay(AGAIN_MS, undefined, {ref: false});
			if (!this.#isClosed) await this.open().catch(this.#ports.onError);
		}
	}
}

/** Of one receiver each, in the order in which they came. */
function batchesOf(
	waiting: ReadonlyArray<{readonly to: number; readonly bytes: Buffer}>,
): Array<{readonly to: number; readonly plaintext: Buffer}> {
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
