// The command line, in the language of who typed it: meow's reading of flags and words, and --help and --version.
import process from 'node:process';
import {isUtf8Locale} from '../os/locale.ts';
import {commandHelp, wholeHelp} from '../usage/help-text.ts';
import {meowFlags} from '../usage/manual.ts';
import {CLIENT_OPTIONS, clientManual} from './command-table.ts';
import {print} from './streams.ts';
import type {CliTask} from './task.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {catalogue, languageOf, speak} from '../catalogue/catalogue.ts';

/** What this process was started for; --help and --version end it here. `importMeta` is the door's. Throws Failure and OutputError. */
export async function readTask(importMeta: ImportMeta, ownVersion: string): Promise<CliTask> {
	process.title = 'simchat';
	await speak(languageOf(process.env, isUtf8Locale(process.env)));
	const words = process.argv.slice(2);
	// Flags are for meow, which takes as long to load as the rest of a command.
	const {input, flags} = words.some(word => word.startsWith('-')) ? await read(importMeta) : {input: words, flags: {}};
	const {help, version, ...others} = flags;
	// The version is told without the client, which tells where the profile is.
	if (version === true && help !== true) await printAndLeave(ownVersion);
	const {defaultProfileFolder} = await import('../client/facade.ts');
	const profile = defaultProfileFolder();
	if (help === true) {
		const manual = clientManual(profile);
		await printAndLeave(`\n${commandHelp(manual, input[0] ?? '') ?? wholeHelp(manual)}\n`);
	}

	const {parseTask} = await import('./task.ts');
	return parseTask(input, others, profile);
}

/** Not with meow's own means: they take a full disk for one that has taken it. */
async function printAndLeave(words: string): Promise<never> {
	await print(words);
	process.exit(0);
}

async function read(importMeta: ImportMeta): Promise<{input: string[]; flags: Record<string, unknown>}> {
	const {default: meow} = await import('meow');
	try {
		return meow('', {
			importMeta,
			// The single file has no package.json to be looked for.
			pkg: {},
			allowUnknownFlags: true,
			autoHelp: false,
			autoVersion: false,
			flags: meowFlags(CLIENT_OPTIONS),
		});
	} catch (error) {
		// meow throws when a flag is there twice.
		const words = error instanceof Error ? error.message : String(error);
		const [flag] = /--[\w-]+/.exec(words) ?? [];
		throw new Failure(EXIT_CODES.usage, flag === undefined ? words : catalogue.commandLine.flagTwice(flag));
	}
}
