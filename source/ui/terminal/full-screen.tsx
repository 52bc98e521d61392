// A terminal lent for a while: the alternate screen and raw keys, and all of it given back on every way out.
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {type ReadStream, type WriteStream} from 'node:tty';
import {render, useApp} from 'ink';
import {type ReactNode, useLayoutEffect} from 'react';
import {InkInput} from '../hooks/ink-input.ts';
import {readInput} from '../hooks/input.ts';
import {Terminal} from '../hooks/terminal.ts';
import {type KeyEvent} from '../input/events.ts';
import {InkOutput} from './ink-output.ts';

/** Signals that end the screen, and the exit codes that shells give them. */
const ENDS = [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const;

/** A process that was told to stop has stopped within this, ms. */
const STOP_MS = 50;

/** Without a change of size before everything is drawn anew, ms. */
const RESIZE_PAUSE_MS = 50;

type InkApp = ReturnType<typeof useApp>;

export type FullScreenOptions = {
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	readonly onKey: (event: KeyEvent) => void;
	/** What fields read; the keys themselves come to `onKey`. */
	readonly fields?: InkInput;
};

export class FullScreen {
	readonly #stdin: ReadStream;
	readonly #stdout: WriteStream;
	readonly #fields: InkInput;
	readonly #output: InkOutput;
	readonly #terminal: Terminal;
	#ink: ReturnType<typeof render> | undefined;
	#app: InkApp | undefined;
	#isHandedOver = false;
	#isEnding = false;
	#repaint: NodeJS.Timeout | undefined;

	constructor({stdin, stdout, onKey, fields = new InkInput()}: FullScreenOptions) {
		this.#stdin = stdin;
		this.#stdout = stdout;
		this.#fields = fields;
		this.#output = new InkOutput(stdout);
		this.#terminal = new Terminal(stdin, stdout, readInput(onKey));
	}

	/** Draws `node` until the person leaves or the process is told to end; rejects with what failed while drawing. */
	async show(node: ReactNode): Promise<void> {
		this.#listen();
		this.#terminal.take();
		this.#ink = render(this.#held(node), {
			stdin: this.#fields.stream,
			stdout: this.#output.stream,
			alternateScreen: true,
			interactive: true,
			exitOnCtrlC: false,
		});
		try {
			await this.#ink.waitUntilExit();
		} finally {
			this.#isHandedOver = true;
			clearTimeout(this.#repaint);
			process.off('SIGTSTP', this.#stopHere);
			process.off('SIGWINCH', this.#resized);
			this.#terminal.giveBack();
		}
	}

	/** In place of what is drawn. */
	draw(node: ReactNode): void {
		this.#ink?.rerender(this.#held(node));
	}

	/** `error` is what `show` rejects with. */
	readonly leave = (error?: unknown): void => {
		if (this.#app === undefined) this.#ink?.unmount();
		else this.#app.exit(error);
	};

	/** Stops all of the job, as Ctrl-Z does elsewhere; the terminal is given back before the shell may take it. */
	readonly suspend = (): void => {
		void this.handOver(async () => {
			process.off('SIGTSTP', this.#stopHere);
			process.kill(0, 'SIGTSTP');
			// It is stopped in here; where there is no shell to come back to, it is not.
			await pause(STOP_MS);
			process.on('SIGTSTP', this.#stopHere);
		});
	};

	/** Draws everything anew, whatever was done to the terminal meanwhile. */
	readonly redraw = (): void => {
		if (this.#isHandedOver) return;
		this.#terminal.assert();
		this.#output.repaint();
	};

	/** Wheel and clicks, when they are wanted. */
	set mouse(isOn: boolean) {
		this.#terminal.mouse = isOn;
	}

	/** Bytes that draw nothing; dropped while the terminal is somebody else's. */
	write(bytes: string): void {
		if (!this.#isHandedOver) this.#stdout.write(bytes);
	}

	/** Gives the terminal to `work` as it was before, and takes it again afterwards. */
	async handOver(work: () => void | Promise<void>): Promise<void> {
		if (this.#isHandedOver || this.#app === undefined) return;
		this.#isHandedOver = true;
		try {
			await this.#app.suspendTerminal(async () => {
				this.#terminal.giveBack();
				try {
					await work();
				} finally {
					this.#terminal.take();
				}
			});
		} finally {
			this.#isHandedOver = false;
		}
	}

	#held(node: ReactNode) {
		return <Holder onApp={app => (this.#app = app)}>{node}</Holder>;
	}

	#listen(): void {
		// The settings' writer listens to signals too, to tidy up, and would raise each a second time.
		for (const signal of [...ENDS.map(([name]) => name), 'SIGTSTP']) process.removeAllListeners(signal);
		for (const [signal, code] of ENDS) {
			process.on(signal, () => {
				// Ctrl-C in the editor is the editor's.
				if (signal === 'SIGINT' && this.#isHandedOver) return;
				if (this.#isEnding) process.exit(code);
				this.#isEnding = true;
				process.exitCode = code;
				this.leave();
			});
		}

		process.on('SIGTSTP', this.#stopHere);
		process.on('SIGWINCH', this.#resized);
		// A terminal that has gone away takes no more bytes and gives none.
		this.#stdout.on('error', () => {});
		this.#stdin.on('error', () => this.leave());
		this.#stdin.on('end', () => this.leave());
	}

	/** A stopped process goes on from here. While an editor has the terminal, it is the editor's to give back. */
	readonly #stopHere = (): void => {
		if (this.#isHandedOver) process.kill(process.pid, 'SIGSTOP');
		else void this.handOver(() => void process.kill(process.pid, 'SIGSTOP'));
	};

	/** A terminal that shrank and grew back has lost its cells, and Node says nothing of a size that is as it was. */
	readonly #resized = (): void => {
		clearTimeout(this.#repaint);
		this.#repaint = setTimeout(this.redraw, RESIZE_PAUSE_MS);
	};
}

function Holder({children, onApp}: {readonly children: ReactNode; readonly onApp: (app: InkApp) => void}) {
	const app = useApp();
	useLayoutEffect(() => {
		onApp(app);
	}, [app, onApp]);
	return children;
}
