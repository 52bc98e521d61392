// What a run comes to, as its last lines say it.
import {KINDS} from './check.ts';
import {type Outcome} from './run.ts';

/** Lines of the summary; `asked` rounds were wanted. */
export function tableText(seed: string, asked: number, outcome: Outcome): string {
	const {
		rounds,
		seconds,
		checks,
		kills,
		starting,
		inFlight,
		waited,
		acts,
		stranger,
		delivered,
		files,
		violations,
		untold,
	} = outcome;
	const rows: Array<[string, string]> = [
		['seed', seed],
		['rounds', `${rounds} of ${asked} in ${Math.round(seconds)} s; in ${inFlight} of them messages were under way`],
		[
			'kills',
			`alice ${kills.alice}, bob ${kills.bob}, server ${kills.server}; ${starting} of them while it was starting`,
		],
		['delivered', `${delivered.alice} from alice, ${delivered.bob} from bob; all looked at ${checks} times`],
		['files', `${files} are on the other's disk, whole`],
		['acts', `${acts} edits, deletions and reactions`],
		['a stranger', `${stranger.said} contents in ${stranger.sessions} sessions`],
		['logins waited', `${waited} s`],
		...KINDS.map((kind): [string, string] => [kind, String(violations.filter(each => each.kind === kind).length)]),
		...(untold > 0 ? [['and more', String(untold)] satisfies [string, string]] : []),
	];
	const width = Math.max(...rows.map(([name]) => name.length));
	return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
}
