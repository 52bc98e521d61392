// A door in a real pseudo-terminal, the client's unless told otherwise, with a real terminal emulator behind it.
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import type {ExecutionContext} from 'ava';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {type Emulation, EmulatedTerminal} from '../../tools/terminal/emulated-terminal.ts';
import {type Size} from '../../tools/terminal/pseudo-terminal.ts';
import {clientDoor, commandOf} from '../programs.ts';

/** The modes of a terminal that nobody has changed. */
export const SHELL_MODES = {
	screen: 'normal',
	bracketedPasteMode: false,
	sendFocusMode: false,
	mouseTrackingMode: 'none',
	wraparoundMode: true,
} as const;

/** Printable characters and line ends alone: no sequence, no bell, no carriage return by itself. A terminal makes CR LF of each newline. */
export const LINES_ALONE = /^(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\r\n)*$/u;

export type ScreenOptions = Partial<Size> &
	Emulation & {
		readonly env?: Readonly<Record<string, string>>;
		readonly door?: string;
		/** What is started, in place of the door. */
		readonly command?: readonly string[];
	};

export class Screen extends EmulatedTerminal {
	/** All bytes so far. */
	#output = '';

	constructor(
		t: ExecutionContext,
		args: readonly string[],
		{columns = 90, rows = 24, env = {}, door = clientDoor, command = commandOf(door), ...emulation}: ScreenOptions = {},
	) {
		const {CI: _, NO_COLOR: __, SIMCHAT_PASSWORD: ___, TERM: ____, ...inherited} = process.env;
		const [file = '', ...rest] = command;
		super(
			{
				command: file,
				args: [...rest, ...args],
				// What a terminal answers is kept there, and not where the person who runs the tests keeps it; the locale is not theirs, either.
				env: {...inherited, LC_ALL: 'C.UTF-8', XDG_CACHE_HOME: temporaryFolder(t), ...env},
			},
			{columns, rows},
			emulation,
		);
		this.onData(data => (this.#output += data));
		t.teardown(async () => this.kill());
	}

	/** Everything that was written to the terminal. */
	get output(): string {
		return this.#output;
	}

	/** How many times everything was drawn anew. */
	get drawings(): number {
		return this.#output.split('\u001B[?1049h').filter(part => part.includes('\u001B[?2026l')).length;
	}

	/** Waits until the terminal is as a shell has it: its screen, its modes, and a cursor. */
	async givenBack(): Promise<void> {
		await this.until(() => isDeepStrictEqual(this.modes, SHELL_MODES) && this.isCursorShown, 'the modes of the shell');
	}

	async pass(ms: number): Promise<void> {
		await pause(ms);
	}
}
