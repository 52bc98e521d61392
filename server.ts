// The entry point of the directory server: reads the command line and starts source/server/, or source/top/ for the live view.
import process from 'node:process';
import project from './package.json' with {type: 'json'};
import {writeError, writeOutput} from './source/os/standard-streams.ts';
import {UsageError} from './source/server/server-arguments.ts';
import {readServerCommandLine} from './source/server/server-command-line.ts';
import {SERVER_EXIT, exitCodeOf} from './source/server/server-exit-codes.ts';
import {type Outcome, manage} from './source/server/manage.ts';
import {moveStore} from './source/server/moving.ts';
import {serve} from './source/server/serve.ts';

try {
	const task = await readServerCommandLine(import.meta, project.version);
	if (task.kind === 'serve') await serve(task.options);
	else if (task.kind === 'top') await watch(task.data);
	else if (task.kind === 'move') await say(await moveStore(task.command, task.file, task.place));
	else await say(await manage(task.place, task.request));
} catch (error) {
	process.exitCode = exitCodeOf(error);
	writeError(`simchat-server: ${error instanceof Error ? error.message : String(error)}\n`);
	if (process.exitCode === SERVER_EXIT.usage) writeError('See: simchat-server --help\n');
}

async function say({text, exitCode, note}: Outcome): Promise<void> {
	process.exitCode = exitCode;
	if (exitCode !== 0) return writeError(`${text}\n`);
	if (text !== '') await writeOutput(`${text}\n`);
	if (note !== undefined) writeError(`${note}\n`);
}

/** Loads the view only when it is needed, so that the server starts without it. */
async function watch(data: string): Promise<void> {
	const {stdin, stdout, env} = process;
	if (!stdin.isTTY || !stdout.isTTY || env['TERM'] === 'dumb') {
		throw new UsageError(
			'top needs a terminal for input and output that can put text in its place (TERM is not dumb); without one use: simchat-server status',
		);
	}

	const status = await manage({data}, {command: 'status', name: ''});
	if (status.exitCode !== 0) return say(status);
	const {runTop} = await import('./source/top/run-top.tsx');
	await runTop({data, stdin, stdout, env});
}
