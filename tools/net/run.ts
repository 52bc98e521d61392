// A whole run of the lab: every part in its order, and what it comes to in the end.
import {type Doors} from './doors.ts';
import {runAbuse} from './parts/abuse.ts';
import {runAsleep, runForgetful, runMoves} from './parts/moves.ts';
import {runOlder} from './parts/older.ts';
import {runOtherHomes} from './parts/other-homes.ts';
import {runFile} from './parts/file-transfer.ts';
import {type Report, type Tally, reportInto, reported} from './parts/report.ts';
import {type TableCount, runTable} from './parts/table.ts';
import {runWires} from './parts/wires.ts';
import {World} from './world.ts';

/** In their order. The last two need the machine for themselves. */
export const PARTS = ['table', 'homes', 'moves', 'asleep', 'abuse', 'older', 'wires', 'file'] as const;
export type Part = (typeof PARTS)[number];

export type RunOptions = {
	readonly doors: Doors;
	readonly parts: readonly Part[];
	/** How long the sleeper sleeps, s. */
	readonly asleepS: number;
	/** For all of it, ms: what has not come to its end by then is not as expected. */
	readonly limitMs: number;
	readonly print: (line: string) => void;
};

/** Whether all was as expected. Leaves no namespace and no file behind, also when time is over before the run is. */
export async function runLab({doors, parts, asleepS, limitMs, print}: RunOptions): Promise<boolean> {
	const tally: Tally = {good: 0, all: 0};
	const report = reportInto(tally, print);
	const counts = {delivered: 0, expected: 0, pairs: 0};
	const world = await World.open(doors);
	const late = Promise.withResolvers<'late'>();
	const timer = setTimeout(() => late.resolve('late'), limitMs);
	try {
		const end = await Promise.race([runParts({world, report, parts, asleepS, counts}), late.promise]);
		if (end === 'late') report.judge(false, `${Math.round(limitMs / 60_000)} minutes are over`);
	} finally {
		clearTimeout(timer);
		await world.close();
	}

	const {delivered, expected, pairs} = counts;
	const table = parts.includes('table') ? `${delivered} of ${pairs} pairs, ${expected} expected; ` : '';
	print(`\n${table}${tally.good} of ${tally.all} lines as expected`);
	return tally.good === tally.all;
}

type PartsOptions = Pick<RunOptions, 'parts' | 'asleepS'> & {
	readonly world: World;
	readonly report: Report;
	readonly counts: TableCount;
};

async function runParts({world, report, parts, asleepS, counts}: PartsOptions): Promise<void> {
	const wants = (part: Part) => parts.includes(part);
	// What takes long and does nothing meanwhile runs beside the rest.
	const slow: Array<Promise<() => void>> = [];
	if (wants('asleep')) slow.push(inOrder(report, 'asleep', async own => runAsleep(world, own, asleepS)));
	if (wants('moves')) slow.push(inOrder(report, 'forgetful routers', async own => runForgetful(world, own)));
	const inTurn: ReadonlyArray<readonly [Part, string, () => Promise<void>]> = [
		['table', 'from one home to another', async () => runTable(world, report, counts)],
		['homes', 'other homes, other servers', async () => runOtherHomes(world, report)],
		['moves', 'while the way changes', async () => runMoves(world, report)],
		['abuse', 'what others can cause', async () => runAbuse(world, report)],
		['older', 'older and newer', async () => runOlder(world, report)],
	];
	for (const [part, title, run] of inTurn) {
		if (!wants(part)) continue;
		report.say(`\n${title}`);
		await reported(report, title, run);
	}

	for (const each of slow) (await each)();
	if (wants('wires')) {
		report.say('\nbad wires');
		await reported(report, 'bad wires', async () => runWires(world, report));
	}

	if (!wants('file')) return;
	report.say('\na file');
	await reported(report, 'a file', async () => runFile(world, report));
}

/** Runs beside others; its lines come together, when the returned function is called. */
async function inOrder(report: Report, title: string, run: (own: Report) => Promise<void>): Promise<() => void> {
	const lines: Array<() => void> = [() => report.say(`\n${title}`)];
	const own: Report = {
		say: words => lines.push(() => report.say(words)),
		judge: (isGood, words) => lines.push(() => report.judge(isGood, words)),
	};
	await reported(own, title, async () => run(own));
	return () => {
		for (const line of lines) line();
	};
}
