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
import {type AccountRecord, type DirectoryStore} from '../../source/server/store/directory-store.ts';
import {StoreError} from '../../source/server/store/open-store.ts';
import {openStore} from '../../source/server/store/sqlite-store.ts';
import {STORE_MIGRATIONS} from '../../source/server/store/store-schema.ts';

async function place(t: ExecutionContext): Promise<string> {
	return path.join(temporaryFolder(t), 'data', 'directory.db');
}

async function open(t: ExecutionContext): Promise<DirectoryStore> {
	const store = openStore(await place(t), systemRandom);
	t.teardown(() => store.close());
	return store;
}

function account(name: string): AccountRecord {
	return {
		name,
		stretching: {salt: systemRandom(16), logN: 17, r: 8, p: 1},
		verifier: systemRandom(384),
		identityKey: systemRandom(32),
		created: 1_800_000_000_000,
		generation: 1,
		suspended: false,
	};
}

function failure(file: string): StoreError {
	try {
		openStore(file, systemRandom).close();
	} catch (error) {
		if (error instanceof StoreError) return error;
		throw error;
	}

	throw new Error('the store opened');
}

test('everything is still there after it was closed', async t => {
	const file = await place(t);
	const store = openStore(file, systemRandom);
	const secrets = {...store.secrets};
	const [alice, bob] = [account('alice'), {...account('bob'), generation: 3, suspended: true}];
	const reset = {name: 'carol', kind: 'reset', codeHash: systemRandom(32), expires: 5} as const;
	const attempts = {count: 3, last: 1_800_000_000_001, lockedUntil: 1_800_000_060_001};
	store.putAccount(alice);
	store.putAccount(bob);
	store.putInvite(reset);
	store.putAttempts({name: 'alice', owner: true}, attempts);
	store.setBlocked('alice', 'bob', true);
	store.setBlocked('alice', 'bob', true);
	store.setJoinLink('simchat://…');
	store.close();

	const again = openStore(file, systemRandom);
	t.teardown(() => again.close());
	t.deepEqual(again.secrets, secrets);
	t.deepEqual(again.account('alice'), alice);
	const [{name, created}, {suspended}] = [alice, bob];
	t.deepEqual(again.users('', '', 10), [
		{name, created, suspended: false, lockedUntil: attempts.lockedUntil},
		{name: 'bob', created, suspended, lockedUntil: 0},
	]);
	t.is(again.account('carol'), undefined);
	t.is(again.accountCount(), 2);
	t.deepEqual(again.invite(reset.codeHash), reset);
	t.is(again.invite(systemRandom(32)), undefined);
	t.deepEqual(again.attempts({name: 'alice', owner: true}), attempts);
	t.is(again.attempts({name: 'alice', owner: false}), undefined);
	t.deepEqual(again.blocked('alice'), ['bob']);
	t.is(again.joinLink(), 'simchat://…');
});

test('names are paged by prefix, and a prefix is taken literally', async t => {
	const store = await open(t);
	for (const name of ['a', 'a_b', 'a.b', 'a-b', 'a9', 'ab', 'az', 'b']) store.putAccount(account(name));
	t.deepEqual(store.names('a', '', 10), ['a', 'a-b', 'a.b', 'a9', 'a_b', 'ab', 'az']);
	t.deepEqual(store.names('a', 'a9', 2), ['a_b', 'ab']);
	t.deepEqual(store.names('a_', '', 10), ['a_b']);
	t.deepEqual(store.names('', '', 2), ['a', 'a-b']);
	t.deepEqual(store.names('c', '', 2), []);
	t.deepEqual(store.names('a', 'b', 2), []);
	t.deepEqual(store.names('b', 'a', 2), ['b']);
	t.deepEqual(
		store.users('a', 'a9', 2).map(({name}) => name),
		['a_b', 'ab'],
	);
});

test('replacing an account keeps its blocks, removing it takes them along', async t => {
	const store = await open(t);
	store.putAccount(account('alice'));
	store.setBlocked('alice', 'bob', true);
	const anew = {...account('alice'), generation: 2};
	store.putAccount(anew);
	t.deepEqual(store.account('alice'), anew);
	t.deepEqual(store.blocked('alice'), ['bob']);
	t.true(store.removeAccount('alice'));
	t.false(store.removeAccount('alice'));
	t.deepEqual(store.blocked('alice'), []);
});

test('a log is as long as it is, and long from the second entry on', async t => {
	const store = await open(t);
	store.putAccount(account('alice'));
	for (let count = 0; count < 3; count++) {
		t.deepEqual([store.logLength('alice'), store.isLogLong('alice')], [count, count > 1]);
		store.appendLogEntry('alice', systemRandom(8));
	}

	store.removeLog('alice');
	t.deepEqual([store.logLength('alice'), store.isLogLong('alice')], [0, false]);
});

test('a durable write that fails leaves nothing, and the next one works', async t => {
	const store = await open(t);
	const error = t.throws(() =>
		store.durably(() => {
			store.putAccount(account('alice'));
			throw new Error('in the middle');
		}),
	);
	t.is(error?.message, 'in the middle');
	t.is(store.accountCount(), 0);
	t.is(
		store.durably(() => {
			store.putAccount(account('bob'));
			return store.accountCount();
		}),
		1,
	);
});

