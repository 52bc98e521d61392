// Opens the encrypted SQLite file: one that is damaged or newer is told of, and not a byte of it or of its journal is changed.
import {Buffer} from 'node:buffer';
import {closeSync, existsSync, openSync, readSync, rmSync} from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';
import {ClientError} from '../errors.ts';
import {moveInPlace, reasonOf} from '../files.ts';
import {MIGRATIONS} from './schema.ts';

export type Connection = InstanceType<typeof Database>;

/** Opens or creates; `dataKey` has 32 bytes. Throws ClientError: damaged, newer, disk. */
export function openDatabase(file: string, dataKey: Buffer): Connection {
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
			return database;
		});
	});
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

/** The version, once every page has been read. Nothing is written: closing a file that is open for writing empties its journal into it. */
function inspect(file: string, dataKey: Buffer): number {
	// The cipher leaves eight bytes of the header in clear; the two versions of the format are all that nothing else vouches for.
	const [writeVersion, readVersion] = headerOf(file).subarray(18, 20);
	if (writeVersion !== readVersion) throw damaged(file);
	const made = [`${file}-shm`, `${file}-wal`].filter(each => !existsSync(each));
	try {
		return connected(file, dataKey, {readonly: true}, database => {
			const version = Number(database.pragma('user_version', {simple: true}));
			if (version === 0 || database.pragma('quick_check(1)', {simple: true}) !== 'ok') throw damaged(file);
			if (version > MIGRATIONS.length) {
				throw new ClientError('newer', `${file} was written by a newer simchat: update this one`);
			}

			database.close();
			return version;
		});
	} finally {
		for (const each of made) rmSync(each, {force: true});
	}
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
	work: (database: Connection) => T,
): T {
	const database = new Database(file, {timeout: 0, fileMustExist: true, ...options});
	try {
		database.pragma("cipher = 'sqlcipher'");
		database.pragma(`key = "x'${dataKey.toString('hex')}'"`);
		return work(database);
	} catch (error) {
		database.close();
		throw error;
	}
}

function migrate(database: Connection, version: number): void {
	if (version === MIGRATIONS.length) return;
	database.transaction(() => {
		for (const step of MIGRATIONS.slice(version)) database.exec(step);
		database.pragma(`user_version = ${MIGRATIONS.length}`);
	})();
}

function clientError(file: string, error: unknown): unknown {
	if (error instanceof ClientError) return error;
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(file, error);
	if (!code.startsWith('SQLITE_') && !code.startsWith('E')) return error;
	return new ClientError(
		'disk',
		`cannot write ${file} (${reasonOf(error)}): make room or make it writable; what was there stands`,
		{cause: error},
	);
}

function damaged(file: string, cause?: unknown): ClientError {
	return new ClientError(
		'damaged',
		`${file} is damaged and was left as it is: put a copy in its place, or move it away to go on without what was said`,
		{cause},
	);
}
