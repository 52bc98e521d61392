// The store as one SQLite file. It also holds the server's keys: so there is one file to back up, and no backup has the accounts
// without the key that their owners have pinned.
import {Buffer} from 'node:buffer';
import {type DatabaseSync, type SQLOutputValue, type StatementSync} from 'node:sqlite';
import {intoSecret} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {ATTEMPT_MEMORY_MS, LOCK_MS} from '../../protocol/login/lockout.ts';
import {INVITE_LIFE_MS} from '../invites.ts';
import {type AccountRecord, type ServerSecrets, type DirectoryStore} from './directory-store.ts';
import {type OnClosed, StoreError, openStoreDatabase} from './open-store.ts';

type Row = Record<string, SQLOutputValue>;

/** Opens the store in `file`. A new one is created, with new secrets of the server. Throws StoreError. */
export function openStore(file: string, random: Random, onClosed?: OnClosed): DirectoryStore {
	const database = openStoreDatabase(file, onClosed);
	try {
		return createStore(database, file, random);
	} catch (error) {
		database.close();
		throw error;
	}
}

function createStore(database: DatabaseSync, file: string, random: Random): DirectoryStore {
	const sql = prepare(database);
	const secrets = loadSecrets(sql, file, random);
	// Outside `durably` a commit reaches the operating system, but not yet the disk: a lockout survives a crash of this process, and
	// a login needs no flush of the disk.
	database.exec('PRAGMA synchronous = NORMAL');

	return {
		secrets,

		durably(write) {
			database.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
			try {
				const result = write();
				database.exec('COMMIT');
				return result;
			} catch (error) {
				if (database.isTransaction) database.exec('ROLLBACK');
				throw error;
			} finally {
				database.exec('PRAGMA synchronous = NORMAL');
			}
		},

		account(name) {
			const row = sql.account.get(name);
			return row && accountOf(row);
		},
		anyAccount() {
			const row = sql.anyAccount.get();
			return row && accountOf(row);
		},
		putAccount({name, stretching: {salt, logN, r, p}, verifier, identityKey, created, generation, suspended}) {
			sql.putAccount.run(name, salt, logN, r, p, verifier, identityKey, created, generation, Number(suspended));
		},
		removeAccount(name) {
			return sql.removeAccount.run(name).changes === 1;
		},
		users: (prefix, after, limit) =>
			inRange(sql.users, prefix, after, limit).map(row => ({
				name: String(row['name']),
				created: Number(row['created']),
				suspended: row['suspended'] === 1,
				lockedUntil: Number(row['locked_until']),
			})),
		accountCount: () => Number(sql.accountCount.get()?.['count']),
		names: (prefix, after, limit) => inRange(sql.names, prefix, after, limit).map(({name}) => String(name)),

		logEntries: (name, from, limit) => sql.logEntries.all(name, from, limit).map(({entry}) => bytes(entry)),
		logLength: name => Number(sql.logLength.get(name)?.['count']),
		isLogLong: name => sql.isLogLong.get(name) !== undefined,
		appendLogEntry(name, entry) {
			sql.appendLogEntry.run(name, Number(sql.logLength.get(name)?.['count']), entry);
		},
		removeLog(name) {
			sql.removeLog.run(name);
		},

		putInvite({name, kind, codeHash, expires}) {
			sql.putInvite.run(name, kind, codeHash, expires);
		},
		invite(codeHash) {
			const row = sql.invite.get(codeHash);
			const kind = row?.['kind'] === 'reset' ? 'reset' : 'new';
			return row && {name: String(row['name']), kind, codeHash, expires: Number(row['expires'])};
		},
		removeInvite(name) {
			sql.removeInvite.run(name);
		},

		attempts({name, owner}) {
			const row = sql.attempts.get(name, Number(owner));
			if (row === undefined) return undefined;
			return {count: Number(row['count']), last: Number(row['last']), lockedUntil: Number(row['locked_until'])};
		},
		putAttempts({name, owner}, {count, last, lockedUntil}) {
			sql.putAttempts.run(name, Number(owner), count, last, lockedUntil);
		},
		locks(now, limit) {
			const count = Number(sql.lockCount.get(now)?.['count']);
			// Each name is there twice at most, and the later lock comes first.
			const until = new Map<string, number>();
			for (const row of sql.locks.all(now, 2 * limit)) {
				const name = String(row['name']);
				if (!until.has(name)) until.set(name, Number(row['locked_until']));
			}

			const locks = [...until].map(([name, end]) => ({name, until: end})).slice(0, limit);
			return {count, locks};
		},
		removeAttempts: ({name, owner}) =>
			Number(sql.removeAttempts.run(name, owner === undefined ? null : Number(owner)).changes),

		blocked: owner => sql.blocked.all(owner).map(({name}) => String(name)),
		setBlocked(owner, name, blocked) {
			(blocked ? sql.block : sql.unblock).run(owner, name);
		},

		prune(attemptsAt, invitesAt, limit) {
			sql.forgetInvites.run(invitesAt);
			sql.forgetLocks.run(attemptsAt);
			sql.forgetAttempts.run(attemptsAt - ATTEMPT_MEMORY_MS);
			sql.forgetOldest.run(limit);
		},
		moveAttempts(by) {
			sql.moveAttempts.run(by);
		},
		limitTimes(now) {
			sql.limitAttempts.run(now);
			sql.limitLocks.run(now + LOCK_MS);
			sql.limitInvites.run(now + INVITE_LIFE_MS);
		},

		joinLink: () => load(sql, 'join link')?.toString('utf8'),
		setJoinLink(link) {
			sql.putMeta.run('join link', Buffer.from(link));
		},

		// Another value each time: SQLite does not write what is there already.
		probe(now) {
			sql.putMeta.run('probe', Buffer.from(String(now)));
		},

		close() {
			database.close();
		},
	};
}

