// The client's door: reads the command line and hands over to source/cli/, with the screen of source/ui/ to show.
import process from 'node:process';
import {readCommandLine} from './source/cli/command-line.ts';
import {complain} from './source/cli/output.ts';
import {explain} from './source/cli/report.ts';
import {run} from './source/cli/run.ts';
import {type OpenScreen} from './source/cli/signed-in.ts';

const {stdin, stdout} = process;
const isTerminal = stdin.isTTY && stdout.isTTY;

/** Loaded when it is wanted: the commands for scripts start without it. */
const openScreen: OpenScreen = async options => {
	const {runScreen} = await import('./source/ui/start.tsx');
	await runScreen({...options, stdin, stdout, env: process.env});
};

try {
	await run(readCommandLine(import.meta), import.meta.filename, isTerminal ? openScreen : undefined);
} catch (error) {
	const {words, exitCode} = explain(error);
	process.exitCode = exitCode;
	complain(words);
}
