// A PostgreSQL with two standbys: what it has acknowledged is on one of them, and the one that has most goes on when it is killed.
import {setTimeout as pause} from 'node:timers/promises';
import {PostgresqlDatabase, type Row} from '../../source/server/store/postgresql-database.ts';
import {PostgresqlServer, conninfo} from './postgresql.ts';

/** What a standby that follows another one now may have missed, is kept. */
const SETTINGS = ['wal_keep_size=256MB', 'wal_retrieve_retry_interval=200ms'];
const LOOK_MS = 20;
const PATIENCE_MS = 30_000;

type Named = {readonly name: string; readonly server: PostgresqlServer};

export class ReplicatedPostgresql {
	#primary: Named;
	#standbys: readonly Named[] = [];
	#count = 1;

	private constructor(primary: Named) {
		this.#primary = primary;
	}

	static async start(): Promise<ReplicatedPostgresql> {
		const all = new ReplicatedPostgresql({name: 's1', server: await PostgresqlServer.start(SETTINGS)});
		try {
			await all.refill();
			return all;
		} catch (error) {
			await all.stop();
			throw error;
		}
	}

	get primary(): PostgresqlServer {
		return this.#primary.server;
	}

	/** Who is there now: the primary first. */
	get servers(): readonly PostgresqlServer[] {
		return [this.#primary, ...this.#standbys].map(({server}) => server);
	}

	/** Kills the primary, and promotes the standby that has the most; the other one follows it. Who is missing comes with refill. */
	async failOver(): Promise<void> {
		await this.primary.kill();
		const found = await Promise.all(
			this.#standbys.map(async standby => {
				// What still comes out of a socket counts, too.
				await until(standby.server, 'SELECT count(*) = 0 AS yes FROM pg_stat_wal_receiver');
				const end = 'greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())';
				const {rows} = await ask(standby.server, `SELECT (${end} - '0/0')::text AS has`);
				return {standby, has: Number(rows[0]?.['has'])};
			}),
		);
		const [first, ...others] = found.toSorted((a, b) => b.has - a.has).map(({standby}) => standby);
		if (first === undefined) throw new Error('no standby is left');
		await ask(first.server, 'SELECT pg_promote()');
		[this.#primary, this.#standbys] = [first, others];
		await this.#agree();
		for (const {name, server} of others) {
			await ask(server, `ALTER SYSTEM SET primary_conninfo = '${conninfo(first.server, name)}'`);
			await ask(server, 'SELECT pg_reload_conf()');
		}
	}

	/** Brings the standbys to two again, and waits until both follow. */
	async refill(): Promise<void> {
		while (this.#standbys.length < 2) {
			const name = `s${++this.#count}`;
			this.#standbys = [...this.#standbys, {name, server: await this.primary.startStandby(name)}];
		}

		await this.#agree();
		await until(this.primary, "SELECT count(*) = 2 AS yes FROM pg_stat_replication WHERE sync_state = 'quorum'");
	}

	async stop(): Promise<void> {
		await Promise.all(this.servers.map(async server => server.stop()));
	}

	/** A commit waits for one of the standbys. */
	async #agree(): Promise<void> {
		const names = this.#standbys.map(({name}) => name).join(', ');
		await ask(this.primary, `ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (${names})'`);
		await ask(this.primary, 'SELECT pg_reload_conf()');
	}
}

async function until(server: PostgresqlServer, question: string): Promise<void> {
	for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(LOOK_MS)) {
		if ((await ask(server, question)).rows[0]?.['yes'] === true) return;
	}

	throw new Error(`PostgreSQL: ${question} never came true`);
}

/** One statement, on a connection of its own. */
async function ask(server: PostgresqlServer, text: string): Promise<{readonly rows: readonly Row[]}> {
	const database = new PostgresqlDatabase(server.url());
	try {
		return await database.query(text);
	} finally {
		await database.close();
	}
}
