// What a stranger's packet costs before it is refused, and how little of it is kept; and what one costs of somebody who has
// sniffed a genuine INIT, to whom nothing was promised.
import {Buffer} from 'node:buffer';
import {hmac} from '../../source/crypto/hash.ts';
import {generateIdentity} from '../../source/crypto/identity.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {systemEntropy} from '../../source/protocol/entropy.ts';
import {challengeKeys} from '../../source/protocol/login/challenge.ts';
import {type LoginServer, answerHello, answerResponse} from '../../source/protocol/login/server.ts';
import {createInit} from '../../source/protocol/session/initiator.ts';
import {consumeInit} from '../../source/protocol/session/responder.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {encodeHello, encodeResponse} from '../../source/wire/messages/login.ts';
import {SUITES, VERSION} from '../../source/wire/suite.ts';
import {cpuOf, cpuOfSync, medians, settledMemory} from '../measure.ts';
import {introduceTo, personOf, profileOf, responderFor} from '../people.ts';
import {type Row} from '../table.ts';

const from = {host: '127.0.0.1', port: 1};
/** Past the second in which a responder counts INITs: otherwise all but the first few are asked for a cookie. */
const NEXT_SECOND_MS = 1001;
/** Calls of each kind between two looks at memory: enough that what the engine itself keeps is under half a byte a call. */
const KEEP_COUNT = 20_000;

type Refusal = {
	readonly what: string;
	readonly refuse: (index: number) => unknown;
	readonly expected: string;
	/** It takes a ticket copied from somebody else's INIT. */
	readonly isSniffed?: boolean;
};

export async function strangers(quick: boolean): Promise<Row[]> {
	const [rounds, count] = quick ? [3, 3000] : [7, 10_000];
	const refusals = [...hellos(), ...(await inits())];
	for (const {what, refuse, expected} of refusals) {
		const outcome = await refuse(0);
		if (outcome !== expected) throw new Error(`${what}: ${String(outcome)} instead of ${expected}`);
	}

	const macKey = systemRandom(32);
	const macText = Buffer.alloc(128);
	const measured = [];
	for (let round = 0; round <= rounds; round++) {
		const figures: Record<string, number> = {
			mac: cpuOfSync(count, () => hmac(macKey, macText)),
		};
		for (const {what, refuse} of refusals) figures[what] = await cpuOf(count, refuse);
		if (round > 0) measured.push(figures);
	}

	const before = await settledMemory();
	for (const {refuse} of refusals) await cpuOf(KEEP_COUNT, refuse);
	const after = await settledMemory();
	const cost = medians(measured);
	const rows: Row[] = refusals.map(({what, isSniffed = false}) => ({
		what,
		measured: cost[what]!,
		unit: 'µs',
		limit: {what: 'one HMAC-SHA-256', value: cost['mac']!},
		...(isSniffed ? {} : {target: {of: 'value', sign: '≤', must: 20, goal: 10}}),
	}));
	const kept = Math.max(0, Math.round((after.live - before.live) / (KEEP_COUNT * refusals.length)));
	return [
		...rows,
		{what: '  kept of each', measured: kept, unit: 'B', target: {of: 'value', sign: '≤', must: 0, goal: 0}},
	];
}

function unused(): never {
	throw new Error('a stranger reached the accounts');
}

function hellos(): Refusal[] {
	const now = Date.now();
	const server: LoginServer = {
		signingKey: generateIdentity(systemRandom).identity,
		decoyKey: systemRandom(32),
		challengeKeys: challengeKeys(systemRandom, now),
		directory: {find: unused, register: unused, reserve: unused, refund: unused},
		entropy: systemEntropy,
	};
	const greeting = {version: VERSION, suites: [...SUITES], nonce: systemRandom(32), time: now};
	const hello = encodeHello(greeting);
	const response = encodeResponse({
		hello,
		time: now,
		difficulty: 0,
		epoch: server.challengeKeys.epoch,
		cookie: systemRandom(32),
		product: systemRandom(32),
		solution: systemRandom(8),
		share: systemRandom(384),
		kem: Buffer.alloc(0),
	});
	const greet = (body: Buffer) => () => answerHello(server, {type: FRAME.hello, body}, from, 0, now).kind;
	return [
		{what: 'HELLO, malformed', refuse: greet(hello.subarray(1)), expected: 'dropped'},
		{
			what: 'HELLO, another version',
			refuse: greet(encodeHello({...greeting, version: VERSION + 1})),
			expected: 'refused',
		},
		{what: 'HELLO, well formed: a challenge', refuse: greet(hello), expected: 'send'},
		{
			what: 'RESPONSE, forged cookie',
			refuse: async () => (await answerResponse(server, {type: FRAME.response, body: response}, from, now)).kind,
			expected: 'refused',
		},
	];
}

async function inits(): Promise<Refusal[]> {
	const [alice, bob, carol] = [profileOf('alice'), profileOf('bob'), profileOf('carol')];
	const now = Date.now();
	const init = async (to: typeof bob) => {
		const grant = introduceTo(alice, to, from, now);
		const peer = {name: to.name, pinned: undefined};
		const made = await createInit({local: personOf(alice), peer, grant, index: 1, now, entropy: systemEntropy});
		if ('drop' in made) throw new Error(made.drop);
		return made.datagram;
	};

	const genuine = await init(bob);
	const damaged = (at: number) => {
		const bytes = Buffer.from(genuine);
		bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
		return bytes;
	};

	const outcome = (datagram: Buffer, source = from) => {
		const responder = responderFor(bob, now, () => 2);
		// A ticket is good for a minute: time goes round before that.
		return async (index: number) => {
			const time = now + ((index * NEXT_SECOND_MS) % 60_000);
			const step = await consumeInit(responder, datagram, source, time, () => undefined);
			return 'drop' in step ? step.drop : step.kind;
		};
	};

	// The ticket begins at byte 7 with its key id of 8; the sealed share behind its 248.
	return [
		{what: 'INIT, malformed', refuse: outcome(genuine.subarray(1)), expected: 'malformed'},
		{what: 'INIT, ticket of another key', refuse: outcome(await init(carol)), expected: 'ticket-key-id'},
		{what: 'INIT, forged ticket', refuse: outcome(damaged(7 + 8 + 20)), expected: 'ticket-tag'},
		{
			what: 'INIT sent again from elsewhere, by whoever sniffed it',
			refuse: outcome(genuine, {...from, port: 2}),
			expected: 'cookie',
			isSniffed: true,
		},
		{
			what: 'INIT, its share forged, by whoever sniffed it',
			refuse: outcome(damaged(7 + 248 + 20)),
			expected: 'tag',
			isSniffed: true,
		},
	];
}
