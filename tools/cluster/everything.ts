// All that a run has started and written, and its end: at once, whatever happens.
import {chmodSync, readFileSync, readdirSync} from 'node:fs';
import process from 'node:process';
import {makeTemporaryFolder, removeFolder} from '../temporary-folder.ts';

/** From now on temporary folders lie in one, which goes away with the process; so do the processes that it has started, and theirs. */
export function endEverythingAtExit(): void {
	const folder = makeTemporaryFolder();
	// The database is another user's where this one is root.
	chmodSync(folder, 0o755);
	process.env['TMPDIR'] = folder;
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
	process.on('exit', () => {
		for (const pid of descendants(process.pid)) end(pid);
		removeFolder(folder);
	});
}

/** Numbers of the processes that this one has started and that still run, and of those that they have. */
function descendants(pid: number): number[] {
	try {
		const tasks = readdirSync(`/proc/${pid}/task`);
		const texts = tasks.map(task => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8'));
		const children = texts.flatMap(text => text.split(' ').filter(Boolean).map(Number));
		return children.flatMap(child => [child, ...descendants(child)]);
	} catch {
		return [];
	}
}

function end(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It has ended by itself.
	}
}
