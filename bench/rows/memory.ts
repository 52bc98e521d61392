// Memory an idle user costs the server: thousands really signed in, beside as many bare sockets.
import {type Child, startChild} from '../child.ts';
import type {ClientCalls} from '../children/clients.ts';
import type {IdleSocketCalls} from '../children/idle-sockets.ts';
import type {ServerCalls} from '../children/server.ts';
import {type Memory} from '../measure.ts';
import {type Row} from '../table.ts';

const AT_ONCE = 32;
const KIB = 1024;
/** Logins before the first look. */
const WARM = 64;

type Holder = Child<Pick<ServerCalls, 'online' | 'memory'>>;

export async function memory(quick: boolean): Promise<Row[]> {
	const users = quick ? 500 : 5000;
	const loads = [startChild<ClientCalls>('clients'), startChild<ClientCalls>('clients')];
	const spread = async (
		count: number,
		call: (load: (typeof loads)[number], first: number, part: number) => unknown,
	) => {
		const part = Math.ceil(count / loads.length);
		await Promise.all(loads.map(async (load, index) => call(load, index * part, part)));
	};

	/** Bytes for each of `users` that `fill` brings. */
	const growth = async (holder: Holder, fill: (count: number) => Promise<void>): Promise<Memory> => {
		const before = await holder.call('memory');
		await fill(users);
		const after = await holder.call('memory');
		const online = await holder.call('online');
		if (online !== users) throw new Error(`${online} are online, not ${users}`);
		await release(holder);
		return {resident: (after.resident - before.resident) / users, live: (after.live - before.live) / users};
	};

	const release = async (holder: Holder) => {
		await Promise.all(loads.map(async load => load.call('release')));
		while ((await holder.call('online')) > 0) await new Promise(resolve => setTimeout(resolve, 20));
	};

	const bareServer = startChild<IdleSocketCalls>('idle-sockets');
	const port = await bareServer.call('start');
	const bare = await growth(bareServer, async count =>
		spread(count, async (load, _, part) => load.call('connect', port, part, AT_ONCE)),
	);
	await bareServer.stop();
	const server = startChild<ServerCalls>('server');
	const place = await server.call('start', users);
	// A few come and go first, so that the code is there. What the logins of the others leave counts as theirs.
	await spread(WARM, async (load, first, part) => load.call('login', place, first, part, AT_ONCE / loads.length));
	const start = performance.now();
	const user = await growth(server, async count =>
		spread(count, async (load, first, part) => load.call('hold', place, first, part, AT_ONCE / loads.length)),
	);
	const seconds = (performance.now() - start) / 1000;
	const device = await growth(server, async count =>
		spread(count, async (load, first, part) => load.call('holdDevices', place, first, part, AT_ONCE / loads.length)),
	);
	await Promise.all([server, ...loads].map(async child => child.stop()));
	return [
		{
			what: `memory an idle online user, ${users.toLocaleString('en')} online, resident`,
			measured: user.resident / KIB,
			unit: 'KiB',
			limit: {what: 'a bare idle socket', value: bare.resident / KIB},
			target: {of: 'value', sign: '≤', must: 10, goal: 6},
		},
		{
			what: '  live after a full collection',
			measured: user.live / KIB,
			unit: 'KiB',
			limit: {what: 'a bare idle socket', value: bare.live / KIB},
		},
		{what: '  signing them all in', measured: seconds, unit: 's'},
		{
			what: 'memory an idle device that knows of devices, as many online, resident',
			measured: device.resident / KIB,
			unit: 'KiB',
			limit: {what: 'one that does not', value: user.resident / KIB},
		},
		{
			what: '  live after a full collection',
			measured: device.live / KIB,
			unit: 'KiB',
			limit: {what: 'one that does not', value: user.live / KIB},
		},
	];
}
