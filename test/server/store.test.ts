// The store: what it remembers, who may read it, and what it does with files that are not its own or not whole.
import {temporaryFolder} from '../../tools/temporary-folder.ts';
import {Buffer} from 'node:buffer';
import {chmod, mkdir, readFile, readdir, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {systemRandom} from '../../source/crypto/random.ts';
import {Accounts} from '../../source/server/accounts.ts';
import {StoreError} from '../../source/server/store/open-store.ts';
import {openStore} from '../../source/server/store/sqlite-store.ts';
import {type StoreRow} from '../../source/server/store/store-rows.ts';
import {STORE_MIGRATIONS} from '../../source/server/store/store-schema.ts';
import {type Ground, collect, registering, storeContract} from './store-contract.ts';

async function place(t: ExecutionContext): Promise<string> {
	return path.join(temporaryFolder(t), 'data', 'directory.db');
}

async function open(t: ExecutionContext): Promise<Ground> {
	const file = await place(t);
	let store = openStore(file, systemRandom);
	let now = 1_800_000_000_000;
	t.teardown(async () => store.close());
	return {
		store,
		now: () => now,
		async pass(ms) {
			now += ms;
		},
		async reopen() {
			await store.close();
			store = openStore(file, systemRandom);
			return store;
		},
		async another() {
			const empty = openStore(await place(t), systemRandom);
			t.teardown(async () => empty.close());
			return empty;
		},
	};
}

storeContract({kind: 'SQLite', missing: [], open});

function failure(file: string): StoreError {
	try {
		void openStore(file, systemRandom).close();
	} catch (error) {
		if (error instanceof StoreError) return error;
		throw error;
	}

	throw new Error('the store opened');
}

test('11,000 other names make the server forget attempts at a name without an account no sooner than at one with', async t => {
	const {store} = await open(t);
	await store.register(registering('alice'), 'open', 1);
	const accounts = new Accounts(store, 'invite');
	const now = 10_000_000;
	for (let guess = 0; guess < 3; guess++) {
		for (const name of ['alice', 'nobody']) await accounts.reserve({name, owner: false}, now + guess);
	}

	for (let index = 0; index < 11_000; index++)
		await accounts.reserve({name: `n${index}`, owner: false}, now + 10 + index);
	await accounts.prune(now + 11_010);
	for (const name of ['alice', 'nobody']) {
		t.like(await accounts.reserve({name, owner: false}, now + 11_011), {allowed: true, triesLeft: 1});
	}
});

test('a write that fails in its middle leaves nothing, and the next one works', async t => {
	const {store} = await open(t);
	const [row] = await collect(store.rows());
	const rows = async function* () {
		yield row!;
		yield {table: 'accounts', cells: {name: 'alice'}} as StoreRow;
		throw new Error('in the middle');
	};
	await t.throwsAsync(store.fill(rows()));
	t.is(await store.accountCount(), 0);
	t.is(await store.register(registering('alice'), 'open', 1), 'registered');
});

test('nobody but the owner can read it', async t => {
	const file = await place(t);
	const store = openStore(file, systemRandom);
	t.teardown(async () => store.close());
	await store.register(registering('alice'), 'open', 1);
	const modes = await Promise.all(
		(await readdir(path.dirname(file))).map(
			async name => (await stat(path.join(path.dirname(file), name))).mode & 0o777,
		),
	);
	t.true(modes.length > 1);
	t.true(modes.every(mode => mode === 0o600));
	t.is((await stat(path.dirname(file))).mode & 0o777, 0o700);
});

test('a directory that is open to others is closed, and its owner is told; one that many share is refused', async t => {
	const directory = temporaryFolder(t);
	const file = path.join(directory, 'directory.db');
	for (const mode of [0o777, 0o755, 0o710]) {
		await chmod(directory, mode);
		const closed: Array<[string, number]> = [];
		await openStore(file, systemRandom, (...what) => closed.push(what)).close();
		t.deepEqual(closed, [[directory, mode]]);
		t.is((await stat(directory)).mode & 0o7777, 0o700);
	}

	await openStore(file, systemRandom, () => t.fail('it was closed already')).close();
	await chmod(directory, 0o1777);
	const error = failure(file);
	t.is(error.code, 'shared');
	t.regex(error.message, /open to others.*--data.*chmod 700/);
	t.is((await stat(directory)).mode & 0o7777, 0o1777);
});

test('a second opener is told, and may in when the first is gone', async t => {
	const file = await place(t);
	const store = openStore(file, systemRandom);
	const error = failure(file);
	t.is(error.code, 'busy');
	t.true(error.message.includes('another simchat-server uses'));
	await store.close();
	await openStore(file, systemRandom).close();
});

test('a file that is no database, or a damaged one, is named and left as it is', async t => {
	const file = await place(t);
	const store = openStore(file, systemRandom);
	for (let index = 0; index < 50; index++) await store.register(registering(`n${index}`), 'open', 1);
	await store.close();
	const whole = await readFile(file);
	const holed = Buffer.from(whole);
	holed.fill(0xff, 4096 * 2, 4096 * 4);
	for (const bytes of [
		Buffer.from('not a database, but long enough to look'),
		systemRandom(8192),
		holed,
		whole.subarray(0, 5000),
	]) {
		await writeFile(file, bytes);
		const error = failure(file);
		t.is(error.code, 'damaged');
		t.true(error.message.includes(file) && error.message.includes('backup'));
		t.deepEqual(await readFile(file), bytes);
	}

	await writeFile(file, whole);
	await openStore(file, systemRandom).close();
});

test('a database without its keys, or of a later version, is refused', async t => {
	const file = await place(t);
	const store = openStore(file, systemRandom);
	await store.register(registering('alice'), 'open', 1);
	await store.close();
	const alter = (sql: string) => {
		const database = new DatabaseSync(file);
		database.exec(sql);
		database.close();
	};

	alter(`UPDATE meta SET value = x'00' WHERE key = 'signing seed'`);
	t.is(failure(file).code, 'damaged');
	alter(`DELETE FROM meta WHERE key = 'signing seed'`);
	t.is(failure(file).code, 'damaged');
	alter('PRAGMA user_version = 99');
	const error = failure(file);
	t.is(error.code, 'newer');
	t.true(error.message.includes('update'));
});

test('a database of the first version goes on as it is', async t => {
	const file = await place(t);
	const first = openStore(file, systemRandom);
	const keys = [first.secrets.signingSeed, first.secrets.decoyKey];
	await first.close();
	const database = new DatabaseSync(file);
	const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
	for (const {name} of tables) database.exec(`DROP TABLE ${String(name)}`);
	database.exec(`${STORE_MIGRATIONS[0]}; PRAGMA user_version = 1`);
	const put = database.prepare('INSERT INTO meta VALUES (?, ?)');
	for (const [index, key] of ['signing seed', 'decoy key'].entries()) put.run(key, keys[index]!);
	database.exec("INSERT INTO attempts VALUES ('alice', 1, 3, 1800000000001, 0)");
	database.exec("INSERT INTO accounts VALUES ('alice', x'00', 17, 8, 1, x'00', x'00', 1800000000000, 1, 0)");
	database.close();
	const store = openStore(file, systemRandom);
	t.teardown(async () => store.close());
	t.is(await store.accountCount(), 1);
	await store.prune(1_800_000_000_002, 0, 1);
	t.like(await store.reserve({name: 'alice', owner: true}, 1_800_000_000_003), {triesLeft: 1});
	await store.register(registering('bob'), 'open', 1);
	t.is(await store.accountCount(), 2);
	t.true(await store.remove('alice'));
	t.is(await store.accountCount(), 1);
});

test('a place where nothing can be written is named', async t => {
	const directory = temporaryFolder(t);
	await writeFile(path.join(directory, 'file'), '');
	const error = failure(path.join(directory, 'file', 'directory.db'));
	t.is(error.code, 'unwritable');
	t.true(error.message.includes('--data'));
	if (process.getuid?.() === 0) return;
	await mkdir(path.join(directory, 'closed'));
	await chmod(path.join(directory, 'closed'), 0o500);
	t.is(failure(path.join(directory, 'closed', 'directory.db')).code, 'unwritable');
});
