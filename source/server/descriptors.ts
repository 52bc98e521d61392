// Counts file descriptors. When none is left, Node refuses new connections and reports nothing, so the server must check itself.
import {closeSync, openSync, readFileSync, readdirSync} from 'node:fs';
import {devNull} from 'node:os';

/** Descriptors kept for all but clients: the database, subcommands, metrics, and connections that are closing. */
const RESERVE = 16;

/** How many clients there are descriptors for, at least 1; infinite where the system does not tell. */
export function roomForClients(): number {
	try {
		const [, limit] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
		if (limit === undefined) return Number.POSITIVE_INFINITY;
		return Math.max(1, Number(limit) - readdirSync('/proc/self/fd').length - RESERVE);
	} catch {
		return Number.POSITIVE_INFINITY;
	}
}

/** Throws an error with advice when no descriptor is left, in this process or on the whole machine. */
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
