// Writes to the standard streams. A write has succeeded only when the system has taken all of it.
import {Buffer} from 'node:buffer';
import {fstatSync, writeSync} from 'node:fs';
import process from 'node:process';
import {isatty} from 'node:tty';
import {catalogue} from '../catalogue/catalogue.ts';

const STDOUT = 1;

/** Standard output cannot be written. The message says what to do. */
export class OutputError extends Error {
	override readonly name = 'OutputError';

	constructor(cause: unknown) {
		const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
		const advice =
			code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' ? catalogue.output.nobodyReads : catalogue.output.makeRoom;
		super(catalogue.output.cannotWrite(code, advice), {cause});
	}
}

/** Resolves once the system has taken all of `text`. Rejects with OutputError. */
export async function writeOutput(text: string): Promise<void> {
	try {
		await (isStream() ? writeToStream(text) : writeToFile(text));
	} catch (error) {
		throw new OutputError(error);
	}
}

/** Writes a message to standard error. If that fails, the message is lost: there is no other place to report it. */
export function writeError(text: string): void {
	if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => {});
	process.stderr.write(text);
}

/** A pipe, a socket or a terminal: its reader may be slow. */
function isStream(): boolean {
	const stats = fstatSync(STDOUT);
	return stats.isFIFO() || stats.isSocket() || isatty(STDOUT);
}

async function writeToStream(text: string): Promise<void> {
	const {stdout} = process;
	// The callback gets the error too.
	if (stdout.listenerCount('error') === 0) stdout.on('error', () => {});
	return new Promise((resolve, reject) => {
		stdout.write(text, error => {
			if (error) reject(error);
			else resolve();
		});
	});
}

/** Node's stream to a file reports success when a full disk has cut a write short. */
function writeToFile(text: string): void {
	for (let rest = Buffer.from(text); rest.length > 0;) rest = rest.subarray(writeSync(STDOUT, rest));
}
