// Files of a profile: readable by their owner alone, and either the old one or the new one whole, whatever happens meanwhile.
import {type Buffer} from 'node:buffer';
import {closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync} from 'node:fs';
import path from 'node:path';
import {ClientError} from './errors.ts';

/** Puts `bytes` in the place of `file`, mode 0600, on the disk when it returns. Throws ClientError 'disk'. */
export function replaceFile(file: string, bytes: Buffer): void {
	const fresh = `${file}.new`;
	try {
		rmSync(fresh, {force: true});
		const descriptor = openSync(fresh, 'wx', 0o600);
		try {
			for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
			fsyncSync(descriptor);
		} finally {
			closeSync(descriptor);
		}

		renameSync(fresh, file);
		syncFolder(path.dirname(file));
	} catch (error) {
		rmSync(fresh, {force: true});
		throw new ClientError(
			'disk',
			`cannot write ${file} (${reasonOf(error)}): make room or make it writable; the old file stands`,
			{
				cause: error,
			},
		);
	}
}

/** What the system says is wrong, for the middle of a sentence. */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? ('code' in error ? String(error.code) : error.message) : 'unknown reason';
}

function syncFolder(folder: string): void {
	const descriptor = openSync(folder, 'r');
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
