// The store as one SQLite file, in resolved promises: each operation is done when its promise is handed out. The file also holds the server's
// keys: so there is one file to back up, and no backup has the accounts without the key that their owners have pinned.
import {Buffer} from 'node:buffer';
import {type DatabaseSync, type SQLOutputValue, type StatementSync} from 'node:sqlite';
import {intoSecret} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {LOG_LIMIT} from '../../protocol/devices/device-log.ts';
import {ATTEMPT_MEMORY_MS, GUESS_LIMIT, LOCK_MS, lockLeft} from '../../protocol/login/lockout.ts';
import {INVITE_LIFE_MS} from '../invites.ts';
import {type AccountRecord, type DirectoryStore, type ServerSecrets} from './directory-store.ts';
import {type OnClosed, StoreError, openStoreDatabase} from './open-store.ts';
import {registering} from './registering.ts';
import {sqliteRows, takeSqliteRows} from './sqlite-rows.ts';
import {type SqliteStatements, prepareStatements} from './sqlite-statements.ts';

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
	const sql = prepareStatements(database);
	const secrets = loadSecrets(sql, file, random);
	// Outside `durably` a commit reaches the operating system, but not yet the disk: a lockout survives a crash of this process, and
	// a login needs no flush of the disk.
	database.exec('PRAGMA synchronous = NORMAL');
	/** Runs `write` as one transaction. It is on the disk when this returns, so that it survives a power cut. */
	const durably = <T>(write: () => T): T => {
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
	};

	const logEntries = (name: string, from: number, limit: number) =>
		sql.logEntries.all(name, from, limit).map(({entry}) => bytes(entry));

	const isLogLong = (name: string) => sql.isLogLong.get(name) !== undefined;
	const logLength = (name: string) => Number(sql.logLength.get(name)?.['count']);

	return {
		secrets,

		async account(name) {
			const row = sql.account.get(name);
			return row && accountOf(row);
		},
		async lookUp(name) {
			const row = sql.account.get(name);
			const account = row ?? sql.anyAccount.get();
			if (account === undefined) return undefined;
			const own = String(account['name']);
			// Most logs have one entry, and one look at a small index tells.
			const log = isLogLong(own) ? logEntries(own, 0, LOG_LIMIT) : [];
			return {isThere: row !== undefined, account: accountOf(account), log};
		},
		accountCount: async () => Number(sql.accountCount.get()?.['count']),
		names: async (prefix, after, limit) => inRange(sql.names, prefix, after, limit).map(({name}) => String(name)),
		users: async (prefix, after, limit) =>
			inRange(sql.users, prefix, after, limit).map(row => ({
				name: String(row['name']),
				created: Number(row['created']),
				suspended: row['suspended'] === 1,
				lockedUntil: Number(row['locked_until']),
			})),

		register: async (account, registration, now) =>
			durably(() => {
				const {name, stretching, verifier, identityKey, codeHash} = account;
				const row = sql.invite.get(codeHash, name, now);
				const invite = row && ({kind: row['kind'] === 'reset' ? 'reset' : 'new'} as const);
				const how = registering(registration, invite, sql.account.get(name) !== undefined);
				if (how !== 'new' && how !== 'anew') return how;
				const {salt, logN, r, p} = stretching;
				if (how === 'new') sql.addAccount.run(name, salt, logN, r, p, verifier, identityKey, now);
				else sql.renewAccount.run(name, salt, logN, r, p, verifier, identityKey);
				// Another founding key, another log.
				sql.removeLog.run(name);
				sql.removeInvite.run(name);
				return 'registered';
			}),
		change: async (name, generation, change) =>
			durably(() => {
				if ('identityKey' in change) {
					return sql.setIdentity.run(name, generation, change.identityKey).changes === 1 ? 'changed' : 'stale';
				}

				const {salt, logN, r, p} = change.stretching;
				const {changes} = sql.setPassword.run(name, generation, salt, logN, r, p, change.verifier);
				return changes === 1 ? 'changed' : 'stale';
			}),
		suspend: async ({name, kind, codeHash, expires}) =>
			durably(() => {
				if (sql.suspend.run(name).changes === 0) return false;
				sql.unlock.run(name);
				sql.putInvite.run(name, kind, codeHash, expires);
				return true;
			}),
		remove: async name =>
			durably(() => {
				sql.unlock.run(name);
				sql.removeInvite.run(name);
				return sql.removeAccount.run(name).changes === 1;
			}),
		invite: async ({name, kind, codeHash, expires}) =>
			durably(() => {
				if (kind === 'new' && sql.account.get(name) !== undefined) return 'exists';
				sql.putInvite.run(name, kind, codeHash, expires);
				return 'made';
			}),

		log: async (name, from, limit) => ({
			count: logLength(name),
			entries: logEntries(name, from, limit),
		}),
		longLogs: async names => names.filter(isLogLong).map(name => ({name, count: logLength(name)})),
		extendLog: async (name, generation, length, entry) =>
			durably(() => sql.extendLog.run(name, generation, length, entry).changes) === 0 ? 'stale' : 'extended',

		reserve: async ({name, owner}, now) => {
			// To its end: `get` would not tell that the commit behind the row has failed.
			const [row] = sql.reserve.all(name, Number(owner), now);
			if (row !== undefined) return {allowed: true, triesLeft: GUESS_LIMIT - Number(row['count'])};
			const left = lockLeft(Number(sql.lockOf.get(name, Number(owner))?.['locked_until']), now);
			return {allowed: false, retryAfter: Math.ceil(left / 1000)};
		},
		refund: async ({name, owner}) => {
			sql.refund.run(name, Number(owner));
		},
		unlock: async name => Number(durably(() => sql.unlock.run(name).changes)),
		locks: async (now, limit) => {
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

		blocked: async owner => sql.blocked.all(owner).map(({name}) => String(name)),
		setBlocked: async (owner, name, blocked, limit) => {
			if (!blocked) sql.unblock.run(owner, name);
			else if (sql.isBlocked.get(owner, name) === undefined) {
				return sql.block.all(owner, name, limit).length > 0 ? 'done' : 'full';
			}

			return 'done';
		},

		prune: async (now, invitesAt, limit) => {
			sql.limitAttempts.run(now);
			sql.limitLocks.run(now + LOCK_MS);
			sql.limitInvites.run(now + INVITE_LIFE_MS);
			sql.forgetInvites.run(Math.min(now, invitesAt));
			sql.forgetLocks.run(now);
			sql.forgetAttempts.run(now - ATTEMPT_MEMORY_MS);
			sql.forgetOldest.run(limit);
		},
		moveAttempts: async by => {
			sql.moveAttempts.run(by);
		},

		joinLink: async () => load(sql, 'join link')?.toString('utf8'),
		setJoinLink: async link => {
			sql.putMeta.run('join link', Buffer.from(link));
		},

		rows: () => sqliteRows(database),
		fill: async rows => {
			if (sql.anyAccount.get() !== undefined || sql.anyInvite.get() !== undefined) return 'not empty';
			await takeSqliteRows(database, rows);
			return 'filled';
		},

		// Another value each time: SQLite does not write what is there already.
		probe: async now => {
			sql.putMeta.run('probe', Buffer.from(String(now)));
		},

		close: async () => {
			database.close();
		},
	};
}

/** Names with a prefix, behind one of them, in their order. */
function inRange(statement: StatementSync, prefix: string, after: string, limit: number): Row[] {
	// A tilde sorts after every character of a name.
	return statement.all(after > prefix ? after : prefix, `${prefix}~`, after, limit);
}

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

function load(sql: SqliteStatements, key: string): Buffer | undefined {
	const row = sql.meta.get(key);
	return row && bytes(row['value']);
}

function loadSecrets(sql: SqliteStatements, file: string, random: Random): ServerSecrets {
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
