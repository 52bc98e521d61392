// Files of a profile: readable by their owner alone, and either the old one or the new one whole, whatever happens meanwhile.
import {type Buffer} from 'node:buffer';
import {closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync} from 'node:fs';
import path from 'node:path';
import {ClientError} from './errors.ts';
import {catalogue} from '../catalogue/catalogue.ts';

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

		moveInPlace(fresh, file);
	} catch (error) {
		discard(fresh);
		throw cannotWrite(file, error);
	}
}

export function cannotWrite(file: string, error: unknown): ClientError {
	return new ClientError('disk', () => catalogue.files.cannotReplace(file, reasonOf(error)), {cause: error});
}

/** Has file and folder on the disk when it returns. Throws what the file system throws. */
export function syncFile(file: string): void {
	for (const each of [file, path.dirname(file)]) {
		const descriptor = openSync(each, 'r');
		try {
			fsyncSync(descriptor);
		} finally {
			closeSync(descriptor);
		}
	}
}

/** What the system says is wrong, for the middle of a sentence. */
export function reasonOf(error: unknown): string {
	return error instanceof Error
		? 'code' in error
			? String(error.code)
			: error.message
		: catalogue.files.unknownReason;
}

/** Renames `fresh` to `file`; on the disk when it returns. Throws what the file system throws. */
export function moveInPlace(fresh: string, file: string): void {
	renameSync(fresh, file);
	syncFile(file);
}

function discard(file: string): void {
	try {
		rmSync(file, {force: true});
	} catch {
		// Nothing of ours is there: what went wrong is told of already.
	}
}
