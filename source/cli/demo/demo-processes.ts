// The other processes of the demo: each is this program again, and none of them, nor a file of theirs, outlives it.
import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {catalogue} from '../../catalogue/catalogue.ts';

/** How long a process may take to end in order, ms. */
const PATIENCE_MS = 3000;

/** A temporary folder, and the processes that work in it. */
export class DemoProcesses {
	readonly folder = mkdtempSync(path.join(os.tmpdir(), 'simchat-demo-'));
	/** Server and bot. */
	readonly #children: Child[] = [];
	#isStopping = false;

	constructor() {
		// For ends that run no `finally`.
		process.on('exit', this.clear);
	}

	/** Starts `door` in the way this process was started. */
	start(door: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Child {
		if (this.#isStopping) throw new Error(catalogue.demo.over);
		const child = new Child(
			spawn(process.execPath, [...process.execArgv, door, ...args], {
				stdio: ['ignore', 'pipe', 'pipe'],
				env: {...process.env, ...env},
			}),
		);
		this.#children.push(child);
		return child;
	}

	/** Rejects as soon as one of the processes ends. */
	async fallsApart(): Promise<never> {
		return Promise.race(this.#children.map(async child => child.diesEarly()));
	}

	/** Ends every process, in order. */
	async stop(): Promise<void> {
		this.#isStopping = true;
		await Promise.all(this.#children.map(async child => child.end()));
	}

	/** Removes the folder, and ends with force what still runs. */
	readonly clear = (): void => {
		for (const child of this.#children) child.kill('SIGKILL');
		rmSync(this.folder, {recursive: true, force: true});
		process.off('exit', this.clear);
	};
}

export class Child {
	readonly #process: ChildProcess;
	readonly #lines: AsyncIterator<string>;
	readonly #ended: Promise<unknown>;
	/** The end of what it said on standard error. */
	#complaint = '';

	constructor(started: ChildProcess) {
		this.#process = started;
		this.#ended = new Promise(resolve => {
			started.on('close', resolve);
			started.on('error', error => {
				this.#complaint = error.message;
				resolve(undefined);
			});
		});
		this.#lines = createInterface({input: started.stdout!})[Symbol.asyncIterator]();
		started.stderr?.on('data', chunk => {
			this.#complaint = `${this.#complaint}${String(chunk)}`.slice(-2000);
		});
	}

	get pid(): number | undefined {
		return this.#process.pid;
	}

	/** The next line of its standard output. Throws when it ends instead. */
	async line(): Promise<string> {
		const {done, value} = await this.#lines.next();
		return done === true ? this.diesEarly() : value;
	}

	async diesEarly(): Promise<never> {
		await this.#ended;
		const {signalCode, exitCode} = this.#process;
		const words = this.#complaint.trim() || (signalCode ?? catalogue.demo.exitCode(String(exitCode)));
		throw new Error(catalogue.demo.endedEarly(words));
	}

	/** Ends it in order, or with force when that takes too long. */
	async end(): Promise<void> {
		this.kill('SIGTERM');
		const timer = setTimeout(() => this.kill('SIGKILL'), PATIENCE_MS);
		await this.#ended;
		clearTimeout(timer);
	}

	kill(signal: NodeJS.Signals): void {
		this.#process.kill(signal);
	}
}
