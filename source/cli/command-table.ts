// The commands and options of simchat: what the command line is read by, and what help, man page and completions are made from.
import {
	COMMON_OPTIONS,
	type CommandUsage,
	type Manual,
	type Meaning,
	type OptionUsage,
	type WordUsage,
} from '../usage/manual.ts';
import {SHELLS} from '../usage/shell-completion.ts';

const NAME: WordUsage = {name: 'NAME'};
const FOLDER: WordUsage = {name: 'FOLDER', kind: 'folder'};
const LINK: WordUsage = {name: 'LINK'};
const SIGNS_IN = ['port', 'passwordStdin'];

/** The full screen: without a command. */
export const SCREEN: CommandUsage = {
	takes: [{...LINK, isOptional: true}],
	flags: ['linear', 'port'],
	says: "opens the full-screen client; LINK, from a server's admin, makes an account",
};

/** The same in lines. */
export const LINEAR: CommandUsage = {...SCREEN, flags: ['linear', 'wait', ...SIGNS_IN]};

/** What one types. */
const TYPED_COMMANDS = {
	'sign-up': {
		takes: [LINK],
		flags: ['name', ...SIGNS_IN],
		says: 'makes an account on the server of LINK; an invite in it brings its name',
	},
	send: {
		takes: [NAME, {name: 'TEXT', isMany: true}],
		flags: ['wait', ...SIGNS_IN],
		says: 'sends a message; with - for TEXT it is read from standard input',
	},
	tail: {takes: [], flags: ['json', ...SIGNS_IN], says: 'prints messages as they come, until Ctrl-C'},
	pipe: {
		takes: [NAME],
		flags: ['wait', ...SIGNS_IN],
		says: 'lines of standard input become messages, those of NAME come out as lines',
	},
	contacts: {
		takes: [],
		flags: ['json', ...SIGNS_IN],
		says: 'all contacts, and what is unread or not delivered yet',
	},
	doctor: {
		takes: [{...NAME, isOptional: true}],
		flags: ['json', 'wait', ...SIGNS_IN],
		says: 'what was tried to reach server and contacts, and what to do; with NAME it looks for a way there',
	},
	verify: {
		takes: [NAME],
		flags: ['yes', ...SIGNS_IN],
		says: 'shows the safety number, to be compared with NAME over another way',
	},
	trust: {takes: [NAME], flags: ['yes', ...SIGNS_IN], says: 'takes a changed key of NAME'},
	search: {
		takes: [{name: 'WORDS', isMany: true}],
		flags: ['with', 'json', 'limit', 'passwordStdin'],
		says: 'what was said, newest first; each word is the beginning of one',
	},
	export: {
		takes: [],
		flags: ['with', 'text', 'out', 'force', 'passwordStdin'],
		says: 'everything that was said, oldest first',
	},
	forget: {takes: [NAME], flags: ['yes', 'passwordStdin'], says: 'takes a conversation off this disk for good'},
	check: {takes: [], flags: ['passwordStdin'], says: 'reads all of the history, and tells what is damaged'},
	backup: {takes: [FOLDER], flags: [], says: 'copies the profile into a new folder'},
	restore: {takes: [FOLDER], flags: ['passwordStdin'], says: 'makes a profile of such a copy'},
	whoami: {takes: [], flags: [], says: 'the account of this profile'},
	demo: {
		takes: [],
		flags: [],
		says: 'a server, a bot and you on this machine; without a terminal one talk, and what was measured',
	},
	completion: {
		takes: [{name: 'SHELL', kind: SHELLS}],
		flags: [],
		says: `prints what completes these commands in ${SHELLS.slice(0, -1).join(', ')} or ${SHELLS.at(-1)}`,
	},
} as const satisfies Readonly<Record<string, CommandUsage>>;

/** Of the demo: signs up and answers every message with itself. */
const ECHO_BOT: CommandUsage = {takes: [LINK], flags: ['name'], says: 'the bot of the demo'};

