// Opens the full-screen client on a terminal: connects keys, the client's snapshots and the preferences to the screen.
import {hostname} from 'node:os';
import process from 'node:process';
import envPaths from 'env-paths';
import {type ReadStream, type WriteStream} from 'node:tty';
import {type Client} from '../client/facade.ts';
import {App} from './app.tsx';
import {InkInput} from './hooks/ink-input.ts';
import {Keyboard} from './hooks/keyboard.ts';
import {followSnapshots} from './hooks/snapshots.ts';
import {ValueStore} from './hooks/value-store.ts';
import {Ringing, afterMs} from './terminal/ringing.ts';
import {type TerminalActions} from './terminal-actions.ts';
import {copy} from './terminal/clipboard.ts';
import {writeInEditor} from './terminal/editor.ts';
import {FullScreen} from './terminal/full-screen.tsx';
import {KnownTerminals, terminalName} from './terminal/known-terminals.ts';
import {Notifier, runDetached} from './terminal/notification.ts';
import {openCommand} from './terminal/open-link.ts';
import {intoTmux} from './terminal/tmux-buffer.ts';

export type ScreenOptions = {
	readonly client: Pick<Client, keyof Client>;
	/** Signs a new profile up. */
	readonly joinLink?: string | undefined;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Local ms. */
	readonly now?: () => number;
	/** What this machine calls itself. */
	readonly hostName?: string;
};

/** Shows the client until the person leaves or the process is told to end; what fails while drawing is thrown. */
export async function runScreen(options: ScreenOptions): Promise<void> {
	const {client, joinLink, stdin, stdout, env, now = Date.now, hostName = hostname()} = options;
	const {cache} = envPaths('simchat', {suffix: ''});
	const caught = (what: string) => (error: unknown) => client.caught(what, error);
	const fields = new InkInput();
	const keyboard = new Keyboard(fields, error => screen.leave(error));
	const screen = new FullScreen({
		stdin,
		stdout,
		fields,
		env,
		glyphs: client.preferences.glyphs,
		onKey(event) {
			// A window that gets or loses the focus is nobody who presses a key.
			if (event.kind !== 'focus') client.use.pressed();
			keyboard.take(event);
		},
		terminals: {known: new KnownTerminals(cache, caught('terminal')), name: terminalName(env)},
	});
	const preferences = new ValueStore(client.preferences);
	const follow = () => {
		screen.mouse = preferences.value.mouse;
		screen.glyphs = preferences.value.glyphs;
	};
	preferences.subscribe(follow);
	follow();
	const {snapshots, stop} = followSnapshots(client);
	try {
		await screen.show(
			<App
				client={client}
				joinLink={joinLink}
				env={env}
				keyboard={keyboard}
				snapshots={snapshots}
				preferences={preferences}
				terminal={terminalActions(screen, preferences, options, now)}
				now={now}
				hostName={hostName}
			/>,
		);
	} finally {
		stop();
	}
}

function terminalActions(
	screen: FullScreen,
	preferences: ValueStore<Client['preferences']>,
	{client, stdout, env}: Pick<ScreenOptions, 'client' | 'stdout' | 'env'>,
	now: () => number,
): TerminalActions {
	const isTmux = env['TMUX'] !== undefined;
	const write = (bytes: string) => screen.write(bytes);
	const run = (command: readonly string[]) => runDetached(command, error => client.caught('command', error));
	const notifier = new Notifier({preferences: () => preferences.value, write, run, env, now});
	const ringing = new Ringing({client, ring: (from, isMention) => notifier.notify(from, isMention), after: afterMs});
	return {
		size: () => ({columns: stdout.columns, rows: stdout.rows}),
		quit: screen.leave,
		suspend: screen.suspend,
		redraw: screen.redraw,
		copy: async text => copy(text, {isTmux, write, intoTmux: async given => intoTmux(given, env)}),
		openLink(url) {
			const command = openCommand(url, process.platform, env);
			if (command !== undefined) run(command);
			return command !== undefined;
		},
		async edit(text) {
			let edited = text;
			await screen.handOver(async () => {
				edited = await writeInEditor(text, {env, onLeft: error => client.caught('text of the editor', error)});
			});
			return edited;
		},
		notify: (from, isMention) => ringing.notify(from, isMention),
	};
}
