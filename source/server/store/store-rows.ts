// The tables of a store as rows, for moving one to another database: what they are called, and what their columns hold.
import {Buffer} from 'node:buffer';

/** `bytes` are Base64 in a row; `whole` is a whole number, for times in ms since 1970. */
export type ColumnKind = 'text' | 'bytes' | 'whole' | 'flag';

/** In an order in which they can be filled: what is referred to comes first. The columns are in the order of the key, then of the table. */
export const STORE_TABLES = {
	meta: {key: 'text', value: 'bytes'},
	accounts: {
		name: 'text',
		salt: 'bytes',
		log_n: 'whole',
		r: 'whole',
		p: 'whole',
		verifier: 'bytes',
		identity_key: 'bytes',
		created: 'whole',
		generation: 'whole',
		suspended: 'flag',
	},
	device_log: {name: 'text', place: 'whole', entry: 'bytes'},
	invites: {name: 'text', kind: 'text', code_hash: 'bytes', expires: 'whole'},
	attempts: {name: 'text', owner: 'flag', count: 'whole', last: 'whole', locked_until: 'whole'},
	blocks: {owner: 'text', name: 'text'},
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnKind>>>>;

export type StoreTable = keyof typeof STORE_TABLES;

/** What a column holds, in the types of JavaScript. */
export type Cell = string | number | boolean | Buffer;

/** A row of a table: its cells by column. */
export type StoreRow = {readonly table: StoreTable; readonly cells: Readonly<Record<string, Cell>>};

/** A line of JSON without its end: the table's name and the cells, bytes as Base64. */
export function rowLine({table, cells}: StoreRow): string {
	const columns = Object.entries(cells).map(([key, cell]) => [
		key,
		Buffer.isBuffer(cell) ? cell.toString('base64') : cell,
	]);
	return JSON.stringify({table, ...Object.fromEntries(columns)});
}

/** The row of such a line; undefined when it is none: every column has to be there, with what it holds, and no other. */
export function readRowLine(line: string): StoreRow | undefined {
	const {table, ...columns} = parsed(line);
	if (typeof table !== 'string' || !Object.hasOwn(STORE_TABLES, table)) return undefined;
	const kinds: Readonly<Record<string, ColumnKind>> = STORE_TABLES[table as StoreTable];
	const cells = Object.entries(kinds).map(([key, kind]) => [key, cellOf(kind, columns[key])] as const);
	if (cells.some(([, cell]) => cell === undefined) || Object.keys(columns).length !== cells.length) return undefined;
	return {table: table as StoreTable, cells: Object.fromEntries(cells) as StoreRow['cells']};
}

function parsed(line: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === 'object' && value !== null ? {...value} : {};
	} catch {
		return {};
	}
}

function cellOf(kind: ColumnKind, value: unknown): Cell | undefined {
	if (kind === 'flag') return typeof value === 'boolean' ? value : undefined;
	if (kind === 'whole') return Number.isSafeInteger(value) ? (value as number) : undefined;
	if (typeof value !== 'string') return undefined;
	if (kind === 'text') return value;
	const bytes = Buffer.from(value, 'base64');
	return bytes.toString('base64') === value ? bytes : undefined;
}
