// A client that wants in as long as it takes, as patient as the real one: it comes back when it was told to.
import {type Buffer} from 'node:buffer';
import {performance} from 'node:perf_hooks';
import {setTimeout as pause} from 'node:timers/promises';
import {pauseAfter} from '../../source/channel/backoff.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {type Entropy} from '../../source/protocol/entropy.ts';
import {solvePuzzle} from '../../source/protocol/login/challenge.ts';
import {type DirectoryClient, type Place} from './directory-client.ts';
import {TurnedAway, signInUser} from './light-accounts.ts';

/** How one client came in: after how many ms, and what it met on the way. */
export type Return = Readonly<Record<'ms' | 'busy' | 'tooSlow' | 'puzzles' | 'internal' | 'other', number>>;

/** Harder puzzles are not solved here, where thousands share what is a machine for each elsewhere. */
const SOLVED_BITS = 12;
/** Tries a second of a machine that has its own puzzle to solve, and nothing else. */
const TRIES = 1e6;

export type Coming = {
	/** Which user. */
	readonly index: number;
	/** Asked anew for each try. */
	readonly place: () => Place;
	/** Where it comes from. */
	readonly address: string;
	readonly entropy: Entropy;
	/** It has lost its connection, and waits as after a first failure. */
	readonly isBack: boolean;
};

export async function comeIn({index, place, address, entropy, isBack}: Coming): Promise<{
	readonly client: DirectoryClient;
	readonly met: Return;
}> {
	const start = performance.now();
	const met = {busy: 0, tooSlow: 0, puzzles: 0, other: 0, internal: 0};
	let failures = isBack ? 1 : 0;
	let retryAfter = 0;
	for (;;) {
		if (failures > 0) await pause(pauseAfter(failures, retryAfter, systemRandom));
		try {
			const client = await signInUser(place(), index, entropy, address, solve);
			return {client, met: {ms: performance.now() - start, ...met}};
		} catch (error) {
			if (error instanceof Solving) {
				met.puzzles++;
				await pause(error.ms);
				continue;
			}

			failures++;
			retryAfter = error instanceof TurnedAway ? error.retryAfter : 0;
			const reason = error instanceof TurnedAway ? error.reason : undefined;
			if (reason === 'busy') met.busy++;
			else if (reason === 'timeout') met.tooSlow++;
			else if (reason === 'internal') met.internal++;
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
