// The stateless challenge: two numbers to multiply, a puzzle under pressure, and a cookie, all computed from a rotating key.
import {Buffer} from 'node:buffer';
import {hash} from 'node:crypto';
import {concat, equal, intoSecret, wipe} from '../../crypto/bytes.ts';
import {fromBigInt, toBigInt} from '../../crypto/group.ts';
import {hmac} from '../../crypto/hash.ts';
import {expandLabelInto} from '../../crypto/kdf.ts';
import {type Random} from '../../crypto/random.ts';
import {type Address, addressText} from '../../wire/address.ts';
import {Writer} from '../../wire/cursor.ts';
import {type Challenge, type Hello, type Response, decodeHello, encodeHello} from '../../wire/messages/login.ts';
import {VERSION, chooseSuite} from '../../wire/suite.ts';

/** Specification: a challenge key lives 120 s and is accepted for as long again; a challenge is good for 10 s. */
export const CHALLENGE_KEY_MS = 120_000;
export const CHALLENGE_LIFE_MS = 10_000;
/** Logins that may wait for the server before it asks for puzzles, and how many more make a puzzle a bit harder. */
export const PUZZLE_LOAD = 16;
export const PUZZLE_STEP = 2;
/** Tries a second of a slow machine, and how many times the mean number of tries it is given: all but 1 in 55 puzzles are done by then. */
export const SLOW_TRIES = 2 ** 18;
export const PUZZLE_PATIENCE = 4;
/** Leading zero bits of the hardest puzzle: a server asks for no more, and a client solves no more, whoever on the way may have set it. */
export const PUZZLE_LIMIT = 20;

/** The server's only memory before a RESPONSE: the key of this epoch and of the one before. */
export type ChallengeKeys = {epoch: number; current: Buffer; previous: Buffer | undefined};

export function challengeKeys(random: Random, now: number): ChallengeKeys {
	return {epoch: epochAt(now), current: intoSecret(random(32)), previous: undefined};
}

/**
 * Moves to the epoch of `now`; keys that are too old are wiped. A clock that is set back by less than an epoch changes
 * nothing: challenges that are out stay good.
 */
export function rotateChallengeKeys(keys: ChallengeKeys, random: Random, now: number): void {
	const epoch = epochAt(now);
	if (epoch === keys.epoch || epoch === keys.epoch - 1) return;
	wipe(keys.previous);
	if (epoch !== keys.epoch + 1) wipe(keys.current);
	keys.previous = epoch === keys.epoch + 1 ? keys.current : undefined;
	keys.current = intoSecret(random(32));
	keys.epoch = epoch;
}

function epochAt(now: number): number {
	return Math.floor(now / CHALLENGE_KEY_MS) % 2 ** 32;
}

/** The difficulty of the next puzzle while so many logins wait for the server. */
export function difficultyFor(waiting: number): number {
	return Math.min(Math.max(Math.floor((waiting - PUZZLE_LOAD) / PUZZLE_STEP), 0), PUZZLE_LIMIT);
}

/** How long a slow machine is given for a puzzle, ms: 0 where there is none, 16 s for the hardest. */
export function puzzleTime(difficulty: number): number {
	return difficulty === 0 ? 0 : Math.ceil((PUZZLE_PATIENCE * 2 ** difficulty * 1000) / SLOW_TRIES);
}

/** The challenge for a HELLO from an address, or undefined when no suite is common. Nothing is stored. */
export function issueChallenge(
	keys: ChallengeKeys,
	hello: Hello,
	address: Address,
	difficulty: number,
	now: number,
): Challenge | undefined {
	const suite = hello.version === VERSION ? chooseSuite(hello.suites) : undefined;
	if (suite === undefined) return undefined;
	return compute(keys.current, {hello: encodeHello(hello), address, suite, difficulty, time: now, epoch: keys.epoch});
}

/**
 * The challenge that this RESPONSE answers, when it is one that was issued to this address, is fresh, and both the
 * product and the puzzle are right. Costs a few hashes; no DH and no signature comes before it.
 */
