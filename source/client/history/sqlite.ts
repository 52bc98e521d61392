// The history in an SQLite file that is encrypted as a whole, journal included, under the vault's data key.
import {Buffer} from 'node:buffer';
import {chmodSync, closeSync, openSync, statSync} from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';
import {ClientError} from '../errors.ts';
import {reasonOf} from '../files.ts';
import {type FailureReason, type Message} from '../snapshot.ts';
import {type History, type StoredState} from './history.ts';
import {MIGRATIONS} from './schema.ts';

const STATES: readonly StoredState[] = ['queued', 'delivered', 'failed'];
const IN = 0;
const OUT = 1;

type Connection = InstanceType<typeof Database>;

type Row = {
	peer: string;
	id: Buffer;
	direction: number;
	time: number;
	text: string;
	state: number;
	reason: string | null;
};

/** Opens or creates the history; `dataKey` has 32 bytes. Throws ClientError: damaged, newer, disk. */
export function openHistory(file: string, dataKey: Buffer): History {
	const database = openDatabase(file, dataKey);
	const columns = 'peer, id, direction, time, text, state, reason';
	const see = database.prepare('INSERT OR IGNORE INTO seen (peer, id) VALUES (?, ?)');
	const insert = database.prepare(`INSERT OR IGNORE INTO messages (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
	const move = database.prepare(
		'UPDATE messages SET state = ?, reason = ? WHERE peer = ? AND direction = 1 AND id = ?',
	);
	const placeOf = database.prepare('SELECT max(place) AS place FROM messages WHERE peer = ? AND id = ?');
	const newest = database.prepare(
		`SELECT ${columns} FROM messages WHERE peer = ? AND place < ? ORDER BY place DESC LIMIT ?`,
	);
	const waiting = database.prepare(
		`SELECT ${columns} FROM messages WHERE peer = ? AND direction = 1 AND state = 0 ORDER BY place`,
	);
	const overview = database.prepare(`
		SELECT peer, (
			SELECT count(*) FROM messages AS unread WHERE unread.peer = everybody.peer AND unread.direction = 0
				AND unread.place > coalesce((SELECT place FROM marks WHERE marks.peer = everybody.peer), 0)
		) AS unread FROM (SELECT DISTINCT peer FROM messages) AS everybody ORDER BY peer`);
	const mark = database.prepare(
		'INSERT OR REPLACE INTO marks (peer, place) SELECT ?, coalesce(max(place), 0) FROM messages WHERE peer = ?',
	);

	const append = database.transaction((messages: readonly Message[]) =>
		messages.filter(({id, peer, direction, time, text, state, reason}) => {
			const bytes = Buffer.from(id, 'hex');
			if (direction === 'in' && see.run(peer, bytes).changes === 0) return false;
			const stored = Math.max(STATES.indexOf(state as StoredState), 0);
			return insert.run(peer, bytes, direction === 'in' ? IN : OUT, time, text, stored, reason ?? null).changes > 0;
		}),
	);
	const setState = database.transaction(
		(peer: string, ids: readonly string[], state: StoredState, reason: FailureReason | undefined) => {
			for (const id of ids) move.run(STATES.indexOf(state), reason ?? null, peer, Buffer.from(id, 'hex'));
		},
	);

	return {
		append: messages => guarded(file, () => append.immediate(messages)),
		setState: (peer, ids, state, reason) => guarded(file, () => setState.immediate(peer, ids, state, reason)),
		page(peer, limit, before) {
			const place = before === undefined ? undefined : (placeOf.get(peer, Buffer.from(before, 'hex')) as Place).place;
			const rows = newest.all(peer, place ?? Number.MAX_SAFE_INTEGER, limit) as Row[];
			return rows.map(row => messageOf(row)).toReversed();
		},
		outbox: peer => (waiting.all(peer) as Row[]).map(row => messageOf(row)),
		conversations: () => overview.all() as Array<{peer: string; unread: number}>,
		markRead: peer => {
			guarded(file, () => mark.run(peer, peer));
		},
		close: () => {
			database.close();
		},
	};
}

type Place = {readonly place: number | null};

function openDatabase(file: string, dataKey: Buffer): Connection {
	let database: Connection | undefined;
	try {
		closeSync(openSync(file, 'a', 0o600));
		chmodSync(file, 0o600);
		const fresh = statSync(file).size === 0;
		database = new Database(file, {timeout: 0});
		database.pragma("cipher = 'sqlcipher'");
		database.pragma(`key = "x'${dataKey.toString('hex')}'"`);
		// Held until the database closes; without shared memory, the index of the journal is never on the disk.
		database.pragma('locking_mode = EXCLUSIVE');
		const version = Number(database.pragma('user_version', {simple: true}));
		if (!fresh && database.pragma('quick_check(1)', {simple: true}) !== 'ok') throw damaged(file);
		if (version > MIGRATIONS.length) {
			throw new ClientError('newer', `${file} was written by a newer simchat: update this one`);
		}

		database.pragma('journal_mode = WAL');
		database.pragma('synchronous = FULL');
		database.pragma('temp_store = MEMORY');
		database.pragma('secure_delete = ON');
		migrate(database, version);
		return database;
	} catch (error) {
		database?.close();
		throw clientError(file, error);
	}
}

function migrate(database: Connection, version: number): void {
	if (version === MIGRATIONS.length) return;
	database.transaction(() => {
		for (const step of MIGRATIONS.slice(version)) database.exec(step);
		database.pragma(`user_version = ${MIGRATIONS.length}`);
	})();
}

function messageOf({peer, id, direction, time, text, state, reason}: Row): Message {
	return {
		id: id.toString('hex'),
		peer,
		direction: direction === IN ? 'in' : 'out',
		time,
		text,
		state: STATES[state] ?? 'failed',
		reason: (reason ?? undefined) as FailureReason | undefined,
	};
}

function guarded<T>(file: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw clientError(file, error);
	}
}

function clientError(file: string, error: unknown): unknown {
	if (error instanceof ClientError) return error;
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(file, error);
	if (!code.startsWith('SQLITE_') && !code.startsWith('E')) return error;
	return new ClientError(
		'disk',
		`cannot write ${file} (${reasonOf(error)}): make room or make it writable; what was there stands`,
		{
			cause: error,
		},
	);
}

function damaged(file: string, cause?: unknown): ClientError {
	return new ClientError(
		'damaged',
		`${file} is damaged and was left as it is: put a copy in its place, or move it away to go on without what was said`,
		{cause},
	);
}
