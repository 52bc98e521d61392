// A process that is killed and started again, over and over.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';

export type LifePorts = {
	/** Script and arguments of the next start. */
	readonly command: () => readonly string[];
	/** Whole lines alone. */
	readonly onLine: (line: string) => void;
	/** It has ended and nobody has killed it. */
	readonly onDeath: (lastWords: string) => void;
};

/** Children that nobody may leave behind: at most one a Life. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL');
});

export class Life {
	readonly #ports: LifePorts;
	#child: ChildProcess | undefined;
	#closed: Promise<unknown> = Promise.resolve();

	constructor(ports: LifePorts) {
		this.#ports = ports;
	}

	start(): void {
		const {command, onLine} = this.#ports;
		const child = spawn(process.execPath, [...command()], {stdio: ['pipe', 'pipe', 'pipe']});
		let lastWords = '';
		let rest = '';
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
			const lines = `${rest}${chunk}`.split('\n');
			rest = lines.pop() ?? ''; // For ever, when the kill came in the middle of a line.
			for (const line of lines) onLine(line);
		});
		child.stderr.on('data', chunk => (lastWords = `${lastWords}${String(chunk)}`.slice(-2000)));
		child.stdin.on('error', () => {}); // It may be killed before it has read all.
		this.#child = child;
		running.add(child);
		this.#closed = once(child, 'close');
		void this.#watch(child, this.#closed, () => lastWords);
	}

	say(line: string): void {
		this.#child?.stdin?.write(`${line}\n`);
	}

	/** Resolves when it is gone, and all that it has said is heard. */
	async kill(): Promise<void> {
		const child = this.#child;
		this.#child = undefined;
		child?.kill('SIGKILL');
		await this.#closed;
	}

	async #watch(child: ChildProcess, closed: Promise<unknown>, lastWords: () => string): Promise<void> {
		await closed;
		running.delete(child);
		if (this.#child !== child) return;
		this.#child = undefined;
		this.#ports.onDeath(`exit code ${child.exitCode} ${lastWords()}`);
	}
}
