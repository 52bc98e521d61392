// Messages between two processes: how long one takes, how many go through in a second, beside bare datagrams of the same size.
import {systemRandom} from '../../source/crypto/random.ts';
import {type Child, startChild} from '../child.ts';
import type {DatagramCalls} from '../children/datagrams.ts';
import type {EndCalls} from '../children/end.ts';
import {medians, percentile} from '../measure.ts';
import {profileOf} from '../people.ts';
import {type Row} from '../table.ts';

/** Bytes of a message. */
const SIZE = 200;
/** What a message of 200 bytes becomes when it has a datagram of its own: its frame, padded. */
const PADDED = 255;

type Pair<C> = {readonly near: C; readonly far: C; readonly port: number};

async function openEnds(): Promise<Pair<Child<EndCalls>>> {
	const [near, far] = [startChild<EndCalls>('end'), startChild<EndCalls>('end')];
	const [alice, bob] = [profileOf('alice'), profileOf('bob')];
	const [, port] = await Promise.all([near.call('open', alice, bob), far.call('open', bob, alice)]);
	return {near, far, port};
}

async function openDatagrams(): Promise<Pair<Child<DatagramCalls>>> {
	const [near, far] = [startChild<DatagramCalls>('datagrams', 0), startChild<DatagramCalls>('datagrams', 1)];
	const [nearPort, port] = await Promise.all([near.call('open'), far.call('open')]);
	await Promise.all([near.call('connect', port), far.call('connect', nearPort)]);
	return {near, far, port};
}

async function prepare({near, far}: Pair<Child<DatagramCalls>>, as: 'count' | 'echo', sealed: boolean): Promise<void> {
	const secrets = {root: systemRandom(32), sid: systemRandom(32)};
	const size = sealed ? PADDED : SIZE;
	await near.call('prepare', as, size, sealed ? {role: 'initiator', ...secrets} : undefined);
	await far.call('prepare', as, size, sealed ? {role: 'responder', ...secrets} : undefined);
}

async function stop(...pairs: ReadonlyArray<Pair<{stop(): Promise<void>}>>): Promise<void> {
	await Promise.all(pairs.flatMap(({near, far}) => [near.stop(), far.stop()]));
}

async function cpuOfBoth({near, far}: Pair<Child<EndCalls>>): Promise<number> {
	return (await near.call('cpu')) + (await far.call('cpu'));
}

/** µs of one way. */
function oneWay(roundTrips: readonly number[], p: number): number {
	return (percentile(roundTrips, p) * 1000) / 2;
}

export async function latency(quick: boolean): Promise<Row[]> {
	const [rounds, count] = quick ? [3, 500] : [7, 3000];
	const [ends, datagrams] = [await openEnds(), await openDatagrams()];
	const round = async () => {
		await prepare(datagrams, 'echo', false);
		const bare = await datagrams.near.call('ping', count);
		await prepare(datagrams, 'echo', true);
		const sealed = await datagrams.near.call('ping', count);
		await ends.far.call('listen', 'echo');
		await ends.near.call('talk', ends.port);
		const talk = await ends.near.call('ping', count, SIZE);
		return {
			talk50: oneWay(talk, 0.5),
			talk99: oneWay(talk, 0.99),
			sealed50: oneWay(sealed, 0.5),
			sealed99: oneWay(sealed, 0.99),
			bare50: oneWay(bare, 0.5),
			bare99: oneWay(bare, 0.99),
		};
	};

	await round();
	const measured = [];
	for (let index = 0; index < rounds; index++) measured.push(await round());
	await stop(ends, datagrams);
	const {talk50, talk99, sealed50, sealed99, bare50, bare99} = medians(measured);
	const what = 'a bare datagram';
	return [
		{
			what: 'message of 200 B, own ratchet key, one way, p50',
			measured: talk50,
			unit: 'µs',
			limit: {what, value: bare50},
			target: {of: 'ratio', sign: '≤', must: 2, goal: 1.5},
		},
		{what: '  the same, p99', measured: talk99, unit: 'µs', limit: {what, value: bare99}},
		{what: '  sealed alone, nothing delivered, p50', measured: sealed50, unit: 'µs', limit: {what, value: bare50}},
		{what: '  the same, p99', measured: sealed99, unit: 'µs', limit: {what, value: bare99}},
	];
}

export async function messages(quick: boolean): Promise<Row[]> {
	// A session ends after 65,536 messages.
	const [rounds, count, datagramCount] = quick ? [3, 20_000, 12_800] : [7, 60_000, 51_200];
	const [ends, datagrams] = [await openEnds(), await openDatagrams()];
	const round = async () => {
		await prepare(datagrams, 'count', false);
		const bare = await datagrams.near.call('flood', datagramCount);
		await prepare(datagrams, 'count', true);
		const sealed = await datagrams.near.call('flood', datagramCount);
		await prepare(datagrams, 'count', true);
		const seals = await datagrams.near.call('seal', datagramCount);
		await ends.far.call('listen', 'count');
		await ends.near.call('talk', ends.port);
		const cpu = await cpuOfBoth(ends);
		const {sent, lost, epochs} = await ends.near.call('flood', count, SIZE);
		const used = (await cpuOfBoth(ends)) - cpu;
		const {count: arrived, firstAt, lastAt} = await ends.far.call('received');
		if (arrived !== count) throw new Error(`${arrived} of ${count} messages have arrived`);
		return {
			bare,
			sealed,
			seals,
			rate: (arrived / (lastAt - firstAt)) * 1000,
			cpu: (used / count) * 0.01,
			each: count / sent,
			anEpoch: count / epochs,
			lost: (lost / sent) * 100,
		};
	};

	await round();
	const measured = [];
	for (let index = 0; index < rounds; index++) measured.push(await round());
	await stop(ends, datagrams);
	const {bare, sealed, seals, rate, cpu, each, anEpoch, lost} = medians(measured);
	return [
		{
			what: 'messages of 200 B delivered, coalesced',
			measured: rate,
			unit: '/s',
			limit: {what: 'bare datagrams delivered', value: bare},
			target: {of: 'ratio', sign: '≥', must: 0.6, goal: 0.95},
		},
		{what: '  messages in a datagram', measured: each},
		{what: '  messages under the keys of one rekey', measured: anEpoch},
		{what: '  datagrams lost, %', measured: lost},
		{what: '  CPU of both ends for 10,000 messages', measured: cpu, unit: 's'},
		{
			what: 'datagrams delivered, each sealed under its own key',
			measured: sealed,
			unit: '/s',
			limit: {what: 'bare datagrams delivered', value: bare},
			target: {of: 'ratio', sign: '≥', must: 0.15, goal: 0.25},
		},
		{
			what: '  beside one that only seals',
			measured: sealed,
			unit: '/s',
			limit: {what: 'sealed, not sent', value: seals},
		},
	];
}
