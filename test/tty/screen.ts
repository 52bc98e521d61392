// A door in a real pseudo-terminal, the client's unless told otherwise, with a real terminal emulator behind it.
import type {Buffer} from 'node:buffer';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import pty from '@lydell/node-pty';
import type {Terminal} from '@xterm/headless';
import type {ExecutionContext} from 'ava';
import {createEmulator} from '../../scripts/media/terminal.ts';

const clientDoor = path.resolve(import.meta.dirname, '../../cli.tsx');
export const serverDoor = path.resolve(import.meta.dirname, '../../server.ts');
export const stageDoor = path.resolve(import.meta.dirname, 'stage/stage.tsx');
/** How long anything may take to be seen, ms, and how often it is looked for. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 20;
/** Without a byte for so long, what was asked for is done, ms. */
const REST_MS = 1000;

type Size = {readonly columns: number; readonly rows: number};

export type ScreenOptions = Partial<Size> & {
	readonly env?: Readonly<Record<string, string>>;
	readonly door?: string;
	/** What is started, in place of the door. */
	readonly command?: readonly string[];
	readonly emulator?: Terminal;
	/** Whether the emulator answers what it is asked. */
	readonly answers?: boolean;
};

export class Screen {
	readonly #terminal: Terminal;
	readonly #process: pty.IPty;
	readonly #ended: Promise<number>;
	/** All bytes so far. */
	#output = '';

	constructor(
		t: ExecutionContext,
		args: readonly string[],
		{
			columns = 90,
			rows = 24,
			env = {},
			door = clientDoor,
			command = [process.execPath, '--import=tsx', door],
			emulator = createEmulator({columns, rows}),
			answers = false,
		}: ScreenOptions = {},
	) {
		const {CI: _, NO_COLOR: __, SIMCHAT_PASSWORD: ___, ...inherited} = process.env;
		this.#terminal = emulator;
		const [file = '', ...rest] = command;
		this.#process = pty.spawn(file, [...rest, ...args], {
			name: env['TERM'] ?? 'xterm-256color',
			cols: columns,
			rows,
			env: {...inherited, XDG_CACHE_HOME: cacheFolder(t), ...env},
		});
		this.#process.onData(data => {
			this.#output += data;
			this.#terminal.write(data);
		});
		if (answers) this.#terminal.onData(data => this.#process.write(data));
		this.#ended = new Promise(resolve => this.#process.onExit(({exitCode}) => resolve(exitCode)));
		t.teardown(() => this.#process.kill('SIGKILL'));
	}

	/** What is to be seen, row by row. */
	get text(): string {
		const {active} = this.#terminal.buffer;
		const rows = Array.from({length: this.#terminal.rows}, (_, y) => active.getLine(active.baseY + y));
		return rows.map(row => row?.translateToString(true) ?? '').join('\n');
	}

	/** What is behind the screen: cells, colours, modes. */
	get emulator(): Terminal {
		return this.#terminal;
	}

	get pid(): number {
		return this.#process.pid;
	}

	get cursor(): {x: number; y: number} {
		const {cursorX, cursorY} = this.#terminal.buffer.active;
		return {x: cursorX, y: cursorY};
	}

	/** What a program can leave switched on behind it. */
	get modes() {
		const {bracketedPasteMode, sendFocusMode, mouseTrackingMode, wraparoundMode} = this.#terminal.modes;
		const screen = this.#terminal.buffer.active.type;
		return {screen, bracketedPasteMode, sendFocusMode, mouseTrackingMode, wraparoundMode};
	}

	/** The last word on the cursor. */
	get isCursorShown(): boolean {
		return this.#output.lastIndexOf('\u001B[?25h') >= this.#output.lastIndexOf('\u001B[?25l');
	}

	/** Everything that was written to the terminal. */
	get output(): string {
		return this.#output;
	}

	/** How many times everything was drawn anew. */
	get drawings(): number {
		return this.#output.split('\u001B[?1049h').filter(part => part.includes('\u001B[?2026l')).length;
	}

	get bytes(): number {
		return this.#output.length;
	}

	type(keys: string): void {
		this.#process.write(keys);
	}

	/** What is no text, too. */
	typeBytes(bytes: Buffer): void {
		// The package takes these, and does not say so in its types.
		this.#process.write(bytes as unknown as string);
	}

	resize({columns, rows}: Size): void {
		this.#terminal.resize(columns, rows);
		this.#process.resize(columns, rows);
	}

	/** The terminal goes away, as when its window is closed. */
	hangUp(): void {
		// The package can, and does not say so in its types.
		(this.#process as unknown as {destroy(): void}).destroy();
	}

	signal(signal: NodeJS.Signals): void {
		process.kill(this.pid, signal);
	}

	/** Whether the process has been stopped: one that has not yet would miss a SIGCONT. */
	get isStopped(): boolean {
		return /\) T /.test(readFileSync(`/proc/${this.pid}/stat`, 'latin1'));
	}

	/** Waits until the screen shows `pattern`. Throws with what it shows instead. */
	async shows(pattern: RegExp): Promise<void> {
		await this.until(() => pattern.test(this.text), String(pattern));
	}

	/** Throws after `patience` ms, with what is shown instead. */
	async until(holds: () => boolean, words: string, patience = PATIENCE_MS): Promise<void> {
		for (const end = Date.now() + patience; !holds(); await pause(LOOK_MS)) {
			if (Date.now() > end) throw new Error(`not seen: ${words}\n${this.text}`);
		}

		// What was written before is on the emulator's screen from here on.
		await new Promise<void>(resolve => this.#terminal.write('', resolve));
	}

	/** Waits until nothing has been written for `ms`. */
	async rests(ms = REST_MS): Promise<void> {
		let [bytes, since] = [-1, 0];
		await this.until(() => {
			if (bytes !== this.bytes) [bytes, since] = [this.bytes, Date.now()];
			return Date.now() - since > ms;
		}, 'rest');
	}

	async pass(ms: number): Promise<void> {
		await pause(ms);
	}

	/** The exit code. */
	async ended(): Promise<number> {
		return this.#ended;
	}
}

/** What a terminal answers is kept there, and not where the person who runs the tests keeps it. */
function cacheFolder(t: ExecutionContext): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'simchat-cache-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}
