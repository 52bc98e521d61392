// Puzzles that a login is asked to solve: in a thread of its own, no longer than the login, and at most a tenth of the time.
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {type Socket} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {type Worker} from 'node:worker_threads';
import test, {type ExecutionContext} from 'ava';
import {type LoginOutcome, attemptLogin} from '../../../source/channel/directory/login-attempt.ts';
import {PuzzleSolver, PuzzleUnsolved} from '../../../source/channel/directory/puzzle.ts';
import {temporaryFolder} from '../../../tools/temporary-folder.ts';
import {bundle} from '../../../tools/build/bundling.ts';
import {systemEntropy} from '../../../source/protocol/entropy.ts';
import {solvePuzzle} from '../../../source/protocol/login/challenge.ts';
import {SUITES, VERSION} from '../../../source/wire/suite.ts';
import {FRAME, FrameSplitter, encodeFrame} from '../../../source/wire/frame.ts';
import {encodeChallenge} from '../../../source/wire/messages/login.ts';
import {identityOf, quickStretch} from '../../../tools/members/directory-client.ts';
import {linked} from '../../twins/linked.ts';
import {startStranger} from '../../twins/wire.ts';
import {startTestServer} from '../../server/servers.ts';

const COOKIE = Buffer.alloc(32, 5);
const SERVER_KEY = Buffer.alloc(32, 7);
/** Bits that no machine solves while this test runs: at 2^40 tries. */
const ENDLESS = 40;

/** A server's word that nobody vouches for. */
function forged(difficulty: number): Buffer {
	const numbers = {nonce: Buffer.alloc(32), time: Date.now(), x: Buffer.alloc(16), y: Buffer.alloc(16)};
	const body = encodeChallenge({
		version: VERSION,
		suite: SUITES[0] ?? 0,
		...numbers,
		difficulty,
		epoch: 0,
		cookie: COOKIE,
	});
	return encodeFrame({type: FRAME.challenge, body});
}

async function login(port: number, signal?: AbortSignal, puzzles?: PuzzleSolver): Promise<LoginOutcome> {
	return attemptLogin({
		server: {host: '127.0.0.1', port, serverKey: SERVER_KEY},
		mode: 'sign-in',
		name: 'alice',
		identity: identityOf({name: 'alice'}),
		invite: Buffer.alloc(0),
		stretch: quickStretch('correct horse'),
		entropy: systemEntropy,
		now: Date.now,
		...(signal === undefined ? {} : {signal}),
		...(puzzles === undefined ? {} : {puzzles}),
	});
}

/** Solves a harder puzzle than the one it is given: one without an end. */
class Endless extends PuzzleSolver {
	override async solve(cookie: Buffer, difficulty: number, signal: AbortSignal): Promise<Buffer> {
		return super.solve(cookie, difficulty + ENDLESS, signal);
	}
}

async function nextThread(): Promise<Worker> {
	const [worker] = (await once(process, 'worker')) as [Worker];
	return worker;
}

test.serial('a challenge that somebody forged is refused unsolved when it asks for more than 20 bits', async t => {
	const answers: number[] = [];
	for (const difficulty of [21, 24, 32, 255]) {
		const port = await startStranger(t, socket => {
			const splitter = new FrameSplitter();
			socket.on('data', chunk => {
				splitter.push(chunk);
				for (let frame = splitter.next(); typeof frame === 'object'; frame = splitter.next()) {
					if (frame.type === FRAME.hello) socket.write(forged(difficulty));
					else answers.push(frame.type);
				}
			});
		});
		t.deepEqual(await login(port), {kind: 'failed', reason: 'weak-parameters'}, String(difficulty));
	}

	t.deepEqual(answers, []);
});

test.serial('a puzzle is solved in another thread, and its answer is the one that this thread finds', async t => {
	const thread = nextThread();
	const solved = await new PuzzleSolver().solve(COOKIE, 12, new AbortController().signal);
	t.deepEqual(solved, solvePuzzle(COOKIE, 12));
	await thread;
});

