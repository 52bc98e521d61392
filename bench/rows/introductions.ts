// Introductions: INTRODUCE → INTRODUCTION with a fresh key and a ticket, over real sockets, beside the seals that each needs.
import {Buffer} from 'node:buffer';
import {systemRandom} from '../../source/crypto/random.ts';
import {open, seal, sealKey} from '../../source/crypto/seal.ts';
import {startChild} from '../child.ts';
import type {ClientCalls} from '../children/clients.ts';
import type {ServerCalls} from '../children/server.ts';
import {cpuOfSync, medians} from '../measure.ts';
import {type Row} from '../table.ts';

const CLIENTS = 32;
/** Plaintexts of INTRODUCE, a ticket and INTRODUCTION. */
const SIZES = {introduce: 45, ticket: 191, introduction: 432};

export async function introductions(quick: boolean): Promise<Row[]> {
	const [rounds, count] = quick ? [3, 8000] : [7, 24_000];
	const server = startChild<ServerCalls>('server');
	const load = startChild<ClientCalls>('clients');
	const place = await server.call('start', CLIENTS);
	await load.call('hold', place, 0, CLIENTS, CLIENTS);
	await load.call('bind');
	const round = async () => {
		const cpu = await server.call('cpu');
		const start = performance.now();
		await load.call('introduce', count);
		const elapsed = performance.now() - start;
		const used = (await server.call('cpu')) - cpu;
		return {rate: (count / elapsed) * 1000, cpu: used / count, seals: bareSeals(count / 4)};
	};

	await round();
	const measured = [];
	for (let index = 0; index < rounds; index++) measured.push(await round());
	await Promise.all([server.stop(), load.stop()]);
	const {rate, cpu, seals} = medians(measured);
	return [
		{
			what: 'introductions, one server process',
			measured: rate,
			unit: '/s',
			limit: {what: 'one open and two seals, one core', value: 1e6 / seals},
			target: {of: 'value', sign: '≥', must: 10_000, goal: 20_000},
		},
		{
			what: '  server CPU an introduction',
			measured: cpu,
			unit: 'µs',
			limit: {what: 'one open and two seals', value: seals},
		},
	];
}

/** What the server cannot do without, keys imported each time since idle ones lie raw. CPU µs. */
function bareSeals(count: number): number {
	const raw = systemRandom(64);
	const aad = Buffer.alloc(11);
	const [ticket, introduction] = [Buffer.alloc(SIZES.ticket), Buffer.alloc(SIZES.introduction)];
	const asked = seal(sealKey(raw), Buffer.alloc(SIZES.introduce), aad, systemRandom(16));
	return cpuOfSync(count, () => {
		open(sealKey(raw), asked, aad);
		seal(sealKey(raw), ticket, aad, systemRandom(16));
		seal(sealKey(raw), introduction, aad, systemRandom(16));
	});
}
