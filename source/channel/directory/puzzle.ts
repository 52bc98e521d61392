// The puzzle of a login: solved in a thread of its own, so that the screen goes on, and no further once the login is over. Whoever is on
// the way can set one with every try, so solving takes at most a tenth of the time.
import {Buffer} from 'node:buffer';
import {Worker} from 'node:worker_threads';
import {searchPuzzle, unsolvedPuzzle} from '../../protocol/login/challenge.ts';

/** What follows solving, in times of what it took. */
const REST = 9;

/** The thread's whole program as text: a file of its own would have to be found from the sources and from every bundle. */
const PROGRAM = `
	const {hash} = require('node:crypto');
	const {parentPort, workerData} = require('node:worker_threads');
	parentPort.postMessage((${searchPuzzle.toString()})(hash, Buffer.from(workerData.message), workerData.difficulty));`;

/** No solution: the login ended first, or no thread was to be had. */
export class PuzzleUnsolved extends Error {
	override readonly name = 'PuzzleUnsolved';
}

export class PuzzleSolver {
	/** Monotonic ms. */
	readonly #now: () => number;
	/** Since when no rest would be due. */
	#restedAt = Number.NEGATIVE_INFINITY;

	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
	}

	/** The eight bytes. Throws PuzzleUnsolved; the thread is gone then too. */
	async solve(cookie: Buffer, difficulty: number, signal: AbortSignal): Promise<Buffer> {
		const began = this.#now();
		try {
			return await inThread(unsolvedPuzzle(cookie), difficulty, signal);
		} finally {
			const spent = this.#now() - began;
			this.#restedAt = Math.max(this.#restedAt, began) + spent * (1 + REST);
		}
	}

	/** For how many ms nothing should be solved, so that solving stays a tenth of the time. */
	get rest(): number {
		return Math.max(0, Math.ceil(this.#restedAt - this.#now()));
	}
}

async function inThread(message: Buffer, difficulty: number, signal: AbortSignal): Promise<Buffer> {
	if (signal.aborted) throw new PuzzleUnsolved('the login is over');
	const worker = new Worker(PROGRAM, {eval: true, workerData: {message, difficulty}, execArgv: [], env: {}});
	const stop = () => void worker.terminate();
	signal.addEventListener('abort', stop);
	try {
		return await new Promise<Buffer>((resolve, reject) => {
			worker.once('message', (solved: Uint8Array) =>
				resolve(Buffer.from(solved.buffer, solved.byteOffset, solved.length).subarray(-8)),
			);
			worker.once('error', error => reject(new PuzzleUnsolved('no thread to solve it in', {cause: error})));
			worker.once('exit', () => reject(new PuzzleUnsolved('the login is over')));
		});
	} finally {
		signal.removeEventListener('abort', stop);
		await worker.terminate();
	}
}
