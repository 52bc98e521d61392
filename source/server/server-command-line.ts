// Reads the command line with meow, and answers --help and --version.
import process from 'node:process';
import envPaths from 'env-paths';
import meow from 'meow';
import {writeOutput} from '../os/standard-streams.ts';
import {commandHelp, wholeHelp} from '../usage/help-text.ts';
import {meowFlags} from '../usage/manual.ts';
import {type ServerTask, UsageError, parseServerArguments} from './server-arguments.ts';
import {SERVER_OPTIONS, serverManual} from './server-usage.ts';

/**
 * The task that this process was started for. --help and --version print and end the process here. `importMeta` is that of server.ts.
 * Throws UsageError and OutputError.
 */
export async function readServerCommandLine(importMeta: ImportMeta, version: string): Promise<ServerTask> {
	const cli = read(importMeta);
	// meow names the process after the package: name it after the command again.
	process.title = 'simchat-server';
	const {help: wantsHelp, version: wantsVersion, ...flags} = cli.flags;
	const {data} = envPaths('simchat-server', {suffix: ''});
	const manual = serverManual(data);
	if (wantsHelp === true) await printAndLeave(`\n${commandHelp(manual, cli.input[0] ?? '') ?? wholeHelp(manual)}\n`);
	if (wantsVersion === true) await printAndLeave(version);
	return parseServerArguments(cli.input, flags, data);
}

/** meow's own output is not used: on a full disk it would report success. */
async function printAndLeave(words: string): Promise<never> {
	await writeOutput(`${words}\n`);
	process.exit(0);
}

function read(importMeta: ImportMeta) {
	try {
		return meow('', {
			importMeta,
			// The single file has no package.json to be looked for.
			pkg: {},
			allowUnknownFlags: true,
			autoHelp: false,
			autoVersion: false,
			flags: meowFlags(SERVER_OPTIONS),
		});
	} catch (error) {
		// meow throws when a flag is there twice.
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}
