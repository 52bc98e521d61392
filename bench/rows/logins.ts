// Logins: the whole hardened handshake against a real server, beside the powers and signatures that no such login can do without.
import {startChild} from '../child.ts';
import type {ClientCalls} from '../children/clients.ts';
import type {ServerCalls} from '../children/server.ts';
import {medians, percentile} from '../measure.ts';
import {type Row} from '../table.ts';

const AT_ONCE = 32;

export async function logins(quick: boolean): Promise<Row[]> {
	const [rounds, count] = quick ? [3, 200] : [7, 640];
	const server = startChild<ServerCalls>('server');
	const loads = [startChild<ClientCalls>('clients'), startChild<ClientCalls>('clients')];
	const place = await server.call('start', AT_ONCE);
	const share = AT_ONCE / loads.length;
	const round = async () => {
		await server.call('watchLoop');
		const cpu = await server.call('cpu');
		const start = performance.now();
		const times = await Promise.all(
			loads.map(async (load, index) => load.call('login', place, index * share, count / loads.length, share)),
		);
		const elapsed = performance.now() - start;
		const used = (await server.call('cpu')) - cpu;
		const late = await server.call('loopDelay');
		const bare = await server.call('barePowers', count / 2, AT_ONCE);
		return {
			rate: (count / elapsed) * 1000,
			median: percentile(times.flat(), 0.5),
			cpu: used / count / 1000,
			late99: late.p99,
			lateMost: late.max,
			bareCpu: bare.cpu / 1000,
			bareRate: 1e6 / bare.elapsed,
		};
	};

	await round();
	const measured = [];
	for (let index = 0; index < rounds; index++) measured.push(await round());
	await Promise.all([server, ...loads].map(async child => child.stop()));
	const {rate, median, cpu, late99, lateMost, bareCpu, bareRate} = medians(measured);
	return [
		{
			what: `logins, ${AT_ONCE} at once, light clients without scrypt`,
			measured: rate,
			unit: '/s',
			limit: {what: 'its bare powers and signatures, both cores', value: bareRate},
		},
		{what: '  one of them, p50', measured: median, unit: 'ms'},
		{
			what: '  server CPU a login',
			measured: cpu,
			unit: 'ms',
			limit: {what: 'its bare powers and signatures', value: bareCpu},
			target: {of: 'ratio', sign: '≤', must: 1.5, goal: 1.2},
		},
		{what: '  server event loop late, p99', measured: late99, unit: 'ms'},
		{
			what: '  server event loop late, most in a round',
			measured: lateMost,
			unit: 'ms',
			target: {of: 'value', sign: '≤', must: 5, goal: 5},
		},
	];
}
