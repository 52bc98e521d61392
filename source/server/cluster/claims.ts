// Who is signed in where, in the database: servers with leases, and the sessions that each of them has claimed.
import {type Buffer} from 'node:buffer';
import {ONLINE_LIMIT} from '../../wire/messages/devices.ts';
import {type DeviceStanding} from '../device-standing.ts';
import {type SignedInDevice, type Member} from '../member.ts';
import {type LookUp} from '../store/directory-store.ts';
import {type PostgresqlDatabase, type Query, type Row} from '../store/postgresql-database.ts';
import {readLookUp} from '../store/postgresql-store.ts';
import {DATABASE_NOW} from '../store/postgresql-schema.ts';
import {EVERYBODY, type NodeRun} from './bus-seal.ts';
import {type Entered} from './cluster-port.ts';

/** How long a server counts as there after it was heard of last, ms. */
export const LEASE_MS = 10_000;
/** After so long a claim has a session, or never gets one, ms: more than a login may take. */
const CLAIMED_MS = 30_000;
/** Of an advisory lock: one server at a time takes a number. */
const NODE_LOCK = 0x73_69_6d_03;
/** Servers of a cluster. The numbers above are nobody's, and everybody's. */
const NODE_LIMIT = EVERYBODY - 1;

const LIVING = `nodes ON nodes.id = sessions.node AND nodes.boot = sessions.boot AND nodes.lease > ${DATABASE_NOW}`;

/** A session that is over: its row goes, if no later claim has taken it. */
export type Gone = {readonly name: string; readonly epoch: number};

export class Claims {
	readonly #database: PostgresqlDatabase;

	constructor(database: PostgresqlDatabase) {
		this.#database = database;
	}

