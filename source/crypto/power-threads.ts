// Powers on threads of their own, so that the event loop goes on meanwhile: Node imports a private key, which is how a power is computed,
// on no other thread than the one that asks. What a thread works on lies in memory that both have, and both wipe it.
import {Buffer} from 'node:buffer';
import {type KeyObject} from 'node:crypto';
import {Worker} from 'node:worker_threads';
import {wipe} from './bytes.ts';
import {type Group, type MakeKeyPair, type Power, encodePrivateKey, publicKey, valueOf} from './group.ts';
import {importAndWipe} from './import.ts';

/** Powers that a thread is given at once: it begins the next one while the event loop takes the last one. */
const DEPTH = 2;
/** Of one power, bytes: a private key of a 3072-bit group goes in, and its public key comes out. */
const PLACE = 2048;

/** The place, the bytes there, and whether the private key is wanted. */
type Question = readonly [at: number, size: number, isPair: boolean];
/** The place, the bytes there (0: there is no such power), and the private key. */
type Answer = readonly [at: number, size: number, key?: KeyObject];

/**
 * A thread's whole program as text: a file of its own would have to be found from the sources and from every bundle. OpenSSL frees memory
 * in which it has written a power, and does not wipe it: another key of the same size, with nothing secret in it, is exported over it.
 */
const PROGRAM = `
	const {createPrivateKey, createPublicKey} = require('node:crypto');
	const {parentPort, workerData} = require('node:worker_threads');
	const importAndWipe = ${importAndWipe.toString()};
	const places = workerData.memories.map(memory => Buffer.from(memory));
	const exportKey = key => key.export({format: 'der', type: 'spki'});
	const blank = createPublicKey({key: Buffer.from(workerData.blank), format: 'der', type: 'spki'});
	parentPort.on('message', ([at, size, isPair]) => {
		const place = places[at];
		try {
			const key = importAndWipe(createPrivateKey, place.subarray(0, size));
			const spki = exportKey(createPublicKey(key));
			const length = spki.copy(place);
			spki.fill(0);
			if (!isPair) exportKey(blank);
			parentPort.postMessage(isPair ? [at, length, key] : [at, length]);
		} catch {
			place.fill(0);
			parentPort.postMessage([at, 0]);
		}
	});`;

/** No power: the thread ended first, could not be started, or there was nothing to compute. Says nothing of the numbers. */
export class PowerFailed extends Error {
	override readonly name = 'PowerFailed';
}

type Result = {readonly value: Buffer; readonly key: KeyObject | undefined};

type Job = {
	readonly within: Group;
	readonly isPair: boolean;
	/** The private key that goes in; wiped once it is in a thread's memory. */
	readonly der: Buffer;
	readonly resolve: (result: Result) => void;
	readonly reject: (error: PowerFailed) => void;
};

/** A thread, its places, and the job in each. */
type Thread = {readonly worker: Worker; readonly places: readonly Buffer[]; readonly jobs: Array<Job | undefined>};

export class PowerThreads {
	readonly #limit: number;
	/** At most `#limit`. Each is started when there is something to do and no other is free, and stays until `close`. */
	readonly #threads = new Set<Thread>();
	/** Jobs for which no place is free, the next one first. As many as callers ask at once. */
	readonly #waiting: Job[] = [];
	#isClosed = false;

	/** At most so many threads. */
	constructor(limit: number) {
		this.#limit = limit;
	}

	/** base^exponent mod p, in the group's size, in constant time. Rejects with PowerFailed. */
	readonly power: Power = async (within, base, exponent) => {
		const {value} = await this.#compute(within, false, encodePrivateKey(within, base, exponent));
		return value;
	};

	/** The exponent as a key, and g^exponent. Wipes the exponent. Rejects with PowerFailed. */
	readonly keyPair: MakeKeyPair = async (within, exponent) => {
		const der = encodePrivateKey(within, within.generator, exponent);
		wipe(exponent);
		const {value, key} = await this.#compute(within, true, der);
		if (key === undefined) throw new PowerFailed('there is no such key');
		return {privateKey: key, share: value};
	};

	/** Ends all threads, and rejects what was asked for. */
	async close(): Promise<void> {
		this.#isClosed = true;
		const error = new PowerFailed('the threads are stopped');
		const ended = [...this.#threads].map(async thread => this.#end(thread, error));
		for (const {der, reject} of this.#waiting.splice(0)) {
			wipe(der);
			reject(error);
		}

		await Promise.all(ended);
	}

	async #compute(within: Group, isPair: boolean, der: Buffer): Promise<Result> {
		if (this.#isClosed || der.length > PLACE) {
			wipe(der);
			throw new PowerFailed(this.#isClosed ? 'the threads are stopped' : 'the group is too large for a thread');
		}

		return new Promise((resolve, reject) => {
			this.#waiting.push({within, isPair, der, resolve, reject});
			this.#assign();
		});
	}

	#assign(): void {
		while (this.#waiting.length > 0) {
			const thread = this.#free();
			if (thread === undefined) return;
			const job = this.#waiting.shift()!;
			const at = thread.jobs.indexOf(undefined);
			thread.jobs[at] = job;
			const size = job.der.copy(thread.places[at]!);
			wipe(job.der);
			thread.worker.postMessage([at, size, job.isPair] satisfies Question, []);
		}
	}

	/** The thread with the most free places, if there is one; a new one when none is idle and there may be more. */
	#free(): Thread | undefined {
		let best: Thread | undefined;
		let most = 0;
		for (const thread of this.#threads) {
			const free = thread.jobs.filter(job => job === undefined).length;
			if (free > most) [best, most] = [thread, free];
		}

		return most < DEPTH && this.#threads.size < this.#limit ? this.#start(this.#waiting[0]!.within) : best;
	}

	#start(within: Group): Thread {
		const memories = Array.from({length: DEPTH}, () => new SharedArrayBuffer(PLACE));
		const workerData = {memories, blank: blankKey(within)};
		const worker = new Worker(PROGRAM, {eval: true, workerData, execArgv: [], env: {}});
		const places = memories.map(memory => Buffer.from(memory));
		const thread: Thread = {worker, places, jobs: places.map(() => undefined)};
		this.#threads.add(thread);
		worker.on('message', answer => this.#take(thread, answer as Answer));
		const fail = (cause?: unknown) => {
			void this.#end(thread, new PowerFailed('the thread that computed a power has ended', {cause}));
			// Another one takes what waits.
			if (!this.#isClosed) this.#assign();
		};

		worker.on('error', fail);
		worker.on('exit', () => fail());
		return thread;
	}

	#take(thread: Thread, [at, size, key]: Answer): void {
		const job = thread.jobs[at];
		const place = thread.places[at]!;
		thread.jobs[at] = undefined;
		if (size === 0) job?.reject(new PowerFailed('there is no such power'));
		else job?.resolve({value: valueOf(place.subarray(0, size), job.within.size), key});
		wipe(place);
		this.#assign();
	}

	/** Once for each thread: what it computed is rejected, and its memory wiped when it can no longer be written to. */
	async #end(thread: Thread, error: PowerFailed): Promise<void> {
		if (!this.#threads.delete(thread)) return;
		for (const [at, job] of thread.jobs.entries()) {
			thread.jobs[at] = undefined;
			job?.reject(error);
		}

		await thread.worker.terminate();
		wipe(...thread.places);
	}
}

/** A public key with nothing in it, whose export is as long as any of the group. */
function blankKey(within: Group): Buffer {
	const ones = Buffer.alloc(within.size, 1);
	return publicKey({...within, generator: ones}, ones).export({format: 'der', type: 'spki'});
}
