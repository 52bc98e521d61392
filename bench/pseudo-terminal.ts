// A program in a pseudo-terminal, its bytes and its CPU time; what is timed is the program, so nothing interprets them.
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import pty from '@lydell/node-pty';

/** How long anything may take, ms. */
const PATIENCE_MS = 20_000;
/** Ticks of /proc a second (`getconf CLK_TCK`). */
const TICKS = 100;
/** Everything that runs. */
const running = new Set<PseudoTerminal>();

export class PseudoTerminal {
	readonly #process: pty.IPty;
	readonly #ended: Promise<unknown>;
	readonly #watchers = new Set<() => void>();
	#output = '';

	constructor(
		command: string,
		args: readonly string[],
		env: Readonly<Record<string, string>> = {},
		columns = 200,
		rows = 50,
	) {
		const {CI: _, ...inherited} = process.env;
		this.#process = pty.spawn(command, [...args], {
			name: 'xterm-256color',
			cols: columns,
			rows,
			env: {...inherited, ...env},
		});
		this.#process.onData(data => {
			this.#output += data;
			for (const watcher of this.#watchers) watcher();
		});
		this.#ended = new Promise(resolve => this.#process.onExit(resolve));
		running.add(this);
	}

	get bytes(): number {
		return this.#output.length;
	}

	/** CPU time so far, all its threads, s. */
	get cpu(): number {
		const stat = readFileSync(`/proc/${this.#process.pid}/stat`, 'latin1');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return (Number(fields[11]) + Number(fields[12])) / TICKS;
	}

	/** Resident, KiB. */
	get resident(): number {
		return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'latin1'))?.[1]);
	}

	write(keys: string): void {
		this.#process.write(keys);
	}

	/** Ms until its output from `from` on matches. Throws when it does not. */
	async until(pattern: RegExp, from = 0): Promise<number> {
		const start = performance.now();
		const isThere = () => pattern.test(this.#output.slice(from));
		if (isThere()) return 0;
		const seen = Promise.withResolvers<number>();
		const watcher = () => {
			if (isThere()) seen.resolve(performance.now() - start);
		};

		this.#watchers.add(watcher);
		const timer = setTimeout(() => {
			seen.reject(new Error(`not seen: ${String(pattern)} in ${JSON.stringify(this.#output.slice(-500))}`));
		}, PATIENCE_MS);
		try {
			return await seen.promise;
		} finally {
			clearTimeout(timer);
			this.#watchers.delete(watcher);
		}
	}

	/** Ms from a key to the last byte of what it draws, each of `count` keys typed when the one before is done. */
	async keyTimes(count: number, isDrawn: RegExp, pauseMs: number): Promise<number[]> {
		const times: number[] = [];
		for (let index = 0; index < count; index++) {
			await pause(pauseMs);
			const from = this.#output.length;
			const drawn = this.until(isDrawn, from);
			this.write('x');
			times.push(await drawn);
		}

		return times;
	}

	async stop(): Promise<void> {
		running.delete(this);
		this.#process.kill('SIGKILL');
		await this.#ended;
	}
}

export async function stopTerminals(): Promise<void> {
	await Promise.all([...running].map(async terminal => terminal.stop()));
}
