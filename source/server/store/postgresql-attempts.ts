// Guesses at passwords in PostgreSQL: counted, given back, forgotten, by the clock of the database.
import {ATTEMPT_MEMORY_MS, GUESS_LIMIT, LOCK_MS, lockLeft} from '../../protocol/login/lockout.ts';
import {INVITE_LIFE_MS} from '../invites.ts';
import {type DirectoryStore} from './directory-store.ts';
import {type PostgresqlDatabase} from './postgresql-database.ts';
import {DATABASE_NOW} from './postgresql-schema.ts';

/** Of an advisory lock: one server at a time prunes. */
const PRUNE_LOCK = 0x73_69_6d_02;
/** Whether an attempt says nothing any more, its lock being over. */
const FORGOTTEN = `(attempts.locked_until > 0 OR excluded.last - attempts.last >= ${ATTEMPT_MEMORY_MS})`;

type AttemptOperations = Pick<DirectoryStore, 'reserve' | 'refund' | 'unlock' | 'locks' | 'prune' | 'moveAttempts'>;

export function attemptOperations(database: PostgresqlDatabase): AttemptOperations {
	const {query} = database;
	return {
		async reserve({name, owner}) {
			// The rule of protocol/login/lockout.ts as one statement: no row comes back while the lock holds.
			const {rows} = await query(
				`INSERT INTO attempts VALUES ($1, $2, 1, ${DATABASE_NOW}, 0) ON CONFLICT (name, owner) DO UPDATE SET
					count = CASE WHEN ${FORGOTTEN} THEN 1 ELSE attempts.count + 1 END,
					last = excluded.last,
					locked_until = CASE WHEN NOT ${FORGOTTEN} AND attempts.count + 1 >= ${GUESS_LIMIT}
						THEN excluded.last + ${LOCK_MS} ELSE 0 END
				WHERE attempts.locked_until <= excluded.last RETURNING count`,
				[name, owner],
			);
			if (rows[0] !== undefined) return {allowed: true, triesLeft: GUESS_LIMIT - Number(rows[0]['count'])};
			const {rows: locks} = await query(
				`SELECT locked_until - ${DATABASE_NOW} AS remaining FROM attempts WHERE name = $1 AND owner = $2`,
				[name, owner],
			);
			return {allowed: false, retryAfter: Math.ceil(lockLeft(Number(locks[0]?.['remaining'] ?? 0), 0) / 1000)};
		},
		async refund({name, owner}) {
			await query('DELETE FROM attempts WHERE name = $1 AND owner = $2', [name, owner]);
		},
		async unlock(name) {
			return (await query('DELETE FROM attempts WHERE name = $1', [name])).count;
		},
		async locks(now, limit) {
			const {rows} = await query(
				// The time is asked for once: no index is looked up by what may change meanwhile.
				`SELECT name, max(locked_until) - ${DATABASE_NOW} AS remaining, count(*) OVER () AS count FROM attempts
				WHERE locked_until > 0 AND locked_until > (SELECT ${DATABASE_NOW}) GROUP BY name ORDER BY remaining DESC, name LIMIT $1`,
				[limit],
			);
			const locks = rows.map(row => ({name: String(row['name']), until: now + Number(row['remaining'])}));
			return {count: Number(rows[0]?.['count'] ?? 0), locks};
		},
		prune: async (_, invitesAt, limit) =>
			database.transaction(async write => {
				const {rows} = await write('SELECT pg_try_advisory_xact_lock($1) AS mine', [PRUNE_LOCK]);
				if (rows[0]?.['mine'] !== true) return;
				const now = Number((await write(`SELECT ${DATABASE_NOW} AS now`)).rows[0]?.['now']);
				await write('UPDATE attempts SET last = $1 WHERE last > $1', [now]);
				await write('UPDATE attempts SET locked_until = $1 WHERE locked_until > 0 AND locked_until > $1', [
					now + LOCK_MS,
				]);
				await write('UPDATE invites SET expires = $1 WHERE expires > $1', [now + INVITE_LIFE_MS]);
				await write('DELETE FROM invites WHERE expires <= $1', [Math.trunc(Math.min(now, invitesAt))]);
				await write('DELETE FROM attempts WHERE locked_until > 0 AND locked_until <= $1', [now]);
				await write('DELETE FROM attempts WHERE locked_until = 0 AND last <= $1', [now - ATTEMPT_MEMORY_MS]);
				await write(
					`DELETE FROM attempts WHERE (name, owner) IN (SELECT name, owner FROM attempts ORDER BY last DESC OFFSET $1)`,
					[limit],
				);
			}),
		/** The clock of one server was set, not that of the database. */
		moveAttempts: async () => {},
	};
}
