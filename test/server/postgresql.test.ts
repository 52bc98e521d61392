// The store in PostgreSQL: what every store does, and what only one that is shared has to.
import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setImmediate} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {systemRandom} from '../../source/crypto/random.ts';
import {type NodeRun} from '../../source/server/cluster/bus-seal.ts';
import {Claims} from '../../source/server/cluster/claims.ts';
import {SessionWriter} from '../../source/server/cluster/session-writer.ts';
import {FOUNDING} from '../../source/server/device-standing.ts';
import {type Member} from '../../source/server/member.ts';
import {moveStore} from '../../source/server/moving.ts';
import {DATABASE} from '../../source/server/store/choose-store.ts';
import {StoreError} from '../../source/server/store/open-store.ts';
import {PostgresqlDatabase} from '../../source/server/store/postgresql-database.ts';
import {openPostgresqlStore, openSharedStore} from '../../source/server/store/postgresql-store.ts';
import {openStore} from '../../source/server/store/sqlite-store.ts';
import {PostgresqlServer, missingForPostgresql} from '../../tools/engines/postgresql.ts';
import {ONLINE_LIMIT} from '../../source/wire/messages/devices.ts';
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {within} from '../../tools/within.ts';
import {fillTables, readWhole, statementsOf} from './postgresql-plans.ts';
import {type Ground, registering, storeContract} from './store-contract.ts';

const PATIENCE_MS = 30_000;
const missing = missingForPostgresql();
let server: Promise<PostgresqlServer> | undefined;
let schemas = 0;

test.after.always(async () => (await server)?.stop());

/** The database of a test: tables of its own in the one server. */
async function place(t: ExecutionContext): Promise<{url: string; database: PostgresqlDatabase}> {
	server ??= PostgresqlServer.start();
	const schema = `test_${++schemas}`;
	const url = (await server).url(schema);
	const database = new PostgresqlDatabase(url);
	t.teardown(async () => database.close());
	await database.query(`CREATE SCHEMA ${schema}`);
	return {url, database};
}

async function open(t: ExecutionContext, url: string) {
	const store = await openPostgresqlStore(new PostgresqlDatabase(url), systemRandom);
	t.teardown(async () => store.close());
	return store;
}

storeContract({
	kind: 'PostgreSQL',
	missing,
	async open(t): Promise<Ground> {
		const {url, database} = await place(t);
		return {
			store: await open(t, url),
			now: () => Date.now(),
			// What is stored is so much longer ago.
			async pass(ms) {
				await database.query(
					'UPDATE attempts SET last = last - $1::bigint, locked_until = CASE locked_until WHEN 0 THEN 0 ELSE greatest(1, locked_until - $1::bigint) END',
					[ms],
				);
				await database.query('UPDATE invites SET expires = expires - $1::bigint', [ms]);
			},
			reopen: async () => open(t, url),
			another: async () => open(t, (await place(t)).url),
		};
	},
});

/** How many Unix sockets and pipes this process has. */
const sockets = () => process.getActiveResourcesInfo().filter(each => each === 'PipeWrap').length;

/** Before all others, which share the database. */
function hangingTest(title: string, body: (t: ExecutionContext) => Promise<void>): void {
	if (missing.length > 0) test.skip(`${title} (needs ${missing.join(', ')})`, body);
	else test.serial(title, body);
}

hangingTest('nobody waits for a database that hangs: whoever closes it is done, and no connection is left', async t => {
	const {url} = await place(t);
	const database = new PostgresqlDatabase(url);
	const before = sockets();
	const listening = await database.listen(
		['a'],
		() => {},
		() => {},
	);
	await Promise.all([1, 2, 3].map(async () => database.query('SELECT pg_sleep(0.01)')));
	t.true(sockets() >= before + 4);
	const {processes} = await server!;
	const signal = (which: NodeJS.Signals) => {
		for (const pid of processes) process.kill(pid, which);
	};
	signal('SIGSTOP');
	t.teardown(() => signal('SIGCONT'));
	listening.close();
	await within(database.close(), PATIENCE_MS, () => 'the goodbye is waited for');
	const isOver = async (): Promise<void> => {
		await setImmediate();
		if (sockets() > before) await isOver();
	};
	await within(isOver(), PATIENCE_MS, () => 'connections are left, which keep the process from ending');
	t.is(sockets(), before);
});

function sharedTest(title: string, body: (t: ExecutionContext) => Promise<void>): void {
	if (missing.length > 0) test.skip(`${title} (needs ${missing.join(', ')})`, body);
	else test(title, body);
}