export type CommandKind = keyof typeof TYPED_COMMANDS | 'echo-bot';
const COMMANDS: Readonly<Record<CommandKind, CommandUsage>> = {...TYPED_COMMANDS, 'echo-bot': ECHO_BOT};
export const COMMAND_WORDS = Object.keys(TYPED_COMMANDS).join(', ');

/** By flag, as meow names them. */
export const CLIENT_OPTIONS = {
	profile: {value: 'DIR', kind: 'folder', says: 'where account and messages are kept'},
	name: {value: 'NAME', says: 'of the account'},
	port: {
		value: 'NUMBER',
		says: 'the UDP port of this profile from now on, for a router that is told of it by hand',
	},
	passwordStdin: {
		says: 'the first line of standard input is the password; else it is asked for on the terminal, or taken from SIMCHAT_PASSWORD',
	},
	wait: {
		value: 'SECONDS',
		says: 'how long to wait until a message is delivered, or a way is found; 10 unless given',
	},
	with: {value: 'NAME', says: 'what was said with NAME alone'},
	limit: {value: 'NUMBER', says: 'how many messages at most; 50 unless given'},
	linear: {
		says: 'the client in lines, for screen readers and plain terminals; used by itself where TERM is unset or dumb',
	},
	text: {says: 'lines to read, not JSON'},
	out: {value: 'FILE', kind: 'file', says: 'into FILE, readable by you alone'},
	force: {says: 'replaces FILE when it is there'},
	json: {says: 'one JSON object a line; times are ms since 1970'},
	yes: {says: 'do not ask: the numbers have been compared; it is to go'},
	...COMMON_OPTIONS,
} as const satisfies Readonly<Record<string, OptionUsage>>;

const EXITS: readonly Meaning[] = [
	['0', "done: a sent message is on its receiver's disk"],
	['64', 'wrong usage'],
	['65', 'bad input'],
	['67', 'no such user or account'],
	['69', 'not possible now'],
	['73', 'cannot create'],
	['74', 'a disk, or whoever reads the output, takes nothing more'],
	['75', 'not yet: it is kept, and goes out when simchat runs again; doctor: no way now'],
	['77', 'wrong password or no permission'],
	['78', 'damaged files'],
];

/** What a command takes; undefined when there is none of this name. */
export function commandUsage(word: string): CommandUsage | undefined {
	return Object.hasOwn(COMMANDS, word) ? COMMANDS[word as CommandKind] : undefined;
}

/** `profile`: the folder that is used unless another is given. */
export function clientManual(profile: string): Manual {
	const {profile: folder, ...options} = CLIENT_OPTIONS;
	return {
		program: 'simchat',
		says: 'private talk in a terminal, encrypted from end to end',
		alone: LINEAR,
		commands: TYPED_COMMANDS,
		options: {profile: {...folder, says: `${folder.says}; ${profile} unless given`}, ...options},
		general: ['profile', ...Object.keys(COMMON_OPTIONS)],
		notes: [
			'Commands work while the screen or another command has the profile open, too: that one does them; sign-up, backup, restore and a second screen do not.',
		],
		exits: EXITS,
		environment: [
			['SIMCHAT_PASSWORD', 'the password, for scripts'],
			[
				'SIMCHAT_TRACE',
				'a file for a line of JSON for each datagram that is dropped, and each error that nobody was told of',
			],
			['NO_COLOR', 'when it is set, the screen has no colours'],
			['XDG_DATA_HOME', 'where the folder of the profile is, unless it is ~/.local/share'],
		],
		files: [
			['vault', 'in the folder of the profile: your identity key and your contacts’ keys, sealed under your password'],
			['history.db', 'beside it: messages and contacts, encrypted as a whole'],
			['settings.json', 'beside it, in clear: your name, the server with its key, and how you want the screen'],
		],
		seeAlso: ['simchat-server(1)'],
	};
}
