// A pseudo-terminal with an emulator behind it, which knows what a person would see.
import {setTimeout as pause} from 'node:timers/promises';
import type xterm from '@xterm/headless';
import type {Palette} from './colours.ts';
import {within} from '../within.ts';
import {createEmulator} from './emulator.ts';
import {type Grid, gridOf} from './grid.ts';
import {type Program, PseudoTerminal, type Size} from './pseudo-terminal.ts';

/** How long anything may take to be seen, ms, and how often it is looked for. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 20;
/** Without a byte for so long, what was asked for is done, ms. */
const REST_MS = 1000;
/** DECTCEM: whether the cursor is to be seen. */
const CURSOR_MODE = 25;
/** Synchronized output: a frame is being drawn. As in other terminals, one that is not ended is over by itself, ms. */
const FRAME_MODE = 2026;
const FRAME_LIMIT_MS = 1000;

export type Emulation = {
	/** Of the size of the terminal. */
	readonly emulator?: xterm.Terminal;
	/** Whether the emulator answers what the program asks it, such as where the cursor is. */
	readonly answers?: boolean;
};

export class EmulatedTerminal extends PseudoTerminal {
	/** What is behind the screen: cells, colours, modes. */
	readonly emulator: xterm.Terminal;
	#isCursorShown = true;
	/** When the frame that is being drawn was begun. */
	#frameBegun: number | undefined;
	#written = 0;

	constructor(program: Program, size: Size, {emulator = createEmulator(size), answers = false}: Emulation = {}) {
		super(program, size);
		this.emulator = emulator;
		this.onData(data => {
			this.#written += data.length;
			emulator.write(data);
		});
		if (answers) emulator.onData(answer => this.type(answer));
		for (const [final, isShown] of [
			['h', true],
			['l', false],
		] as const) {
			emulator.parser.registerCsiHandler({prefix: '?', final}, modes => {
				if (modes.includes(CURSOR_MODE)) this.#isCursorShown = isShown;
				if (modes.includes(FRAME_MODE)) this.#frameBegun = isShown ? Date.now() : undefined;
				return false; // The emulator goes on with it.
			});
		}
	}

	/** The visible rows, without blanks at their ends nor empty rows at the end. */
	get text(): string {
		const {active} = this.emulator.buffer;
		const rows = Array.from({length: this.emulator.rows}, (_, y) => active.getLine(active.baseY + y));
		const text = rows.map(row => row?.translateToString(true) ?? '').join('\n');
		return text.trimEnd();
	}

	get cursor(): {x: number; y: number} {
		const {cursorX, cursorY} = this.emulator.buffer.active;
		return {x: cursorX, y: cursorY};
	}

	get isCursorShown(): boolean {
		return this.#isCursorShown;
	}

	/** What a program can leave switched on behind it. */
	get modes() {
		const {bracketedPasteMode, sendFocusMode, mouseTrackingMode, wraparoundMode} = this.emulator.modes;
		const screen = this.emulator.buffer.active.type;
		return {screen, bracketedPasteMode, sendFocusMode, mouseTrackingMode, wraparoundMode};
	}

	/** How much the program has written, UTF-16 units: bytes where all is ASCII. */
	get written(): number {
		return this.#written;
	}

	/** Cells and colours, with the cursor where it is to be seen. */
	grid(palette?: Palette): Grid {
		return gridOf(this.emulator, {...(palette && {palette}), hasCursor: this.#isCursorShown});
	}

	/** Calls `listener` whenever there is something new to see, until the end of what is returned. */
	watch(listener: () => void): {dispose(): void} {
		return this.emulator.onWriteParsed(listener);
	}

	override resize(size: Size): void {
		this.emulator.resize(size.columns, size.rows);
		super.resize(size);
	}

	/** Waits until the text matches. Throws with what is there instead. */
	async shows(pattern: RegExp): Promise<void> {
		await this.until(() => pattern.test(this.text), String(pattern));
	}

	/**
	 * Waits until `holds` says so, and no frame is half drawn: text, cursor, colours and modes that are read next belong together.
	 * Throws after `patience` ms, with what is shown instead.
	 */
	async until(holds: () => boolean, words: string, patience = PATIENCE_MS): Promise<void> {
		for (const end = Date.now() + patience; ; await pause(LOOK_MS)) {
			if (holds()) {
				await this.#parsed();
				if (this.#isWhole) return;
			}

			if (Date.now() > end) throw new Error(`not seen: ${words}\n${this.text}`);
		}
	}

	/** Waits until nothing has been written for `ms`: what is on the screen is whole then. */
	async rests(ms = REST_MS): Promise<void> {
		let [written, since] = [-1, 0];
		await this.until(() => {
			if (written !== this.written) [written, since] = [this.written, Date.now()];
			return Date.now() - since > ms;
		}, 'rest');
	}

	/**
	 * Resolves with the exit code of the program, once all that it wrote is on the screen. Rejects, with what is there, when it does not
	 * end in time.
	 */
	override async ended(): Promise<number> {
		const code = await within(super.ended(), PATIENCE_MS, () => `it does not end\n${this.text}`);
		await this.#parsed();
		return code;
	}

	get #isWhole(): boolean {
		return this.#frameBegun === undefined || Date.now() - this.#frameBegun > FRAME_LIMIT_MS;
	}

	/** What was written before is on the emulator's screen afterwards. */
	async #parsed(): Promise<void> {
		await new Promise<void>(resolve => this.emulator.write('', resolve));
	}
}
