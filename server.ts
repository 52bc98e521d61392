// The directory server's door: reads the command line and hands over to source/server/.
import process from 'node:process';
import {readCommandLine} from './source/server/command-line.ts';
import {EXIT, exitCodeOf} from './source/server/exit-codes.ts';
import {manage} from './source/server/manage.ts';
import {serve} from './source/server/serve.ts';

try {
	const task = readCommandLine(import.meta);
	if (task.kind === 'serve') {
		await serve(task.options);
	} else {
		const {text, exitCode} = await manage(task.data, task.request, Date.now());
		process.exitCode = exitCode;
		process[exitCode === 0 ? 'stdout' : 'stderr'].write(`${text}\n`);
	}
} catch (error) {
	process.exitCode = exitCodeOf(error);
	process.stderr.write(`simchat-server: ${error instanceof Error ? error.message : String(error)}\n`);
	if (process.exitCode === EXIT.usage) process.stderr.write('See: simchat-server --help\n');
}
