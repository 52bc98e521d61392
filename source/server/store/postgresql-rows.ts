// The rows of a store in PostgreSQL, to move it to another database, or from one.
import {Buffer} from 'node:buffer';
import {type PostgresqlDatabase, type Query, type Row} from './postgresql-database.ts';
import {type Cell, type ColumnKind, STORE_TABLES, type StoreRow, type StoreTable} from './store-rows.ts';

/** Rows that are read, and written, at a time. */
const AT_A_TIME = 500;

const KEYS: Readonly<Record<StoreTable, string>> = {
	meta: 'key',
	accounts: 'name',
	device_log: 'name, place',
	invites: 'name',
	attempts: 'name, owner',
	blocks: 'owner, name',
};

const TYPES: Readonly<Record<ColumnKind, string>> = {text: 'text', bytes: 'bytea', whole: 'bigint', flag: 'boolean'};

/** As they are at one moment, whatever is written meanwhile. */
export async function* postgresqlRows(database: PostgresqlDatabase): AsyncIterable<StoreRow> {
	const {query, release} = await database.connect();
	let failed = true;
	try {
		await query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
		for (const table of Object.keys(STORE_TABLES) as StoreTable[]) yield* rowsOf(query, table);
		await query('COMMIT');
		failed = false;
	} finally {
		release(failed);
	}
}

async function* rowsOf(query: Query, table: StoreTable): AsyncIterable<StoreRow> {
	const columns = columnsOf(table);
	const names = columns.map(([key]) => key).join(', ');
	await query(`DECLARE every CURSOR FOR SELECT ${names} FROM ${table} ORDER BY ${KEYS[table]}`);
	for (;;) {
		const {rows} = await query(`FETCH ${AT_A_TIME} FROM every`);
		for (const row of rows) {
			yield {table, cells: Object.fromEntries(columns.map(([key, kind]) => [key, cellOf(kind, row, key)] as const))};
		}

		if (rows.length < AT_A_TIME) break;
	}

	await query('CLOSE every');
}

/** Of one table after the other, in the caller's transaction. A row takes the place of one with its key. */
export async function takePostgresqlRows(query: Query, rows: AsyncIterable<StoreRow>): Promise<void> {
	let batch: StoreRow[] = [];
	const write = async () => {
		const [first] = batch;
		if (first !== undefined) await insert(query, first.table, batch);
		batch = [];
	};

	for await (const row of rows) {
		if (batch.length === AT_A_TIME || batch[0]?.table !== row.table) await write();
		batch.push(row);
	}

	await write();
}

async function insert(query: Query, table: StoreTable, rows: readonly StoreRow[]): Promise<void> {
	const columns = columnsOf(table);
	const names = columns.map(([key]) => key);
	const arrays = columns.map(([, kind], index) => `$${index + 1}::${TYPES[kind]}[]`).join(', ');
	const others = names.filter(name => !KEYS[table].split(', ').includes(name));
	const update = others.map(name => `${name} = excluded.${name}`).join(', ');
	await query(
		`INSERT INTO ${table} (${names.join(', ')}) SELECT * FROM unnest(${arrays})
		ON CONFLICT (${KEYS[table]}) DO ${update === '' ? 'NOTHING' : `UPDATE SET ${update}`}`,
		names.map(name => rows.map(({cells}) => cells[name])),
	);
}

function columnsOf(table: StoreTable): ReadonlyArray<readonly [string, ColumnKind]> {
	return Object.entries(STORE_TABLES[table]);
}

/** The driver gives `bigint` as text. */
function cellOf(kind: ColumnKind, row: Row, key: string): Cell {
	const value = row[key];
	if (kind === 'bytes') return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
	if (kind === 'flag') return value === true;
	return kind === 'whole' ? Number(value) : String(value);
}
