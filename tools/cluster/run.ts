// The parts of a run, one after the other, with the same servers.
import {showFailovers} from './failovers.ts';
import {showGuesses} from './guesses.ts';
import {showRedis} from './over-redis.ts';
import {ClusterReport} from './report.ts';
import {showRolling} from './rolling.ts';
import {showSessions} from './sessions-at-once.ts';
import {showStorm} from './storm.ts';
import {ClusterWorld} from './world.ts';

type Run = {
	readonly parts: readonly ClusterPart[];
	readonly failovers: number;
	readonly clients: number;
	readonly print: (line: string) => void;
};

const PARTS = {
	guesses: async (world: ClusterWorld, report: ClusterReport) => showGuesses(world, report),
	failovers: async (world: ClusterWorld, report: ClusterReport, {failovers}: Run) =>
		showFailovers(world, report, failovers),
	sessions: async (world: ClusterWorld, report: ClusterReport) => showSessions(world, report),
	storm: async (world: ClusterWorld, report: ClusterReport, {clients}: Run) => showStorm(world, report, clients),
	rolling: async (world: ClusterWorld, report: ClusterReport) => showRolling(world, report),
	redis: async (world: ClusterWorld, report: ClusterReport) => showRedis(world, report),
} as const;

export type ClusterPart = keyof typeof PARTS;
export const CLUSTER_PARTS = Object.keys(PARTS) as readonly ClusterPart[];

/** Whether all is as expected. */
export async function runCluster(run: Run): Promise<boolean> {
	const report = new ClusterReport(run.print);
	const world = await ClusterWorld.start(1000 + run.clients);
	for (const part of run.parts) {
		try {
			await PARTS[part](world, report, run);
		} catch (error) {
			report.line(false, `${part}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}

	return report.end();
}
