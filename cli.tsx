// The client's door: shows a skeleton where the full screen comes, loads what reads the command line and does what it says.
import {writeSync} from 'node:fs';
import process from 'node:process';
import {isatty} from 'node:tty';
import type {OpenLinear, OpenScreen} from './source/cli/with-client.ts';
import {Skeleton, wantsScreen} from './source/cli/skeleton.ts';
import {canPlaceText} from './source/os/terminfo.ts';

// By their numbers: to make streams of them takes longer than all else before the skeleton.
const [STDIN, STDOUT] = [0, 1];
const isTerminal = isatty(STDIN) && isatty(STDOUT);
const hasScreen = isTerminal && canPlaceText(process.env);
const skeleton = new Skeleton(text => writeSync(STDOUT, text));
if (hasScreen && wantsScreen(process.argv.slice(2))) skeleton.show();

/** Loaded when it is wanted: the commands for scripts start without it. */
const openScreen: OpenScreen = async options => {
	const {runScreen} = await import('./source/ui/run-screen.tsx');
	skeleton.handOver();
	const {stdin, stdout, env} = process;
	await runScreen({...options, stdin, stdout, env});
};

const openLinear: OpenLinear = async options => {
	const {runLinear} = await import('./source/linear/run-linear.ts');
	const {stdin, stdout, env} = process;
	await runLinear({...options, stdin, stdout, env});
};

try {
	const {useCompiled} = await import('./source/os/compiled-program.ts');
	useCompiled();
	const {readTask} = await import('./source/cli/read-task.ts');
	const task = await readTask(import.meta);
	const {run} = await import('./source/cli/run.ts');
	await run(task, import.meta.filename, {isTerminal, openScreen: hasScreen ? openScreen : undefined, openLinear});
} catch (error) {
	skeleton.hide();
	const {explain} = await import('./source/cli/report.ts');
	const {complain} = await import('./source/cli/streams.ts');
	const {words, exitCode} = explain(error);
	process.exitCode = exitCode;
	complain(words);
}
