// A pool of connections to PostgreSQL: statements and transactions with an end, so that nobody waits for a database that is gone.
import {Socket} from 'node:net';
import os from 'node:os';
import process from 'node:process';
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
/** SQLSTATE of a database that does not serve now: of connections, of resources, and ended or not started (its appendix A). */
const AWAY = /^(?:08|53|57P)/v;

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
	/** Those that are open. The driver says goodbye on them and waits for the other side, which may hang. */
	readonly #sockets = new Set<Socket>();

	/** `url` as libpq takes it: `postgres:///simchat?host=/var/run/postgresql`, or with a host and TLS. Who names nobody is the user of the process. */
	constructor(url: string) {
		this.place = placeOf(url);
		this.#options = {
			connectionString: urlOf(url),
			stream: () => this.#newSocket(),
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
	readonly query: Query = async (text, values = []) => this.#ask(async () => this.#pool.query(text, [...values]));

	/** A connection of its own; one on which a statement has failed is not used again by others. */
	async connect(): Promise<{readonly query: Query; readonly release: (failed: boolean) => void}> {
		const client = await this.#orAway(async () => this.#pool.connect());
		client.on('error', ignore);
		return {
			query: async (text, values = []) => this.#ask(async () => client.query(text, [...values])),
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
		onLost: (reason: unknown) => void,
	): Promise<{readonly query: Query; readonly check: () => Promise<void>; readonly close: () => void}> {
		const socket = this.#newSocket();
		const client = new pg.Client({...this.#options, stream: () => socket});
		let [isUp, isOver] = [false, false];
		const end = () => {
			isOver = true;
			client.end().catch(ignore);
			socket.destroy();
		};
		const lose = (reason: unknown = new Error('the connection was lost')) => {
			if (isOver) return;
			end();
			// What has never listened is said by the error that the caller gets, and by that alone.
			if (isUp) onLost(reason);
		};
		client.on('error', lose);
		client.on('end', () => lose());
		client.on('notification', ({payload}) => {
			if (!isOver && payload !== undefined) onPayload(payload);
		});
		try {
			await this.#orAway(async () => client.connect());
			for (const channel of channels) await client.query(`LISTEN ${channel}`);
		} catch (error) {
			end();
			throw error;
		}

		isUp = true;
		return {
			query: async (text, values = []) => this.#ask(async () => client.query(text, [...values])),
			async check() {
				await client.query('SELECT 1').catch(lose);
			},
			close: end,
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

	/** What runs ends in its time; who says nothing to the goodbye is not waited for. */
	async close(): Promise<void> {
		await this.#pool.end();
		for (const socket of this.#sockets) socket.destroy();
	}

	#newSocket(): Socket {
		const socket = new Socket();
		this.#sockets.add(socket);
		socket.once('close', () => this.#sockets.delete(socket));
		return socket;
	}

	async #ask(send: () => Promise<pg.QueryResult<Record<string, unknown>>>) {
		const {rows, rowCount} = await this.#orAway(send);
		return {rows, count: rowCount ?? 0};
	}

	/** Rejects with a StoreError when the database is away, and as the database says it otherwise. */
	async #orAway<T>(act: () => Promise<T>): Promise<T> {
		try {
			return await act();
		} catch (error) {
			const isAnswer = error instanceof pg.DatabaseError && !AWAY.test(error.code ?? '');
			throw isAnswer ? error : new StoreError('unreachable', this.place, error);
		}
	}
}

/** The statement that runs, or the next one, fails by itself. */
function ignore(): void {}

/** Host and database of a URL. */
function placeOf(url: string): string {
	const {hostname, pathname, searchParams} = new URL(url);
	return `${searchParams.get('host') ?? hostname}${pathname}`;
}

/** With the user of the process, as libpq has it, where neither the URL nor PGUSER says who. */
function urlOf(url: string): string {
	const parsed = new URL(url);
	if (parsed.username !== '' || parsed.searchParams.has('user') || process.env['PGUSER'] !== undefined) return url;
	try {
		parsed.searchParams.set('user', os.userInfo().username);
		return parsed.href;
	} catch {
		// Nobody has that number here: the database says what is missing.
		return url;
	}
}
