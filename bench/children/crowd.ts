// Strangers who hold the door, and honest people who want in meanwhile. Strangers come from loopback addresses of their own, so
// that the server's limits by address count as they would on a network.
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {type Socket, connect} from 'node:net';
import os from 'node:os';
import {performance} from 'node:perf_hooks';
import {systemRandom} from '../../source/crypto/random.ts';
import {product, solvePuzzle} from '../../source/protocol/login/challenge.ts';
import {FRAME, type Frame, FrameSplitter, encodeFrame} from '../../source/wire/frame.ts';
import {decodeChallenge, encodeHello, encodeResponse} from '../../source/wire/messages/login.ts';
import {SUITES, VERSION} from '../../source/wire/suite.ts';
import {type Place} from '../../tools/members/directory-client.ts';
import {lightEntropy, signInUser} from '../../tools/members/light-accounts.ts';
import {answer} from '../child.ts';

/** What a stranger does with a connection: nothing, HELLO alone, a RESPONSE that is forged, or one that is right. */
export type Habit = 'silent' | 'hello' | 'forged' | 'right';

/** A stranger whose connection has ended comes back after this, ms. */
const RETURN_MS = 50;
/** Puzzles over this many bits are not worth it to the stranger, who hangs up. */
const WORTH_BITS = 14;

const entropy = await lightEntropy();
/** Strangers come back until it is aborted. */
let over = new AbortController();
let tries = 0;

const calls = {
	/** So many connections from each of so many addresses, opened again whenever they end. Resolves once each was tried. */
	async crowd({address: {port}}: Place, habit: Habit, addresses: number, each: number): Promise<void> {
		over = new AbortController();
		// Strangers have machines of their own: the server has a core when it wants one.
		os.setPriority(os.constants.priority.PRIORITY_LOW);
		const first = Array.from({length: addresses * each}, async (_, index) => {
			const host = `127.0.${1 + Math.floor((index % addresses) / 200)}.${2 + ((index % addresses) % 200)}`;
			return new Promise<void>(resolve => {
				void keepUp(port, host, habit, resolve);
			});
		});
		await Promise.all(first);
	},

	/** Connections that strangers have made. */
	tries: () => tries,

	/** One login after the other by user 0; the time of each that got in, ms. */
	async honest(place: Place, count: number): Promise<number[]> {
		const times: number[] = [];
		for (let index = 0; index < count; index++) {
			const start = performance.now();
			try {
				const client = await signInUser(place, 0, entropy);
				times.push(performance.now() - start);
				await client.close();
			} catch {
				// Turned away: that is what is counted.
			}

			await new Promise(resolve => setTimeout(resolve, RETURN_MS));
		}

		return times;
	},

	stop(): void {
		over.abort();
	},
};

export type CrowdCalls = typeof calls;

async function keepUp(port: number, localAddress: string, habit: Habit, onTried: () => void): Promise<void> {
	const {signal} = over;
	while (!signal.aborted) {
		const socket = connect({port, host: '127.0.0.1', localAddress, noDelay: true});
		tries++;
		socket.on('error', () => {});
		const closed = new Promise<void>(resolve => {
			socket.on('close', () => resolve());
		});
		const splitter = new FrameSplitter();
		const hello = encodeHello({version: VERSION, suites: [...SUITES], nonce: systemRandom(32), time: Date.now()});
		if (habit !== 'silent') socket.on('connect', () => socket.write(encodeFrame({type: FRAME.hello, body: hello})));
		socket.on('data', chunk => {
			splitter.push(chunk);
			for (let frame = splitter.next(); typeof frame === 'object'; frame = splitter.next()) {
				if (frame.type !== FRAME.challenge) socket.destroy();
				else if (habit === 'forged' || habit === 'right') void respond(socket, hello, frame, habit);
			}
		});
		await Promise.race([once(socket, 'connect').catch(() => {}), closed]);
		onTried();
		await closed;
		await new Promise(resolve => setTimeout(resolve, RETURN_MS));
	}
}

async function respond(socket: Socket, hello: Buffer, {body}: Frame, habit: 'forged' | 'right'): Promise<void> {
	const challenge = decodeChallenge(body)!;
	const {time, difficulty, epoch, cookie} = challenge;
	const isForged = habit === 'forged';
	if (!isForged && difficulty > WORTH_BITS) {
		socket.destroy();
		return;
	}

	const solution = isForged ? Buffer.alloc(8) : solvePuzzle(cookie, difficulty);
	const answered = isForged ? Buffer.alloc(32) : product(challenge);
	const [share, kem] = [systemRandom(384).fill(1, 0, 1), Buffer.alloc(0)];
	const response = {hello, time, difficulty, epoch, cookie, product: answered, solution, share, kem};
	socket.write(encodeFrame({type: FRAME.response, body: encodeResponse(response)}));
}

answer(calls);
