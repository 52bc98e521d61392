// Reads the command line with meow, and holds the text of --help.
import process from 'node:process';
import envPaths from 'env-paths';
import meow from 'meow';
import {writeOutput} from '../os/standard-streams.ts';
import {type ServerTask, UsageError, parseServerArguments} from './server-arguments.ts';

const help = `
Usage
  $ simchat-server [--listen HOST:PORT] [--registration invite|open|closed] [--metrics HOST:PORT] [--reflector IP:PORT]
  $ simchat-server invite NAME     a one-time link with which NAME makes an account
  $ simchat-server users           all accounts
  $ simchat-server unlock NAME     lets NAME try again at once after too many wrong passwords
  $ simchat-server reset NAME      a one-time link with which NAME starts over: new password, new key
  $ simchat-server remove NAME     removes the account
  $ simchat-server status          who runs, and what it has done since its start
  $ simchat-server top             the same on the full screen, live: who is online, what happens; q leaves

Options
  --listen        where clients connect, TCP and UDP; all addresses and port 7406 unless given. UDP on the next port, too
  --data          directory of the database and the keys
  --registration  who may make an account: by invite (unless given otherwise), anyone, nobody
  --metrics       serves Prometheus metrics over HTTP
  --reflector     behind NAT: the public address and port from where UDP is forwarded to this server
`;

const flag = {type: 'string'} as const;
const onOff = {type: 'boolean'} as const;

/**
 * The task that this process was started for. --help and --version print and end the process here. `importMeta` is that of server.ts.
 * Throws UsageError and OutputError.
 */
export async function readServerCommandLine(importMeta: ImportMeta): Promise<ServerTask> {
	const cli = read(importMeta);
	// meow names the process after the package: name it after the command again.
	process.title = 'simchat-server';
	const {help: wantsHelp, version, ...flags} = cli.flags;
	if (wantsHelp === true) await printAndLeave(cli.help);
	if (version === true) await printAndLeave(String(cli.pkg.version));
	return parseServerArguments(cli.input, flags, envPaths('simchat-server', {suffix: ''}).data);
}

/** meow's own output is not used: on a full disk it would report success. */
async function printAndLeave(words: string): Promise<never> {
	await writeOutput(`${words}\n`);
	process.exit(0);
}

function read(importMeta: ImportMeta) {
	try {
		return meow(help, {
			importMeta,
			description: 'The directory server of simchat.',
			allowUnknownFlags: true,
			autoHelp: false,
			autoVersion: false,
			flags: {
				help: {...onOff, shortFlag: 'h'},
				version: onOff,
				listen: flag,
				data: flag,
				registration: flag,
				metrics: flag,
				reflector: flag,
			},
		});
	} catch (error) {
		// meow throws when a flag is there twice.
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}
