// The command line: meow's reading of flags and words, and --help and --version.
import process from 'node:process';
import {defaultProfileFolder} from '../client/facade.ts';
import {commandHelp, wholeHelp} from './help-pages.ts';
import {print} from './streams.ts';
import {type CliTask, parseTask} from './task.ts';
import {EXIT_CODES} from './sysexits.ts';
import {Failure} from './failure.ts';

const text = {type: 'string'} as const;
const onOff = {type: 'boolean'} as const;

/** What this process was started for; --help and --version end it here. `importMeta` is the door's. Throws Failure and OutputError. */
export async function readTask(importMeta: ImportMeta): Promise<CliTask> {
	process.title = 'simchat';
	const words = process.argv.slice(2);
	// Flags are for meow, which takes as long to load as the rest of a command.
	if (!words.some(word => word.startsWith('-'))) return parseTask(words, {}, defaultProfileFolder());
	const {input, flags: all, pkg} = await read(importMeta);
	const {help, version, ...flags} = all;
	const profile = defaultProfileFolder();
	if (help === true) await printAndLeave(`\n${commandHelp(input[0] ?? '', profile) ?? wholeHelp(profile)}\n`);
	if (version === true) await printAndLeave(String(pkg.version));
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
			allowUnknownFlags: true,
			autoHelp: false,
			autoVersion: false,
			flags: {
				help: {...onOff, shortFlag: 'h'},
				version: onOff,
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
				linear: onOff,
				yes: onOff,
				passwordStdin: onOff,
			},
		});
	} catch (error) {
		// meow throws when a flag is there twice.
		throw new Failure(EXIT_CODES.usage, error instanceof Error ? error.message : String(error));
	}
}
