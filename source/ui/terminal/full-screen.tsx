// A terminal lent for a while: the alternate screen and raw keys, and all of it given back on every way out.
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {type ReadStream, type WriteStream} from 'node:tty';
import {render, useApp} from 'ink';
import {type ReactElement, cloneElement, useLayoutEffect} from 'react';
import {handleEndSignals} from '../../os/end-signals.ts';
import {isUtf8Locale} from '../../os/locale.ts';
import {type Preferences} from '../../client/facade.ts';
import {InkInput} from '../hooks/ink-input.ts';
import {readInput} from '../hooks/input.ts';
import {Terminal} from '../hooks/terminal.ts';
import {type KeyEvent} from '../input/key-events.ts';
import {countAs} from '../text/width.ts';
import {type RowForm, asciiRow, signlessRow, wholeRow} from './ascii.ts';
import {learnCells} from './cell-rules.ts';
import {InkOutput} from './ink-output.ts';
import {Inquiry} from './inquiry.ts';
import {type KnownTerminal, type KnownTerminals} from './known-terminals.ts';

/** A process that was told to stop has stopped within this, ms. */
const STOP_MS = 50;

/** Without a change of size before everything is drawn anew, ms. */
const RESIZE_PAUSE_MS = 50;

type InkApp = ReturnType<typeof useApp>;

type Glyphs = Preferences['glyphs'];

/** Without UTF-8 nothing but ASCII is understood; with it, letters are. */
function formOf(glyphs: Glyphs, env: FullScreenOptions['env']): RowForm {
	if (glyphs === 'unicode') return wholeRow;
	if (!isUtf8Locale(env)) return asciiRow;
	return glyphs === 'ascii' ? signlessRow : wholeRow;
}

export type FullScreenOptions = {
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	readonly onKey: (event: KeyEvent) => void;
	/** Its locale says whether the terminal takes more than ASCII. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** What the person says of it; 'auto' unless set. */
	readonly glyphs?: Glyphs;
	/** What fields read; the keys themselves come to `onKey`. */
	readonly fields?: InkInput;
	/** What is known of terminals, and how this one is called; without it the terminal is not asked how it counts. */
	readonly terminals?: {readonly known: KnownTerminals; readonly name: string};
};

export class FullScreen {
	readonly #stdin: ReadStream;
	readonly #stdout: WriteStream;
	readonly #fields: InkInput;
	readonly #env: FullScreenOptions['env'];
	readonly #output: InkOutput;
	readonly #terminal: Terminal;
	readonly #inquiry: Inquiry;
	readonly #terminals: FullScreenOptions['terminals'];
	#node: ReactElement | undefined;
	#ink: ReturnType<typeof render> | undefined;
	#app: InkApp | undefined;
	#isHandedOver = false;
	#isEnding = false;
	/** A key came whose frame is not drawn yet; and frames of keys are being drawn. */
	#isWanted = false;
	#isDrawing = false;
	#repaint: NodeJS.Timeout | undefined;

	constructor({stdin, stdout, onKey, env, glyphs = 'auto', fields = new InkInput(), terminals}: FullScreenOptions) {
		const form = formOf(glyphs, env);
		this.#env = env;
		this.#stdin = stdin;
		this.#stdout = stdout;
		this.#fields = fields;
		this.#output = new InkOutput(stdout, form);
		const take = (event: KeyEvent) => {
			onKey(event);
			void this.#drawSoon();
		};

		this.#inquiry = new Inquiry(readInput(take));
		this.#terminal = new Terminal(stdin, stdout, this.#inquiry.take);
		// Its answers are about signs that it is not given.
		this.#terminals = form === asciiRow ? undefined : terminals;
	}

	/** Draws `node` until the person leaves or the process is told to end; rejects with what failed while drawing. */
	async show(node: ReactElement): Promise<void> {
		this.#listen();
		const before = this.#terminals?.known.find(this.#terminals.name);
		if (before !== undefined) this.#count(before);
		this.#terminal.take();
		this.#node = node;
		this.#ink = render(this.#held(node), {
			stdin: this.#fields.stream,
			stdout: this.#output.stream,
			alternateScreen: true,
			interactive: true,
			exitOnCtrlC: false,
		});
		void this.#learn(before);
		try {
			await this.#ink.waitUntilExit();
		} finally {
			this.#isHandedOver = true;
			clearTimeout(this.#repaint);
			process.off('SIGTSTP', this.#stopHere);
			process.off('SIGWINCH', this.#resized);
			await this.#inquiry.isOver();
			this.#terminal.giveBack();
		}
	}

	/** In place of what is drawn. */
	draw(node: ReactElement): void {
		this.#node = node;
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

	/** Which signs are drawn, from now on. How the terminal counts signs that it was not given is asked at the next start. */
	set glyphs(glyphs: Glyphs) {
		this.#output.form = formOf(glyphs, this.#env);
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
			await this.#inquiry.isOver();
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

	#count({rules, clusters}: KnownTerminal): void {
		countAs(rules);
		this.#terminal.clusters = clusters;
	}

	/** Asks the terminal how it counts, while the first frame is there already. */
	async #learn(before: KnownTerminal | undefined): Promise<void> {
		if (this.#terminals === undefined) return;
		const {known, name} = this.#terminals;
		const learned = await learnCells({
			name,
			before,
			ask: async question => this.#ask(question, bytes => this.#stdout.write(bytes)),
			askOnRow: async question => this.#ask(question, bytes => this.#output.interlude(bytes, 0)),
			count: clusters => (this.#terminal.clusters = clusters),
		});
		if (learned === undefined) return;
		known.keep(learned);
		this.#count(learned);
		// Other cells for the same text: all is laid out anew.
		if (this.#node !== undefined) this.draw(cloneElement(this.#node));
		if (learned.clusters !== (before?.clusters ?? false)) this.redraw();
	}

	async #ask(question: string, write: (bytes: string) => void): Promise<string | undefined> {
		return this.#isHandedOver ? undefined : this.#inquiry.ask(question, write);
	}

	/**
	 * What a key changes is drawn in the next turn of the loop: Ink pauses between two frames, and while messages come one was drawn just
	 * before. A terminal that is slow to take the bytes gets no more frames than it takes.
	 */
	async #drawSoon(): Promise<void> {
		this.#isWanted = true;
		if (this.#isDrawing) return;
		this.#isDrawing = true;
		while (this.#isWanted && !this.#isHandedOver) {
			this.#isWanted = false;
			await this.#ink?.waitUntilRenderFlush().catch(() => {}); // Who shows the screen is told.
		}

		this.#isDrawing = false;
	}

	#held(node: ReactElement) {
		return <Holder onApp={app => (this.#app = app)}>{node}</Holder>;
	}

	#listen(): void {
		handleEndSignals((signal, exitCode) => {
			// Ctrl-C in the editor is the editor's.
			if (signal === 'SIGINT' && this.#isHandedOver) return;
			if (this.#isEnding) process.exit(exitCode);
			this.#isEnding = true;
			process.exitCode = exitCode;
			this.leave();
		});
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

function Holder({children, onApp}: {readonly children: ReactElement; readonly onApp: (app: InkApp) => void}) {
	const app = useApp();
	useLayoutEffect(() => {
		onApp(app);
	}, [app, onApp]);
	return children;
}
