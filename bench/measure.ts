// What every bench measures with: medians, percentiles, CPU time, live memory.
import process from 'node:process';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

/** The p-th part (0–1) of values, by nearest rank. */
export function percentile(values: readonly number[], p: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
	return percentile(values, 0.5);
}

/** The median of each field over rounds. */
export function medians<Name extends string>(rounds: ReadonlyArray<Record<Name, number>>): Record<Name, number> {
	const names = Object.keys(rounds[0] ?? {}) as Name[];
	const entries = names.map(name => [name, median(rounds.map(round => round[name]))]);
	return Object.fromEntries(entries) as Record<Name, number>;
}

/** CPU time of this process so far, all its threads, µs. */
export function cpuTime(): number {
	const {user, system} = process.cpuUsage();
	return user + system;
}

/** CPU µs, all threads, that one of `count` calls takes. */
export async function cpuOf(count: number, call: (index: number) => unknown): Promise<number> {
	const before = cpuTime();
	for (let index = 0; index < count; index++) await call(index);
	return (cpuTime() - before) / count;
}

/** The same for calls that do not wait, without the cost of waiting. */
export function cpuOfSync(count: number, call: (index: number) => unknown): number {
	const before = cpuTime();
	for (let index = 0; index < count; index++) call(index);
	return (cpuTime() - before) / count;
}

/** Runs `call` for each index below `count`, so many at once. */
export async function inLanes(
	count: number,
	atOnce: number,
	call: (index: number, lane: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	const lanes = Array.from({length: atOnce}, async (_, lane) => {
		while (next < count) await call(next++, lane);
	});
	await Promise.all(lanes);
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export type Memory = {
	/** What the system holds for the process, bytes. */
	readonly resident: number;
	/** What is still referenced after a full collection, on the heap and behind it in buffers, bytes. */
	readonly live: number;
};

/** Collected until nothing more goes: finalizers free what the first collection left. */
export async function settledMemory(): Promise<Memory> {
	for (let round = 0; round < 4; round++) {
		collectGarbage();
		await new Promise(resolve => setTimeout(resolve, 50));
	}

	const {rss, heapUsed, external} = process.memoryUsage();
	return {resident: rss, live: heapUsed + external};
}
