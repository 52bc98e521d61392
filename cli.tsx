// The client's door: shows a skeleton where the full screen comes, loads what reads the command line and does what it says.
import {writeSync} from 'node:fs';
import process from 'node:process';
import {isatty} from 'node:tty';
import project from './package.json' with {type: 'json'};
import type {OpenScreen} from './source/cli/with-client.ts';
import {Skeleton, isDumb, wantsScreen} from './source/cli/skeleton.ts';

// By their numbers: to make streams of them takes longer than all else before the skeleton.
const [STDIN, STDOUT] = [0, 1];
const isTerminal = isatty(STDIN) && isatty(STDOUT) && !isDumb(process.env);
const skeleton = new Skeleton(text => writeSync(STDOUT, text));
if (isTerminal && wantsScreen(process.argv.slice(2))) skeleton.show();

/** Loaded when it is wanted: the commands for scripts start without it. */
const openScreen: OpenScreen = async options => {
	const {runScreen} = await import('./source/ui/run-screen.tsx');
	skeleton.handOver();
	const {stdin, stdout, env} = process;
	await runScreen({...options, stdin, stdout, env});
};

try {
	const {readTask} = await import('./source/cli/read-task.ts');
	const {run} = await import('./source/cli/run.ts');
	await run(await readTask(import.meta, project.version), import.meta.filename, isTerminal ? openScreen : undefined);
} catch (error) {
	skeleton.hide();
	const {explain} = await import('./source/cli/report.ts');
	const {complain} = await import('./source/cli/streams.ts');
	const {words, exitCode} = explain(error);
	process.exitCode = exitCode;
	complain(words);
}
