// A door in a real pseudo-terminal, the client's unless told otherwise, with a real terminal emulator behind it.
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import {type Owner, temporaryFolder} from '../../tools/temporary-folder.ts';
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

/** What everything is drawn after (xterm's alternate screen), and what ends a frame (synchronized output). */
const ALTERNATE_SCREEN = '\u001B[?1049h';
const FRAME_END = '\u001B[?2026l';

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
	/** What was written since everything was drawn anew last, and how many times that was before. */
	#drawing = '';
	#drawings = 0;

	constructor(
		t: Owner,
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
		this.onData(data => {
			this.#output += data;
			const parts = (this.#drawing + data).split(ALTERNATE_SCREEN);
			this.#drawing = parts.pop() ?? '';
			this.#drawings += parts.filter(part => part.includes(FRAME_END)).length;
		});
		t.teardown(() => this.kill());
	}

	/** Everything that was written to the terminal. */
	get output(): string {
		return this.#output;
	}

	/** How many times everything was drawn anew. */
	get drawings(): number {
		return this.#drawings + Number(this.#drawing.includes(FRAME_END));
	}

	/** Waits until the terminal is as a shell has it: its screen, its modes, and a cursor. */
	async givenBack(): Promise<void> {
		await this.until(() => isDeepStrictEqual(this.modes, SHELL_MODES) && this.isCursorShown, 'the modes of the shell');
	}

	async pass(ms: number): Promise<void> {
		await pause(ms);
	}
}
