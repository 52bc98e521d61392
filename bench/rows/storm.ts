// Everybody comes back at once, as after a crash, and others want in meanwhile: how long it takes beside the work that it is, and for whom
// it was too slow.
import {startChild} from '../child.ts';
import type {ReturningCalls} from '../children/returning.ts';
import type {ServerCalls} from '../children/server.ts';
import type {Return} from '../../tools/members/returning.ts';
import {percentile} from '../measure.ts';
import {type Row} from '../table.ts';

/** Clients, and server, share these. */
const CORES = 2;
const NEWCOMERS_A_SECOND = 10;

export async function storm(quick: boolean): Promise<Row[]> {
	const [count, seconds] = quick ? [600, 5] : [3000, 20];
	const server = startChild<ServerCalls>('server');
	const loads = [startChild<ReturningCalls>('returning'), startChild<ReturningCalls>('returning')];
	const others = startChild<ReturningCalls>('returning');
	const place = await server.call('start', count + NEWCOMERS_A_SECOND * seconds);
	const children = [server, ...loads, others];
	const work = async () => {
		const times = await Promise.all(children.map(async child => child.call('cpu')));
		return times.reduce((sum, time) => sum + time) / 1000 / CORES;
	};

	await server.call('watchLoop');
	const [before, start] = [await work(), performance.now()];
	const arriving = others.call('arrive', place, count, NEWCOMERS_A_SECOND, seconds);
	const part = count / loads.length;
	const back = await Promise.all(loads.map(async (load, index) => load.call('comeBack', place, index * part, part)));
	const took = performance.now() - start;
	const needed = (await work()) - before;
	const late = await server.call('loopDelay');
	const newcomers = await arriving;
	await Promise.all(children.map(async child => child.stop()));
	const all = [...back.flat(), ...newcomers];
	const sum = (what: keyof Return) => all.reduce((total, each) => total + each[what], 0);
	return [
		{
			what: `${count.toLocaleString('en')} clients come back at once: all are in after`,
			measured: took / 1000,
			unit: 's',
			limit: {what: 'their work and the server’s, divided by the cores', value: needed / 1000},
			target: {of: 'ratio', sign: '≤', must: 2, goal: 1.5},
		},
		{
			what: '  logins that were begun and too slow, of a hundred',
			measured: (100 * sum('tooSlow')) / all.length,
			target: {of: 'value', sign: '≤', must: 1, goal: 0},
		},
		{what: '  told to come back later', measured: sum('busy')},
		{
			what: '  newcomers meanwhile, p99',
			measured: percentile(
				newcomers.map(({ms}) => ms),
				0.99,
			),
			unit: 'ms',
			target: {of: 'value', sign: '≤', must: 5000, goal: 2000},
		},
		{what: '  server event loop late, p99', measured: late.p99, unit: 'ms'},
		{what: '  server event loop late, most', measured: late.max, unit: 'ms'},
	];
}
