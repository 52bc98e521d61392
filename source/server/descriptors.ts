// How many descriptors the process may have, and whether there is one left: a connection that finds none is refused by the runtime,
// and nobody hears of it.
import {closeSync, openSync, readFileSync, readdirSync} from 'node:fs';
import {devNull} from 'node:os';

/** Kept for everything but clients: the database, the subcommands, metrics, and connections on their way out. */
const RESERVE = 16;

/** How many clients there are descriptors for from now on, at least one; no bound where the system does not tell. */
export function roomForClients(): number {
	try {
		const [, limit] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
		if (limit === undefined) return Number.POSITIVE_INFINITY;
		return Math.max(1, Number(limit) - readdirSync('/proc/self/fd').length - RESERVE);
	} catch {
		return Number.POSITIVE_INFINITY;
	}
}

/** Throws in words when not a single one is left, in this process or on the whole machine. */
export function requireDescriptor(): void {
	try {
		closeSync(openSync(devNull, 'r'));
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
		throw new Error(`no descriptor is left (${code}), new clients are turned away: raise LimitNOFILE, or ulimit -n`, {
			cause: error,
		});
	}
}
