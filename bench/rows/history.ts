// The history when it has become large: finding words, opening, appending. It is filled as in years, in some two minutes.
import {makeTemporaryFolder, removeFolder} from '../../tools/temporary-folder.ts';
import {type Buffer} from 'node:buffer';
import {statSync} from 'node:fs';
import path from 'node:path';
import {systemRandom} from '../../source/crypto/random.ts';
import {openHistory} from '../../source/messaging/history/sqlite-history.ts';
import {type HistoryCalls} from '../children/history.ts';
import {startChild} from '../child.ts';
import {median, percentile} from '../measure.ts';
import {fill, messageOf, vocabulary} from '../said.ts';
import {type Row} from '../table.ts';

const MIB = 1024 ** 2;
/** Ordinal numbers of words, from the most frequent to the rare. */
const RANKS = [0, 1, 2, 5, 20, 100, 1000, 10_000];

export async function history(quick: boolean): Promise<Row[]> {
	const folder = makeTemporaryFolder();
	const [large, small] = ['large.db', 'small.db'].map(name => path.join(folder, name)) as [string, string];
	const key = systemRandom(32);
	const count = quick ? 100_000 : 1_000_000;
	try {
		const [filling, appends] = build(large, key, count, quick ? 100 : 500);
		build(small, key, 40, 0);
		const rounds = quick ? 5 : 9;
		const [cold, opened, openedSmall] = [[] as number[], [] as number[], [] as number[]];
		let warm: number[] = [];
		for (let round = 0; round < rounds; round++) {
			opened.push(await openingOf(large, key, 'many'));
			openedSmall.push(await openingOf(small, key, 'forty'));
			const searched = await searching(large, key, round, quick ? 1 : 3);
			cold.push(searched.cold);
			warm = warm.concat(searched.warm);
		}

		const size = count.toLocaleString('en');
		const ms = {unit: 'ms'} as const;
		return [
			{what: `find the newest 50 of ${size} messages, p50`, measured: median(warm), ...ms},
			{what: '  p95', measured: percentile(warm, 0.95), ...ms, target: {of: 'value', sign: '≤', must: 50, goal: 25}},
			{
				what: '  the first of a process, with opening, p95',
				measured: percentile(cold, 0.95),
				...ms,
				target: {of: 'value', sign: '≤', must: 1000, goal: 100},
			},
			{
				what: `open ${size} messages and show a conversation of ${(Math.min(count, 200_000) / 2).toLocaleString('en')}`,
				measured: median(opened),
				...ms,
				limit: {what: 'a history of 40', value: median(openedSmall)},
				target: {of: 'ratio', sign: '≤', must: 3, goal: 1.5},
			},
			{what: `append to ${size} messages, each on the disk and in the index`, measured: appends, unit: '/s'},
			{what: '  filled in batches of 10,000', measured: count / filling, unit: '/s'},
			{what: '  the file', measured: statSync(large).size / MIB, unit: 'MiB'},
		];
	} finally {
		removeFolder(folder);
	}
}

/** Seconds that filling takes, and messages a second that are appended one by one after it. */
function build(file: string, key: Buffer, count: number, more: number): [number, number] {
	const made = openHistory(file, key);
	const start = performance.now();
	fill(made, count);
	const filled = performance.now();
	for (let index = 0; index < more; index++) {
		made.append([messageOf(count + index, 'many', `${vocabulary[index]} and ${vocabulary[7 * index]}`)]);
	}

	const rate = more / ((performance.now() - filled) / 1000);
	for (const {conversation} of made.conversations()) made.markRead(conversation);
	made.close();
	return [(filled - start) / 1000, rate];
}

/** Ms in a process of its own. */
async function openingOf(file: string, key: Buffer, peer: string): Promise<number> {
	const child = startChild<HistoryCalls>('history');
	const time = (await child.call('open', file, key)) + (await child.call('page', peer));
	await child.call('close');
	await child.stop();
	return time;
}

/** One search as the first thing a process does, another word each round; then all, common and rare, alone and two together. */
async function searching(file: string, key: Buffer, round: number, times: number) {
	const child = startChild<HistoryCalls>('history');
	const everybody = ['many', 'most', 'forty', ...Array.from({length: 97}, (_, index) => `friend${index}`)];
	const words = RANKS.map(rank => vocabulary[rank]!);
	const queries = [...words, `${words[0]} ${words[3]}`, `${words[7]} ${words[1]}`, 'k', 'ka', 'to l', '日本', '会議'];
	const opening = await child.call('open', file, key);
	const cold = opening + (await child.call('find', queries[round % queries.length]!, everybody));
	const warm: number[] = [];
	for (const query of queries) await child.call('find', query, everybody);
	for (let turn = 0; turn < times; turn++) {
		for (const query of queries) {
			for (const peers of [everybody, ['most'], ['many'], ['forty'], everybody.slice(1)]) {
				warm.push(await child.call('find', query, peers));
			}
		}
	}

	await child.call('close');
	await child.stop();
	return {cold, warm};
}
