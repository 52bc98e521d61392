// The client's door: reads the command line and hands over to source/cli/.
import process from 'node:process';
import {readCommandLine} from './source/cli/command-line.ts';
import {complain} from './source/cli/output.ts';
import {explain} from './source/cli/report.ts';
import {run} from './source/cli/run.ts';

try {
	await run(readCommandLine(import.meta), import.meta.filename);
} catch (error) {
	const {words, exitCode} = explain(error);
	process.exitCode = exitCode;
	complain(words);
}
