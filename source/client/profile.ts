// One account's folder, and the right to use it: one process at a time.
import {chmodSync, closeSync, existsSync, openSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import envPaths from 'env-paths';
import {makeFolder} from '../os/folder.ts';
import {ClientError} from '../os/errors.ts';
import {reasonOf} from '../os/files.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export type Profile = {
	readonly folder: string;
	readonly vaultFile: string;
	readonly historyFile: string;
	/** Gives the folder back. */
	close(): void;
};

const SQLITE_BUSY = 5;

/** Locks that are not given back. Whoever forgets its profile keeps it all the same: a lock that is garbage would be let go. */
const held = new Set<DatabaseSync>();

/** Where the profile is unless somebody says otherwise. */
export function defaultProfileFolder(): string {
	return envPaths('simchat', {suffix: ''}).data;
}

/**
 * Takes the folder, made with mode 0700 when missing. The lock is the kernel's, on an SQLite file: it is gone with the
 * process, however that ends. Throws ClientError: profile-busy, profile-unwritable.
 */
export function openProfile(typed: string): Profile {
	const folder = path.resolve(typed);
	const lock = lockFolder(folder);
	held.add(lock);
	return {
		folder,
		vaultFile: path.join(folder, 'vault'),
		historyFile: path.join(folder, 'history.db'),
		close() {
			if (held.delete(lock)) lock.close();
		},
	};
}

function lockFolder(folder: string): DatabaseSync {
	const file = path.join(folder, 'lock');
	let lock: DatabaseSync | undefined;
	try {
		makeFolder(folder);
		chmodSync(folder, 0o700);
		// Only when it is missing: closing a file gives up the kernel's locks that this process has on it.
		if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
		lock = new DatabaseSync(file, {timeout: 0});
		lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
		return lock;
	} catch (error) {
		lock?.close();
		if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) {
			throw new ClientError('profile-busy', catalogue.files.busy(folder), {cause: error});
		}

		throw new ClientError('profile-unwritable', catalogue.files.noProfile(folder, reasonOf(error)), {cause: error});
	}
}
