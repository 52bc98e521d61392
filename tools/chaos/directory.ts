// The directory server of a run: the real one, on a data directory and a port that outlive every kill.
import {once} from 'node:events';
import {Life} from './life.ts';

/** Below what systems hand out by themselves, so that nobody else takes the port while the server is away. */
const PORTS = {first: 20_000, count: 12_000};

export class Directory {
	readonly #life: Life;
	readonly #news = new EventTarget();
	isUp = false;
	joinLink = '';
	/** Since it was started last. */
	#hasDied: string | undefined;

	private constructor(script: string, data: string, port: number, onDeath: (words: string) => void) {
		const args = ['--data', data, '--listen', `127.0.0.1:${port}`, '--registration', 'open'];
		this.#life = new Life({
			command: () => [script, ...args],
			onLine: line => this.#hear(line),
			onDeath: words => {
				this.#hasDied = words;
				this.#news.dispatchEvent(new Event('told'));
				onDeath(words);
			},
		});
	}

	/** A server that runs, on a port that is free; `onDeath` hears when it ends by itself. */
	static async start(script: string, data: string, onDeath: (words: string) => void): Promise<Directory> {
		for (;;) {
			let isSettled = false;
			const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
			const directory = new Directory(script, data, port, words => {
				if (isSettled) onDeath(words);
			});
			directory.start();
			while (!directory.isUp && directory.#hasDied === undefined) await once(directory.#news, 'told');
			isSettled = true;
			if (directory.isUp) return directory;
			if (!directory.#hasDied?.includes('port is taken')) throw new Error(`the server: ${directory.#hasDied}`);
		}
	}

	start(): void {
		this.#hasDied = undefined;
		this.#life.start();
	}

	async kill(): Promise<void> {
		this.isUp = false;
		await this.#life.kill();
		this.isUp = false;
	}

	#hear(line: string): void {
		const found = /"joinLink":"([^"]+)"/.exec(line)?.[1];
		if (found === undefined) return;
		this.joinLink = found;
		this.isUp = true;
		this.#news.dispatchEvent(new Event('told'));
	}
}
