// A pool of connections to PostgreSQL: statements and transactions with an end, so that nobody waits for a database that is gone.
import pg from 'pg';
import {StoreError} from './open-store.ts';
import {POSTGRESQL_MIGRATIONS} from './postgresql-schema.ts';

/** Connections of a server. */
const CONNECTIONS = 8;
/** How long a connection, and a statement, may take, ms. Below the 10 s of a login. */
const CONNECT_MS = 3000;
const STATEMENT_MS = 4000;
/** How much longer the database has to say that a statement took too long, before its connection counts as dead, ms. */
const DEAD_MS = 1000;
/** The same for a migration, and for those who wait until another server has made it. */
const MIGRATION_MS = 60_000;
/** Of advisory locks: one server at a time migrates, and prunes. Any two numbers would do. */
const MIGRATION_LOCK = 0x73_69_6d_01;

export type Row = Readonly<Record<string, unknown>>;
export type Query = (
	text: string,
	values?: readonly unknown[],
) => Promise<{readonly rows: readonly Row[]; readonly count: number}>;

export class PostgresqlDatabase {
	/** What it is called in messages: where it is, without who signs in. */
	readonly place: string;
	readonly #options: pg.ClientConfig;
	readonly #pool: pg.Pool;

	/** `url` as libpq takes it: `postgres:///simchat?host=/var/run/postgresql`, or with a host and TLS. */
	constructor(url: string) {
		this.place = placeOf(url);
		this.#options = {
			connectionString: url,
			application_name: 'simchat-server',
			connectionTimeoutMillis: CONNECT_MS,
			statement_timeout: STATEMENT_MS,
			query_timeout: STATEMENT_MS + DEAD_MS,
			keepAlive: true,
		};
		this.#pool = new pg.Pool({...this.#options, max: CONNECTIONS});
		// A connection that nobody uses has broken: the next one to be asked for is new.
		this.#pool.on('error', () => {});
	}

	/** One statement, a transaction of its own. */
	readonly query: Query = async (text, values = []) => resultOf(await this.#pool.query(text, [...values]));

	/** A connection of its own; one on which a statement has failed is not used again by others. */
	async connect(): Promise<{readonly query: Query; readonly release: (failed: boolean) => void}> {
		const client = await this.#pool.connect();
		client.on('error', ignore);
		return {
			query: async (text, values = []) => resultOf(await client.query(text, [...values])),
			release(failed) {
				client.off('error', ignore);
				client.release(failed);
			},
		};
	}

	/** All statements of `work`, or none. `kind`: as behind BEGIN. */
	async transaction<T>(work: (query: Query) => Promise<T>, kind = ''): Promise<T> {
		const {query, release} = await this.connect();
		let failed = true;
		try {
			await query(`BEGIN ${kind}`);
			const result = await work(query);
			await query('COMMIT');
			failed = false;
			return result;
		} finally {
			release(failed);
		}
	}

	/**
	 * A connection that hears what is notified on these channels, and asks what shall not wait for others. `onLost` is called once, when it is no longer heard. `check` asks whether it
	 * still stands.
	 */
	async listen(
		channels: readonly string[],
		onPayload: (payload: string) => void,
		onLost: () => void,
	): Promise<{readonly query: Query; readonly check: () => Promise<void>; readonly close: () => Promise<void>}> {
		const client = new pg.Client(this.#options);
		let [isUp, isOver] = [false, false];
		const lose = () => {
			if (isOver) return;
			isOver = true;
			client.end().catch(ignore);
			// What has never listened is said by the error that the caller gets, and by that alone.
			if (isUp) onLost();
		};
		client.on('error', lose);
		client.on('end', lose);
		client.on('notification', ({payload}) => {
			if (!isOver && payload !== undefined) onPayload(payload);
		});
		await client.connect();
		for (const channel of channels) await client.query(`LISTEN ${channel}`);
		isUp = true;
		return {
			query: async (text, values = []) => resultOf(await client.query(text, [...values])),
			async check() {
				await client.query('SELECT 1').catch(lose);
			},
			async close() {
				isOver = true;
				await client.end().catch(ignore);
			},
		};
	}

	/** Brings the tables to the current version, one server at a time, however long that takes. Throws StoreError. */
	async migrate(): Promise<void> {
		const patient = {
			connectionTimeoutMillis: MIGRATION_MS,
			statement_timeout: MIGRATION_MS,
			query_timeout: MIGRATION_MS,
		};
		const client = new pg.Client({...this.#options, ...patient});
		client.on('error', ignore);
		try {
			await client.connect();
			await client.query('BEGIN');
			await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
			await client.query('CREATE TABLE IF NOT EXISTS simchat_version (version INTEGER PRIMARY KEY)');
			const {rows} = await client.query<Row>('SELECT max(version) AS version FROM simchat_version');
			const version = Number(rows[0]?.['version'] ?? 0);
			if (version > POSTGRESQL_MIGRATIONS.length) throw new StoreError('newer', this.place);
			for (const [index, step] of POSTGRESQL_MIGRATIONS.entries()) {
				if (index < version) continue;
				await client.query(step);
				await client.query('INSERT INTO simchat_version VALUES ($1)', [index + 1]);
			}

			await client.query('COMMIT');
		} catch (error) {
			throw error instanceof StoreError ? error : new StoreError('unreachable', this.place, error);
		} finally {
			await client.end().catch(ignore);
		}
	}

	async close(): Promise<void> {
		await this.#pool.end();
	}
}

/** The statement that runs, or the next one, fails by itself. */
function ignore(): void {}

/** Host and database of a URL. */
function placeOf(url: string): string {
	const {hostname, pathname, searchParams} = new URL(url);
	return `${searchParams.get('host') ?? hostname}${pathname}`;
}

function resultOf({rows, rowCount}: pg.QueryResult<Record<string, unknown>>): {
	readonly rows: readonly Row[];
	readonly count: number;
} {
	return {rows, count: rowCount ?? 0};
}
