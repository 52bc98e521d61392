// A whole run of the lab: every part in its order, and what it comes to in the end.
import {type Doors} from './doors.ts';
import {runAbuse} from './parts/abuse.ts';
import {runAsleep, runForgetful, runMoves} from './parts/moves.ts';
import {runOlder} from './parts/older.ts';
import {runOtherHomes} from './parts/other-homes.ts';
import {type Report, type Tally, reportInto} from './parts/report.ts';
import {runTable} from './parts/table.ts';
import {runWires} from './parts/wires.ts';
import {World} from './world.ts';

/** In their order. The last needs the machine for itself. */
export const PARTS = ['table', 'homes', 'moves', 'asleep', 'abuse', 'older', 'wires'] as const;
export type Part = (typeof PARTS)[number];

export type RunOptions = {
	readonly doors: Doors;
	readonly parts: readonly Part[];
	/** How long the sleeper sleeps, s. */
	readonly asleepS: number;
	readonly print: (line: string) => void;
};

/** Whether all was as expected. Leaves no namespace and no file behind. */
export async function runLab({doors, parts, asleepS, print}: RunOptions): Promise<boolean> {
	const tally: Tally = {good: 0, all: 0};
	const report = reportInto(tally, print);
	const world = await World.open(doors);
	let pairs = '';
	try {
		const wants = (part: Part) => parts.includes(part);
		// What takes long and does nothing meanwhile runs beside the rest.
		const slow = [
			...(wants('asleep') ? [inOrder(report, 'asleep', async own => runAsleep(world, own, asleepS))] : []),
			...(wants('moves') ? [inOrder(report, 'forgetful routers', async own => runForgetful(world, own))] : []),
		];
		if (wants('table')) {
			report.say('\nfrom one home to another');
			const {delivered, expected, pairs: count} = await runTable(world, report);
			pairs = `${delivered} of ${count} pairs, ${expected} expected; `;
		}

		for (const [part, title, run] of [
			['homes', 'other homes, other servers', runOtherHomes],
			['moves', 'while the way changes', runMoves],
			['abuse', 'what others can cause', runAbuse],
			['older', 'older and newer', runOlder],
		] as const) {
			if (!wants(part)) continue;
			report.say(`\n${title}`);
			await run(world, report);
		}

		for (const each of slow) (await each)();
		if (wants('wires')) {
			report.say('\nbad wires');
			await runWires(world, report);
		}
	} finally {
		await world.close();
	}

	print(`\n${pairs}${tally.good} of ${tally.all} lines as expected`);
	return tally.good === tally.all;
}

/** Runs beside others; its lines come together, when the returned function is called. */
async function inOrder(report: Report, title: string, run: (own: Report) => Promise<void>): Promise<() => void> {
	const lines: Array<() => void> = [() => report.say(`\n${title}`)];
	await run({
		say: words => lines.push(() => report.say(words)),
		judge: (isGood, words) => lines.push(() => report.judge(isGood, words)),
	});
	return () => {
		for (const line of lines) line();
	};
}
