// A program that runs in one of the lab's namespaces: its lines with their times, and its end.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {within} from '../within.ts';

/** `at` is of performance.now(), ms. */
export type Line = {readonly text: string; readonly at: number};
export type Ended = {readonly code: number | null; readonly words: string};

/** Characters of standard error that are kept. */
const WORDS_LIMIT = 4000;
/** How long a line is waited for unless said otherwise, ms. */
const PATIENCE_MS = 30_000;
/** How long a command may run to its end, ms: some wait for others for a minute. */
const LONGEST_MS = 180_000;

export class Program {
	readonly child: ChildProcess;
	/** Every line of its standard output so far. */
	readonly lines: Line[] = [];
	#words = '';
	readonly #closed: Promise<unknown>;
	readonly #news = new EventTarget();

	/** `command` is the program and its arguments, `env` is added to the environment here. */
	constructor(command: readonly string[], env: Readonly<Record<string, string>> = {}) {
		const {SIMCHAT_PASSWORD: _, ...inherited} = process.env;
		const [program = '', ...args] = command;
		// In a group of its own, so that Ctrl-C reaches the lab alone, which then ends everything in order.
		const child = spawn(program, args, {detached: true, stdio: 'pipe', env: {...inherited, LC_ALL: 'C.UTF-8', ...env}});
		this.child = child;
		this.#closed = once(child, 'close');
		createInterface({input: child.stdout}).on('line', text => {
			this.lines.push({text, at: performance.now()});
			this.#news.dispatchEvent(new Event('line'));
		});
		child.stderr.on('data', chunk => {
			this.#words = `${this.#words}${String(chunk)}`.slice(-WORDS_LIMIT);
			this.#news.dispatchEvent(new Event('line'));
		});
		child.stdin.on('error', () => {}); // It may end without having read all.
	}

	say(line: string): void {
		this.child.stdin?.write(`${line}\n`);
	}

	/** The first line that matches, as soon as it is there. Throws when the program ends, or `withinMs` are over, without it. */
	async line(pattern: RegExp, withinMs = PATIENCE_MS): Promise<Line> {
		const find = () => this.lines.find(({text}) => pattern.test(text));
		await this.until(() => find() !== undefined, withinMs, `no line ${pattern}`);
		return find()!;
	}

	/** Resolves when it has said this on standard error. */
	async words(pattern: RegExp): Promise<void> {
		await this.until(() => pattern.test(this.#words), PATIENCE_MS, `it never said ${pattern}`);
	}

	/** Looks after each line. Throws when the program ends, or `withinMs` are over, before `holds` does. */
	async until(holds: () => boolean, withinMs = PATIENCE_MS, what = 'it never came true'): Promise<void> {
		const late = Promise.withResolvers<void>();
		const timer = setTimeout(late.resolve, withinMs);
		const over = Promise.race([late.promise, this.#closed]).then(() => true);
		try {
			while (!holds()) {
				const isOver = await Promise.race([once(this.#news, 'line').then(() => false), over]);
				if (isOver && !holds()) throw new Error(`${what}: ${this.#lastWords()}`);
			}
		} finally {
			clearTimeout(timer);
		}
	}

	/** What it ended with, and what it said on standard error. Throws when it does not end in time. */
	async ended(): Promise<Ended> {
		await within(this.#closed, LONGEST_MS, () => `it does not end: ${this.#lastWords()}`);
		return {code: this.child.exitCode, words: this.#words.trim()};
	}

	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
		this.child.kill(signal);
		return this.ended();
	}

	#lastWords(): string {
		const said = this.lines.slice(-5).map(({text}) => text);
		return [this.child.spawnargs.join(' '), ...said, this.#words].join('\n');
	}
}
