// A step that keeps the whole process waiting, such as one on the disk, and then as much time for everything else.
import {setTimeout as sleep} from 'node:timers/promises';

export type HalfTime = {
	/** Ms of a clock that only runs forward. */
	readonly elapsed: () => number;
	readonly pause: (ms: number) => Promise<unknown>;
};

const system: HalfTime = {elapsed: () => performance.now(), pause: sleep};

/** What `step` returns, once others have had as long as it took: steps in a row leave them half of the time. Throws what `step` throws. */
export async function inHalfTime<T>(step: () => T, {elapsed, pause}: HalfTime = system): Promise<T> {
	const began = elapsed();
	const outcome = step();
	await pause(elapsed() - began);
	return outcome;
}
