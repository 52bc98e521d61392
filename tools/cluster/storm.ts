// One server of three is killed, and all its clients come back to the others at once, while newcomers want in.
import os from 'node:os';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {FRAME} from '../../source/wire/frame.ts';
import {encodePing} from '../../source/wire/messages/directory.ts';
import {type DirectoryClient} from '../members/directory-client.ts';
import {lightEntropy} from '../members/light-accounts.ts';
import {type Return, comeIn} from '../members/returning.ts';
import {type ClusterReport} from './report.ts';
import {cpuSecondsOf} from './work.ts';
import {type ClusterWorld} from './world.ts';

/** Which users: those that are there, and behind them the newcomers. */
export const STORM_FIRST = 400;
const NEWCOMERS = 50;
const NEWCOMERS_A_SECOND = 10;
/** Signing in before it begins, at once. */
const LANES = 16;
/** How much longer than the work takes it may take, and what each client waits before its first try at most, s. */
const FACTOR = 2;
const FIRST_PAUSE_S = 1;
const KILLED = 0;
/** As clients do it, ms. */
const KEEPALIVE_MS = 25_000;

export async function showStorm(world: ClusterWorld, report: ClusterReport, count: number): Promise<void> {
	const entropy = await lightEntropy();
	const come = async (index: number, isBack: boolean, place: () => number) =>
		comeIn({index, isBack, entropy, address: world.address(), place: () => world.node(place())});
	const clients: DirectoryClient[] = [];
	// Who says nothing for 75 s is taken for gone, and thousands take longer than that.
	const keepalive = setInterval(() => {
		for (const client of clients.filter(({frames}) => !frames.socket.closed)) client.send(FRAME.ping, encodePing(0));
	}, KEEPALIVE_MS);
	await everybody(count, async index => {
		clients[index] = (await come(STORM_FIRST + index, false, () => index)).client;
	});
	// Until now the event loops were busy with that.
	await world.stalls();
	const cores = os.availableParallelism();
	const others = world.nodes.filter((_, index) => index !== KILLED);
	const pids = () => [
		...others.map(({child}) => child.pid!),
		...world.database.servers.flatMap(server => server.processes),
	];
	// What this process has waited for, as the server that is killed, is none of it.
	const work = () => {
		const {user, system} = process.cpuUsage();
		return cpuSecondsOf(pids()) + (user + system) / 1e6;
	};

	const before = work();
	await world.node(KILLED).stop('SIGKILL');
	const lost = clients.map((_, index) => index).filter(index => index % world.nodes.length === KILLED);
	const living = () => 1 + Math.floor(Math.random() * others.length);
	const returning = async () => {
		const all = await Promise.all(lost.map(async index => come(STORM_FIRST + index, true, living)));
		return {back: all, needed: (work() - before) / cores};
	};
	const returned = returning();
	const newcomers: Array<ReturnType<typeof come>> = [];
	for (let index = 0; index < NEWCOMERS; index++) {
		newcomers.push(come(STORM_FIRST + count + index, false, living));
		await pause(1000 / NEWCOMERS_A_SECOND);
	}

	const {back, needed} = await returned;
	const took = Math.max(...back.map(({met}) => met.ms)) / 1000;
	const fresh = await Promise.all(newcomers);
	const met = [...back, ...fresh].map(each => each.met);
	const sum = (what: keyof Return) => met.reduce((total, each) => total + each[what], 0);
	const tooSlow = (100 * sum('tooSlow')) / met.length;
	const p99 = percentile99(fresh.map(each => each.met.ms)) / 1000;
	const limit = FACTOR * needed + FIRST_PAUSE_S;
	report.line(
		took < limit,
		`${lost.length} clients of a server that was killed: all are back after ${took.toFixed(1)} s; work ÷ ${cores} cores is ${needed.toFixed(1)} s, and each waits up to ${FIRST_PAUSE_S} s first: at most ${limit.toFixed(1)} s`,
	);
	report.line(
		tooSlow < 1,
		`logins that were too slow: ${tooSlow.toFixed(1)} % (told to come back later: ${sum('busy')})`,
	);
	report.line(p99 < 5, `${NEWCOMERS} newcomers meanwhile, p99: ${p99.toFixed(2)} s`);
	const kept = clients.filter(({frames}, index) => index % world.nodes.length !== KILLED && !frames.socket.closed);
	report.line(
		kept.length === count - lost.length && sum('internal') === 0,
		`of ${count - lost.length} clients of the others ${kept.length} stayed; ${sum('internal')} times ALERT internal`,
	);
	clearInterval(keepalive);
	const stalls = (await world.stalls()).filter((_, index) => index !== KILLED);
	report.note(`the event loops stood still for ${stalls.map(ms => ms.toFixed(0)).join(' and ')} ms at most`);
	await Promise.all([...clients, ...[...back, ...fresh].map(each => each.client)].map(async each => each.close()));
	await world.restart(KILLED);
}

/** Some at a time. */
async function everybody(count: number, act: (index: number) => Promise<void>): Promise<void> {
	let next = 0;
	const lane = async () => {
		while (next < count) await act(next++);
	};
	await Promise.all(Array.from({length: LANES}, lane));
}

function percentile99(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(0.99 * values.length) - 1)] ?? Number.NaN;
}