function prepare(database: DatabaseSync) {
	const statements = {
		meta: 'SELECT value FROM meta WHERE key = ?',
		putMeta: 'INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
		account: 'SELECT * FROM accounts WHERE name = ?',
		anyAccount: 'SELECT * FROM accounts ORDER BY name LIMIT 1',
		putAccount: `INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
			salt = excluded.salt, log_n = excluded.log_n, r = excluded.r, p = excluded.p, verifier = excluded.verifier,
			identity_key = excluded.identity_key, created = excluded.created, generation = excluded.generation,
			suspended = excluded.suspended`,
		removeAccount: 'DELETE FROM accounts WHERE name = ?',
		accountCount: 'SELECT count FROM account_total',
		names: `SELECT name ${IN_RANGE}`,
		users: `SELECT name, created, suspended, (SELECT ifnull(max(locked_until), 0) FROM attempts
			WHERE attempts.name = accounts.name) AS locked_until ${IN_RANGE}`,
		logEntries: 'SELECT entry FROM device_log WHERE name = ? AND place >= ? ORDER BY place LIMIT ?',
		logLength: 'SELECT ifnull(max(place) + 1, 0) AS count FROM device_log WHERE name = ?',
		isLogLong: 'SELECT 1 FROM device_log WHERE name = ? AND place > 0 LIMIT 1',
		appendLogEntry: 'INSERT INTO device_log VALUES (?, ?, ?)',
		removeLog: 'DELETE FROM device_log WHERE name = ?',
		putInvite: 'INSERT OR REPLACE INTO invites VALUES (?, ?, ?, ?)',
		invite: 'SELECT * FROM invites WHERE code_hash = ?',
		removeInvite: 'DELETE FROM invites WHERE name = ?',
		attempts: 'SELECT * FROM attempts WHERE name = ? AND owner = ?',
		putAttempts: 'INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?, ?)',
		// Of a name that is locked in both ways the stranger's lock counts. Without INDEXED BY all attempts would be read, by name.
		lockCount: `SELECT count(*) AS count FROM attempts AS one INDEXED BY attempts_by_lock
			WHERE locked_until > ?1 AND (owner = 0 OR NOT EXISTS
			(SELECT 1 FROM attempts WHERE name = one.name AND owner = 0 AND locked_until > ?1))`,
		locks: `SELECT name, locked_until FROM attempts INDEXED BY attempts_by_lock
			WHERE locked_until > ? ORDER BY locked_until DESC LIMIT ?`,
		removeAttempts: 'DELETE FROM attempts WHERE name = ? AND owner = ifnull(?, owner)',
		blocked: 'SELECT name FROM blocks WHERE owner = ?',
		block: 'INSERT OR IGNORE INTO blocks VALUES (?, ?)',
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
	};
	const prepared = Object.entries(statements).map(([key, text]) => [key, database.prepare(text)]);
	return Object.fromEntries(prepared) as Record<keyof typeof statements, StatementSync>;
}

/** Names with a prefix, behind one of them. One lower bound: of two, the wider might be searched for. */
const IN_RANGE = 'FROM accounts WHERE name >= ? AND name < ? AND name <> ? ORDER BY name LIMIT ?';

function inRange(statement: StatementSync, prefix: string, after: string, limit: number): Row[] {
	// A tilde sorts after every character of a name.
	return statement.all(after > prefix ? after : prefix, `${prefix}~`, after, limit);
}

type Statements = ReturnType<typeof prepare>;

function accountOf(row: Row): AccountRecord {
	return {
		name: String(row['name']),
		stretching: {salt: bytes(row['salt']), logN: Number(row['log_n']), r: Number(row['r']), p: Number(row['p'])},
		verifier: bytes(row['verifier']),
		identityKey: bytes(row['identity_key']),
		created: Number(row['created']),
		generation: Number(row['generation']),
		suspended: row['suspended'] === 1,
	};
}

function bytes(value: SQLOutputValue | undefined): Buffer {
	return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length) : Buffer.alloc(0);
}

function load(sql: Statements, key: string): Buffer | undefined {
	const row = sql.meta.get(key);
	return row && bytes(row['value']);
}

function loadSecrets(sql: Statements, file: string, random: Random): ServerSecrets {
	const secret = (key: string) => {
		const known = load(sql, key);
		if (known !== undefined && known.length !== 32) throw new StoreError('damaged', file);
		if (known === undefined && sql.anyAccount.get() !== undefined) throw new StoreError('damaged', file);
		const value = intoSecret(known ?? random(32));
		if (known === undefined) sql.putMeta.run(key, value);
		return value;
	};

	return {signingSeed: secret('signing seed'), decoyKey: secret('decoy key')};
}
