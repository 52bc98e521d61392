// Clients that all want back in at once, each from an address of its own, as patient as the real one: it comes back when it was told to.
import {type Buffer} from 'node:buffer';
import os from 'node:os';
import {performance} from 'node:perf_hooks';
import {pauseAfter} from '../../source/channel/backoff.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {solvePuzzle} from '../../source/protocol/login/challenge.ts';
import {type DirectoryClient, type Place} from '../../tools/members/directory-client.ts';
import {TurnedAway, lightEntropy, signInUser} from '../accounts.ts';
import {answer} from '../child.ts';
import {cpuTime} from '../measure.ts';

os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

/** How one client came in: after how many ms, and what it met on the way. */
export type Return = Readonly<Record<'ms' | 'busy' | 'tooSlow' | 'puzzles' | 'other', number>>;

/** Harder puzzles are not solved here, where thousands share what is a machine for each elsewhere. */
const SOLVED_BITS = 12;
/** Tries a second of a machine that has its own puzzle to solve, and nothing else. */
const TRIES = 1e6;

const entropy = await lightEntropy();
const clients: DirectoryClient[] = [];

const calls = {
	cpu: cpuTime,

	/** Users `first` … first + count − 1 come back, after the pause of their first failure, and stay. */
	async comeBack(place: Place, first: number, count: number): Promise<Return[]> {
		return Promise.all(Array.from({length: count}, async (_, index) => comeIn(place, first + index, true)));
	},

	/** Users from `first` on come one after the other, so many a second, for so long; each is measured from its first try. */
	async arrive(place: Place, first: number, perSecond: number, seconds: number): Promise<Return[]> {
		const arrivals: Array<Promise<Return>> = [];
		for (let index = 0; index < perSecond * seconds; index++) {
			arrivals.push(comeIn(place, first + index, false));
			await wait(1000 / perSecond);
		}

		return Promise.all(arrivals);
	},

	async release(): Promise<void> {
		await Promise.all(clients.splice(0).map(async client => client.close()));
	},
};

export type ReturningCalls = typeof calls;

async function comeIn(place: Place, index: number, isBack: boolean): Promise<Return> {
	const start = performance.now();
	const met = {busy: 0, tooSlow: 0, puzzles: 0, other: 0};
	const address = `127.1.${Math.floor(index / 250)}.${1 + (index % 250)}`;
	let failures = isBack ? 1 : 0;
	let retryAfter = 0;
	for (;;) {
		if (failures > 0) await wait(pauseAfter(failures, retryAfter, systemRandom));
		try {
			clients.push(await signInUser(place, index, entropy, address, solve));
			return {ms: performance.now() - start, ...met};
		} catch (error) {
			if (error instanceof Solving) {
				met.puzzles++;
				await wait(error.ms);
				continue;
			}

			failures++;
			retryAfter = error instanceof TurnedAway ? error.retryAfter : 0;
			if (error instanceof TurnedAway && error.reason === 'busy') met.busy++;
			else if (error instanceof TurnedAway && error.reason === 'timeout') met.tooSlow++;
			else met.other++;
		}
	}
}

/** In place of a hard puzzle: the time that it takes, and then another try. */
class Solving extends Error {
	readonly ms: number;

	constructor(difficulty: number) {
		super('a hard puzzle');
		this.ms = (2 ** difficulty / TRIES) * 1000;
	}
}

async function solve(cookie: Buffer, difficulty: number): Promise<Buffer> {
	if (difficulty > SOLVED_BITS) throw new Solving(difficulty);
	return solvePuzzle(cookie, difficulty);
}

async function wait(ms: number): Promise<void> {
	await new Promise(resolve => setTimeout(resolve, ms));
}

answer(calls);
