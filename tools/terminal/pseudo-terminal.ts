// A program in a pseudo-terminal: what is typed into it, the bytes it writes, and its end. Nothing here reads the bytes.
import type {Buffer} from 'node:buffer';
import {readFileSync} from 'node:fs';
import pty from '@lydell/node-pty';

/** Clock ticks of /proc in a second (`getconf CLK_TCK`). */
const TICKS = 100;

export type Size = {readonly columns: number; readonly rows: number};

export type Program = {
	readonly command: string;
	readonly args: readonly string[];
	/** All of its environment: nothing of ours is added. */
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly cwd?: string;
};

export class PseudoTerminal {
	readonly #process: pty.IPty;
	readonly #ended: Promise<number>;
	#hasEnded = false;

	constructor({command, args, env, cwd}: Program, {columns, rows}: Size) {
		this.#process = pty.spawn(command, [...args], {
			name: env['TERM'] ?? 'xterm-256color',
			cols: columns,
			rows,
			env: {...env},
			...(cwd !== undefined && {cwd}),
		});
		this.#ended = new Promise(resolve => {
			this.#process.onExit(({exitCode}) => {
				this.#hasEnded = true;
				resolve(exitCode);
			});
		});
	}

	get pid(): number {
		return this.#process.pid;
	}

	/** CPU time of the program so far, all its threads, s. */
	get cpu(): number {
		const fields = this.#stat();
		return (Number(fields[11]) + Number(fields[12])) / TICKS;
	}

	/** Bytes of memory that the system holds for the program. */
	get resident(): number {
		const status = readFileSync(`/proc/${this.pid}/status`, 'latin1');
		return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
	}

	/** Whether the program has been stopped: one that has not yet would miss a SIGCONT. */
	get isStopped(): boolean {
		return this.#stat()[0] === 'T';
	}

	/** Calls `listener` with whatever the program writes. */
	onData(listener: (data: string) => void): void {
		this.#process.onData(listener);
	}

	/** As if a person typed `keys`, or the terminal sent these bytes. */
	type(keys: string | Buffer): void {
		// The package takes bytes, and does not say so in its types.
		this.#process.write(keys as string);
	}

	resize({columns, rows}: Size): void {
		this.#process.resize(columns, rows);
	}

	signal(signal: NodeJS.Signals): void {
		if (!this.#hasEnded) this.#process.kill(signal);
	}

	/** The terminal goes away, as when its window is closed. */
	hangUp(): void {
		// The package can, and does not say so in its types.
		(this.#process as unknown as {destroy(): void}).destroy();
	}

	/** Resolves with the exit code of the program. */
	async ended(): Promise<number> {
		return this.#ended;
	}

	/** Ends the program, whatever it does. A thread that ends before this has resolved never does: the package waits for the program there. */
	async kill(): Promise<void> {
		this.signal('SIGKILL');
		await this.#ended;
	}

	/** What /proc says of the program behind its name: its state first. */
	#stat(): string[] {
		const stat = readFileSync(`/proc/${this.pid}/stat`, 'latin1');
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	}
}
