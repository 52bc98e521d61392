// A profile copied as a whole, and put back: while nobody else uses it, so that its files fit together. settings.json goes last: a
// folder without it has no account, and is no copy.
import {chmodSync, copyFileSync, constants, existsSync, readdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {makeFolder} from '../os/folder.ts';
import {Archive, noAccountIn} from './offline-archive.ts';
import {ClientError} from '../os/errors.ts';
import {reasonOf, syncFile} from '../os/files.ts';
import {openProfile} from './profile.ts';
import {openSettings} from './profile-settings.ts';
import {catalogue} from '../catalogue/catalogue.ts';

/** The journal is there when the process before was killed. */
const DATA = ['vault', 'history.db', 'history.db-wal'] as const;
const SETTINGS = 'settings.json';
/** What is in the folder of a profile that has no account yet: the lock, and the socket of a process that was killed. */
const EMPTY: ReadonlySet<string> = new Set(['lock', 'commands.sock']);

/**
 * Copies a profile into a folder that is new or empty; on the disk when it returns. Throws ClientError: no-account, profile-busy,
 * profile-unwritable, has-account, disk.
 */
export function backUp(folder: string, target: string): void {
	if (!existsSync(path.join(folder, SETTINGS))) throw noAccountIn(folder);
	const profile = openProfile(folder);
	try {
		onDisk(target, () => makeFolder(target));
		requireEmpty(target, catalogue.files.notEmptyForCopy);
		copy(profile.folder, target, [...DATA, SETTINGS]);
	} finally {
		profile.close();
	}
}

/**
 * Makes a profile of a copy, once that has opened with `password` and is sound. Throws ClientError: no-account, has-account,
 * wrong-password, damaged, newer, profile-busy, profile-unwritable, disk.
 */
export async function restore(source: string, folder: string, password: string): Promise<void> {
	if (!existsSync(path.join(source, SETTINGS))) throw noAccountIn(source);
	requireEmpty(folder, catalogue.files.notEmptyForProfile);
	try {
		openProfile(folder).close();
		copy(source, folder, DATA);
		await check(folder, password);
		copy(source, folder, [SETTINGS]);
		openSettings({folder});
	} catch (error) {
		for (const name of [...DATA, SETTINGS]) rmSync(path.join(folder, name), {force: true});
		throw error;
	}
}

/** Throws unless everything of it can be read. From then on it is known to be a copy. */
async function check(folder: string, password: string): Promise<void> {
	const archive = await Archive.open(folder, password);
	try {
		const [fault] = archive.check();
		if (fault !== undefined) throw new ClientError('damaged', catalogue.files.copyDamaged(fault));
		archive.markAsCopy();
	} finally {
		archive.close();
	}
}

function requireEmpty(folder: string, words: (folder: string) => string): void {
	const isEmpty = !existsSync(folder) || onDisk(folder, () => readdirSync(folder)).every(name => EMPTY.has(name));
	if (!isEmpty) throw new ClientError('has-account', words(folder));
}

/** Those files that are there. */
function copy(from: string, to: string, names: readonly string[]): void {
	for (const name of names.filter(each => existsSync(path.join(from, each)))) {
		const file = path.join(to, name);
		onDisk(file, () => {
			copyFileSync(path.join(from, name), file, constants.COPYFILE_EXCL);
			chmodSync(file, 0o600);
			syncFile(file);
		});
	}
}

function onDisk<T>(file: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw new ClientError('disk', catalogue.files.cannotCopy(file, reasonOf(error)), {cause: error});
	}
}
