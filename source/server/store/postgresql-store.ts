// The store in PostgreSQL, for several servers at a time. What is decided on what was read is decided under a lock on the account's row;
// locks of names and invites go by the clock of the database, whatever the servers' own say.
import {Buffer} from 'node:buffer';
import {intoSecret} from '../../crypto/bytes.ts';
import {type Random} from '../../crypto/random.ts';
import {LOG_LIMIT} from '../../protocol/devices/device-log.ts';
import {type AccountRecord, type DirectoryStore, type LookUp, type ServerSecrets} from './directory-store.ts';
import {StoreError} from './open-store.ts';
import {attemptOperations} from './postgresql-attempts.ts';
import {PostgresqlDatabase, type Query, type Row} from './postgresql-database.ts';
import {postgresqlRows, takePostgresqlRows} from './postgresql-rows.ts';
import {DATABASE_NOW} from './postgresql-schema.ts';
import {registering} from './registering.ts';

/** Holds the row of an account until the transaction ends; no row when it is gone, suspended, or of another generation. */
const HOLD_ACCOUNT = 'SELECT 1 FROM accounts WHERE name = $1 AND generation = $2 AND NOT suspended FOR UPDATE';
/** Opens the store at this URL. Throws StoreError. */
export async function openSharedStore(url: string, random: Random): Promise<DirectoryStore> {
	const database = new PostgresqlDatabase(url);
	try {
		return await openPostgresqlStore(database, random);
	} catch (error) {
		await database.close();
		throw error;
	}
}

/** Brings the tables to the current version; makes new secrets where there are none and no account. Throws StoreError. */
export async function openPostgresqlStore(database: PostgresqlDatabase, random: Random): Promise<DirectoryStore> {
	await database.migrate();
	const secrets = await database.transaction(async query => loadSecrets(query, database.place, random));
	const {query} = database;
	return {
		secrets,
		...accountOperations(database),
		...attemptOperations(database),

		async log(name, from, limit) {
			const {rows} = await query(
				`SELECT (SELECT count(*) FROM device_log WHERE name = $1) AS count,
					ARRAY(SELECT entry FROM device_log WHERE name = $1 AND place >= $2 ORDER BY place LIMIT $3) AS entries`,
				[name, from, limit],
			);
			return {count: Number(rows[0]?.['count']), entries: buffersOf(rows[0]?.['entries'])};
		},
		async longLogs(names) {
			const {rows} = await query(
				'SELECT name, count(*) AS count FROM device_log WHERE name = ANY ($1) GROUP BY name HAVING count(*) > 1',
				[names],
			);
			const counts = new Map(rows.map(({name, count}) => [String(name), Number(count)]));
			return names.flatMap(name => (counts.has(name) ? [{name, count: counts.get(name)!}] : []));
		},
		extendLog: async (name, generation, length, entry) =>
			database.transaction(async write => {
				if ((await write(HOLD_ACCOUNT, [name, generation])).count === 0) return 'stale';
				const {count} = await write(
					`INSERT INTO device_log SELECT $1::text, $2::integer, $3::bytea
						WHERE (SELECT count(*) FROM device_log WHERE name = $1::text) = $2::integer`,
					[name, length, entry],
				);
				return count === 1 ? 'extended' : 'stale';
			}),

		async blocked(owner) {
			const {rows} = await query('SELECT name FROM blocks WHERE owner = $1 ORDER BY name', [owner]);
			return rows.map(({name}) => String(name));
		},
		async setBlocked(owner, name, blocked, limit) {
			if (!blocked) {
				await query('DELETE FROM blocks WHERE owner = $1 AND name = $2', [owner, name]);
				return 'done';
			}

			return database.transaction(async write => {
				await write('SELECT 1 FROM accounts WHERE name = $1 FOR UPDATE', [owner]);
				const {rows} = await write(
					'SELECT count(*) AS count, bool_or(name = $2) AS known FROM blocks WHERE owner = $1',
					[owner, name],
				);
				if (rows[0]?.['known'] === true) return 'done';
				if (Number(rows[0]?.['count']) >= limit) return 'full';
				await write('INSERT INTO blocks VALUES ($1, $2)', [owner, name]);
				return 'done';
			});
		},

		async joinLink() {
			return (await metaOf(query, 'join link'))?.toString('utf8');
		},
		async setJoinLink(link) {
			await putMeta(query, 'join link', Buffer.from(link));
		},

		async probe(now) {
			await putMeta(query, 'probe', Buffer.from(String(now)));
		},

		rows: () => postgresqlRows(database),
		fill: async rows =>
			database.transaction(async write => {
				const {rows: known} = await write(
					'SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM invites) AS known',
				);
				if (known[0]?.['known'] === true) return 'not empty';
				await takePostgresqlRows(write, rows);
				return 'filled';
			}),

		close: async () => database.close(),
	};
}

