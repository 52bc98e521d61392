// A program in a pseudo-terminal of 200 columns by 50 rows, and how long it takes to answer; nothing interprets its bytes meanwhile.
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {type Program, PseudoTerminal} from '../tools/terminal/pseudo-terminal.ts';

/** How long anything may take, ms. */
const PATIENCE_MS = 20_000;
/** Between a letter that is there, the Backspace that takes it back, and the next letter, ms: Ink draws at most every 34. */
const KEY_PAUSE_MS = 100;
/** Every one that runs. */
const running = new Set<TimedTerminal>();

/** With the environment of this process, and its own `env`. */
export type TimedProgram = Pick<Program, 'command' | 'args'> & Partial<Pick<Program, 'env'>>;

export class TimedTerminal extends PseudoTerminal {
	#onBytes = () => {};
	/** When it was started, or given the last key. */
	#since = performance.now();
	/** What it has written from then on. */
	#output = '';
	/** UTF-16 units from the start; bytes where all is ASCII. */
	#written = 0;

	constructor({command, args, env = {}}: TimedProgram) {
		const {CI: _, TERM: __, ...inherited} = process.env;
		super({command, args, env: {...inherited, LC_ALL: 'C.UTF-8', ...env}}, {columns: 200, rows: 50});
		this.onData(data => {
			this.#output += data;
			this.#written += data.length;
			this.#onBytes();
		});
		running.add(this);
	}

	get written(): number {
		return this.#written;
	}

	/** What it has written since its start or the last key. */
	get output(): string {
		return this.#output;
	}

	override type(keys: string): void {
		this.#output = '';
		this.#since = performance.now();
		super.type(keys);
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
		this.signal('SIGKILL');
		await this.ended();
	}
}

export async function stopTerminals(): Promise<void> {
	await Promise.all([...running].map(async terminal => terminal.stop()));
}
