// Runs the server as a process: writes the log, and shuts down on a signal.
import process from 'node:process';
import {createLog} from './log.ts';
import {type ServerOptions, startServer} from './start-server.ts';

/** Runs until SIGTERM or SIGINT; then it stops in order, which takes as long as `drain` says. A second signal ends the process at once. */
export async function serve(options: ServerOptions): Promise<void> {
	const log = createLog();
	const server = await startServer({...options, emit: log.emit});
	await new Promise<void>(resolve => {
		for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
	});
	for (const [signal, code] of [
		['SIGTERM', 143],
		['SIGINT', 130],
	] as const)
		process.once(signal, () => process.exit(code));
	await server.drain();
	await server.close();
	log.close();
}