sharedTest('servers that open an empty database at once agree on its tables and its keys', async t => {
	const {url} = await place(t);
	const stores = await Promise.all(Array.from({length: 5}, async () => open(t, url)));
	const [first, ...others] = stores.map(
		({secrets}) => `${secrets.signingSeed.toString('hex')} ${secrets.decoyKey.toString('hex')}`,
	);
	t.deepEqual(others, [first, first, first, first]);
});

sharedTest('a founding key is not changed while a log is founded by way of another server', async t => {
	const {url} = await place(t);
	const [one, two] = [await open(t, url), await open(t, url)];
	const now = Date.now();
	for (let round = 0; round < 20; round++) {
		const name = `alice${round}`;
		await one.register(registering(name), 'open', now);
		const [changed, extended] = await Promise.all([
			one.change(name, 1, {identityKey: systemRandom(32)}),
			two.extendLog(name, 1, 0, Buffer.from('entry')),
		]);
		t.true([changed, extended].includes('stale') && (changed === 'changed' || extended === 'extended'), name);
	}
});

/** What others see of it. */
const MEMBER = {role: 'device', speaksDevices: false, state: 'online'} as Member;

/** A run of a server with what it claims, in a database of its own, and what its sessions tell. */
async function claiming(t: ExecutionContext) {
	const {url, database} = await place(t);
	const store = await open(t, url);
	const claims = new Claims(database);
	const boot = systemRandom(8).toString('hex');
	const run: NodeRun = {boot, node: (await claims.join(boot)).node};
	const enter = async (name: string, by = claims) => {
		await store.register(registering(name), 'open', Date.now());
		const identityKey = systemRandom(32);
		const {claim} = await by.enter(run, name, identityKey, () => FOUNDING);
		if (typeof claim !== 'object') throw new Error('no claim');
		return {member: {...MEMBER, name, identityKey}, epoch: claim.epoch};
	};
	const names = async () => {
		const {rows} = await database.query('SELECT name FROM sessions ORDER BY name');
		return rows.map(({name}) => String(name));
	};
	return {database, claims, run, enter, names};
}

sharedTest(
	'a claim whose COMMIT was not answered is there, and goes when it is too old to get a session; no other one does',
	async t => {
		const {database, claims, run, enter, names} = await claiming(t);
		const told: string[] = [];
		const sessions = new SessionWriter(
			claims,
			written => told.push(...written),
			error => t.fail(String(error)),
		);
		t.teardown(() => sessions.clear());
		const deaf = new PostgresqlDatabase((await server!).url());
		t.teardown(async () => deaf.close());
		deaf.transaction = async work => {
			await database.transaction(work);
			throw new Error('the connection was lost');
		};
		for (const name of ['alice', 'bob', 'carol']) {
			const {member, epoch} = await enter(name);
			sessions.add(member, epoch);
		}

		await t.throwsAsync(enter('lost', new Claims(deaf)), {message: 'the connection was lost'});
		await enter('young');
		t.deepEqual(await names(), ['alice', 'bob', 'carol', 'lost', 'young']);
		await sessions.forgetUnknown(run);
		t.deepEqual(await names(), ['alice', 'bob', 'carol', 'lost', 'young']);
		await database.query("UPDATE sessions SET since = since - 31000 WHERE name <> 'young'");
		await database.query(
			"INSERT INTO sessions SELECT name, 'x', node, 'another run', 0, 0, role, founding, speaks, state FROM sessions WHERE name = 'bob'",
		);
		await sessions.forgetUnknown(run);
		t.deepEqual(await names(), ['alice', 'bob', 'bob', 'carol', 'young']);
		t.is(told.filter(name => name === 'lost').length, 1);
	},
);

sharedTest(
	'a name has so many devices online and no more; one that was there says where it was, and whom its account has blocked',
	async t => {
		const {claims, database, run, names} = await claiming(t);
		await database.query(`INSERT INTO accounts VALUES ('alice', '', 17, 8, 1, '', '', 0, 1, false)`);
		await database.query(`INSERT INTO blocks VALUES ('alice', 'mallory'), ('alice', 'nick')`);
		const keys = Array.from({length: ONLINE_LIMIT}, () => systemRandom(32));
		const enter = async (by: NodeRun, key: Buffer) => claims.enter(by, 'alice', key, () => FOUNDING);
		const first = await Promise.all(keys.map(async key => enter(run, key)));
		t.is(new Set(first.map(({claim}) => typeof claim === 'object' && claim.epoch)).size, ONLINE_LIMIT);
		t.deepEqual(first[0]!.blocked.toSorted(), ['mallory', 'nick']);
		const other: NodeRun = {boot: 'another run', node: (await claims.join('another run')).node};
		t.like(await enter(other, systemRandom(32)), {claim: 'full'});
		t.like(await enter(run, keys[0]!), {claim: {before: undefined}});
		t.like(await enter(other, keys[0]!), {claim: {before: run}});
		t.like(await enter(other, keys[0]!), {claim: {before: undefined}});
		t.is((await names()).length, ONLINE_LIMIT);
		// Those of a server whose lease is over do not count.
		await database.query('UPDATE nodes SET lease = 0 WHERE id = $1', [run.node]);
		t.like(await enter(other, systemRandom(32)), {claim: {before: undefined}});
		await t.throwsAsync(enter(run, keys[1]!), {message: /lease of this server has run out/v});
		t.like(await claims.enter(other, 'nobody', keys[1]!, () => undefined), {claim: undefined, blocked: []});
	},
);

