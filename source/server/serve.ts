// Runs the server as a process: writes the log, tells systemd how it is, and shuts down on a signal.
import process from 'node:process';
import {ServiceManager} from '../os/service-manager.ts';
import {createLog} from './log.ts';
import {type ServerOptions, startServer} from './start-server.ts';

/** Runs until SIGTERM or SIGINT; then it stops in order, which takes as long as `drain` says. A second signal ends the process at once. */
export async function serve(options: ServerOptions): Promise<void> {
	const log = createLog();
	const manager = new ServiceManager(process.env, why =>
		log.emit({kind: 'failed', error: new Error(`systemd cannot be told how it is (systemd-notify: ${why})`)}),
	);
	const server = await startServer({...options, emit: log.emit});
	const asked = new Promise<void>(resolve => {
		for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
	});
	void manager.tell('READY=1');
	await asked;
	for (const [signal, code] of [
		['SIGTERM', 143],
		['SIGINT', 130],
	] as const)
		process.once(signal, () => process.exit(code));
	void manager.tell('STOPPING=1');
	await server.drain();
	await server.close();
	log.close();
}
