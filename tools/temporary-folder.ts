// Temporary folders: one way to make them, and one way to remove them.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** Somebody with an end, such as a test. */
export type Owner = {teardown(atEnd: () => void | Promise<void>): void};

/** An empty folder that is removed when `owner` ends. */
export function temporaryFolder(owner: Owner): string {
	const folder = makeTemporaryFolder();
	owner.teardown(() => removeFolder(folder));
	return folder;
}

/** An empty folder in `parent`. The caller removes it. */
export function makeTemporaryFolder(parent = tmpdir()): string {
	return mkdtempSync(path.join(parent, 'simchat-'));
}

/** Removes a folder and all in it. A program that was ended just now may still close its files there: then it tries again. */
export function removeFolder(folder: string): void {
	rmSync(folder, {recursive: true, force: true, maxRetries: 10});
}
