// A program in a pseudo-terminal, with an emulator behind it that knows what a person would see.
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import type {Palette} from './colours.ts';
import {clusters} from './widths.ts';
import {type Grid, gridOf} from './grid.ts';

/** How long anything may take to be seen, ms. */
const PATIENCE_MS = 60_000;

/** DECTCEM: whether the cursor is to be seen. */
const CURSOR_MODE = 25;

export type Size = {readonly columns: number; readonly rows: number};

/** An emulator that reads `size` and knows of emoji. */
export function createEmulator({columns, rows}: Size): xterm.Terminal {
	const emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	emulator.unicode.register(clusters);
	emulator.unicode.activeVersion = clusters.version;
	return emulator;
}

export class Terminal {
	readonly #emulator: xterm.Terminal;
	readonly #process: pty.IPty;
	readonly #ended: Promise<void>;
	#hasCursor = true;

	private constructor(emulator: xterm.Terminal, child: pty.IPty) {
		this.#emulator = emulator;
		this.#process = child;
		child.onData(data => emulator.write(data));
		// What the program asks the terminal, such as where the cursor is
		emulator.onData(answer => child.write(answer));
		this.#ended = new Promise(resolve => child.onExit(() => resolve()));
		for (const [final, isShown] of [
			['h', true],
			['l', false],
		] as const) {
			emulator.parser.registerCsiHandler({prefix: '?', final}, modes => {
				if (modes.includes(CURSOR_MODE)) this.#hasCursor = isShown;
				return false; // The emulator goes on with it.
			});
		}
	}

	/** Starts `command`. Nothing of our own environment goes along. */
	static spawn(
		command: string,
		args: readonly string[],
		{columns, rows, cwd, env}: Size & {readonly cwd: string; readonly env: Readonly<Record<string, string>>},
	): Terminal {
		const child = pty.spawn(command, [...args], {name: 'xterm-256color', cols: columns, rows, cwd, env});
		return new Terminal(createEmulator({columns, rows}), child);
	}

	/** The visible rows, without blanks at their ends nor empty rows at the end. */
	get text(): string {
		const rows = this.grid().map(row =>
			row
				.map(cell => cell.text)
				.join('')
				.trimEnd(),
		);
		return rows.join('\n').trimEnd();
	}

	/** With the cursor where it is to be seen. */
	grid(palette?: Palette): Grid {
		return gridOf(this.#emulator, {...(palette && {palette}), hasCursor: this.#hasCursor});
	}

	/** Calls `listener` whenever there is something new to see, until the end of what is returned. */
	watch(listener: () => void): {dispose(): void} {
		return this.#emulator.onWriteParsed(listener);
	}

	/** As if typed. */
	write(keys: string): void {
		this.#process.write(keys);
	}

	resize({columns, rows}: Size): void {
		this.#emulator.resize(columns, rows);
		this.#process.resize(columns, rows);
	}

	/** Until the text matches. Throws after a minute, with what is there instead. */
	async waitFor(pattern: RegExp): Promise<void> {
		if (pattern.test(this.text)) return;
		await new Promise<void>((resolve, reject) => {
			const timer = setTimeout(() => {
				watch.dispose();
				reject(new Error(`not seen: ${String(pattern)}\n${this.text}`));
			}, PATIENCE_MS);
			const watch = this.#emulator.onWriteParsed(() => {
				if (!pattern.test(this.text)) return;
				clearTimeout(timer);
				watch.dispose();
				resolve();
			});
		});
	}

	/** Until nothing has come for `ms`: what is on the screen is whole then. */
	async rests(ms: number): Promise<void> {
		await new Promise<void>(resolve => {
			const timer = setTimeout(() => {
				watch.dispose();
				resolve();
			}, ms);
			const watch = this.watch(() => timer.refresh());
		});
	}

	/** Hangs up, which ends what runs inside. */
	async close(): Promise<void> {
		this.#process.kill('SIGHUP');
		await this.#ended;
	}
}
