// What the SQLite store says to its database, prepared once.
import {type DatabaseSync, type StatementSync} from 'node:sqlite';
import {ATTEMPT_MEMORY_MS, GUESS_LIMIT, LOCK_MS} from '../../protocol/login/lockout.ts';

/** Whether an attempt that is there says nothing any more at ?3, its lock being over. */
const FORGOTTEN = `(locked_until > 0 OR ?3 - last >= ${ATTEMPT_MEMORY_MS})`;

/** Names with a prefix, behind one of them. One lower bound: of two, the wider might be searched for. */
const IN_RANGE = 'FROM accounts WHERE name >= ? AND name < ? AND name <> ? ORDER BY name LIMIT ?';

const STATEMENTS = {
	meta: 'SELECT value FROM meta WHERE key = ?',
	putMeta: 'INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
	account: 'SELECT * FROM accounts WHERE name = ?',
	anyAccount: 'SELECT * FROM accounts ORDER BY name LIMIT 1',
	addAccount: 'INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 0)',
	renewAccount: `UPDATE accounts SET salt = ?2, log_n = ?3, r = ?4, p = ?5, verifier = ?6, identity_key = ?7,
		generation = generation + 1, suspended = 0 WHERE name = ?1`,
	setPassword: `UPDATE accounts SET salt = ?3, log_n = ?4, r = ?5, p = ?6, verifier = ?7
		WHERE name = ?1 AND generation = ?2 AND suspended = 0`,
	setIdentity: `UPDATE accounts SET identity_key = ?3, generation = generation + 1
		WHERE name = ?1 AND generation = ?2 AND suspended = 0 AND name NOT IN (SELECT name FROM device_log WHERE name = ?1)`,
	suspend: 'UPDATE accounts SET suspended = 1 WHERE name = ?',
	removeAccount: 'DELETE FROM accounts WHERE name = ?',
	accountCount: 'SELECT count FROM account_total',
	names: `SELECT name ${IN_RANGE}`,
	users: `SELECT name, created, suspended,
			(SELECT ifnull(max(locked_until), 0) FROM attempts WHERE attempts.name = accounts.name) AS locked_until
		${IN_RANGE}`,
	isLogLong: 'SELECT 1 FROM device_log WHERE name = ? AND place > 0 LIMIT 1',
	logEntries: 'SELECT entry FROM device_log WHERE name = ? AND place >= ? ORDER BY place LIMIT ?',
	logLength: 'SELECT ifnull(max(place) + 1, 0) AS count FROM device_log WHERE name = ?',
	extendLog: `INSERT INTO device_log SELECT name, ?3, ?4 FROM accounts WHERE name = ?1 AND generation = ?2 AND suspended = 0
		AND (SELECT ifnull(max(place) + 1, 0) FROM device_log WHERE name = ?1) = ?3`,
	removeLog: 'DELETE FROM device_log WHERE name = ?',
	putInvite: 'INSERT OR REPLACE INTO invites VALUES (?, ?, ?, ?)',
	invite: 'SELECT kind FROM invites WHERE code_hash = ? AND name = ? AND expires > ?',
	anyInvite: 'SELECT name FROM invites LIMIT 1',
	removeInvite: 'DELETE FROM invites WHERE name = ?',
	// The rule of protocol/login/lockout.ts as one statement: no row comes back while the lock holds.
	reserve: `INSERT INTO attempts VALUES (?1, ?2, 1, ?3, 0) ON CONFLICT DO UPDATE SET
			count = CASE WHEN ${FORGOTTEN} THEN 1 ELSE count + 1 END,
			last = ?3,
			locked_until = CASE WHEN NOT ${FORGOTTEN} AND count + 1 >= ${GUESS_LIMIT} THEN ?3 + ${LOCK_MS} ELSE 0 END
		WHERE locked_until <= ?3 RETURNING count`,
	lockOf: 'SELECT locked_until FROM attempts WHERE name = ? AND owner = ?',
	refund: 'DELETE FROM attempts WHERE name = ? AND owner = ?',
	unlock: 'DELETE FROM attempts WHERE name = ?',
	// Of a name that is locked in both ways the stranger's lock counts. Without INDEXED BY all attempts would be read, by name.
	lockCount: `SELECT count(*) AS count FROM attempts AS one INDEXED BY attempts_by_lock
		WHERE locked_until > ?1 AND (owner = 0 OR NOT EXISTS
		(SELECT 1 FROM attempts WHERE name = one.name AND owner = 0 AND locked_until > ?1))`,
	locks: `SELECT name, locked_until FROM attempts INDEXED BY attempts_by_lock
		WHERE locked_until > ? ORDER BY locked_until DESC LIMIT ?`,
	blocked: 'SELECT name FROM blocks WHERE owner = ?',
	block: `INSERT OR IGNORE INTO blocks SELECT ?1, ?2 WHERE (SELECT count(*) FROM blocks WHERE owner = ?1) < ?3
		OR EXISTS (SELECT 1 FROM blocks WHERE owner = ?1 AND name = ?2) RETURNING 1`,
	isBlocked: 'SELECT 1 FROM blocks WHERE owner = ? AND name = ?',
	unblock: 'DELETE FROM blocks WHERE owner = ? AND name = ?',
	forgetInvites: 'DELETE FROM invites WHERE expires <= ?',
	// 0 means no lock.
	forgetLocks: 'DELETE FROM attempts WHERE locked_until > 0 AND locked_until <= ?',
	forgetAttempts: 'DELETE FROM attempts WHERE locked_until = 0 AND last <= ?',
	moveAttempts: 'UPDATE attempts SET last = last - ?1, locked_until = max(sign(locked_until), locked_until - ?1)',
	limitAttempts: 'UPDATE attempts SET last = ?1 WHERE last > ?1',
	limitLocks: 'UPDATE attempts SET locked_until = ?1 WHERE locked_until > ?1',
	limitInvites: 'UPDATE invites SET expires = ?1 WHERE expires > ?1',
	forgetOldest: `DELETE FROM attempts WHERE (name, owner) IN (
		SELECT name, owner FROM attempts ORDER BY last DESC LIMIT -1 OFFSET ?)`,
} as const;

export type SqliteStatements = Readonly<Record<keyof typeof STATEMENTS, StatementSync>>;

export function prepareStatements(database: DatabaseSync): SqliteStatements {
	const prepared = Object.entries(STATEMENTS).map(([key, text]) => [key, database.prepare(text)]);
	return Object.fromEntries(prepared) as SqliteStatements;
}