	/** A number of its own for this run, and the time of the database, ms. Rejects when none is left. */
	async join(boot: string): Promise<{readonly node: number; readonly now: number}> {
		return this.#database.transaction(async query => {
			await query('SELECT pg_advisory_xact_lock($1)', [NODE_LOCK]);
			const {rows} = await query('SELECT id FROM nodes');
			const taken = new Set(rows.map(({id}) => Number(id)));
			let node = 0;
			while (taken.has(node)) node++;
			if (node > NODE_LIMIT) throw new Error('the database has no number left for another server');
			const joined = await query(
				`INSERT INTO nodes VALUES ($1, $2, ${DATABASE_NOW} + ${LEASE_MS}) RETURNING lease - ${LEASE_MS} AS now`,
				[node, boot],
			);
			return {node, now: Number(joined.rows[0]?.['now'])};
		});
	}

	/** The time of the database, ms; undefined when the lease has run out: others may have taken what was claimed. */
	async renew({node, boot}: NodeRun): Promise<number | undefined> {
		const {rows} = await this.#database.query(
			`UPDATE nodes SET lease = ${DATABASE_NOW} + ${LEASE_MS} WHERE id = $1 AND boot = $2 AND lease > ${DATABASE_NOW}
			RETURNING lease - ${LEASE_MS} AS now`,
			[node, boot],
		);
		return rows[0] && Number(rows[0]['now']);
	}

	/** Removes servers whose leases have run out, and their sessions; the names of these. */
	async reap(): Promise<string[]> {
		const {count} = await this.#database.query(`SELECT 1 FROM nodes WHERE lease <= ${DATABASE_NOW}`);
		if (count === 0) return [];
		return this.#database.transaction(async query => {
			const {rows} = await query(`DELETE FROM nodes WHERE lease <= ${DATABASE_NOW} RETURNING id, boot`);
			const names: string[] = [];
			for (const {id, boot} of rows) {
				const gone = await query('DELETE FROM sessions WHERE node = $1 AND boot = $2 RETURNING name', [id, boot]);
				names.push(...gone.rows.map(row => String(row['name'])));
			}

			return names;
		});
	}

	/** Removes this run and all its sessions; the names of these. */
	async leave({node, boot}: NodeRun): Promise<string[]> {
		return this.#database.transaction(async query => {
			await query('DELETE FROM nodes WHERE id = $1 AND boot = $2', [node, boot]);
			const {rows} = await query('DELETE FROM sessions WHERE node = $1 AND boot = $2 RETURNING name', [node, boot]);
			return rows.map(row => String(row['name']));
		});
	}

	/**
	 * Reads an account and claims one of its devices, while nobody changes the account, its log or its claims, and only while the lease of
	 * this server holds. Rejects when it does not.
	 */
	async enter(
		{node, boot}: NodeRun,
		name: string,
		key: Buffer,
		standing: (found: LookUp) => DeviceStanding | undefined,
	): Promise<Entered> {
		return this.#database.transaction(async query => {
			const {rows: held} = await query(
				`WITH own AS (SELECT 1 FROM nodes WHERE id = $1 AND boot = $2 AND lease > ${DATABASE_NOW} FOR KEY SHARE),
					account AS (SELECT 1 FROM accounts WHERE name = $3 FOR UPDATE)
				SELECT EXISTS (SELECT 1 FROM own) AS own, (SELECT count(*) FROM account) AS accounts`,
				[node, boot, name],
			);
			if (held[0]?.['own'] !== true) throw new Error('the lease of this server has run out');
			// What is read behind the lock is not older than it: that takes another statement.
			const found = await readLookUp(query, name);
			const as = found && standing(found);
			if (as === undefined) return {found, blocked: [], claim: undefined};
			return {found, ...(await claimOf(query, {node, boot}, name, key, as))};
		});
	}

	/** Writes how these members look to others, and removes what is over, in one transaction. */
	async write(changed: ReadonlyArray<readonly [Member, number]>, gone: readonly Gone[]): Promise<void> {
		await this.#database.transaction(async query => {
			if (gone.length > 0) {
				await query(
					`DELETE FROM sessions USING unnest($1::text[], $2::bigint[]) AS over (name, epoch)
					WHERE sessions.name = over.name AND sessions.epoch = over.epoch`,
					[gone.map(({name}) => name), gone.map(({epoch}) => epoch)],
				);
			}

			if (changed.length === 0) return;
			const column = (read: (member: Member) => unknown) => changed.map(([member]) => read(member));
			await query(
				`UPDATE sessions SET role = seen.role, speaks = seen.speaks, state = seen.state
				FROM unnest($1::bigint[], $2::text[], $3::text[], $4::boolean[], $5::text[]) AS seen (epoch, name, role, speaks, state)
				WHERE sessions.name = seen.name AND sessions.epoch = seen.epoch`,
				[
					changed.map(([, epoch]) => epoch),
					column(({name}) => name),
					column(({role}) => role),
					column(({speaksDevices}) => speaksDevices),
					column(({state}) => state),
				],
			);
		});
	}

	/** Ends the claims of devices that are not among these, wherever they are. */
	async expel(name: string, living: readonly Buffer[]): Promise<void> {
		await this.#database.query('DELETE FROM sessions WHERE name = $1 AND device <> ALL ($2::bytea[])', [name, living]);
	}

	/** Devices of these names at other living servers, each with where it is and whom its account has blocked. */
	async find(self: NodeRun, names: readonly string[]): Promise<Map<string, RemoteDevice[]>> {
		const {rows} = await this.#database.query(
			`SELECT sessions.*, ARRAY(SELECT name FROM blocks WHERE owner = sessions.name) AS blocked FROM sessions JOIN ${LIVING}
			WHERE sessions.name = ANY ($1) AND NOT (sessions.node = $2 AND sessions.boot = $3) ORDER BY sessions.epoch`,
			[names, self.node, self.boot],
		);
		const found = new Map<string, RemoteDevice[]>();
		for (const row of rows) {
			const device = deviceOf(row);
			found.set(device.name, [...(found.get(device.name) ?? []), device]);
		}

		return found;
	}

	/** Of these sessions of this server, those that another claim has taken, or whose account is gone. */
	async lost(sessions: readonly Gone[]): Promise<number[]> {
		const {rows} = await this.#database.query(
			`SELECT own.epoch FROM unnest($1::text[], $2::bigint[]) AS own (name, epoch)
			WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.name = own.name AND sessions.epoch = own.epoch)`,
			[sessions.map(({name}) => name), sessions.map(({epoch}) => epoch)],
		);
		return rows.map(({epoch}) => Number(epoch));
	}

	/**
	 * Removes claims of this run that are none of these, made a while ago, with numbers above `above` and not above `upTo`; their names. When the
	 * answer to a COMMIT is lost, a claim is there that nobody knows of.
	 */
	async forgetUnknown({node, boot}: NodeRun, above: number, upTo: number, known: readonly number[]): Promise<string[]> {
		const {rows} = await this.#database.query(
			`DELETE FROM sessions WHERE node = $1 AND boot = $2 AND epoch > $3::bigint AND epoch <= $4::bigint
				AND since < ${DATABASE_NOW} - ${CLAIMED_MS}
				AND NOT EXISTS (SELECT 1 FROM unnest($5::bigint[]) AS known (epoch) WHERE known.epoch = sessions.epoch)
			RETURNING name`,
			[node, boot, above, upTo, known],
		);
		return rows.map(({name}) => String(name));
	}

	/** Names online at all living servers. */
	async online(): Promise<number> {
		const {rows} = await this.#database.query(`SELECT count(DISTINCT name) AS count FROM sessions JOIN ${LIVING}`);
		return Number(rows[0]?.['count']);
	}
}

