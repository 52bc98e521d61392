// The terminal's modes that Ink does not keep: raw input, bracketed paste and focus, on and off, and what is typed meanwhile.
import process from 'node:process';
import {type ReadStream, type WriteStream} from 'node:tty';
import {MOUSE_OFF, MOUSE_ON} from '../terminal/modes.ts';

/** Bracketed paste, and word of the window's focus. */
const ON = '\u001B[?1004h\u001B[?2004h';
const OFF = '\u001B[?2004l\u001B[?1004l';

export class Terminal {
	readonly #stdin: ReadStream;
	readonly #stdout: WriteStream;
	readonly #onBytes: (bytes: Uint8Array) => void;
	#isOurs = false;
	#hasMouse = false;

	constructor(stdin: ReadStream, stdout: WriteStream, onBytes: (bytes: Uint8Array) => void) {
		this.#stdin = stdin;
		this.#stdout = stdout;
		this.#onBytes = onBytes;
	}

	/** Whether wheel and clicks come here, and not to the terminal's own selection. */
	set mouse(isOn: boolean) {
		if (isOn === this.#hasMouse) return;
		this.#hasMouse = isOn;
		if (this.#isOurs) this.#stdout.write(isOn ? MOUSE_ON : MOUSE_OFF);
	}

	/** Raw mode comes first: who waits for the paste mode may type. */
	take(): void {
		if (this.#isOurs) return;
		this.#isOurs = true;
		this.#stdin.setRawMode(true);
		this.#stdin.on('data', this.#onBytes);
		this.#stdin.resume();
		this.#stdout.write(this.#hasMouse ? ON + MOUSE_ON : ON);
		// For ends that run no `finally`.
		process.on('exit', this.giveBack);
	}

	readonly giveBack = (): void => {
		if (!this.#isOurs) return;
		this.#isOurs = false;
		process.off('exit', this.giveBack);
		this.#stdin.off('data', this.#onBytes);
		this.#stdin.pause();
		try {
			this.#stdout.write(this.#hasMouse ? MOUSE_OFF + OFF : OFF);
			this.#stdin.setRawMode(false);
		} catch {
			// The terminal is gone: there is nothing to give back.
		}
	};
}
