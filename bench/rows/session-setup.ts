// Setting up a session between two who were introduced: CPU of both sides, then the time it takes over real sockets.
import {type Entropy, systemEntropy} from '../../source/protocol/entropy.ts';
import {deriveDh, generateDhKeyPair} from '../../source/crypto/dh.ts';
import {sign, verify} from '../../source/crypto/identity.ts';
import {startChild} from '../child.ts';
import type {EndCalls} from '../children/end.ts';
import {type Profile, introduceTo, personOf, profileOf, responderFor} from '../people.ts';
import {consumeResp, createInit} from '../../source/protocol/session/initiator.ts';
import {consumeFin, consumeInit} from '../../source/protocol/session/responder.ts';
import {cpuOf, medians, percentile} from '../measure.ts';
import {type Row} from '../table.ts';

const entropy: Entropy = systemEntropy;

export async function sessionSetup(quick: boolean): Promise<Row[]> {
	const [rounds, count] = quick ? [3, 40] : [7, 150];
	const [alice, bob] = [profileOf('alice'), profileOf('bob')];
	const ends = [startChild<EndCalls>('end'), startChild<EndCalls>('end')] as const;
	const [, port] = await Promise.all([ends[0].call('open', alice, bob), ends[1].call('open', bob, alice)]);
	const transmitted = async () => {
		const [asking, asked] = await Promise.all(ends.map(async end => end.call('transmitted')));
		return asking! + asked!;
	};

	const round = async () => {
		const cpu = await cpuOf(count, async () => handshake(alice, bob));
		const bare = await cpuOf(count, async () => barePowers());
		const sent = await transmitted();
		const times = await ends[0].call('handshakes', port, count);
		// FIN, which data may follow at once, is made but does not go out here.
		const trips = ((await transmitted()) - sent) / count + 1;
		return {trips, cpu: cpu / 1000, bare: bare / 1000, p50: percentile(times, 0.5), p99: percentile(times, 0.99)};
	};

	await round();
	const measured = [];
	for (let index = 0; index < rounds; index++) measured.push(await round());
	await Promise.all(ends.map(async end => end.stop()));
	const {trips, cpu, bare, p50, p99} = medians(measured);
	return [
		{
			what: 'session set-up, CPU of both sides',
			measured: cpu,
			unit: 'ms',
			limit: {what: 'its bare powers and signatures', value: bare},
			target: {of: 'value', sign: '≤', must: 12, goal: 8},
		},
		{
			what: '  one-way trips before data',
			measured: trips,
			target: {of: 'value', sign: '≤', must: 3, goal: 3},
		},
		{what: '  two processes, loopback, INIT begun to FIN out, p50', measured: p50, unit: 'ms'},
		{what: '  the same, p99', measured: p99, unit: 'ms'},
	];
}

/** From createInit to both sides established. A responder of its own each time: it takes four a sender in 10 s. */
async function handshake(alice: Profile, bob: Profile): Promise<void> {
	const now = Date.now();
	const from = {host: '127.0.0.1', port: 1};
	const [local, peer] = [personOf(alice), personOf(bob)];
	const grant = introduceTo(alice, bob, from, now);
	const init = await createInit({
		local,
		peer: {name: peer.name, pinned: undefined},
		grant,
		index: 1,
		now,
		entropy,
	});
	if ('drop' in init) throw new Error(init.drop);
	const resp = await consumeInit(
		responderFor(bob, now, () => 2),
		init.datagram,
		from,
		now,
		() => undefined,
	);
	if ('drop' in resp || resp.kind !== 'resp') throw new Error('no RESP');
	const done = await consumeResp(init.state, resp.datagram, now);
	if ('drop' in done) throw new Error(done.drop);
	const other = consumeFin(resp.state, done.fin);
	if ('drop' in other) throw new Error(other.drop);
}

/** Each side: a key pair, a power, a signature made and one checked. */
async function barePowers(): Promise<void> {
	const {identity} = bareSigner;
	const pairs = [await generateDhKeyPair(), await generateDhKeyPair()] as const;
	await deriveDh(pairs[0].privateKey, pairs[1].share);
	await deriveDh(pairs[1].privateKey, pairs[0].share);
	for (const message of [pairs[0].share, pairs[1].share]) {
		verify(identity.publicKey, message, sign(identity, message));
	}
}

const bareSigner = personOf(profileOf('signer'));