test.serial('so it is in what is built', async t => {
	const folder = temporaryFolder(t);
	await bundle({puzzle: 'source/channel/directory/puzzle.ts'}, folder);
	const built = (await import(path.join(folder, 'puzzle.js'))) as {PuzzleSolver: typeof PuzzleSolver};
	t.deepEqual(await new built.PuzzleSolver().solve(COOKIE, 8, new AbortController().signal), solvePuzzle(COOKIE, 8));
});

test.serial('a login that is given up stops solving', async t => {
	const port = await startStranger(t, socket => socket.once('data', () => socket.write(forged(1))));
	const giveUp = new AbortController();
	const thread = nextThread();
	const outcome = login(port, giveUp.signal, new Endless());
	const ended = once(await thread, 'exit');
	giveUp.abort();
	t.deepEqual(await outcome, {kind: 'closed', registerSent: false});
	await ended;
});

for (const [how, hangUp] of [
	['hangs up', (socket: Socket) => socket.end()],
	['breaks off', (socket: Socket) => socket.resetAndDestroy()],
] as const) {
	test.serial(`a server that sets a puzzle and ${how} leaves nobody solving`, async t => {
		let meeting: Socket | undefined;
		const port = await startStranger(t, socket => {
			meeting = socket;
			socket.once('data', () => socket.write(forged(1)));
		});
		const thread = nextThread();
		const outcome = login(port, undefined, new Endless());
		const ended = once(await thread, 'exit');
		hangUp(meeting!);
		t.deepEqual(await outcome, {kind: 'closed', registerSent: false});
		await ended;
	});
}

test.serial('solving that was called off before it began starts no thread', async t => {
	const started: Worker[] = [];
	const count = (worker: Worker) => started.push(worker);
	process.on('worker', count);
	await t.throwsAsync(new PuzzleSolver().solve(COOKIE, ENDLESS, AbortSignal.abort()), {instanceOf: PuzzleUnsolved});
	process.off('worker', count);
	t.deepEqual(started, []);
});

test.serial('solving takes at most a tenth of the time, however it ends', async t => {
	let now = 1000;
	const solver = new PuzzleSolver(() => now);
	t.is(solver.rest, 0);
	const solving = solver.solve(COOKIE, 1, new AbortController().signal);
	now += 200;
	await solving;
	t.is(solver.rest, 1800);
	now += 800;
	t.is(solver.rest, 1000);

	const giveUp = new AbortController();
	const again = solver.solve(COOKIE, ENDLESS, giveUp.signal);
	now += 100;
	giveUp.abort();
	await t.throwsAsync(again, {instanceOf: PuzzleUnsolved});
	t.is(solver.rest, 1900);
	now += 1900;
	t.is(solver.rest, 0);
});

test.serial('a server that sets a puzzle with every try makes the pauses longer', async t => {
	const port = await startStranger(t, socket =>
		socket.once('data', () => {
			socket.write(forged(10));
			// RESPONSE: enough work done.
			socket.once('data', () => socket.destroy());
		}),
	);
	// Its dice would not let it wait at all.
	const entropy = {...systemEntropy, random: (size: number) => Buffer.alloc(size)};
	const alice = linkedTo(t, await startTestServer(t), port, entropy);
	alice.link.start();
	await alice.until(() => alice.state() === 'waiting');
	const waiting = alice.states.at(-1);
	t.true(waiting?.state === 'waiting' && waiting.retryAt > 0);
});

function linkedTo(
	t: ExecutionContext,
	server: Awaited<ReturnType<typeof startTestServer>>,
	port: number,
	entropy: typeof systemEntropy,
) {
	// Time stands still for the link, so that `retryAt` is the pause.
	return linked(t, server, {port, entropy, now: () => 0});
}