type AccountOperations = Pick<
	DirectoryStore,
	'account' | 'lookUp' | 'accountCount' | 'names' | 'users' | 'register' | 'change' | 'suspend' | 'remove' | 'invite'
>;

function accountOperations(database: PostgresqlDatabase): AccountOperations {
	const {query} = database;
	return {
		async account(name) {
			const {rows} = await query('SELECT * FROM accounts WHERE name = $1', [name]);
			return rows[0] && accountOf(rows[0]);
		},
		lookUp: async name => readLookUp(query, name),
		async accountCount() {
			const {rows} = await query('SELECT sum(count) AS count FROM account_totals');
			return Number(rows[0]?.['count']);
		},
		async names(prefix, after, limit) {
			// A tilde sorts after every character of a name.
			const {rows} = await query(
				'SELECT name FROM accounts WHERE name > $1 AND name >= $2 AND name < $3 ORDER BY name LIMIT $4',
				[after, prefix, `${prefix}~`, limit],
			);
			return rows.map(({name}) => String(name));
		},
		async users(prefix, after, limit, now) {
			const {rows} = await query(
				`SELECT name, created, suspended, (SELECT max(locked_until) FROM attempts WHERE attempts.name = accounts.name)
					- ${DATABASE_NOW} AS remaining
				FROM accounts WHERE name > $1 AND name >= $2 AND name < $3 ORDER BY name LIMIT $4`,
				[after, prefix, `${prefix}~`, limit],
			);
			return rows.map(row => ({
				name: String(row['name']),
				created: Number(row['created']),
				suspended: row['suspended'] === true,
				lockedUntil: Number(row['remaining'] ?? 0) > 0 ? now + Number(row['remaining']) : 0,
			}));
		},

		register: async ({name, stretching: {salt, logN, r, p}, verifier, identityKey, codeHash}, registration) =>
			database.transaction(async write => {
				const {count: known} = await write('SELECT 1 FROM accounts WHERE name = $1 FOR UPDATE', [name]);
				const {rows} = await write(
					`SELECT kind FROM invites WHERE code_hash = $1 AND name = $2 AND expires > ${DATABASE_NOW} FOR UPDATE`,
					[codeHash, name],
				);
				const invite = rows[0] && ({kind: rows[0]['kind'] === 'reset' ? 'reset' : 'new'} as const);
				const how = registering(registration, invite, known > 0);
				if (how !== 'new' && how !== 'anew') return how;
				const values = [name, salt, logN, r, p, verifier, identityKey];
				const {count} = await write(
					how === 'new'
						? `INSERT INTO accounts VALUES ($1, $2, $3, $4, $5, $6, $7, ${DATABASE_NOW}, 1, false) ON CONFLICT DO NOTHING`
						: `UPDATE accounts SET salt = $2, log_n = $3, r = $4, p = $5, verifier = $6, identity_key = $7,
							generation = generation + 1, suspended = false WHERE name = $1`,
					values,
				);
				if (count === 0) return 'nameTaken';
				// Another founding key, another log.
				await write('DELETE FROM device_log WHERE name = $1', [name]);
				await write('DELETE FROM invites WHERE name = $1', [name]);
				return 'registered';
			}),
		async change(name, generation, change) {
			if ('identityKey' in change) return changeIdentityKey(database, name, generation, change.identityKey);
			const {salt, logN, r, p} = change.stretching;
			const {count} = await query(
				`UPDATE accounts SET salt = $3, log_n = $4, r = $5, p = $6, verifier = $7
				WHERE name = $1 AND generation = $2 AND NOT suspended`,
				[name, generation, salt, logN, r, p, change.verifier],
			);
			return count === 1 ? 'changed' : 'stale';
		},
		async suspend({name, kind, codeHash, expires}) {
			const {count} = await query(
				`WITH waiting AS (UPDATE accounts SET suspended = true WHERE name = $1 RETURNING name),
					unlocked AS (DELETE FROM attempts WHERE name IN (SELECT name FROM waiting)),
					over AS (DELETE FROM sessions WHERE name IN (SELECT name FROM waiting))
				INSERT INTO invites SELECT name, $2, $3, $4 FROM waiting ON CONFLICT (name) DO UPDATE SET
					kind = excluded.kind, code_hash = excluded.code_hash, expires = excluded.expires`,
				[name, kind, codeHash, expires],
			);
			return count === 1;
		},
		async remove(name) {
			const {count} = await query(
				`WITH gone AS (DELETE FROM accounts WHERE name = $1 RETURNING name),
					unlocked AS (DELETE FROM attempts WHERE name = $1), void AS (DELETE FROM invites WHERE name = $1)
				SELECT name FROM gone`,
				[name],
			);
			return count === 1;
		},
		async invite({name, kind, codeHash, expires}) {
			const {count} = await query(
				`INSERT INTO invites SELECT $1, $2, $3, $4
					WHERE $2 <> 'new' OR NOT EXISTS (SELECT 1 FROM accounts WHERE name = $1)
				ON CONFLICT (name) DO UPDATE SET
					kind = excluded.kind, code_hash = excluded.code_hash, expires = excluded.expires`,
				[name, kind, codeHash, expires],
			);
			return count === 1 ? 'made' : 'exists';
		},
	};
}

