// Tells systemd how this process is (sd_notify(3)). Node has no datagram sockets of Unix, so systemd's own program does it, which waits until
// systemd has heard (its BARRIER); the unit has to allow that with NotifyAccess=all. Without systemd nothing is told.
import {execFile} from 'node:child_process';
import process from 'node:process';

const PROGRAM = 'systemd-notify';

export class ServiceManager {
	readonly #socket: string | undefined;
	/** How often it wants to hear that all is well, ms; undefined when it does not. */
	readonly watchdogMs: number | undefined;
	readonly #complain: (why: string) => void;
	#last: Promise<void> = Promise.resolve();
	#hasComplained = false;

	/** Takes what systemd has put into the environment out of it, so that no child speaks for this process. `complain` is told once why it cannot be told. */
	constructor(env: Record<string, string | undefined>, complain: (why: string) => void) {
		this.#socket = env['NOTIFY_SOCKET'];
		this.#complain = complain;
		const [period, pid] = [Number(env['WATCHDOG_USEC']), env['WATCHDOG_PID']];
		// The launcher of the installed program is the parent where it brings its own Node.
		const isMeant = pid === undefined || [process.pid, process.ppid].includes(Number(pid));
		this.watchdogMs = this.#socket !== undefined && period > 0 && isMeant ? period / 1000 : undefined;
		for (const variable of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) delete env[variable];
	}

	/** Tells it these, as `READY=1`, behind what it was told before. Resolves when it was told, or cannot be. */
	async tell(...assignments: readonly string[]): Promise<void> {
		const socket = this.#socket;
		if (socket === undefined) return;
		this.#last = this.#last.then(async () => this.#notify(socket, assignments));
		await this.#last;
	}

	async #notify(socket: string, assignments: readonly string[]): Promise<void> {
		return new Promise(resolve => {
			const env = {...process.env, NOTIFY_SOCKET: socket};
			execFile(PROGRAM, assignments, {env, timeout: 10_000}, error => {
				if (error !== null && !this.#hasComplained) {
					this.#hasComplained = true;
					this.#complain(error.code === undefined ? PROGRAM : String(error.code));
				}

				resolve();
			});
		});
	}
}
