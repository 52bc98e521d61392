// Makes folders, one at a time: Node's recursive mkdir does not end in some cases.
import {mkdirSync, statSync} from 'node:fs';
import path from 'node:path';

/**
 * Makes `folder` and the missing folders above it, for their owner only (mode 0700). An existing folder is not changed. Throws errors of
 * the file system. `mkdirSync` with `recursive` never returns where mkdir answers ENOENT in a folder that exists, as in /proc.
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
		// Another process may have made it meanwhile.
		const isFolder = statSync(folder, {throwIfNoEntry: false})?.isDirectory() ?? false;
		if (!isFolder) throw error;
	}
}

/** Always true for the root, so that the search upwards ends. */
function isThere(file: string): boolean {
	if (file === path.dirname(file)) return true;
	try {
		return statSync(file, {throwIfNoEntry: false}) !== undefined;
	} catch {
		// It cannot be looked at. Making it gives the error that says why.
		return false;
	}
}
