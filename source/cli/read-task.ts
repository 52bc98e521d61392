// The command line, in the language of who typed it: its flags and words, and --help and --version.
import process from 'node:process';
import {isUtf8Locale} from '../os/locale.ts';
import {commandHelp, wholeHelp} from '../usage/help-text.ts';
import {FlagTwiceError, readFlags} from '../usage/read-flags.ts';
import {CLIENT_OPTIONS, clientManual} from './command-table.ts';
import {print} from './streams.ts';
import type {CliTask} from './task.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {catalogue, languageOf, speak} from '../catalogue/catalogue.ts';

/** What this process was started for; --help and --version end it here. Throws Failure and OutputError. */
export async function readTask(ownVersion: string): Promise<CliTask> {
	process.title = 'simchat';
	await speak(languageOf(process.env, isUtf8Locale(process.env)));
	const {words, flags} = read(process.argv.slice(2));
	const {help, version, ...others} = flags;
	// The version is told without the client, which tells where the profile is.
	if (version === true && help !== true) await printAndLeave(ownVersion);
	const {defaultProfileFolder} = await import('../client/facade.ts');
	const profile = defaultProfileFolder();
	if (help === true) {
		const manual = clientManual(profile);
		await printAndLeave(`\n${commandHelp(manual, words[0] ?? '') ?? wholeHelp(manual)}\n`);
	}

	const {parseTask} = await import('./task.ts');
	return parseTask(words, others, profile);
}

async function printAndLeave(words: string): Promise<never> {
	await print(words);
	process.exit(0);
}

function read(args: readonly string[]): ReturnType<typeof readFlags> {
	try {
		return readFlags(args, CLIENT_OPTIONS);
	} catch (error) {
		if (!(error instanceof FlagTwiceError)) throw error;
		throw new Failure(EXIT_CODES.usage, catalogue.commandLine.flagTwice(error.flag));
	}
}
