// The client's door: shows a skeleton where the full screen comes, loads what reads the command line and does what it says.
import {flushCompileCache} from 'node:module';
import process from 'node:process';
import {STDIN, STDOUT, skeleton} from './source/cli/early-skeleton.ts';
import type {OpenLinear, OpenScreen} from './source/cli/with-client.ts';
import {canPlaceText} from './source/os/terminfo.ts';

/** The first frame is drawn by then, ms. */
const SETTLED_MS = 1000;
// What knows terminals takes two ms to load, and is asked behind the skeleton.
const {isatty} = await import('node:tty');
const isTerminal = isatty(STDIN) && isatty(STDOUT);
if (!isTerminal) skeleton.hide();
const hasScreen = isTerminal && canPlaceText(process.env);

/** Loaded when it is wanted: the commands for scripts start without it. */
const openScreen: OpenScreen = async options => {
	const {runScreen} = await import('./source/ui/run-screen.tsx');
	skeleton.handOver();
	const {stdin, stdout, env} = process;
	// Kept now, since a long talk makes Node forget what it has compiled for the start.
	setTimeout(flushCompileCache, SETTLED_MS).unref();
	await runScreen({...options, stdin, stdout, env});
};

const openLinear: OpenLinear = async options => {
	const {runLinear} = await import('./source/linear/run-linear.ts');
	const {stdin, stdout, env} = process;
	await runLinear({...options, stdin, stdout, env});
};

try {
	const {default: project} = await import('./package.json', {with: {type: 'json'}});
	const {useCompiled} = await import('./source/os/compiled-program.ts');
	useCompiled(project.version);
	const {readTask} = await import('./source/cli/read-task.ts');
	const task = await readTask(import.meta, project.version);
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
