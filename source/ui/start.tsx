// Opens the full-screen client on a terminal, and gives the terminal back as it was on every way out.
import process from 'node:process';
import {type ReadStream, type WriteStream} from 'node:tty';
import {render} from 'ink';
import {type Client} from '../client/facade.ts';
import {type InkApp, App} from './app.tsx';
import {readInput} from './hooks/input.ts';
import {Keyboard} from './hooks/keyboard.ts';
import {followSnapshots} from './hooks/snapshots.ts';
import {Terminal} from './hooks/terminal.ts';
import {themeFor} from './theme.ts';

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
};

/** Shows the client until the person leaves or the process is told to end; what fails while drawing is thrown. */
export async function runScreen({client, joinLink, stdin, stdout, env}: ScreenOptions): Promise<void> {
	const keyboard = new Keyboard();
	const {snapshots, stop} = followSnapshots(client);
	let inkApp: InkApp | undefined;
	const end = (error?: unknown) => (inkApp === undefined ? ink.unmount() : inkApp.exit(error));
	const terminal = new Terminal(
		stdin,
		stdout,
		readInput(input => {
			try {
				keyboard.take(input);
			} catch (error) {
				end(error);
			}
		}),
	);

	const handOver = async (work: () => void) =>
		inkApp?.suspendTerminal(() => {
			terminal.giveBack();
			work();
			terminal.take();
		});
	// A stopped process goes on from here.
	const stopHere = () => void handOver(() => process.kill(process.pid, 'SIGSTOP'));
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

	terminal.take();
	const ink = render(
		<App
			client={client}
			joinLink={joinLink}
			theme={themeFor(env)}
			keyboard={keyboard}
			snapshots={snapshots}
			size={() => ({columns: stdout.columns, rows: stdout.rows})}
			quit={end}
			suspend={() => process.kill(0, 'SIGTSTP')}
			redraw={redraw}
			onApp={app => (inkApp = app)}
		/>,
		{stdin, stdout, alternateScreen: true, incrementalRendering: true, interactive: true, exitOnCtrlC: false},
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