export function redeemChallenge(
	keys: ChallengeKeys,
	response: Response,
	address: Address,
	now: number,
): {hello: Hello; challenge: Challenge} | undefined {
	const {time, difficulty, epoch} = response;
	const key = epoch === keys.epoch ? keys.current : epoch === keys.epoch - 1 ? keys.previous : undefined;
	const hello = decodeHello(response.hello);
	const suite = hello?.version === VERSION ? chooseSuite(hello.suites) : undefined;
	if (key === undefined || hello === undefined || suite === undefined) return undefined;
	if (difficulty > PUZZLE_LIMIT || time > now || now - time > CHALLENGE_LIFE_MS + puzzleTime(difficulty))
		return undefined;
	const challenge = compute(key, {hello: response.hello, address, suite, difficulty, time, epoch});
	if (!equal(challenge.cookie, response.cookie)) return undefined;
	if (!equal(product(challenge), response.product)) return undefined;
	return isSolved(puzzle(challenge.cookie, response.solution), difficulty) ? {hello, challenge} : undefined;
}

/** The paper's answer to Ch = (n1, n2): their product, 32 bytes. */
export function product({x, y}: Pick<Challenge, 'x' | 'y'>): Buffer {
	return fromBigInt(toBigInt(x) * toBigInt(y), 32);
}

/**
 * The message that solves a puzzle, over and in the one given: its last eight bytes are the number. Tries are bounded by
 * 2^(difficulty + 6): one search in e^64 ends there, and the server refuses its answer. Names nothing outside itself, so
 * that a worker thread can be started on its text.
 */
export function searchPuzzle(
	digest: (algorithm: string, message: Uint8Array) => string,
	message: Buffer,
	difficulty: number,
): Buffer {
	for (let tries = 1; tries < 2 ** (difficulty + 6); tries++) {
		if (Math.clz32(Number.parseInt(digest('sha256', message).slice(0, 8), 16)) >= difficulty) break;
		message.writeUIntBE(tries, message.length - 6, 6);
	}

	return message;
}

/** Eight bytes n with `difficulty` leading zero bits in SHA-256("simchat1 puzzle" ‖ cookie ‖ n); holds the thread for 2^difficulty tries on average. */
export function solvePuzzle(cookie: Buffer, difficulty: number): Buffer {
	return searchPuzzle(hash, unsolvedPuzzle(cookie), difficulty).subarray(-8);
}

/** Where a search begins. */
export function unsolvedPuzzle(cookie: Buffer): Buffer {
	return puzzle(cookie, Buffer.alloc(8));
}

function puzzle(cookie: Buffer, solution: Buffer): Buffer {
	return concat(Buffer.from('simchat1 puzzle'), cookie, solution);
}

/** One-shot hashing to hexadecimal: three times as fast here as a Hash object. */
function isSolved(message: Buffer, difficulty: number): boolean {
	if (difficulty > 32) return false;
	return difficulty === 0 || Math.clz32(Number.parseInt(hash('sha256', message).slice(0, 8), 16)) >= difficulty;
}

type Seed = {
	/** The body of HELLO. */
	hello: Buffer;
	address: Address;
	suite: number;
	difficulty: number;
	time: number;
	epoch: number;
};

function compute(key: Buffer, {hello, address, suite, difficulty, time, epoch}: Seed): Challenge {
	const message = new Writer()
		.vector8(Buffer.from(addressText(address)))
		.vector8(hello)
		.u8(suite)
		.u8(difficulty)
		.u64(time)
		.u32(epoch)
		.finish();
	const seed = hmac(key, message);
	const parts = expandLabelInto(Buffer.alloc(96), seed, 'challenge', Buffer.alloc(0));
	wipe(seed);
	return {
		version: VERSION,
		suite,
		nonce: parts.subarray(0, 32),
		time,
		x: parts.subarray(32, 48),
		y: parts.subarray(48, 64),
		difficulty,
		epoch,
		cookie: parts.subarray(64),
	};
}