sharedTest(
	'more sessions than are looked at in one part: each unknown claim goes, wherever it is among them',
	async t => {
		const {database, claims, run, names} = await claiming(t);
		await database.query(
			`INSERT INTO accounts SELECT 'n' || lpad(i::text, 4, '0'), '', 17, 8, 1, '', '', 0, 1, false FROM generate_series(1, 2500) AS i`,
		);
		await database.query(
			`INSERT INTO sessions SELECT name, '', $1, $2, substr(name, 2)::bigint, 0, 'device', true, false, 'online' FROM accounts`,
			[run.node, run.boot],
		);
		const sessions = new SessionWriter(
			claims,
			() => {},
			error => t.fail(String(error)),
		);
		const unknown = new Set([1, 2, 1000, 1001, 1002, 2001, 2499, 2500]);
		for (let epoch = 2500; epoch > 0; epoch--) {
			if (!unknown.has(epoch)) sessions.add({...MEMBER, name: `n${String(epoch).padStart(4, '0')}`}, epoch);
		}

		await sessions.forgetUnknown(run);
		t.deepEqual(await names(), [...sessions.names()].toSorted());
		t.is(sessions.names().size, 2500 - unknown.size);
		sessions.clear();
	},
);

sharedTest('the last session that ends while the database is away is forgotten there when it is back', async t => {
	const {claims, enter, names} = await claiming(t);
	let isAway = true;
	const failures: unknown[] = [];
	const flaky = Object.assign(Object.create(claims) as Claims, {
		async write(...args: Parameters<Claims['write']>) {
			if (isAway) throw new Error('away');
			return claims.write(...args);
		},
	});
	const {promise: over, resolve} = Promise.withResolvers<void>();
	const sessions = new SessionWriter(
		flaky,
		() => resolve(),
		error => {
			failures.push(error);
			isAway = failures.length < 2;
		},
	);
	const {member, epoch} = await enter('alice');
	sessions.add(member, epoch);
	sessions.remove(member);
	await within(over, PATIENCE_MS, () => 'nothing is written');
	t.is(failures.length, 2);
	t.deepEqual(await names(), []);
});

sharedTest(
	'a database of a later version is refused, and one that is not there is named without who signs in',
	async t => {
		const {url, database} = await place(t);
		await (await open(t, url)).joinLink();
		await database.query('INSERT INTO simchat_version VALUES (99)');
		t.like(await t.throwsAsync(openSharedStore(url, systemRandom), {instanceOf: StoreError}), {code: 'newer'});
		const nowhere = 'postgres://carol@127.0.0.1:1/simchat';
		const error = await t.throwsAsync(openSharedStore(nowhere, systemRandom), {instanceOf: StoreError});
		t.like(error, {code: 'unreachable'});
		t.regex(error?.message ?? '', /127\.0\.0\.1\/simchat.*does PostgreSQL run/v);
		t.false(error?.message.includes('carol'));
	},
);

sharedTest('a directory moves from its file to a database and back, and nothing is lost on the way', async t => {
	const folder = temporaryFolder(t);
	const store = openStore(path.join(folder, DATABASE), systemRandom);
	for (const name of ['alice', 'bob']) await store.register(registering(name), 'open', 1_800_000_000_000);
	await store.setBlocked('alice', 'bob', true, 10);
	await store.extendLog('bob', 1, 0, Buffer.from('entry'));
	await store.close();
	const {url} = await place(t);
	const [there, back] = [path.join(folder, 'there'), path.join(folder, 'back')];
	t.like(await moveStore('export', there, {data: folder}), {exitCode: 0});
	t.like(await moveStore('import', there, {data: folder, store: url}), {exitCode: 0});
	t.like(await moveStore('import', there, {data: folder, store: url}), {exitCode: 73});
	t.like(await moveStore('export', back, {data: folder, store: url}), {exitCode: 0});
	t.is(readFileSync(back, 'utf8'), readFileSync(there, 'utf8'));
	t.like(await moveStore('import', back, {data: path.join(folder, 'new')}), {exitCode: 0});
	const again = openStore(path.join(folder, 'new', DATABASE), systemRandom);
	t.deepEqual(await again.blocked('alice'), ['bob']);
	await again.close();
});

