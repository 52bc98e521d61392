// Opens the full-screen client on a terminal, and gives the terminal back as it was on every way out.
import process from 'node:process';
import {type ReadStream, type WriteStream} from 'node:tty';
import {render} from 'ink';
import {type Client} from '../client/facade.ts';
import {type InkApp, App} from './app.tsx';
import {InkInput} from './hooks/ink-input.ts';
import {readInput} from './hooks/input.ts';
import {Keyboard} from './hooks/keyboard.ts';
import {followSnapshots} from './hooks/snapshots.ts';
import {Store} from './hooks/store.ts';
import {Terminal} from './hooks/terminal.ts';
import {type Surface} from './surface.ts';
import {copyBytes} from './terminal/clipboard.ts';
import {writeInEditor} from './terminal/editor.ts';
import {Notifier, runDetached} from './terminal/notification.ts';
import {openCommand} from './terminal/open-link.ts';

/** Signals that end the screen, and the exit codes that shells give them. */
const ENDS = [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const;

/** Without a change of size before everything is drawn anew, ms. */
const RESIZE_PAUSE_MS = 50;

export type ScreenOptions = {
	readonly client: Pick<Client, keyof Client>;
	/** Signs a new profile up. */
	readonly joinLink?: string | undefined;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Local ms. */
	readonly now?: () => number;
};

/** Shows the client until the person leaves or the process is told to end; what fails while drawing is thrown. */
export async function runScreen({client, joinLink, stdin, stdout, env, now = Date.now}: ScreenOptions): Promise<void> {
	const fields = new InkInput();
	const end = (error?: unknown) => (inkApp === undefined ? ink.unmount() : inkApp.exit(error));
	const keyboard = new Keyboard(fields, end);
	const {snapshots, stop} = followSnapshots(client);
	const preferences = new Store(client.preferences);
	let inkApp: InkApp | undefined;
	const terminal = new Terminal(
		stdin,
		stdout,
		readInput(input => keyboard.take(input)),
	);
	terminal.mouse = preferences.value.mouse;
	preferences.subscribe(() => (terminal.mouse = preferences.value.mouse));

	let isHandedOver = false;
	const handOver = async (work: () => void | Promise<void>) => {
		if (isHandedOver) return;
		isHandedOver = true;
		try {
			await inkApp?.suspendTerminal(async () => {
				terminal.giveBack();
				try {
					await work();
				} finally {
					terminal.take();
				}
			});
		} finally {
			isHandedOver = false;
		}
	};

	// A stopped process goes on from here.
	const stopHere = () => void handOver(() => void process.kill(process.pid, 'SIGSTOP'));
	// The settings' writer listens to signals too, to tidy up, and would raise each a second time.
	const signals = [...ENDS.map(([signal]) => signal), 'SIGTSTP'] as const;
	for (const signal of signals) process.removeAllListeners(signal);
	let isEnding = false;
	for (const [signal, code] of ENDS) {
		process.on(signal, () => {
			if (isEnding) process.exit(code);
			isEnding = true;
			process.exitCode = code;
			end();
		});
	}

	process.on('SIGTSTP', stopHere);
	const redraw = () => void handOver(() => {});
	// A terminal that shrank and grew back has lost its cells, and Node says nothing of a size that is as it was.
	let repaint: NodeJS.Timeout | undefined;
	const resized = () => {
		clearTimeout(repaint);
		repaint = setTimeout(redraw, RESIZE_PAUSE_MS);
	};

	process.on('SIGWINCH', resized);
	// A terminal that has gone away takes no more bytes; SIGHUP ends the rest.
	stdout.on('error', () => {});

	const isTmux = env['TMUX'] !== undefined;
	const write = (bytes: string) => {
		if (!isHandedOver) stdout.write(bytes);
	};

	const notifier = new Notifier({preferences: () => preferences.value, write, run: runDetached, env, now});
	const surface: Surface = {
		size: () => ({columns: stdout.columns, rows: stdout.rows}),
		quit: end,
		suspend: () => void process.kill(0, 'SIGTSTP'),
		redraw,
		copy(text) {
			const bytes = copyBytes(text, {isTmux});
			if (bytes !== undefined) write(bytes);
			return bytes !== undefined;
		},
		openLink(url) {
			const command = openCommand(url, process.platform, env);
			if (command !== undefined) runDetached(command);
			return command !== undefined;
		},
		async edit(text) {
			let edited = text;
			await handOver(async () => {
				edited = await writeInEditor(text, {env});
			});
			return edited;
		},
		notify: (from, isMention) => notifier.notify(from, isMention),
	};

	terminal.take();
	const ink = render(
		<App
			client={client}
			joinLink={joinLink}
			env={env}
			keyboard={keyboard}
			snapshots={snapshots}
			preferences={preferences}
			surface={surface}
			now={now}
			onApp={app => (inkApp = app)}
		/>,
		{
			stdin: fields.stream,
			stdout,
			alternateScreen: true,
			incrementalRendering: true,
			interactive: true,
			exitOnCtrlC: false,
		},
	);
	try {
		await ink.waitUntilExit();
	} finally {
		terminal.giveBack();
		stop();
		process.off('SIGTSTP', stopHere);
		process.off('SIGWINCH', resized);
		clearTimeout(repaint);
	}
}
