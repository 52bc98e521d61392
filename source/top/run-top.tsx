// `simchat-server top`: asks the server once a second what goes on and shows it, until the person leaves.
import {type ReadStream, type WriteStream} from 'node:tty';
import {askAdmin} from '../server/admin-socket.ts';
import {type KeyEvent} from '../ui/input/key-events.ts';
import {FullScreen} from '../ui/terminal/full-screen.tsx';
import {themeFor} from '../ui/theme.ts';
import {visibleNames} from './top-layout.ts';
import {layoutOfState} from './top-rows.ts';
import {TopScreen} from './screen.tsx';
import {
	type Answer,
	type State,
	answered,
	beginning,
	commandOf,
	hasPage,
	pageStart,
	namesScrolled,
	unanswered,
} from './state.ts';

/** A person asked for a live view: this often. */
const ASK_MS = 1000;

export type TopOptions = {
	/** The data directory of the server. */
	readonly data: string;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	readonly env: Readonly<Record<string, string | undefined>>;
};

/** What fails while drawing is thrown, the terminal given back before. */
export async function runTop({data, stdin, stdout, env}: TopOptions): Promise<void> {
	const theme = themeFor(env);
	let state = beginning;
	const view = () => <TopScreen state={state} place={data} theme={theme} />;
	const visible = () => visibleNames(layoutOfState(state, {columns: stdout.columns, rows: stdout.rows}));
	const change = (next: State) => {
		if (next === state) return;
		state = next;
		screen.draw(view());
	};

	let isAsking = false;
	const ask = async () => {
		if (isAsking) return;
		isAsking = true;
		try {
			const answer = await askOnce(data, pageStart(state, visible()));
			change(answer === undefined ? unanswered(state, Date.now()) : answered(state, answer));
		} catch (error) {
			screen.leave(error);
		} finally {
			isAsking = false;
		}
	};

	const onKey = (event: KeyEvent) => {
		const command = commandOf(event);
		if (command !== undefined) return screen[command]();
		change(namesScrolled(state, event, visible()));
		if (!hasPage(state, visible())) void ask();
	};

	const screen = new FullScreen({stdin, stdout, onKey, env});
	const timer = setInterval(() => void ask(), ASK_MS);
	void ask();
	try {
		await screen.show(view());
	} finally {
		clearInterval(timer);
	}
}

/** Undefined when no server answers, or not this question. */
async function askOnce(data: string, from: number): Promise<Answer | undefined> {
	try {
		const reply = await askAdmin(data, {command: 'top', name: '', from});
		return reply?.kind === 'top' ? reply : undefined;
	} catch {
		return undefined;
	}
}
