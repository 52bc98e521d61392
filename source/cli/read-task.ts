// The command line: what --help says, and meow's reading of flags and words.
import process from 'node:process';
import {defaultProfileFolder} from '../client/facade.ts';
import {print} from './streams.ts';
import {type CliTask, parseTask} from './task.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';

const help = `
Usage
  $ simchat [LINK]                     opens the full-screen client; LINK, from a server's admin, makes an account
  $ simchat sign-up LINK --name NAME   makes an account on the server of LINK
  $ simchat send NAME TEXT…            sends a message; with - for TEXT it is read from standard input
  $ simchat tail                       prints messages as they come, until Ctrl-C
  $ simchat pipe NAME                  lines of standard input become messages, those of NAME come out as lines
  $ simchat contacts                   all contacts, and what is unread or not delivered yet
  $ simchat doctor [NAME]              what was tried to reach server and contacts, and what to do; with NAME it looks for a way there
  $ simchat verify NAME                shows the safety number, to be compared with NAME over another way
  $ simchat trust NAME                 takes a changed key of NAME
  $ simchat search WORDS…              what was said, newest first; each word is the beginning of one
  $ simchat export                     everything that was said, oldest first
  $ simchat forget NAME                takes a conversation off this disk for good
  $ simchat check                      reads all of the history, and tells what is damaged
  $ simchat backup FOLDER              copies the profile into a new folder
  $ simchat restore FOLDER             makes a profile of such a copy
  $ simchat whoami                     the account of this profile
  $ simchat demo                       a server, a bot and you on this machine; without a terminal one talk, and what was measured

Options
  --profile DIR     where account and messages are kept; ${defaultProfileFolder()} unless given
  --port NUMBER     the UDP port of this profile from now on, for a router that is told of it by hand
  --password-stdin  the first line of standard input is the password
  --wait SECONDS    send, pipe, doctor: how long to wait until a message is delivered, or a way is found; 10 unless given
  --with NAME       search, export: what was said with NAME alone
  --limit NUMBER    search: how many messages at most; 50 unless given
  --text            export: lines to read, not JSON
  --out FILE        export: into FILE, readable by you alone; --force replaces one that is there
  --json            tail, contacts, doctor, search: one JSON object a line; times are ms since 1970
  --yes             verify, trust: the numbers have been compared, do not ask; forget: do not ask

The password is asked for on the terminal, or taken from SIMCHAT_PASSWORD. Commands work while the screen or another command
has the profile open, too: that one does them; sign-up, backup, restore and a second screen do not.

Exit codes
  0 done: a sent message is on its receiver's disk   75 not yet: it is kept, and goes out when simchat runs again; doctor: no way now
  64 wrong usage   65 bad input   67 no such user or account   69 not possible   73 cannot create   74 disk error
  77 wrong password or no permission   78 damaged files
`;

const text = {type: 'string'} as const;
const onOff = {type: 'boolean'} as const;

/** What this process was started for; --help and --version end it here. `importMeta` is the door's. Throws Failure and OutputError. */
export async function readTask(importMeta: ImportMeta): Promise<CliTask> {
	process.title = 'simchat';
	const words = process.argv.slice(2);
	// Flags are for meow, which takes as long to load as the rest of a command.
	if (!words.some(word => word.startsWith('-'))) return parseTask(words, {}, defaultProfileFolder());
	const cli = await read(importMeta);
	if (cli.flags['help'] === true) await printAndLeave(cli.help);
	if (cli.flags['version'] === true) await printAndLeave(String(cli.pkg.version));
	return parseTask(cli.input, cli.flags, defaultProfileFolder());
}

/** Not with meow's own means: they take a full disk for one that has taken it. */
async function printAndLeave(words: string): Promise<never> {
	await print(words);
	process.exit(0);
}

async function read(importMeta: ImportMeta) {
	const {default: meow} = await import('meow');
	try {
		return meow(help, {
			importMeta,
			description: 'Private talk in a terminal.',
			allowUnknownFlags: true,
			autoHelp: false,
			autoVersion: false,
			flags: {
				profile: text,
				name: text,
				port: text,
				wait: text,
				with: text,
				limit: text,
				out: text,
				text: onOff,
				force: onOff,
				json: onOff,
				yes: onOff,
				passwordStdin: onOff,
			},
		});
	} catch (error) {
		// meow throws when a flag is there twice.
		throw new Failure(EXIT_CODES.usage, error instanceof Error ? error.message : String(error));
	}
}
