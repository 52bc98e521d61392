// The pictures as data: what is typed into which window, and what has to be seen before going on.
import type {Size} from './terminal.ts';

export type Step = {
	/** Keys for the shell or the program in it; \r is Enter. */
	readonly type: string;
	/** Matches what the window shows; with ^ it also says that nothing has scrolled away. */
	readonly until: RegExp;
};

export type Scene = {
	/** In media/. */
	readonly file: string;
	/** For who cannot see it. */
	readonly label: string;
	/** Played one after the other; all stay open until the picture is taken. */
	readonly windows: readonly (Size & {readonly title: string; readonly steps: readonly Step[]})[];
};

export const scenes: readonly Scene[] = [
	{
		file: 'demo.svg',
		label: 'simchat talking to its echo bot',
		windows: [
			{
				title: 'simchat demo',
				columns: 120,
				rows: 34,
				// On a terminal of its own the demo takes the whole screen; into a pipe it writes a transcript.
				steps: [{type: 'npm start | cat\r', until: /^\$ npm start[\s\S]*\nok\n\$$/v}],
			},
		],
	},
	{
		file: 'server.svg',
		label: 'simchat-server on its first run, then an invite and its status from another window',
		windows: [
			{
				title: 'the server',
				columns: 100,
				rows: 5,
				steps: [
					{type: 'simchat-server --listen 127.0.0.1:0\r', until: /^\$ simchat-server[\s\S]*\n.*join link: simchat:/v},
				],
			},
			{
				title: 'another window',
				columns: 100,
				rows: 10,
				steps: [
					{type: 'simchat-server invite alice\r', until: /\?invite=.*\n\$$/v},
					{type: 'simchat-server status\r', until: /^\$ simchat-server invite[\s\S]*\nuptime.*\n\$$/v},
				],
			},
		],
	},
];
