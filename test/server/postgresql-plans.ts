// What PostgreSQL would do for each statement that the store and the claims send it: which tables and indices it reads from one end.
import {Buffer} from 'node:buffer';
import {systemRandom} from '../../source/crypto/random.ts';
import {Claims} from '../../source/server/cluster/claims.ts';
import {FOUNDING} from '../../source/server/device-standing.ts';
import {type Member} from '../../source/server/member.ts';
import {type DirectoryStore} from '../../source/server/store/directory-store.ts';
import {type PostgresqlDatabase, type Query} from '../../source/server/store/postgresql-database.ts';
import {openPostgresqlStore} from '../../source/server/store/postgresql-store.ts';
import {collect, invite, registering} from './store-contract.ts';

/** A statement, and the values of one of its calls. */
export type Asked = {readonly text: string; readonly values: readonly unknown[]};

type Plan = {
	readonly 'Node Type': string;
	readonly 'Relation Name'?: string;
	readonly 'Index Name'?: string;
	readonly 'Index Cond'?: string;
	readonly Plans?: readonly Plan[];
};

/** Every statement, one call of each. All that a store and the claims can be asked for is asked for. */
export async function statementsOf(database: PostgresqlDatabase): Promise<{asked: readonly Asked[]; unused: string[]}> {
	const asked = new Map<string, Asked>();
	const heard = (query: Query): Query => {
		return async (text, values = []) => {
			if (!asked.has(text)) asked.set(text, {text, values});
			return query(text, values);
		};
	};
	const connect = database.connect.bind(database);
	Object.assign(database, {
		query: heard(database.query),
		async connect() {
			const {query, release} = await connect();
			return {query: heard(query), release};
		},
	});
	const store = watched(await openPostgresqlStore(database, systemRandom));
	const claims = watched(new Claims(database));
	await askStore(store.object);
	await askClaims(claims.object);
	return {asked: [...asked.values()], unused: [...store.unused(), ...claims.unused()]};
}

/** Says which of its methods nobody has called. */
function watched<T extends object>(object: T): {readonly object: T; unused(): string[]} {
	const names = [...Object.keys(object), ...Object.getOwnPropertyNames(Object.getPrototypeOf(object))];
	const known = object as Readonly<Record<string, unknown>>;
	const methods = new Set(names.filter(name => typeof known[name] === 'function' && !(name in Object.prototype)));
	const proxy = new Proxy(object, {
		get(target, name) {
			methods.delete(String(name));
			const value: unknown = Reflect.get(target, name, target);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
	});
	return {object: proxy, unused: () => [...methods].filter(name => name !== 'close')};
}

async function askStore(store: DirectoryStore): Promise<void> {
	const now = Date.now();
	for (const name of ['alice', 'bob', 'carol']) await store.register(registering(name), 'open', now);
	const reset = invite('carol', now + 60_000, 'reset');
	await store.invite(invite('dave', now + 60_000));
	await store.suspend(reset);
	await store.register(registering('carol', reset.codeHash), 'invite', now);
	await store.change('alice', 1, {identityKey: systemRandom(32)});
	await store.change('bob', 1, registering('bob'));
	await store.extendLog('alice', 2, 0, Buffer.from('entry'));
	await Promise.all([store.account('alice'), store.lookUp('alice'), store.accountCount(), store.log('alice', 0, 10)]);
	await Promise.all([store.names('a', '', 10), store.users('', 'a', 10, now), store.longLogs(['alice'])]);
	const bucket = {name: 'alice', owner: true};
	for (let guess = 0; guess < 6; guess++) await store.reserve(bucket, now);
	await store.locks(now, 10);
	await store.refund(bucket);
	await store.unlock('alice');
	await store.setBlocked('alice', 'bob', true, 10);
	await store.setBlocked('alice', 'bob', false, 10);
	await store.blocked('alice');
	await store.prune(now, now, 10);
	await store.moveAttempts(1);
	await store.setJoinLink('link');
	await store.joinLink();
	await store.probe(now);
	const rows = await collect(store.rows());
	await store.fill(each(rows));
	for (const {name} of await store.users('', '', 10, now)) await store.remove(name);
	await store.remove('dave');
	await store.prune(now, now + 120_000, 10);
	await store.fill(each(rows));
}

async function askClaims(claims: Claims): Promise<void> {
	const run = {node: 0, boot: 'a run'};
	const other = {node: 1, boot: 'another run'};
	await claims.join(run.boot);
	await claims.join(other.boot);
	await claims.renew(run);
	const key = systemRandom(32);
	const {claim} = await claims.enter(run, 'alice', key, () => FOUNDING);
	const epoch = typeof claim === 'object' ? claim.epoch : 0;
	const member = {name: 'alice', role: 'device', speaksDevices: true, state: 'online'} as Member;
	await claims.write([[member, epoch]], [{name: 'alice', epoch: -1}]);
	await claims.expel('alice', [key]);
	await claims.find(other, ['alice']);
	await claims.lost([{name: 'alice', epoch}]);
	await claims.forgetUnknown(run, 0, epoch, [epoch]);
	await claims.online();
	await claims.leave(other);
	await claims.reap();
}

async function* each<T>(items: Iterable<T>): AsyncIterable<T> {
	yield* items;
}

/** So many of everything that reading it from end to end is never the shortest way. */
export async function fillTables({query}: PostgresqlDatabase, count: number): Promise<void> {
	const name = "'n' || lpad(i::text, 8, '0')";
	const from = `FROM generate_series(1, ${count}) AS i`;
	const key = 'sha256(i::text::bytea)';
	// Nothing of it is over, nor from a later time.
	const now = '(extract(epoch FROM now()) * 1000)::bigint';
	await query(`INSERT INTO accounts SELECT ${name}, '', 17, 8, 1, '', ${key}, i, 1, false ${from}`);
	await query(`INSERT INTO device_log SELECT ${name}, 0, ${key} ${from}`);
	await query(`INSERT INTO invites SELECT 'x' || i, 'new', ${key}, ${now} + 600000 + i ${from}`);
	await query(
		`INSERT INTO attempts SELECT ${name}, false, 1, ${now} - i, CASE WHEN i % 50 = 0 THEN ${now} + 60000 - i ELSE 0 END ${from}`,
	);
	await query(`INSERT INTO blocks SELECT ${name}, 'somebody' ${from}`);
	await query(
		`INSERT INTO sessions SELECT ${name}, ${key}, i % 3, 'run ' || i % 3, i, i, 'device', true, true, 'online' ${from}`,
	);
	for (const table of ['accounts', 'device_log', 'invites', 'attempts', 'blocks', 'sessions', 'account_totals']) {
		await query(`ANALYZE ${table}`);
	}
}

/** The tables that the statement reads from one end, by themselves or by an index without a condition. */
export async function readWhole({query}: PostgresqlDatabase, {text, values}: Asked): Promise<string[]> {
	const {rows} = await query(`EXPLAIN (FORMAT JSON) ${text}`, values);
	const [found] = rows[0]!['QUERY PLAN'] as ReadonlyArray<{readonly Plan: Plan}>;
	return scansOf(found!.Plan);
}

function scansOf(plan: Plan): string[] {
	const below = (plan.Plans ?? []).flatMap(step => scansOf(step));
	const isScan = /^(?:Seq Scan|Index Scan|Index Only Scan|Bitmap Index Scan)$/v.test(plan['Node Type']);
	if (!isScan || plan['Index Cond'] !== undefined) return below;
	return [plan['Relation Name'] ?? plan['Index Name'] ?? '?', ...below];
}
