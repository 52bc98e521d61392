// The rows of an SQLite store, to move it to another database, or from one.
import {Buffer} from 'node:buffer';
import {type DatabaseSync, type SQLInputValue, type SQLOutputValue} from 'node:sqlite';
import {type Cell, type ColumnKind, STORE_TABLES, type StoreRow, type StoreTable} from './store-rows.ts';

export async function* sqliteRows(database: DatabaseSync): AsyncIterable<StoreRow> {
	for (const [table, kinds] of Object.entries(STORE_TABLES)) {
		const columns = Object.entries(kinds) as Array<[string, ColumnKind]>;
		const select = `SELECT ${columns.map(([key]) => key).join(', ')} FROM ${table}`;
		for (const row of database.prepare(select).iterate()) {
			const cells = columns.map(([key, kind]) => [key, cellOf(kind, row[key] ?? 0)] as const);
			yield {table: table as StoreTable, cells: Object.fromEntries(cells)};
		}
	}
}

/** In one transaction, durably. A row takes the place of one with its key. */
export async function takeSqliteRows(database: DatabaseSync, rows: AsyncIterable<StoreRow>): Promise<void> {
	const inserts = Object.fromEntries(
		Object.entries(STORE_TABLES).map(([table, kinds]) => {
			const columns = Object.keys(kinds);
			const values = columns.map(() => '?').join(', ');
			return [table, database.prepare(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${values})`)];
		}),
	);
	database.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
	try {
		for await (const {table, cells} of rows) {
			inserts[table]!.run(...Object.keys(STORE_TABLES[table]).map(key => valueOf(cells[key] ?? 0)));
		}

		database.exec('COMMIT');
	} catch (error) {
		if (database.isTransaction) database.exec('ROLLBACK');
		throw error;
	} finally {
		database.exec('PRAGMA synchronous = NORMAL');
	}
}

function cellOf(kind: ColumnKind, value: SQLOutputValue): Cell {
	if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.length);
	if (kind === 'flag') return value === 1;
	return kind === 'whole' ? Number(value) : String(value);
}

function valueOf(cell: Cell): SQLInputValue {
	return typeof cell === 'boolean' ? Number(cell) : cell;
}
