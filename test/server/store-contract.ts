// What every store does, whichever database is behind it: the same tests for each.
import {Buffer} from 'node:buffer';
import test, {type ExecutionContext} from 'ava';
import {generateIdentity} from '../../source/crypto/identity.ts';
import {systemRandom} from '../../source/crypto/random.ts';
import {foundLog} from '../../source/protocol/devices/device-log.ts';
import {type Attempts, GUESS_LIMIT, LOCK_MS, reserveAttempt} from '../../source/protocol/login/lockout.ts';
import {type DirectoryStore, type Invite, type Registering} from '../../source/server/store/directory-store.ts';
import {type StoreRow, type StoreTable, readRowLine, rowLine} from '../../source/server/store/store-rows.ts';
import {encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';

/** A store for one test, and what the test may do to it. */
export type Ground = {
	readonly store: DirectoryStore;
	/** The time by which the store tells whether something is over, ms. */
	readonly now: () => number;
	/** Lets so many ms pass. */
	readonly pass: (ms: number) => Promise<void>;
	/** Another process opens it, once this one is gone if it cannot be shared. */
	readonly reopen: () => Promise<DirectoryStore>;
	/** An empty one of the same kind. */
	readonly another: () => Promise<DirectoryStore>;
};

export type Contract = {
	readonly kind: string;
	/** What the machine lacks. */
	readonly missing: readonly string[];
	readonly open: (t: ExecutionContext) => Promise<Ground>;
};

export function registering(name: string, codeHash: Buffer = Buffer.alloc(32)): Registering {
	const stretching = {salt: systemRandom(16), logN: 17, r: 8, p: 1};
	return {name, stretching, verifier: systemRandom(384), identityKey: systemRandom(32), codeHash};
}

export function invite(name: string, expires: number, kind: Invite['kind'] = 'new'): Invite {
	return {name, kind, codeHash: systemRandom(32), expires};
}

export async function collect(rows: AsyncIterable<StoreRow>): Promise<StoreRow[]> {
	const all: StoreRow[] = [];
	for await (const row of rows) all.push(row);
	return all;
}

async function namesIn(store: DirectoryStore, table: StoreTable): Promise<string[]> {
	const rows = await collect(store.rows());
	const names = rows.filter(row => row.table === table).map(({cells}) => String(cells['name']));
	return names.toSorted();
}

async function* each<T>(items: Iterable<T>): AsyncIterable<T> {
	yield* items;
}

const other = (name: string) => ({name, owner: false});
const own = (name: string) => ({name, owner: true});

const contract: ReadonlyArray<readonly [string, (t: ExecutionContext, ground: Ground) => Promise<void>]> = [
	[
		'everything is still there after it was closed',
		async (t, {store, now, reopen}) => {
			const secrets = {
				signingSeed: Buffer.from(store.secrets.signingSeed),
				decoyKey: Buffer.from(store.secrets.decoyKey),
			};
			const [alice, bob] = [registering('alice'), registering('bob')];
			t.is(await store.register(alice, 'open', now()), 'registered');
			t.is(await store.register(bob, 'open', now()), 'registered');
			const reset = invite('bob', now() + 1_000_000, 'reset');
			t.true(await store.suspend(reset));
			t.like(await store.reserve(own('alice'), now()), {allowed: true, triesLeft: 4});
			t.is(await store.setBlocked('alice', 'bob', true, 10), 'done');
			t.is(await store.setBlocked('alice', 'bob', true, 10), 'done');
			await store.setJoinLink('simchat://…');
			const before = await collect(store.rows());
			const again = await reopen();
			t.deepEqual({...again.secrets}, secrets);
			const {codeHash, ...kept} = alice;
			t.is(codeHash.length, 32);
			t.like(await again.account('alice'), {...kept, generation: 1, suspended: false});
			t.like(await again.account('bob'), {name: 'bob', suspended: true});
			t.is(await again.account('carol'), undefined);
			t.is(await again.accountCount(), 2);
			t.deepEqual(await again.blocked('alice'), ['bob']);
			t.is(await again.joinLink(), 'simchat://…');
			t.like(await again.reserve(own('alice'), now()), {allowed: true, triesLeft: 3});
			t.is(before.filter(({table}) => table === 'invites').length, 1);
		},
	],
	[
		'names are paged by prefix, and a prefix is taken literally',
		async (t, {store, now}) => {
			for (const name of ['a', 'a_b', 'a.b', 'a-b', 'a9', 'ab', 'az', 'b']) {
				await store.register(registering(name), 'open', now());
			}

			t.deepEqual(await store.names('a', '', 10), ['a', 'a-b', 'a.b', 'a9', 'a_b', 'ab', 'az']);
			t.deepEqual(await store.names('a', 'a9', 2), ['a_b', 'ab']);
			t.deepEqual(await store.names('a_', '', 10), ['a_b']);
			t.deepEqual(await store.names('', '', 2), ['a', 'a-b']);
			t.deepEqual(await store.names('c', '', 2), []);
			t.deepEqual(await store.names('a', 'b', 2), []);
			t.deepEqual(await store.names('b', 'a', 2), ['b']);
			const users = await store.users('a', 'a9', 2, now());
			t.deepEqual(
				users.map(({name, lockedUntil, suspended}) => ({name, lockedUntil, suspended})),
				['a_b', 'ab'].map(name => ({name, lockedUntil: 0, suspended: false})),
			);
			t.true(Math.abs(users[0]!.created - now()) < 60_000);
		},
	],
	[
		'a missing name leads to another account, so that both take the same time',
		async (t, {store, now}) => {
			t.is(await store.lookUp('nobody'), undefined);
			await store.register(registering('alice'), 'open', now());
			t.like(await store.lookUp('alice'), {isThere: true, account: {name: 'alice'}, log: []});
			t.like(await store.lookUp('nobody'), {isThere: false, account: {name: 'alice'}, log: []});
		},
	],
	[
		'a name is registered once, however many try at a time, and an invite makes one account',
		async (t, {store, now}) => {
			const tries = Array.from({length: 8}, async () => store.register(registering('alice'), 'open', now()));
			const outcomes = await Promise.all(tries);
			t.deepEqual(outcomes.toSorted(), [...Array.from({length: 7}, () => 'nameTaken' as const), 'registered']);
			const code = invite('bob', now() + 1_000_000);
			t.is(await store.invite(code), 'made');
			t.is(await store.register(registering('bob'), 'invite', now()), 'inviteInvalid');
			t.is(await store.register(registering('carol', code.codeHash), 'invite', now()), 'inviteInvalid');
			t.is(await store.register(registering('bob', code.codeHash), 'closed', now()), 'registrationClosed');
			const used = await Promise.all(
				Array.from({length: 8}, async () => store.register(registering('bob', code.codeHash), 'invite', now())),
			);
			t.is(used.filter(outcome => outcome === 'registered').length, 1);
			t.is(await store.invite(invite('bob', now() + 1_000_000)), 'exists');
			t.deepEqual(await namesIn(store, 'invites'), []);
		},
	],
	[
		'an invite is good until it expires, and a newer one voids it',
		async (t, {store, now, pass}) => {
			const [first, second] = [invite('alice', now() + 60_000), invite('alice', now() + 60_000)];
			await store.invite(first);
			await store.invite(second);
			t.is(await store.register(registering('alice', first.codeHash), 'invite', now()), 'inviteInvalid');
			await pass(60_001);
			t.is(await store.register(registering('alice', second.codeHash), 'invite', now()), 'inviteInvalid');
		},
	],
	[
		'an account starts over with its reset link: another founding key, no log, its blocks stay',
		async (t, {store, now}) => {
			await store.register(registering('alice'), 'open', now());
			t.is(await store.extendLog('alice', 1, 0, Buffer.from('entry')), 'extended');
			await store.setBlocked('alice', 'bob', true, 10);
			for (let guess = 0; guess < GUESS_LIMIT; guess++) await store.reserve(own('alice'), now());
			const reset = invite('alice', now() + 1_000_000, 'reset');
			t.true(await store.suspend(reset));
			t.false(await store.suspend({...reset, name: 'nobody', codeHash: systemRandom(32)}));
			// Nothing that the old session begins counts any more, and its lock is over.
			t.is(
				await store.change('alice', 1, {stretching: registering('x').stretching, verifier: Buffer.alloc(384)}),
				'stale',
			);
			t.is(await store.extendLog('alice', 1, 1, Buffer.from('entry')), 'stale');
			t.like(await store.reserve(own('alice'), now()), {allowed: true, triesLeft: 4});
			const anew = registering('alice', reset.codeHash);
			t.is(await store.register(anew, 'closed', now()), 'registered');
			t.like(await store.account('alice'), {identityKey: anew.identityKey, generation: 2, suspended: false});
			t.like(await store.log('alice', 0, 10), {count: 0, entries: []});
			t.deepEqual(await store.blocked('alice'), ['bob']);
			t.is(await store.register(registering('alice', reset.codeHash), 'closed', now()), 'registrationClosed');
		},
	],
	[
		'removing an account takes all of it along',
		async (t, {store, now}) => {
			await store.register(registering('alice'), 'open', now());
			for (const place of [0, 1]) await store.extendLog('alice', 1, place, Buffer.from('entry'));
			await store.setBlocked('alice', 'bob', true, 10);
			await store.reserve(other('alice'), now());
			t.true(await store.remove('alice'));
			t.false(await store.remove('alice'));
			t.is(await store.setBlocked('alice', 'bob', false, 10), 'done');
			await store.register(registering('alice'), 'open', now());
			t.deepEqual(await store.blocked('alice'), []);
			t.like(await store.log('alice', 0, 10), {count: 0, entries: []});
			t.deepEqual(await store.longLogs(['alice']), []);
			t.like(await store.reserve(other('alice'), now()), {triesLeft: 4});
		},
	],
	[
		'a change counts only for the generation that it was made for, and an account with a log keeps its founding key',
		async (t, {store, now}) => {
			await store.register(registering('alice'), 'open', now());
			const {stretching, verifier, identityKey} = registering('alice');
			t.is(await store.change('alice', 1, {stretching, verifier}), 'changed');
			t.is(await store.change('alice', 2, {stretching, verifier}), 'stale');
			t.is(await store.change('nobody', 1, {stretching, verifier}), 'stale');
			t.is(await store.change('alice', 1, {identityKey}), 'changed');
			t.like(await store.account('alice'), {stretching, verifier, identityKey, generation: 2});
			t.is(await store.change('alice', 1, {identityKey: systemRandom(32)}), 'stale');
			t.is(await store.extendLog('alice', 2, 0, Buffer.from('entry')), 'extended');
			t.is(await store.change('alice', 2, {identityKey: systemRandom(32)}), 'stale');
			t.is(await store.change('alice', 2, {stretching, verifier}), 'changed');
		},
	],
	[
		'a log grows by one entry at a time, at its end, whoever tries at once',
		async (t, {store, now}) => {
			await store.register(registering('alice'), 'open', now());
			const entry = encodeDeviceEntry(foundLog(generateIdentity(systemRandom).identity, 'alice', now()));
			t.is(await store.extendLog('alice', 1, 1, entry), 'stale');
			t.is(await store.extendLog('alice', 2, 0, entry), 'stale');
			t.is(await store.extendLog('nobody', 1, 0, entry), 'stale');
			const outcomes = await Promise.all(Array.from({length: 8}, async () => store.extendLog('alice', 1, 0, entry)));
			t.is(outcomes.filter(outcome => outcome === 'extended').length, 1);
			t.deepEqual(await store.longLogs(['alice', 'nobody']), []);
			t.deepEqual((await store.lookUp('alice'))?.log, []);
			t.is(await store.extendLog('alice', 1, 1, Buffer.from('second')), 'extended');
			t.deepEqual(await store.longLogs(['nobody', 'alice']), [{name: 'alice', count: 2}]);
			t.deepEqual((await store.lookUp('alice'))?.log, [entry, Buffer.from('second')]);
			t.deepEqual((await store.lookUp('nobody'))?.log, [entry, Buffer.from('second')]);
			t.deepEqual(await store.log('alice', 1, 10), {count: 2, entries: [Buffer.from('second')]});
			t.deepEqual(await store.log('alice', 0, 1), {count: 2, entries: [entry]});
		},
	],
	[
		'of fifty guesses at once exactly five are counted and allowed',
		async (t, {store, now}) => {
			const guesses = await Promise.all(Array.from({length: 50}, async () => store.reserve(other('alice'), now())));
			const left = guesses.flatMap(guess => (guess.allowed ? [guess.triesLeft] : []));
			t.deepEqual(
				left.toSorted((a, b) => a - b),
				[0, 1, 2, 3, 4],
			);
			t.true(guesses.every(guess => guess.allowed || (guess.retryAfter > 58 && guess.retryAfter <= 60)));
			t.like(await store.reserve(own('alice'), now()), {allowed: true, triesLeft: 4});
			const {count, locks} = await store.locks(now(), 10);
			t.is(count, 1);
			t.is(locks[0]?.name, 'alice');
			t.true(Math.abs(locks[0]!.until - now() - LOCK_MS) < 5000);
			t.is(await store.unlock('alice'), 2);
			t.is(await store.unlock('alice'), 0);
			t.like(await store.locks(now(), 10), {count: 0, locks: []});
		},
	],
	[
		'guesses are counted by the rule of the lockout, whatever time passes between them',
		async (t, {store, now, pass}) => {
			// A database goes by its own clock, which goes on meanwhile: no step comes near a limit.
			const steps = [0, 1, 2, 3, 4, 30, 20, 15, 1, 1, 880, 920, 1, 1, 1, 1, 65, 0, 0, 0, 0, 0, 45, 20];
			let at = now();
			let attempts: Attempts | undefined;
			for (const [index, step] of steps.entries()) {
				await pass(step * 1000);
				at += step * 1000;
				const expected = reserveAttempt(attempts, at);
				if (expected.allowed) attempts = expected.attempts;
				const guess = await store.reserve(other('alice'), now());
				t.is(guess.allowed, expected.allowed, `guess ${index}`);
				if (guess.allowed && expected.allowed) t.is(guess.triesLeft, expected.triesLeft, `guess ${index}`);
				if (!guess.allowed && !expected.allowed) t.true(Math.abs(guess.retryAfter - expected.retryAfter) <= 10);
			}

			await store.refund(other('alice'));
			t.like(await store.reserve(other('alice'), now()), {triesLeft: 4});
		},
	],
	[
		'an account blocks as many as the limit says, whoever blocks at once',
		async (t, {store, now}) => {
			await store.register(registering('alice'), 'open', now());
			const names = Array.from({length: 6}, (_, index) => `n${index}`);
			const outcomes = await Promise.all(names.map(async name => store.setBlocked('alice', name, true, 3)));
			t.is(outcomes.filter(outcome => outcome === 'done').length, 3);
			const blocked = await store.blocked('alice');
			t.is(blocked.length, 3);
			t.is(await store.setBlocked('alice', blocked[0]!, true, 3), 'done');
			t.is(await store.setBlocked('alice', blocked[0]!, false, 3), 'done');
			t.is(await store.setBlocked('alice', 'n9', true, 3), 'done');
		},
	],
	[
		'pruning drops what has expired and no lock that holds, and keeps attempts within their bound',
		async (t, {store, now, pass}) => {
			await store.reserve(other('old'), now());
			for (let guess = 0; guess < GUESS_LIMIT; guess++) await store.reserve(other('unlocked'), now());
			await store.invite(invite('x', now() + 899_000));
			await store.invite(invite('y', now() + 2_000_000));
			await pass(880_000);
			await store.reserve(other('fresh'), now());
			for (let guess = 0; guess < GUESS_LIMIT; guess++) await store.reserve(other('locked'), now());
			await pass(25_000);
			await store.prune(now(), now() - 1_000_000, 100);
			t.deepEqual(await namesIn(store, 'attempts'), ['fresh', 'locked']);
			// The other clock does not say that it has expired.
			t.deepEqual(await namesIn(store, 'invites'), ['x', 'y']);
			await store.prune(now(), now() + 0.5, 100);
			t.deepEqual(await namesIn(store, 'invites'), ['y']);
			await pass(1000);
			await store.reserve(other('newest'), now());
			await store.prune(now(), now(), 2);
			t.deepEqual(await namesIn(store, 'attempts'), ['locked', 'newest']);
		},
	],
	[
		'all of it moves to an empty store as lines, and to no other',
		async (t, {store, now, another}) => {
			for (const name of ['alice', 'bob']) await store.register(registering(name), 'open', now());
			for (const place of [0, 1, 2]) await store.extendLog('bob', 1, place, Buffer.from([place, 0, 255]));
			await store.suspend(invite('bob', now() + 1000, 'reset'));
			await store.setBlocked('alice', 'bob', true, 10);
			await store.reserve(own('alice'), now());
			await store.setJoinLink('simchat://…');
			const rows = await collect(store.rows());
			const lines = rows.map(row => rowLine(row));
			const target = await another();
			t.is(await target.fill(each(lines.map(line => readRowLine(line)!))), 'filled');
			t.deepEqual(await collect(target.rows()), rows);
			t.deepEqual(await target.longLogs(['bob']), [{name: 'bob', count: 3}]);
			t.is(await target.fill(each(rows)), 'not empty');
			t.is(await store.fill(each([])), 'not empty');
			const broken = await another();
			await t.throwsAsync(async () => broken.fill(each([rows[0]!, ...rows.filter(({table}) => table === 'blocks')])));
			t.is(await broken.accountCount(), 0);
		},
	],
];

/** Registers every test for this store; skipped where the machine lacks it. */
export function storeContract({kind, missing, open}: Contract): void {
	for (const [title, body] of contract) {
		const run = async (t: ExecutionContext) => body(t, await open(t));
		if (missing.length > 0) test.skip(`${kind}: ${title} (needs ${missing.join(', ')})`, run);
		else test(`${kind}: ${title}`, run);
	}
}
