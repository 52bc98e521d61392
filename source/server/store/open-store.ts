// Opens the database file: for one process at a time, with access for its owner only, and checked before anything is written.
import {chmodSync, closeSync, openSync, statSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {makeFolder} from '../../os/folder.ts';
import {STORE_MIGRATIONS} from './store-schema.ts';

const OWNER_ALONE = 0o700;
const OTHERS = 0o077;
/** Set on directories in which everybody may make files, such as /tmp. */
const STICKY = 0o1000;

export type StoreErrorCode = 'unwritable' | 'shared' | 'busy' | 'damaged' | 'newer' | 'unreachable';

/** The database cannot be used. The message says which file and what to do. The file was not changed. */
export class StoreError extends Error {
	override readonly name = 'StoreError';
	readonly code: StoreErrorCode;
	readonly file: string;

	constructor(code: StoreErrorCode, file: string, cause?: unknown) {
		super(explanations[code](file, cause), {cause});
		this.code = code;
		this.file = file;
	}
}

const explanations: Record<StoreErrorCode, (file: string, cause: unknown) => string> = {
	unwritable: (file, cause) =>
		`cannot write ${file} (${cause instanceof Error ? cause.message : 'unknown reason'}): choose another directory with --data, or make this one writable`,
	shared: directory =>
		`${directory} is open to others, who could put a database of their own there: give the server a directory of its own with --data, or close this one (chmod 700)`,
	busy: file =>
		`another simchat-server uses ${path.dirname(file)}: stop it, or give this one a directory of its own with --data`,
	damaged: file =>
		`${file} is damaged and was left as it is: put a backup in its place, or move it away to start anew (a new server key: everyone needs a new join link)`,
	unreachable: (place, cause) =>
		`cannot use the database ${place} (${cause instanceof Error ? cause.message : 'unknown reason'}): does PostgreSQL run there, and may this user sign in and make tables?`,
	newer: file => `${file} was written by a newer simchat-server: update this one, or put an older backup in its place`,
};

/** How long to wait while a subcommand uses the database, ms. */
const BUSY_MS = 1000;
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** Called when the directory was open to others, with this mode, and has been closed. */
export type OnClosed = (directory: string, mode: number) => void;

/** Opens or creates the database at its current version. Throws StoreError. */
export function openStoreDatabase(file: string, onClosed?: OnClosed): DatabaseSync {
	claim(file, onClosed);
	const database = new DatabaseSync(file, {timeout: BUSY_MS});
	try {
		// The kernel holds this lock until the database is closed. It also stops a second server in the same directory.
		database.exec('PRAGMA locking_mode = EXCLUSIVE');
		const {quick_check: verdict} = database.prepare('PRAGMA quick_check(1)').get() ?? {};
		if (verdict !== 'ok') throw new StoreError('damaged', file, verdict);
		const {user_version: version} = database.prepare('PRAGMA user_version').get() ?? {};
		if (Number(version) > STORE_MIGRATIONS.length) throw new StoreError('newer', file);
		database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
		migrate(database, Number(version));
		return database;
	} catch (error) {
		database.close();
		throw storeError(file, error);
	}
}

/** Makes the directory and the file with access for their owner only. SQLite gives its other files the same mode. */
function claim(file: string, onClosed?: OnClosed): void {
	const directory = path.dirname(file);
	try {
		makeFolder(directory);
		closeToOthers(directory, onClosed);
		closeSync(openSync(file, 'a', 0o600));
		chmodSync(file, 0o600);
	} catch (error) {
		throw error instanceof StoreError ? error : new StoreError('unwritable', file, error);
	}
}

/** Closes an existing directory to others. Refuses one that everybody may write to, or that belongs to somebody else. */
function closeToOthers(directory: string, onClosed?: OnClosed): void {
	const {mode} = statSync(directory);
	if ((mode & OTHERS) === 0) return;
	if ((mode & STICKY) !== 0) throw new StoreError('shared', directory);
	try {
		chmodSync(directory, OWNER_ALONE);
	} catch (error) {
		throw new StoreError('shared', directory, error);
	}

	onClosed?.(directory, mode & 0o7777);
}

function migrate(database: DatabaseSync, version: number): void {
	database.exec('BEGIN IMMEDIATE');
	for (const step of STORE_MIGRATIONS.slice(version)) database.exec(step);
	database.exec(`PRAGMA user_version = ${STORE_MIGRATIONS.length}; COMMIT`);
}

function storeError(file: string, error: unknown): unknown {
	const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
	if (code === SQLITE_BUSY) return new StoreError('busy', file, error);
	if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) return new StoreError('damaged', file, error);
	return error instanceof StoreError ? error : new StoreError('unwritable', file, error);
}
