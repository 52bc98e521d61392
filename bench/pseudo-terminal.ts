// A program in a pseudo-terminal, its bytes and its CPU time; what is timed is the program, so nothing interprets them.
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import pty from '@lydell/node-pty';

/** How long anything may take, ms. */
const PATIENCE_MS = 20_000;
/** Between a letter that is there, the Backspace that takes it back, and the next letter, ms: Ink draws at most every 34. */
const KEY_PAUSE_MS = 100;
/** Ticks of /proc a second (`getconf CLK_TCK`). */
const TICKS = 100;
/** Every one that runs. */
const running = new Set<PseudoTerminal>();

export type Program = {
	readonly command: string;
	readonly args: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
};

/** 200 columns by 50 rows. */
export class PseudoTerminal {
	readonly #process: pty.IPty;
	readonly #ended: Promise<unknown>;
	#onBytes = () => {};
	/** When it was started, or given the last key. */
	#since = performance.now();
	/** What it has written from then on. */
	#output = '';
	/** UTF-16 units from the start; bytes where all is ASCII. */
	#written = 0;

	constructor({command, args, env = {}}: Program) {
		const {CI: _, ...inherited} = process.env;
		this.#process = pty.spawn(command, [...args], {
			name: 'xterm-256color',
			cols: 200,
			rows: 50,
			env: {...inherited, ...env},
		});
		this.#process.onData(data => {
			this.#output += data;
			this.#written += data.length;
			this.#onBytes();
		});
		this.#ended = new Promise(resolve => this.#process.onExit(resolve));
		running.add(this);
	}

	get written(): number {
		return this.#written;
	}

	/** What it has written since its start or the last key. */
	get output(): string {
		return this.#output;
	}

	/** CPU time so far, all its threads, s. */
	get cpu(): number {
		const stat = readFileSync(`/proc/${this.#process.pid}/stat`, 'latin1');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return (Number(fields[11]) + Number(fields[12])) / TICKS;
	}

	/** Bytes that the system holds for it. */
	get resident(): number {
		const status = readFileSync(`/proc/${this.#process.pid}/status`, 'latin1');
		return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
	}

	type(keys: string): void {
		this.#output = '';
		this.#since = performance.now();
		this.#process.write(keys);
	}

	/** Ms from its start or its last key until what it has written since matches. Throws when it does not. */
	async until(pattern: RegExp): Promise<number> {
		const seen = Promise.withResolvers<number>();
		const look = () => {
			if (pattern.test(this.#output)) seen.resolve(performance.now() - this.#since);
		};

		this.#onBytes = look;
		look();
		const timer = setTimeout(() => {
			seen.reject(new Error(`not seen: ${String(pattern)} in ${JSON.stringify(this.#output.slice(-500))}`));
		}, PATIENCE_MS);
		try {
			return await seen.promise;
		} finally {
			clearTimeout(timer);
			this.#onBytes = () => {};
		}
	}

	/**
	 * Ms from a letter to the bytes that show it and the `end` of what they are in, so many times. Each is taken back before the
	 * next, which is another: where both come to one drawing, it is seen. Nothing else that the program writes may have these.
	 */
	async keyTimes(count: number, end = ''): Promise<number[]> {
		const times: number[] = [];
		for (let index = 0; index < count; index++) {
			const letter = index % 2 === 0 ? 'x' : 'q';
			this.type(letter);
			times.push(await this.until(new RegExp(`${letter}[^]*${end}`)));
			await pause(KEY_PAUSE_MS);
			this.type('\u007F');
			await pause(KEY_PAUSE_MS);
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
