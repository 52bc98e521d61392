// The challenge: stateless, bound to its address and time, and dearer under pressure.
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import {sha256} from '../../../source/crypto/hash.ts';
import {
	CHALLENGE_KEY_MS,
	CHALLENGE_LIFE_MS,
	type ChallengeKeys,
	challengeKeys,
	difficultyFor,
	issueChallenge,
	product,
	puzzleTime,
	redeemChallenge,
	rotateChallengeKeys,
	solvePuzzle,
} from '../../../source/protocol/login/challenge.ts';
import {type Challenge, type Response, encodeHello} from '../../../source/wire/messages/login.ts';
import {NOW, atAlice, begin, clone, createWorld, deliver, enrol, run, seeded, setupFor} from './parties.ts';

const random = seeded('challenge');
const hello = {version: 1, suites: [1], nonce: random(32), time: NOW};

async function respond(challenge: Challenge, changes: Partial<Response> = {}): Promise<Response> {
	const {time, difficulty, epoch, cookie} = challenge;
	const solution = solvePuzzle(cookie, difficulty);
	const empty = {share: Buffer.alloc(384), kem: Buffer.alloc(0)};
	const echo = {hello: encodeHello(hello), time, difficulty, epoch, cookie};
	return {...echo, product: product(challenge), solution, ...empty, ...changes};
}

function issue(keys: ChallengeKeys, difficulty = 0, now = NOW): Challenge {
	return issueChallenge(keys, hello, atAlice, difficulty, now)!;
}

test('the right answer redeems the very challenge that was issued', async t => {
	const keys = challengeKeys(random, NOW);
	const challenge = issue(keys, 10);
	t.deepEqual(redeemChallenge(keys, await respond(challenge), atAlice, NOW + 5), {hello, challenge});
});

test('answering HELLO stores nothing', t => {
	const keys = challengeKeys(random, NOW);
	const before = clone(keys);
	for (let index = 0; index < 1000; index++) issue(keys, 0, NOW + index);
	t.deepEqual(keys, before);
	t.deepEqual(Object.keys(keys), ['epoch', 'current', 'previous']);
});

test('every input makes another challenge', t => {
	const keys = challengeKeys(random, NOW);
	const variants = [
		issue(keys),
		issue(keys, 1),
		issue(keys, 0, NOW + 1),
		issue(challengeKeys(random, NOW)),
		issueChallenge(keys, {...hello, nonce: random(32)}, atAlice, 0, NOW)!,
		issueChallenge(keys, {...hello, suites: [1, 9]}, atAlice, 0, NOW)!,
		issueChallenge(keys, hello, {...atAlice, port: 1}, 0, NOW)!,
		issueChallenge(keys, hello, {...atAlice, host: '::1'}, 0, NOW)!,
	];
	const parts = variants.flatMap(({nonce, x, y, cookie}) => [nonce, x, y, cookie].map(part => part.toString('hex')));
	t.is(new Set(parts).size, parts.length);
});

test('a challenge is good for 10 s, and not before it was issued', async t => {
	const keys = challengeKeys(random, NOW);
	const response = await respond(issue(keys));
	t.truthy(redeemChallenge(keys, response, atAlice, NOW));
	t.truthy(redeemChallenge(keys, response, atAlice, NOW + CHALLENGE_LIFE_MS));
	t.is(redeemChallenge(keys, response, atAlice, NOW + CHALLENGE_LIFE_MS + 1), undefined);
	t.is(redeemChallenge(keys, response, atAlice, NOW - 1), undefined);
});

test('what a response echoes must be what was issued', async t => {
	const keys = challengeKeys(random, NOW);
	const challenge = issue(keys, 4);
	const changes: Array<Partial<Response>> = [
		{time: NOW - 1},
		{difficulty: 0},
		{difficulty: 21},
		{difficulty: 200},
		{epoch: challenge.epoch - 1},
		{epoch: challenge.epoch + 1},
		{cookie: random(32)},
		{product: random(32)},
		{hello: encodeHello({...hello, nonce: random(32)})},
		{hello: encodeHello({...hello, version: 2})},
		{hello: encodeHello({...hello, suites: [2]})},
		{hello: Buffer.of(1)},
	];
	for (const change of changes) {
		t.is(redeemChallenge(keys, await respond(challenge, change), atAlice, NOW), undefined);
	}
});

test('a puzzle that is asked for has to be solved', async t => {
	const keys = challengeKeys(random, NOW);
	const challenge = issue(keys, 16);
	const solved = await respond(challenge);
	const digest = sha256(Buffer.from('simchat1 puzzle'), challenge.cookie, solved.solution);
	t.is(digest.readUInt16BE(0), 0);
	t.truthy(redeemChallenge(keys, solved, atAlice, NOW));
	const near = Buffer.from(solved.solution);
	near.writeUInt8(near.readUInt8(7) ^ 1, 7);
	t.is(redeemChallenge(keys, {...solved, solution: near}, atAlice, NOW), undefined);
	const impossible = issue(keys, 33);
	const answer = {...solved, time: NOW, difficulty: 33, cookie: impossible.cookie, product: product(impossible)};
	t.is(redeemChallenge(keys, answer, atAlice, NOW), undefined);
});

test('a solution has at least the bits that were asked for, and the search misses none', async t => {
	const keys = challengeKeys(random, NOW);
	for (let difficulty = 1; difficulty <= 10; difficulty++) {
		const challenge = issue(keys, difficulty);
		const response = await respond(challenge);
		const found = response.solution.readBigUInt64BE();
		for (let number = 0n; number <= found; number++) {
			const solution = Buffer.alloc(8);
			solution.writeBigUInt64BE(number);
			const digest = sha256(Buffer.from('simchat1 puzzle'), challenge.cookie, solution).readUInt32BE(0);
			const solves = digest < 2 ** (32 - difficulty);
			t.is(solves, number === found);
			t.is(redeemChallenge(keys, {...response, solution}, atAlice, NOW) !== undefined, solves);
		}
	}
});

