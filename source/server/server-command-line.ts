// Reads the command line, and answers --help and --version.
import process from 'node:process';
import envPaths from 'env-paths';
import {writeOutput} from '../os/standard-streams.ts';
import {commandHelp, wholeHelp} from '../usage/help-text.ts';
import {FlagTwiceError, readFlags} from '../usage/read-flags.ts';
import {type ServerTask, UsageError, parseServerArguments} from './server-arguments.ts';
import {SERVER_OPTIONS, serverManual} from './server-usage.ts';

/**
 * The task that this process was started for. --help and --version print and end the process here. Throws UsageError and OutputError.
 */
export async function readServerCommandLine(version: string): Promise<ServerTask> {
	const {words, flags: typed} = read(process.argv.slice(2));
	process.title = 'simchat-server';
	const {help: wantsHelp, version: wantsVersion, ...flags} = typed;
	const {data} = envPaths('simchat-server', {suffix: ''});
	const manual = serverManual(data);
	if (wantsHelp === true) await printAndLeave(`\n${commandHelp(manual, words[0] ?? '') ?? wholeHelp(manual)}\n`);
	if (wantsVersion === true) await printAndLeave(version);
	return parseServerArguments(words, flags, data);
}

async function printAndLeave(words: string): Promise<never> {
	await writeOutput(`${words}\n`);
	process.exit(0);
}

function read(args: readonly string[]): ReturnType<typeof readFlags> {
	try {
		return readFlags(args, SERVER_OPTIONS);
	} catch (error) {
		if (!(error instanceof FlagTwiceError)) throw error;
		throw new UsageError(`The flag ${error.flag} can only be set once.`);
	}
}
