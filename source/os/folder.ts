// Makes folders, one at a time: Node's own way to make several at once does not always end.
import {mkdirSync, statSync} from 'node:fs';
import path from 'node:path';

/**
 * Makes `folder`, and those above it that are missing, for their owner alone (mode 0700); one that is there stays as it is.
 * Throws what the file system throws. `mkdirSync` with `recursive` runs for ever where mkdir answers ENOENT in a folder that
 * exists, as in /proc.
 */
export function makeFolder(folder: string): void {
	const missing: string[] = [];
	let each = path.resolve(folder);
	while (!isThere(each)) {
		missing.push(each);
		each = path.dirname(each);
	}

	for (const next of missing.toReversed()) makeOne(next);
}

function makeOne(folder: string): void {
	try {
		mkdirSync(folder, {mode: 0o700});
	} catch (error) {
		// Another process may have been quicker.
		const isFolder = statSync(folder, {throwIfNoEntry: false})?.isDirectory() ?? false;
		if (!isFolder) throw error;
	}
}

/** The root always is, so that looking upwards ends. */
function isThere(file: string): boolean {
	if (file === path.dirname(file)) return true;
	try {
		return statSync(file, {throwIfNoEntry: false}) !== undefined;
	} catch {
		// Not to be looked at: what is above it tells why, when it is to be made.
		return false;
	}
}