test('the product is that of two big-endian numbers, 32 bytes whatever they are', t => {
	const number = fc.uint8Array({minLength: 16, maxLength: 16}).map(bytes => Buffer.from(bytes));
	fc.assert(
		fc.property(number, number, (x, y) => {
			const expected = BigInt(`0x${x.toString('hex')}`) * BigInt(`0x${y.toString('hex')}`);
			return product({x, y}).toString('hex') === expected.toString(16).padStart(64, '0');
		}),
	);
	t.is(product({x: Buffer.alloc(16), y: Buffer.alloc(16, 255)}).toString('hex'), '0'.repeat(64));
	t.is(
		product({x: Buffer.alloc(16, 255), y: Buffer.alloc(16, 255)}).toString('hex'),
		`${'f'.repeat(31)}e${'0'.repeat(31)}1`,
	);
});

test('keys rotate: the last one is still good, the one before is gone and wiped', async t => {
	const keys = challengeKeys(random, NOW);
	const first = keys.current;
	const late = NOW + CHALLENGE_KEY_MS - 1;
	const response = await respond(issue(keys, 0, late));
	rotateChallengeKeys(keys, random, NOW + 1);
	t.is(keys.current, first);
	rotateChallengeKeys(keys, random, NOW + CHALLENGE_KEY_MS);
	t.is(keys.previous, first);
	t.not(keys.current, first);
	t.truthy(redeemChallenge(keys, response, atAlice, late + 10));
	rotateChallengeKeys(keys, random, NOW + 2 * CHALLENGE_KEY_MS);
	t.deepEqual(first, Buffer.alloc(32));
	t.is(redeemChallenge(keys, response, atAlice, late + 10), undefined);
});

test('whenever the clock leaps before HELLO, and whenever the sweep comes, an honest login goes through', async t => {
	const day = 86_400_000;
	for (const leap of [-1, 0, CHALLENGE_KEY_MS, 2 * CHALLENGE_KEY_MS, 7 * day, -7 * day]) {
		for (const sweeps of [[0], [1], [2], [0, 1, 2], []]) {
			const world = createWorld();
			enrol(world, 'alice', 'correct horse');
			const {challengeKeys: keys, entropy} = world.server;
			// Right behind the change of epochs, so that one ms back is the epoch before.
			world.clock.server = Math.ceil(NOW / CHALLENGE_KEY_MS) * CHALLENGE_KEY_MS;
			rotateChallengeKeys(keys, entropy.random, world.clock.server);
			world.clock.server += leap;
			const sweepAt = (point: number) => {
				if (sweeps.includes(point)) rotateChallengeKeys(keys, entropy.random, world.clock.server);
			};

			sweepAt(0);
			const challenged = (await deliver(world, begin(setupFor('alice')))).next!;
			sweepAt(1);
			const responded = (await deliver(world, challenged)).next!;
			sweepAt(2);
			t.is((await run(world, responded)).client?.kind, 'established', `leap ${leap}, sweeps ${sweeps.join()}`);
		}
	}
});

test('a clock that is set back over the change of epochs, in mid-login, spoils nothing once it is there again', async t => {
	const world = createWorld();
	enrol(world, 'alice', 'correct horse');
	const {challengeKeys: keys, entropy} = world.server;
	world.clock.server = Math.ceil(NOW / CHALLENGE_KEY_MS) * CHALLENGE_KEY_MS;
	const challenged = (await deliver(world, begin(setupFor('alice')))).next!;
	const responded = (await deliver(world, challenged)).next!;
	rotateChallengeKeys(keys, entropy.random, world.clock.server - 5);
	t.is((await run(world, responded)).client?.kind, 'established');
});

test('after a long sleep no old key is left', t => {
	const keys = challengeKeys(random, NOW);
	rotateChallengeKeys(keys, random, NOW + CHALLENGE_KEY_MS);
	const {current, previous} = keys;
	rotateChallengeKeys(keys, random, NOW + 10 * CHALLENGE_KEY_MS);
	t.deepEqual(current, Buffer.alloc(32));
	t.deepEqual(previous, Buffer.alloc(32));
	t.is(keys.previous, undefined);
});

test('the puzzle is off in peace, and grows bit by bit with the logins that wait for the server', t => {
	t.deepEqual([0, 16, 17, 18, 20, 48, 55, 56, 10_000].map(difficultyFor), [0, 0, 0, 1, 2, 16, 19, 20, 20]);
});

test('a slow machine has the time that its puzzle takes, and a challenge is good for as long', async t => {
	t.deepEqual([0, 1, 10, 16, 20].map(puzzleTime), [0, 1, 16, 1000, 16_000]);
	const keys = challengeKeys(random, NOW);
	const response = await respond(issue(keys, 12));
	const last = NOW + CHALLENGE_LIFE_MS + puzzleTime(12);
	t.truthy(redeemChallenge(keys, response, atAlice, last));
	t.is(redeemChallenge(keys, response, atAlice, last + 1), undefined);
});

test('no suite in common, or another version: no challenge', t => {
	const keys = challengeKeys(random, NOW);
	t.is(issueChallenge(keys, {...hello, suites: [7]}, atAlice, 0, NOW), undefined);
	t.is(issueChallenge(keys, {...hello, version: 2}, atAlice, 0, NOW), undefined);
});
