// What a run with devices comes to, as its last lines say it.
import {KINDS} from '../check.ts';
import {type Outcome} from './run.ts';
import {EVENTS} from './plan.ts';

const KINDS_HERE = KINDS.filter(kind => kind !== 'starved');

/** Lines of the summary; `asked` rounds were wanted. */
export function devicesTable(seed: string, asked: number, outcome: Outcome): string {
	const {
		rounds,
		seconds,
		checks,
		events,
		messages,
		fleeting,
		acts,
		forgets,
		forgotten,
		removals,
		settledWithin,
		waited,
		violations,
		untold,
	} = outcome;
	const rows: Array<[string, string]> = [
		['seed', seed],
		['rounds', `${rounds} of ${asked} in ${Math.round(seconds)} s`],
		['events', EVENTS.map(kind => `${kind} ${events[kind]}`).join(', ')],
		['messages', `${messages.alice} of alice, ${messages.bob} of bob; all devices looked at ${checks} times`],
		['to disappear', String(fleeting)],
		['acts', String(acts)],
		['forgotten', `${forgotten} messages, all that there was, ${forgets} times`],
		['taken out', `${removals} devices, each with another one in its place`],
		['all together', `after ${(settledWithin / 1000).toFixed(1)} s at worst`],
		['logins waited', `${waited} s`],
		...KINDS_HERE.map((kind): [string, string] => [kind, String(violations.filter(each => each.kind === kind).length)]),
		...(untold > 0 ? [['and more', String(untold)] satisfies [string, string]] : []),
	];
	const width = Math.max(...rows.map(([name]) => name.length));
	return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
}