/** As `lookUp` of the store. Another account is read as well, whether the name is there or not. */
export async function readLookUp(query: Query, name: string): Promise<LookUp | undefined> {
	const {rows} = await query(
		`SELECT found.*, CASE WHEN (SELECT count(*) FROM device_log WHERE name = found.name) > 1 THEN
				ARRAY(SELECT entry FROM device_log WHERE name = found.name ORDER BY place LIMIT $2) END AS log
		FROM (SELECT * FROM accounts WHERE name = $1 UNION ALL (SELECT * FROM accounts ORDER BY name LIMIT 1)) AS found`,
		[name, LOG_LIMIT],
	);
	const row = rows.find(each => each['name'] === name) ?? rows[0];
	if (row === undefined) return undefined;
	return {isThere: row['name'] === name, account: accountOf(row), log: buffersOf(row['log'])};
}

/** The log is looked at once the row is held: nobody founds one in between. */
async function changeIdentityKey(
	database: PostgresqlDatabase,
	name: string,
	generation: number,
	identityKey: Buffer,
): Promise<'changed' | 'stale'> {
	return database.transaction(async query => {
		if ((await query(HOLD_ACCOUNT, [name, generation])).count === 0) return 'stale';
		const {count} = await query(
			`UPDATE accounts SET identity_key = $2, generation = generation + 1
			WHERE name = $1 AND NOT EXISTS (SELECT 1 FROM device_log WHERE name = $1)`,
			[name, identityKey],
		);
		return count === 1 ? 'changed' : 'stale';
	});
}

function accountOf(row: Row): AccountRecord {
	return {
		name: String(row['name']),
		stretching: {salt: bufferOf(row['salt']), logN: Number(row['log_n']), r: Number(row['r']), p: Number(row['p'])},
		verifier: bufferOf(row['verifier']),
		identityKey: bufferOf(row['identity_key']),
		created: Number(row['created']),
		generation: Number(row['generation']),
		suspended: row['suspended'] === true,
	};
}

function bufferOf(value: unknown): Buffer {
	return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

function buffersOf(value: unknown): Buffer[] {
	return Array.isArray(value) ? value.map(bufferOf) : [];
}

async function metaOf(query: Query, key: string): Promise<Buffer | undefined> {
	const {rows} = await query('SELECT value FROM meta WHERE key = $1', [key]);
	return rows[0] && bufferOf(rows[0]['value']);
}

async function putMeta(query: Query, key: string, value: Buffer): Promise<void> {
	await query('INSERT INTO meta VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [key, value]);
}

/** The first server to come makes them; the others wait for it, and take its. */
async function loadSecrets(query: Query, place: string, random: Random): Promise<ServerSecrets> {
	await query('LOCK TABLE meta IN SHARE ROW EXCLUSIVE MODE');
	const secret = async (key: string) => {
		const known = await metaOf(query, key);
		if (known !== undefined && known.length !== 32) throw new StoreError('damaged', place);
		const {count} = await query('SELECT 1 FROM accounts LIMIT 1');
		if (known === undefined && count > 0) throw new StoreError('damaged', place);
		const value = intoSecret(known ?? random(32));
		if (known === undefined) await putMeta(query, key, value);
		return value;
	};

	return {signingSeed: await secret('signing seed'), decoyKey: await secret('decoy key')};
}