/** A device at another server. */
export type RemoteDevice = SignedInDevice & NodeRun;

async function claimOf(
	query: Query,
	{node, boot}: NodeRun,
	name: string,
	key: Buffer,
	{role, isFounding}: DeviceStanding,
): Promise<Pick<Entered, 'blocked' | 'claim'>> {
	const {rows} = await query(
		`WITH known AS (SELECT device, sessions.node, sessions.boot, nodes.id IS NOT NULL AS living
				FROM sessions LEFT JOIN ${LIVING} WHERE sessions.name = $1),
			claimed AS (INSERT INTO sessions
				SELECT $1, $2, $3, $4, nextval('session_epochs'), ${DATABASE_NOW}, $5, $6, false, 'offline'
					WHERE (SELECT count(*) FROM known WHERE living AND device <> $2) < $7
				ON CONFLICT (name, device) DO UPDATE SET node = excluded.node, boot = excluded.boot, epoch = excluded.epoch,
					since = excluded.since, role = excluded.role, founding = excluded.founding, speaks = excluded.speaks,
					state = excluded.state
				RETURNING epoch)
		SELECT (SELECT epoch FROM claimed) AS epoch, ARRAY(SELECT name FROM blocks WHERE owner = $1) AS blocked,
			before.node, before.boot FROM (SELECT 1) AS one LEFT JOIN known AS before ON before.device = $2 AND before.boot <> $4`,
		[name, key, node, boot, role, isFounding, ONLINE_LIMIT],
	);
	const {epoch, blocked, ...known} = rows[0] ?? {};
	const before = typeof known['boot'] === 'string' ? {node: Number(known['node']), boot: known['boot']} : undefined;
	return {
		blocked: blocked as string[],
		claim: epoch === null ? 'full' : {epoch: Number(epoch), before, overtaken: 0},
	};
}

function keyOf(row: Row): Buffer {
	return row['device'] as Buffer;
}

function deviceOf(row: Row): RemoteDevice {
	const blocked = row['blocked'] as string[];
	const [node, boot, state] = [Number(row['node']), String(row['boot']), row['state']];
	return {
		name: String(row['name']),
		identityKey: keyOf(row),
		role: row['role'] === 'keeper' ? 'keeper' : 'device',
		isFounding: row['founding'] === true,
		speaksDevices: row['speaks'] === true,
		state: state === 'online' || state === 'unbound' ? state : 'offline',
		blocked: blocked.length > 0 ? new Set(blocked) : undefined,
		id: `${boot} ${String(row['epoch'])}`,
		node,
		boot,
	};
}
