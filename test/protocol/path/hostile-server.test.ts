// The most that a hostile server can make a client send by probes, when it does all that it can at once; and what a stranger can: nothing.
import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import test from 'ava';
import {createAsk, deriveProbeKeys} from '../../../source/protocol/path/probe-keys.ts';
import {
	ASK_LIMIT,
	BIRTHDAYS_OF_ALL,
	BIRTHDAY_PORTS,
	CALLED_OF_ALL,
	PROBES_A_SECOND,
	PROBE_BURST,
} from '../../../source/protocol/path/probe-limits.ts';
import {Probing} from '../../../source/protocol/path/probing.ts';
import {PROBE_SIZE} from '../../../source/wire/messages/probe.ts';
import {seededRandom} from '../../twins/random.ts';

const random = seededRandom('hostile server');
const server = {host: '203.0.113.10', port: 7406};
const victims = [1, 2, 3, 4, 5, 6].map(last => ({host: `198.51.100.${last}`, port: 9}));
const MINUTES = 10;

type Attack = {
	/** CALLED comes so often, ms, each from another contact, with six addresses. */
	readonly calledEvery: number;
	/** Asks under the keys of all introductions in turn come so often, ms, from ever new ports of a victim; 0 for never. */
	readonly asksEvery: number;
	/** The client takes part in birthday probing whenever it may. */
	readonly birthdays: boolean;
};

/** Ten minutes of it: datagrams in each second, and how many of the server's own probes the client took in. */
function attacked({calledEvery, asksEvery, birthdays}: Attack): {perSecond: number[]; came: number; total: number} {
	const probing = new Probing(random);
	const perSecond = Array.from({length: MINUTES * 60}, () => 0);
	let [came, names] = [0, 0];
	let keys: Array<ReturnType<typeof deriveProbeKeys>> = [];
	const count = (actions: ReturnType<Probing['run']>, now: number) => {
		for (const action of actions) {
			if (action.kind === 'send') perSecond[Math.floor(now / 1000)]!++;
			if (action.kind === 'unmet' && birthdays) probing.birthday(action.id, {kind: 'many-ports', socket: 0}, now);
		}
	};
	const stops = [calledEvery, asksEvery].filter(every => every > 0);
	const next = (now: number) => Math.min(...stops.map(every => (Math.floor(now / every) + 1) * every));
	const due = (now: number) => Math.max(now + 1, Math.ceil(probing.deadline(now)));
	for (let now = 0; now < MINUTES * 60_000; now = Math.min(due(now), next(now))) {
		if (now % calledEvery === 0) {
			const [key, ticket] = [random(32), random(248)];
			const standpoint = {server, observed: {host: '203.0.113.21', port: 1}};
			const begun = probing.begin(
				{
					role: 'responder',
					name: `n${names++}`,
					key,
					ticket,
					addresses: victims,
					standpoint,
					age: 0,
					socketFor: () => 0,
				},
				now,
			);
			if ('id' in begun) keys = [deriveProbeKeys(key, ticket, 'initiator'), ...keys].slice(0, CALLED_OF_ALL);
		}

		if (asksEvery > 0 && now % asksEvery === 0) {
			const mine = keys[came++ % keys.length]!;
			count(
				probing.receive(createAsk(mine, random(12)), {host: '198.51.100.1', port: 1 + (now % 60_000)}, 0, now),
				now,
			);
		}

		count(probing.run(now), now);
	}

	return {perSecond, came, total: perSecond.reduce((sum, each) => sum + each, 0)};
}

/** Bytes a second on average, and in the worst second. */
const bytesOf = ({perSecond, total}: ReturnType<typeof attacked>) => ({
	average: Math.round((total * PROBE_SIZE) / (MINUTES * 60)),
	worst: Math.max(...perSecond) * PROBE_SIZE,
});

test('a hostile server: CALLED without end, probes of its own, and birthday probing; the numbers of docs/security.md', async t => {
	const page = await readFile(new URL('../../../docs/security.md', import.meta.url), 'utf8');
	const called = bytesOf(attacked({calledEvery: 500, asksEvery: 0, birthdays: false}));
	const asking = bytesOf(attacked({calledEvery: 500, asksEvery: 20, birthdays: false}));
	const all = bytesOf(attacked({calledEvery: 500, asksEvery: 20, birthdays: true}));
	const words = `${called.average} B/s on average by CALLED alone, ${asking.average} B/s with probes of its own, ${all.average} B/s with birthday probing; ${all.worst} bytes in the worst second`;
	t.log(words);
	t.true(page.replaceAll(/\s+/g, ' ').includes(words), words);
	t.true(asking.average <= (PROBES_A_SECOND + 1) * PROBE_SIZE);
	t.true(asking.worst <= (PROBE_BURST + PROBES_A_SECOND) * PROBE_SIZE);
	const birthdays = (BIRTHDAYS_OF_ALL * BIRTHDAY_PORTS * PROBE_SIZE) / (MINUTES * 60);
	t.true(all.average <= asking.average + birthdays + PROBE_SIZE);
	t.true(page.includes(`${ASK_LIMIT} × ${PROBE_SIZE} bytes`));
});

test('strangers: whatever they send, no byte goes out', t => {
	const probing = new Probing(random);
	const [key, ticket] = [random(32), random(248)];
	const standpoint = {server, observed: {host: '203.0.113.21', port: 1}};
	probing.begin(
		{role: 'responder', name: 'bob', key, ticket, addresses: victims, standpoint, age: 0, socketFor: () => 0},
		0,
	);
	const genuine = createAsk(deriveProbeKeys(key, ticket, 'initiator'), random(12));
	const others = deriveProbeKeys(random(32), ticket, 'initiator');
	let out = 0;
	for (let count = 0; count < 5000; count++) {
		const forged = Buffer.from(genuine);
		forged[8 + (count % 56)]! ^= 1 + (count % 255);
		for (const datagram of [forged, random(64), createAsk(others, random(12)), genuine.subarray(0, count % 64)]) {
			out += probing.receive(datagram, victims[0]!, 0, count).length;
		}
	}

	t.is(out, 0);
	t.is(
		Object.values(probing.drops).reduce((sum, each) => sum + each, 0),
		20_000,
	);
});

test('who overhears an ask and repeats it gets one answer of its size in all', t => {
	const probing = new Probing(random);
	const [key, ticket] = [random(32), random(248)];
	const standpoint = {server, observed: {host: '203.0.113.21', port: 1}};
	probing.begin(
		{role: 'responder', name: 'bob', key, ticket, addresses: victims, standpoint, age: 0, socketFor: () => 0},
		0,
	);
	const overheard = createAsk(deriveProbeKeys(key, ticket, 'initiator'), random(12));
	let [came, out] = [0, 0];
	for (let now = 0; now < 60_000; now += 50) {
		came += overheard.length;
		for (const action of probing.receive(overheard, {host: '198.51.100.77', port: 7}, 0, now)) {
			if (action.kind === 'send') out += action.datagram.length;
		}
	}

	t.is(out, PROBE_SIZE);
	t.true(out / came <= 1);
});
