// CPU time of processes, those that have ended included, as Linux counts it.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** Of a second, in /proc (proc(5): sysconf(_SC_CLK_TCK)). */
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], {encoding: 'utf8'}));
/** Fields behind the name of the program: utime, stime, cutime and cstime. */
const FIELDS = [11, 12, 13, 14] as const;

/** In s; of those that are still there, and of the children that they have waited for. */
export function cpuSecondsOf(pids: readonly number[]): number {
	const ticks = pids.map(pid => {
		try {
			const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
			const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			return FIELDS.reduce((sum, field) => sum + Number(fields[field]), 0);
		} catch {
			return 0;
		}
	});
	return ticks.reduce((sum, each) => sum + each, 0) / TICKS;
}
