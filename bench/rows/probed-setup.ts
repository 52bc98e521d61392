// A session between two behind NATs, from the introduction until data may go: beside one whose INIT arrives without probes.
import {setTimeout as sleep} from 'node:timers/promises';
import {startChild} from '../child.ts';
import type {SeekerCalls} from '../children/seeker.ts';
import type {WireCalls} from '../children/wire.ts';
import {medians, percentile} from '../measure.ts';
import {introduceTo, profileOf} from '../people.ts';
import {type Row} from '../table.ts';

/** Ms. */
const ROUND_TRIP = 100;
/** By then the first ask of the one who asked has come to a NAT that lets nothing in, ms. */
const LATE = 70;

type Run = {readonly isProbing: boolean; readonly late: number};

export async function probedSetup(quick: boolean): Promise<Row[]> {
	const [rounds, count] = quick ? [1, 7] : [3, 21];
	const [near, far] = [startChild<SeekerCalls>('seeker'), startChild<SeekerCalls>('seeker')];
	const wire = startChild<WireCalls>('wire');
	const [alice, bob] = [profileOf('alice'), profileOf('bob')];
	const [, farPort] = await Promise.all([near.call('open', alice), far.call('open', bob)]);
	const [port, seenPort] = await wire.call('open', farPort);
	const once = async ({isProbing, late}: Run): Promise<number> => {
		await wire.call('behave', {delay: ROUND_TRIP / 2, jitter: 0, loss: 0, isBehindNats: isProbing});
		await far.call('rest');
		const time = Date.now();
		const grant = introduceTo(alice, bob, {host: '127.0.0.1', port: seenPort}, time);
		const seeking = near.call('seek', bob.name, grant, time, port, isProbing);
		if (late > 0) await sleep(late);
		if (isProbing) await far.call('called', grant.ticket, time, seenPort);
		return seeking;
	};

	const median = async (run: Run): Promise<number> => {
		const times: number[] = [];
		for (let index = 0; index < count; index++) times.push(await once(run));
		return percentile(times, 0.5);
	};

	const probesOf = async () => (await near.call('probes')) + (await far.call('probes'));
	const round = async () => {
		const bare = await median({isProbing: false, late: 0});
		const before = await probesOf();
		const probed = await median({isProbing: true, late: 0});
		const probes = ((await probesOf()) - before) / count;
		return {bare, probed, probes, late: await median({isProbing: true, late: LATE})};
	};

	await round();
	const measured = [];
	for (let index = 0; index < rounds; index++) measured.push(await round());
	await Promise.all([near.stop(), far.stop(), wire.stop()]);
	const {bare, probed, probes, late} = medians(measured);
	const limit = {what: 'INIT alone, no NAT in its way', value: bare};
	return [
		{
			what: `session through two NATs by probes, round trip of ${ROUND_TRIP} ms, p50`,
			measured: probed,
			unit: 'ms',
			limit,
			target: {of: 'ratio', sign: '≤', must: 1.5, goal: 1.2},
		},
		{what: '  round trips', measured: probed / ROUND_TRIP, target: {of: 'value', sign: '≤', must: 1.5, goal: 1.2}},
		{what: `  the other is told ${LATE} ms late`, measured: late, unit: 'ms', limit},
		{what: '  PROBE datagrams, both sides', measured: probes},
	];
}
