// Opens the encrypted SQLite file, in the same time whatever its size: one that is damaged or newer is told of, and not a byte of it
// or of its journal is changed. Each page is vouched for by the cipher when it is read.
import {Buffer} from 'node:buffer';
import {closeSync, existsSync, openSync, readFileSync, readSync, rmSync, statSync} from 'node:fs';
import process from 'node:process';
import Database from 'better-sqlite3-multiple-ciphers';
import {concat, wipe} from '../../crypto/bytes.ts';
import {ClientError} from '../../os/errors.ts';
import {moveInPlace, reasonOf} from '../../os/files.ts';
import {isTorn} from './journal.ts';
import {PAGE} from './pages.ts';
import {HISTORY_MIGRATIONS} from './history-schema.ts';
import {termsOf} from './search-words.ts';
import {catalogue} from '../../catalogue/catalogue.ts';

/** Up to so many bytes a file that was not closed is read as a whole before it is written to. */
const CHECK_LIMIT = 16 * 1024 ** 2;
/** Pages of 4096 bytes, of which the cipher has 80; the rest never changes (file format of SQLite, §1.3). */
const CLEAR = Buffer.of(0x10, 0x00, 80, 64, 32, 32);

/** In front of a key that is no password, so that it is not stretched. As bytes: in a PRAGMA it would be in strings that nobody wipes. */
const RAW = Buffer.from('raw:', 'latin1');

// To learn of the C library, the package asks for a report of this process. With the network in it, Node would ask a name server for the
// names of our addresses, and wait: 5 s and more where none answers.
Object.assign(process.report, {excludeNetwork: true});

export type HistoryDatabase = InstanceType<typeof Database>;

/** Opens or creates; `dataKey` has 32 bytes. Throws ClientError: damaged, newer, disk. */
export function openHistoryDatabase(file: string, dataKey: Buffer): HistoryDatabase {
	return guarded(file, () => {
		if (!existsSync(file)) create(file, dataKey);
		const version = inspect(file, dataKey);
		return connected(file, dataKey, {}, database => {
			// Held until the database closes; without shared memory, the index of the journal is never on the disk.
			database.pragma('locking_mode = EXCLUSIVE');
			database.pragma('journal_mode = WAL');
			database.pragma('synchronous = FULL');
			database.pragma('temp_store = MEMORY');
			database.pragma('secure_delete = ON');
			migrate(database, version);
			// The index of words reads pages of its own once it is named.
			database.prepare('SELECT 1 FROM search');
			return database;
		});
	});
}

/**
 * Commits what `work` does without waiting for the disk: the system has it, whatever becomes of the process, and the next commit
 * that waits has it on the disk. For what is written with each key, and for what a loss of power only has said or shown twice.
 */
export function withoutSync<T>(database: HistoryDatabase, work: () => T): T {
	database.pragma('synchronous = NORMAL');
	try {
		return work();
	} finally {
		database.pragma('synchronous = FULL');
	}
}

/** Passes errors of the database on as what they mean for the person: damaged, disk. */
export function guarded<T>(file: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw clientError(file, error);
	}
}

/** In place only when it is whole, so that a file without tables is always one that was damaged. */
function create(file: string, dataKey: Buffer): void {
	const fresh = `${file}.new`;
	// What is left of a history that was moved away would become part of this one.
	for (const rest of [fresh, `${fresh}-journal`, `${file}-wal`]) rmSync(rest, {force: true});
	closeSync(openSync(fresh, 'wx', 0o600));
	connected(fresh, dataKey, {}, database => {
		migrate(database, 0);
		database.close();
	});
	moveInPlace(fresh, file);
}

/** The version. Nothing is written: closing a file that is open for writing empties its journal into it. */
function inspect(file: string, dataKey: Buffer): number {
	if (!isClear(headerOf(file))) throw damaged(file);
	const {size} = statSync(file);
	const journal = statSync(`${file}-wal`, {throwIfNoEntry: false})?.size ?? 0;
	if (journal > 0 && isTorn(readFileSync(`${file}-wal`))) throw damaged(`${file}-wal`);
	// SQLite would take a last page that was cut off for a whole one.
	if (journal === 0 && size % PAGE.size !== 0) throw damaged(file);
	const isTrusted = journal === 0 || size > CHECK_LIMIT;
	const made = [`${file}-shm`, `${file}-wal`].filter(each => !existsSync(each));
	try {
		return connected(file, dataKey, {readonly: true}, database => {
			const version = Number(database.pragma('user_version', {simple: true}));
			if (version === 0 || (!isTrusted && !isSound(database))) throw damaged(file);
			if (version > HISTORY_MIGRATIONS.length) {
				throw new ClientError('newer', catalogue.files.newer(file));
			}

			database.close();
			return version;
		});
	} finally {
		for (const each of made) rmSync(each, {force: true});
	}
}

function isSound(database: HistoryDatabase): boolean {
	return database.pragma('quick_check(1)', {simple: true}) === 'ok';
}

/** The cipher leaves eight bytes of the header in clear, and nothing else vouches for them; two of them are twice the same. */
function isClear(header: Buffer): boolean {
	const [writeVersion, readVersion] = header.subarray(18, 20);
	const others = Buffer.concat([header.subarray(16, 18), header.subarray(20, 24)]);
	return writeVersion === readVersion && others.equals(CLEAR);
}

function headerOf(file: string): Buffer {
	const descriptor = openSync(file, 'r');
	try {
		const header = Buffer.alloc(100);
		readSync(descriptor, header);
		return header;
	} finally {
		closeSync(descriptor);
	}
}

/** Hands a connection to `work`, which keeps or closes it; closed when that throws. */
function connected<T>(
	file: string,
	dataKey: Buffer,
	options: {readonly readonly?: boolean},
	work: (database: HistoryDatabase) => T,
): T {
	const database = new Database(file, {timeout: 0, fileMustExist: true, ...options});
	try {
		database.pragma("cipher = 'sqlcipher'");
		const key = concat(RAW, dataKey);
		database.key(key);
		wipe(key);
		database.function('terms', {deterministic: true}, text => termsOf(String(text)));
		return work(database);
	} catch (error) {
		database.close();
		throw error;
	}
}

/** All steps in one transaction: killed in the middle, the file is as it was. */
function migrate(database: HistoryDatabase, version: number): void {
	if (version === HISTORY_MIGRATIONS.length) return;
	// One step changes the definition of a table in its place.
	database.unsafeMode(true);
	database.transaction(() => {
		for (const step of HISTORY_MIGRATIONS.slice(version)) database.exec(step);
		database.pragma(`user_version = ${HISTORY_MIGRATIONS.length}`);
	})();
	database.unsafeMode(false);
}

function clientError(file: string, error: unknown): unknown {
	if (error instanceof ClientError) return error;
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const isIndex = error instanceof Error && error.message.startsWith('vtable constructor failed');
	if (isIndex || code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(file, error);
	if (!code.startsWith('SQLITE_') && !code.startsWith('E')) return error;
	return new ClientError('disk', () => catalogue.files.cannotWrite(file, reasonOf(error)), {cause: error});
}

function damaged(file: string, cause?: unknown): ClientError {
	return new ClientError('damaged', catalogue.files.historyDamaged(file), {cause});
}
