// Runs one command of the toolchain, and ends it when it hangs.
import {execFileSync, spawn} from 'node:child_process';
import process from 'node:process';
import {createInterface} from 'node:readline';

export type CommandOptions = {
	/** Gets each line of its standard output; without it they go straight to the screen. Standard error always does. */
	readonly onLine?: (line: string) => void;
	/** How long it may be silent, ms: after that it has failed, and is ended with all that it has started. */
	readonly silenceMs?: number;
	/** Gets a line for each process that is ended so. */
	readonly onHang?: (line: string) => void;
	/** Beside our own environment. */
	readonly env?: Readonly<Record<string, string>>;
};

/** The exit code of `command`, found on the path npm sets up; 1 when a signal has ended it. Rejects when it does not start. */
export async function runCommand(
	command: string,
	args: readonly string[],
	{onLine, silenceMs, onHang, env}: CommandOptions = {},
): Promise<number> {
	const stdio = ['ignore', onLine ? 'pipe' : 'inherit', 'inherit'] as const;
	const child = spawn(command, args, {stdio: [...stdio], env: {...process.env, ...env}});
	const {promise, resolve, reject} = Promise.withResolvers<number>();
	child.on('error', reject);
	child.on('close', code => resolve(code ?? 1));
	const watch = silenceMs === undefined ? undefined : setTimeout(end, silenceMs);
	if (child.stdout)
		createInterface({input: child.stdout}).on('line', line => {
			watch?.refresh();
			onLine?.(line);
		});

	function end(): void {
		for (const {pid, line} of familyOf(child.pid!)) {
			onHang?.(line);
			try {
				process.kill(pid, 'SIGKILL');
			} catch {} // It has ended meanwhile.
		}

		// Whoever left the family may keep its output open.
		resolve(1);
		child.stdout?.destroy();
	}

	return promise.finally(() => clearTimeout(watch));
}

/** A process with all that it has started, each before its own. `line` is how long it has run, and its command. */
function familyOf(root: number): ReadonlyArray<{readonly pid: number; readonly line: string}> {
	const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,etime=,args='], {encoding: 'utf8'})
		.split('\n')
		.flatMap(row => {
			const found = /^ *(?<pid>\d+) +(?<parent>\d+) +(?<line>.*)$/v.exec(row)?.groups;
			return found ? [{pid: Number(found['pid']), parent: Number(found['parent']), line: found['line']!}] : [];
		});
	const below = (pid: number): typeof all =>
		all.filter(({parent}) => parent === pid).flatMap(each => [each, ...below(each.pid)]);
	return [...all.filter(({pid}) => pid === root), ...below(root)];
}
