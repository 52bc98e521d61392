// The terminal's modes that Ink does not keep: raw input, bracketed paste and focus, on and off, and what is typed meanwhile.
import process from 'node:process';
import {type ReadStream, type WriteStream} from 'node:tty';
import {CLUSTERS_OFF, CLUSTERS_ON, MOUSE_OFF, MOUSE_ON} from '../terminal/modes.ts';

/** Bracketed paste, word of the window's focus, and no going on in the next row behind the last column (DECAWM). */
const ON = '\u001B[?7l\u001B[?1004h\u001B[?2004h';
const OFF = '\u001B[?2004l\u001B[?1004l\u001B[?7h';

export class Terminal {
	readonly #stdin: ReadStream;
	readonly #stdout: WriteStream;
	readonly #onBytes: (bytes: Uint8Array) => void;
	#isOurs = false;
	#hasMouse = false;
	#hasClusters = false;

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

	/** Whether the terminal takes what a person takes for one character for one: for those that can and do not by themselves. */
	set clusters(isOn: boolean) {
		if (isOn === this.#hasClusters) return;
		this.#hasClusters = isOn;
		if (this.#isOurs) this.#stdout.write(isOn ? CLUSTERS_ON : CLUSTERS_OFF);
	}

	/** Writes again what is switched on, whatever has switched it off. */
	assert(): void {
		if (this.#isOurs) this.#stdout.write(this.#modesOn);
	}

	/** Raw mode comes first: who waits for the paste mode may type. */
	take(): void {
		if (this.#isOurs) return;
		this.#isOurs = true;
		this.#stdin.setRawMode(true);
		this.#stdin.on('data', this.#onBytes);
		this.#stdin.resume();
		this.#stdout.write(this.#modesOn);
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
			this.#stdout.write((this.#hasMouse ? MOUSE_OFF : '') + (this.#hasClusters ? CLUSTERS_OFF : '') + OFF);
			this.#stdin.setRawMode(false);
		} catch {
			// The terminal is gone: there is nothing to give back.
		}
	};
	get #modesOn(): string {
		return ON + (this.#hasClusters ? CLUSTERS_ON : '') + (this.#hasMouse ? MOUSE_ON : '');
	}
}
