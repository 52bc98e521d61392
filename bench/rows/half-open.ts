// Honest logins while strangers hold connections that never become one: how many get in, and how long they take.
import {startChild} from '../child.ts';
import type {CrowdCalls, Habit} from '../children/crowd.ts';
import type {ServerCalls} from '../children/server.ts';
import {percentile} from '../measure.ts';
import {type Row} from '../table.ts';

const LOGINS = 21;

/** How many addresses the strangers have, and how many connections each keeps up. */
const crowds: ReadonlyArray<{what: string; habit: Habit; addresses: number; each: number}> = [
	{what: '1,024 idle connections from 16 addresses', habit: 'silent', addresses: 16, each: 64},
	{what: 'HELLO alone, from 400 addresses', habit: 'hello', addresses: 400, each: 8},
	{what: 'forged RESPONSE, from 400 addresses', habit: 'forged', addresses: 400, each: 8},
	{what: 'right RESPONSE, from 400 addresses', habit: 'right', addresses: 400, each: 8},
];

export async function halfOpen(quick: boolean): Promise<Row[]> {
	const rows: Row[] = [];
	for (const {what, habit, addresses, each} of quick ? crowds.slice(0, 1) : crowds) {
		const server = startChild<ServerCalls>('server');
		const [strangers, people] = [startChild<CrowdCalls>('crowd'), startChild<CrowdCalls>('crowd')];
		const place = await server.call('start', 1, true);
		const alone = await people.call('honest', place, LOGINS);
		await strangers.call('crowd', place, habit, addresses, each);
		const [start, before] = [performance.now(), await strangers.call('tries')];
		const times = await people.call('honest', place, LOGINS);
		const came = ((await strangers.call('tries')) - before) / ((performance.now() - start) / 1000);
		await Promise.all([strangers, people, server].map(async child => child.stop()));
		const limit = {what: 'without strangers', value: percentile(alone, 0.5)};
		rows.push(
			{
				what: `honest logins of ${LOGINS} that get in: ${what}`,
				measured: times.length,
				target: {of: 'value', sign: '≥', must: LOGINS, goal: LOGINS},
			},
			{what: '  one of them, p50', measured: percentile(times, 0.5), unit: 'ms', limit},
			{what: '  the slowest', measured: percentile(times, 1), unit: 'ms'},
			{what: '  strangers who came meanwhile', measured: came, unit: '/s'},
		);
	}

	return rows;
}
