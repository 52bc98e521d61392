// What --help prints: the whole of it, and the page of each command, from the same two tables.
import {type CommandKind, flagsOf} from './task.ts';

type Usage = {readonly form: string; readonly says: string};

/** `of`: the commands that it is for, where not all of them have it. */
type Option = {readonly form: string; readonly of?: string; readonly says: string};

const SCREEN: Usage = {
	form: 'simchat [--linear] [LINK]',
	says: "opens the full-screen client; LINK, from a server's admin, makes an account",
};

/** The bot is the demo's own. */
const COMMANDS: Readonly<Record<Exclude<CommandKind, 'echo-bot'>, Usage>> = {
	'sign-up': {form: 'simchat sign-up LINK --name NAME', says: 'makes an account on the server of LINK'},
	send: {
		form: 'simchat send NAME TEXT…',
		says: 'sends a message; with - for TEXT it is read from standard input',
	},
	tail: {form: 'simchat tail', says: 'prints messages as they come, until Ctrl-C'},
	pipe: {
		form: 'simchat pipe NAME',
		says: 'lines of standard input become messages, those of NAME come out as lines',
	},
	contacts: {form: 'simchat contacts', says: 'all contacts, and what is unread or not delivered yet'},
	doctor: {
		form: 'simchat doctor [NAME]',
		says: 'what was tried to reach server and contacts, and what to do; with NAME it looks for a way there',
	},
	verify: {form: 'simchat verify NAME', says: 'shows the safety number, to be compared with NAME over another way'},
	trust: {form: 'simchat trust NAME', says: 'takes a changed key of NAME'},
	search: {
		form: 'simchat search WORDS…',
		says: 'what was said, newest first; each word is the beginning of one',
	},
	export: {form: 'simchat export', says: 'everything that was said, oldest first'},
	forget: {form: 'simchat forget NAME', says: 'takes a conversation off this disk for good'},
	check: {form: 'simchat check', says: 'reads all of the history, and tells what is damaged'},
	backup: {form: 'simchat backup FOLDER', says: 'copies the profile into a new folder'},
	restore: {form: 'simchat restore FOLDER', says: 'makes a profile of such a copy'},
	whoami: {form: 'simchat whoami', says: 'the account of this profile'},
	demo: {
		form: 'simchat demo',
		says: 'a server, a bot and you on this machine; without a terminal one talk, and what was measured',
	},
};

/** By flag, as meow names them. */
function optionsFor(profile: string): Readonly<Record<string, Option>> {
	return {
		profile: {form: '--profile DIR', says: `where account and messages are kept; ${profile} unless given`},
		name: {form: '--name NAME', of: 'sign-up', says: 'of the account'},
		port: {
			form: '--port NUMBER',
			says: 'the UDP port of this profile from now on, for a router that is told of it by hand',
		},
		passwordStdin: {form: '--password-stdin', says: 'the first line of standard input is the password'},
		wait: {
			form: '--wait SECONDS',
			of: '--linear, send, pipe, doctor',
			says: 'how long to wait until a message is delivered, or a way is found; 10 unless given',
		},
		with: {form: '--with NAME', of: 'search, export', says: 'what was said with NAME alone'},
		limit: {form: '--limit NUMBER', of: 'search', says: 'how many messages at most; 50 unless given'},
		text: {form: '--text', of: 'export', says: 'lines to read, not JSON'},
		out: {
			form: '--out FILE',
			of: 'export',
			says: 'into FILE, readable by you alone',
		},
		force: {form: '--force', of: 'export', says: 'replaces FILE when it is there'},
		linear: {
			form: '--linear',
			says: 'the client in lines, for screen readers and plain terminals; used by itself where TERM is unset or dumb',
		},
		json: {
			form: '--json',
			of: 'tail, contacts, doctor, search',
			says: 'one JSON object a line; times are ms since 1970',
		},
		yes: {form: '--yes', of: 'verify, trust, forget', says: 'do not ask: the numbers have been compared; it is to go'},
	};
}

const PASSWORD = 'The password is asked for on the terminal, or taken from SIMCHAT_PASSWORD.';
const BESIDE =
	'Commands work while the screen or another command has the profile open, too: that one does them; sign-up, backup, restore and a second screen do not.';

const EXITS = `Exit codes
  0 done: a sent message is on its receiver's disk   75 not yet: it is kept, and goes out when simchat runs again; doctor: no way now
  64 wrong usage   65 bad input   67 no such user or account   69 not possible   73 cannot create   74 disk error
  77 wrong password or no permission   78 damaged files`;

/** All commands and options. `profile`: the folder that is used unless another is given. */
export function wholeHelp(profile: string): string {
	const usages = [SCREEN, ...Object.values(COMMANDS)];
	const options = Object.values(optionsFor(profile));
	const width = Math.max(...usages.map(({form}) => form.length));
	return [
		'Usage',
		...usages.map(({form, says}) => `  $ ${form.padEnd(width)}  ${says}`),
		'',
		'Options',
		...optionLines(
			options.map(option => ({...option, says: option.of ? `${option.of}: ${option.says}` : option.says})),
		),
		'',
		`${PASSWORD} simchat COMMAND --help prints the page of a command.`,
		BESIDE,
		'',
		EXITS,
	].join('\n');
}

/** The page of one command; undefined when there is no such command. */
export function commandHelp(word: string, profile: string): string | undefined {
	if (!Object.hasOwn(COMMANDS, word)) return undefined;
	const kind = word as keyof typeof COMMANDS;
	const {form, says} = COMMANDS[kind];
	const flags = new Set(['profile', ...flagsOf(kind)]);
	const options = Object.entries(optionsFor(profile)).flatMap(([flag, option]) => (flags.has(flag) ? [option] : []));
	const password = flags.has('passwordStdin') ? [PASSWORD, ''] : [];
	return ['Usage', `  $ ${form}`, '', `  ${says}`, '', 'Options', ...optionLines(options), '', ...password, EXITS].join(
		'\n',
	);
}

function optionLines(options: readonly Option[]): string[] {
	const width = Math.max(...options.map(({form}) => form.length));
	return options.map(({form, says}) => `  ${form.padEnd(width)}  ${says}`);
}
