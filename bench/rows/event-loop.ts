// How long one turn of the server's event loop takes while thousands are online and many sign in: that long everybody else waits.
import {startChild} from '../child.ts';
import type {ClientCalls} from '../children/clients.ts';
import type {ServerCalls} from '../children/server.ts';
import {type Row} from '../table.ts';

const AT_ONCE = 32;

export async function eventLoop(quick: boolean): Promise<Row[]> {
	const [users, logins] = quick ? [500, 320] : [8000, 1920];
	const server = startChild<ServerCalls>('server');
	const loads = [startChild<ClientCalls>('clients'), startChild<ClientCalls>('clients')];
	const place = await server.call('start', users + AT_ONCE);
	const [part, lanes] = [users / loads.length, AT_ONCE / loads.length];
	await Promise.all(loads.map(async (load, index) => load.call('hold', place, index * part, part, lanes)));
	const before = await server.call('loopCpu');
	await server.call('watchLoop');
	await Promise.all(
		loads.map(async (load, index) => load.call('login', place, users + index * lanes, logins / loads.length, lanes)),
	);
	const late = await server.call('loopDelay');
	const used = (await server.call('loopCpu')) - before;
	await Promise.all([server, ...loads].map(async child => child.stop()));
	return [
		{
			what: `server event loop late, ${users.toLocaleString('en')} online, ${AT_ONCE} logins at once, p99.9`,
			measured: late.p999,
			unit: 'ms',
			target: {of: 'value', sign: '≤', must: 5, goal: 3},
		},
		{what: '  p99', measured: late.p99, unit: 'ms'},
		{what: '  most', measured: late.max, unit: 'ms'},
		{what: '  CPU of the event loop a login', measured: used / logins / 1000, unit: 'ms'},
	];
}