function bucket(name: string) {
	return {name, owner: false};
}

function invite(name: string, expires: number) {
	return {name, kind: 'new', codeHash: Buffer.alloc(32, name), expires} as const;
}

test('pruning drops what has expired and no lock that holds', async t => {
	const store = await open(t);
	const now = 10_000_000;
	store.putAttempts(bucket('locked'), {count: 5, last: now - 59_999, lockedUntil: now + 1});
	store.putAttempts(bucket('unlocked'), {count: 5, last: now - 60_000, lockedUntil: now});
	store.putAttempts(bucket('fresh'), {count: 2, last: now - 899_999, lockedUntil: 0});
	store.putAttempts(bucket('old'), {count: 2, last: now - 900_000, lockedUntil: 0});
	store.putInvite(invite('x', now));
	store.putInvite(invite('y', now + 1));
	store.prune(now, now, 100);
	t.deepEqual(
		['locked', 'unlocked', 'fresh', 'old'].map(name => store.attempts(bucket(name)) !== undefined),
		[true, false, true, false],
	);
	t.is(store.invite(Buffer.alloc(32, 'x')), undefined);
	t.truthy(store.invite(Buffer.alloc(32, 'y')));
});

test('a name counts once as locked, until the later of its locks; those whose locks end last come first', async t => {
	const store = await open(t);
	const now = 10_000_000;
	const lock = (name: string, owner: boolean, left: number) =>
		store.putAttempts({name, owner}, {count: 5, last: now, lockedUntil: now + left});
	lock('both', true, 50);
	lock('both', false, 20);
	lock('own', true, 40);
	lock('other', false, 30);
	lock('over', false, 0);
	lock('half', true, 10);
	lock('half', false, 0);
	const all = ['both', 'own', 'other', 'half'].map((name, index) => ({name, until: now + [50, 40, 30, 10][index]!}));
	t.deepEqual(store.locks(now, 10), {count: 4, locks: all});
	t.deepEqual(store.locks(now, 2), {count: 4, locks: all.slice(0, 2)});
});

test('11,000 other names make the server forget attempts at a name without an account no sooner than at one with', async t => {
	const store = await open(t);
	store.putAccount(account('alice'));
	const accounts = new Accounts(store, 'invite');
	const now = 10_000_000;
	const left = (name: string) => store.attempts({name, owner: false})?.count;
	for (let guess = 0; guess < 3; guess++) {
		for (const name of ['alice', 'nobody']) accounts.reserve({name, owner: false}, now + guess);
	}

	for (let index = 0; index < 11_000; index++) accounts.reserve({name: `n${index}`, owner: false}, now + 10 + index);
	accounts.prune(now + 11_010);
	t.deepEqual([left('alice'), left('nobody')], [3, 3]);
});

test('attempts never outgrow their bound: the oldest go first, whoever they are at', async t => {
	const store = await open(t);
	store.putAccount(account('alice'));
	const now = 10_000_000;
	const names = ['nobody', 'alice', ...Array.from({length: 8}, (_, index) => `n${index}`)];
	for (const [index, name] of names.entries()) {
		store.putAttempts({name, owner: false}, {count: 1, last: now + index, lockedUntil: 0});
	}

	const kept = () => names.filter(name => store.attempts({name, owner: false}) !== undefined);
	store.prune(now, now, 9);
	t.deepEqual(kept(), names.slice(1));
	store.prune(now, now, 8);
	t.deepEqual(kept(), names.slice(2));
});

test('nobody but the owner can read it', async t => {
	const file = await place(t);
	const store = openStore(file, systemRandom);
	t.teardown(() => store.close());
	store.putAccount(account('alice'));
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
		openStore(file, systemRandom, (...what) => closed.push(what)).close();
		t.deepEqual(closed, [[directory, mode]]);
		t.is((await stat(directory)).mode & 0o7777, 0o700);
	}

	openStore(file, systemRandom, () => t.fail('it was closed already')).close();
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
	store.close();
	openStore(file, systemRandom).close();
});

test('a file that is no database, or a damaged one, is named and left as it is', async t => {
	const file = await place(t);
	const store = openStore(file, systemRandom);
	for (let index = 0; index < 50; index++) store.putAccount(account(`n${index}`));
	store.close();
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
	openStore(file, systemRandom).close();
});

test('a database without its keys, or of a later version, is refused', async t => {
	const file = await place(t);
	const store = openStore(file, systemRandom);
	store.putAccount(account('alice'));
	store.close();
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
	first.close();
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
	t.teardown(() => store.close());
	t.deepEqual(store.attempts({name: 'alice', owner: true}), {count: 3, last: 1_800_000_000_001, lockedUntil: 0});
	t.is(store.accountCount(), 1);
	store.putAccount({...store.account('alice')!, generation: 2});
	store.putAccount(account('bob'));
	t.is(store.accountCount(), 2);
	t.true(store.removeAccount('alice'));
	t.is(store.accountCount(), 1);
	store.prune(1_800_000_000_002, 0, 1);
	t.is(store.attempts({name: 'alice', owner: true})?.count, 3);
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