/** Tables of which there is a row for each server, or less. */
const SMALL = new Set(['nodes', 'meta', 'account_totals', 'simchat_version']);
/** Statements that read a table or an index from one end, with why that is no harm. */
const BOUNDED: Readonly<Record<string, RegExp>> = {
	'the first row alone': /ORDER BY name LIMIT 1\)/v,
	'whether there is a row': /^SELECT (?:EXISTS \(SELECT 1 FROM|1 FROM accounts LIMIT 1$)/v,
	'all that is exported': /^DECLARE every CURSOR/v,
	'the newest attempts, in an index': /ORDER BY last DESC OFFSET \$1\)$/v,
	'who is online, at most once in a while': /^SELECT count\(DISTINCT name\)/v,
};

sharedTest('no statement of the store or the claims reads a whole table', async t => {
	const {database} = await place(t);
	const {asked, unused} = await statementsOf(database);
	t.deepEqual(unused, []);
	t.true(asked.length > 60, `${asked.length} statements`);
	await fillTables(database, 20_000);
	const unneeded = new Set(Object.keys(BOUNDED));
	for (const each of asked.filter(({text}) => /^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|DECLARE)/v.test(text))) {
		const scans = (await readWhole(database, each)).filter(table => !SMALL.has(table));
		const reason = Object.keys(BOUNDED).find(known => BOUNDED[known]!.test(each.text));
		if (reason !== undefined && scans.length > 0) unneeded.delete(reason);
		t.true(scans.length === 0 || reason !== undefined, `${each.text}\n${scans.join(', ')}`);
	}

	t.deepEqual([...unneeded], []);
});

sharedTest(
	'the count of accounts is right whatever is done at once, and one that was there before is counted',
	async t => {
		const {url, database} = await place(t);
		const stores = await Promise.all([open(t, url), open(t, url), open(t, url)]);
		const names = Array.from({length: 30}, (_, index) => `n${index}`);
		await Promise.all(names.map(async (name, index) => stores[index % 3]!.register(registering(name), 'open', 0)));
		const again = names
			.slice(0, 10)
			.map(async (name, index) => stores[index % 3]!.register(registering(name), 'open', 0));
		const gone = names.slice(20).flatMap(name => stores.map(async store => store.remove(name)));
		await Promise.all([...again, ...gone]);
		t.is(await stores[0].accountCount(), 20);
		// As a database of the version before is.
		await database.query('DROP TABLE account_totals');
		await database.query('DROP FUNCTION count_accounts CASCADE');
		await database.query('DROP INDEX attempts_by_age, attempts_by_lock, invites_by_end');
		await database.query('DELETE FROM simchat_version WHERE version > 3');
		t.is(await (await open(t, url)).accountCount(), 20);
	},
);

sharedTest(
	'whoever is not named in the URL signs in as the user of the process, whatever its environment says',
	async t => {
		const {folder} = await (server ??= PostgresqlServer.start());
		const env = {...process.env, USER: 'somebody', PGUSER: undefined};
		const store = `postgres:///postgres?host=${folder}`;
		const args = [path.resolve('server.ts'), 'status', '--data', temporaryFolder(t), '--store', store];
		const child = spawn(process.execPath, args, {env, stdio: ['ignore', 'ignore', 'pipe']});
		const said = (await child.stderr.toArray()).join('');
		t.true(said.includes(`role "${os.userInfo().username}" does not exist`), said);
	},
);

test('a server with a file loads nothing of the driver, and one with a database does', async t => {
	const folder = temporaryFolder(t);
	const loaded = path.join(folder, 'loaded');
	const hook = `
		import {appendFileSync} from 'node:fs';
		import {registerHooks} from 'node:module';
		registerHooks({load(url, context, next) { appendFileSync(${JSON.stringify(loaded)}, url + '\\n'); return next(url, context); }});
	`;
	const args = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, path.resolve('server.ts'), 'status'];
	const drivers = async (...more: string[]) => {
		writeFileSync(loaded, '');
		const child = spawn(process.execPath, [...args, '--data', folder, ...more], {stdio: 'ignore'});
		await once(child, 'exit');
		const urls = readFileSync(loaded, 'utf8').split('\n');
		t.true(urls.some(url => url.endsWith('/source/server/start-server.ts')));
		return urls.filter(url => /\/node_modules\/pg[\/\-]|\/postgresql-|\/iovalkey\//v.test(url)).length;
	};

	t.is(await drivers(), 0);
	t.true((await drivers('--store', 'postgres://127.0.0.1:1/simchat')) > 5);
});
