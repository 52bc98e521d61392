// The command line: meow's reading of flags and words, and --help and --version.
import process from 'node:process';
import {defaultProfileFolder} from '../client/facade.ts';
import {commandHelp, wholeHelp} from '../usage/help-text.ts';
import {meowFlags} from '../usage/manual.ts';
import {CLIENT_OPTIONS, clientManual} from './command-table.ts';
import {print} from './streams.ts';
import {type CliTask, parseTask} from './task.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** What this process was started for; --help and --version end it here. `importMeta` is the door's. Throws Failure and OutputError. */
export async function readTask(importMeta: ImportMeta, version: string): Promise<CliTask> {
	process.title = 'simchat';
	const words = process.argv.slice(2);
	// Flags are for meow, which takes as long to load as the rest of a command.
	if (!words.some(word => word.startsWith('-'))) return parseTask(words, {}, defaultProfileFolder());
	const {input, flags: all} = await read(importMeta);
	const {help, version: wantsVersion, ...flags} = all;
	const profile = defaultProfileFolder();
	const manual = clientManual(profile);
	if (help === true) await printAndLeave(`\n${commandHelp(manual, input[0] ?? '') ?? wholeHelp(manual)}\n`);
	if (wantsVersion === true) await printAndLeave(version);
	return parseTask(input, flags, profile);
}

/** Not with meow's own means: they take a full disk for one that has taken it. */
async function printAndLeave(words: string): Promise<never> {
	await print(words);
	process.exit(0);
}

async function read(importMeta: ImportMeta) {
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
