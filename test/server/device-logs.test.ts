// The directory keeps device logs: who is let in, what a device may add, who is told, and what a hostile member gets out of it.
import {Buffer} from 'node:buffer';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import test from 'ava';
import {foundLog, extendLog, joinConsent} from '../../source/protocol/devices/device-log.ts';
import {sign} from '../../source/crypto/identity.ts';
import {identityChangeStatement} from '../../source/protocol/login/login-keys.ts';
import {GUESS_LIMIT} from '../../source/protocol/login/lockout.ts';
import {askAdmin} from '../../source/server/admin-socket.ts';
import {DATABASE} from '../../source/server/store/choose-store.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {parseJoinLink} from '../../source/wire/join-link.ts';
import {LOG_ENTRY_SIZE, encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {ONLINE_LIMIT, decodeLogs, encodeDevices, encodeExtendLog} from '../../source/wire/messages/devices.ts';
import {decodeRefused, encodeChangeIdentity, encodeNames} from '../../source/wire/messages/directory.ts';
import {admit, found, handIn, logOf, pageIn, pageOf, remove, signInWhole} from '../../tools/members/device-accounts.ts';
import {attemptLogin, identityOf, signIn, signUp} from '../../tools/members/directory-client.ts';
import {startTestServer} from './servers.ts';

/** For tests that add more than anybody does by hand. */
const roomy = {changes: {burst: 100, perSecond: 1}, frames: {burst: 2000, perSecond: 100}};

test('a new account hands in its first entry, and from there anybody follows its log', async t => {
	const server = await startTestServer(t);
	const [alice, bob] = [await signUp(server, {name: 'alice'}), await signUp(server, {name: 'bob'})];
	t.like(await pageOf(alice, 'alice'), {count: 0, entries: []});
	t.like(await found(alice), {count: 1});
	// Again: it is there already.
	t.like(await found(alice), {count: 1});
	const log = await logOf(bob, 'alice');
	t.deepEqual(log.foundingKey, identityOf({name: 'alice'}).publicKey);
	t.like(await pageOf(bob, 'nobody'), {count: 0, entries: []});
	await Promise.all([alice.close(), bob.close()]);
});

test('a database of the build before opens: its accounts sign in as they did, and found their logs then', async t => {
	const before = await startTestServer(t);
	await (await signUp(before, {name: 'alice'})).close();
	await before.close();
	const database = new DatabaseSync(path.join(before.data, DATABASE));
	database.exec(`DROP TRIGGER account_added; DROP TRIGGER account_gone; DROP TABLE account_total;
		DROP INDEX attempts_by_lock; DROP INDEX invites_by_end; DROP TABLE device_log; PRAGMA user_version = 2`);
	database.close();
	const server = await startTestServer(t, {data: before.data});
	const alice = await signIn(server, {name: 'alice'});
	t.like(await attemptLogin(server, 'sign-in', {name: 'alice', device: 'other'}), {alert: {reason: 'identityUnknown'}});
	t.like(await found(alice), {count: 1});
	t.is((await logOf(alice)).count, 1);
	await alice.close();
});

test('a device that was added signs in beside the first, and a newer session of one displaces only its own', async t => {
	const server = await startTestServer(t);
	const first = await signUp(server, {name: 'alice'});
	await found(first);
	t.like(await attemptLogin(server, 'sign-in', {name: 'alice', device: 'laptop'}), {
		alert: {reason: 'identityUnknown'},
	});
	t.like(await admit(first, 'laptop'), {count: 2});
	const laptop = await signIn(server, {name: 'alice', device: 'laptop'});
	const again = await signIn(server, {name: 'alice', device: 'laptop'});
	t.like(await laptop.alert(), {reason: 'displaced'});
	t.is((await logOf(first)).count, 2);
	t.like(await askAdmin(server.data, {command: 'status', name: ''}), {status: {online: 1}});
	await Promise.all([first.close(), again.close()]);
});

test('a removed device is signed out at once, told so, and gets in no more, not even with the password', async t => {
	const server = await startTestServer(t);
	const first = await signUp(server, {name: 'alice'});
	await found(first);
	await admit(first, 'laptop');
	const laptop = await signIn(server, {name: 'alice', device: 'laptop'});
	t.like(await remove(first, 'laptop'), {count: 3});
	t.like(await laptop.alert(), {reason: 'deviceRemoved'});
	await laptop.frames.closed;
	for (const mode of ['sign-in', 'join'] as const) {
		t.like(
			await attemptLogin(server, mode, {name: 'alice', device: 'laptop'}),
			{alert: {reason: 'deviceRemoved'}},
			mode,
		);
	}

	// A removed key never comes back.
	t.like(await admit(first, 'laptop'), {count: 3});
	t.true(server.events.some(event => event.kind === 'signed out' && event.how === 'device removed'));
	await first.close();
});

test('two devices that remove each other: the first entry counts, and the other is out', async t => {
	const server = await startTestServer(t);
	const first = await signUp(server, {name: 'alice'});
	await found(first);
	await admit(first, 'laptop');
	const laptop = await signIn(server, {name: 'alice', device: 'laptop'});
	const log = await logOf(first);
	const removal = (of: string, by: string) => {
		const {publicKey: subject} = identityOf({name: 'alice', device: of});
		const change = {kind: 'remove', subject, role: 'device'} as const;
		return encodeDeviceEntry(extendLog(log, identityOf({name: 'alice', device: by}), change, Date.now()));
	};

	t.like(await handIn(laptop, removal('alice', 'laptop')), {count: 3});
	t.like(await first.alert(), {reason: 'deviceRemoved'});
	// It stands on an entry that is no longer the newest, and its signer is gone.
	const late = await handIn(laptop, removal('laptop', 'alice'));
	t.is(late.count, 3);
	t.is(late.entries.length, 1);
	t.like(await attemptLogin(server, 'sign-in', {name: 'alice'}), {alert: {reason: 'deviceRemoved'}});
	await laptop.close();
});

test('a keeper gets in and admits nobody; a recovery key signs in nowhere', async t => {
	const server = await startTestServer(t);
	const first = await signUp(server, {name: 'alice'});
	await found(first);
	await admit(first, 'keeper', 'keeper');
	await admit(first, 'paper', 'recovery');
	const keeper = await signIn(server, {name: 'alice', device: 'keeper'});
	t.like(await admit(keeper, 'planted'), {count: 3});
	t.is((await logOf(first)).living.size, 3);
	t.like(await attemptLogin(server, 'sign-in', {name: 'alice', device: 'paper'}), {alert: {reason: 'identityUnknown'}});
	await Promise.all([first.close(), keeper.close()]);
});

test('eight devices of a name are online at once; the ninth is told to come later, and takes nobody’s place', async t => {
	const server = await startTestServer(t, {limits: roomy});
	const first = await signUp(server, {name: 'alice'});
	await found(first);
	const devices = Array.from({length: ONLINE_LIMIT}, (_, index) => `device ${index}`);
	for (const device of devices) await admit(first, device);
	const others = await Promise.all(devices.slice(1).map(async device => signIn(server, {name: 'alice', device})));
	const ninth = await signIn(server, {name: 'alice', device: devices[0]!});
	t.like(await ninth.alert(), {reason: 'busy'});
	await ninth.frames.closed;
	t.is((await logOf(first)).count, ONLINE_LIMIT + 1);
	await Promise.all([first, ...others].map(async client => client.close()));
});

test('strangers who guess lock out no device of the account, neither the first nor another', async t => {
	const server = await startTestServer(t);
	const first = await signUp(server, {name: 'alice'});
	await found(first);
	await admit(first, 'laptop');
	for (let guess = 0; guess < GUESS_LIMIT; guess++) {
		await attemptLogin(server, 'sign-in', {name: 'alice', device: 'stranger', password: 'guess'});
		await attemptLogin(server, 'join', {name: 'alice', device: 'stranger', password: 'guess'});
	}

	t.like(await attemptLogin(server, 'join', {name: 'alice', device: 'stranger'}), {alert: {reason: 'locked'}});
	const laptop = await signIn(server, {name: 'alice', device: 'laptop'});
	await Promise.all([first.close(), laptop.close()]);
});

const NOW = 1_800_000_000_000;
const alices = identityOf({name: 'alice'});
const [mallory, planted] = [identityOf({name: 'mallory'}), identityOf({name: 'planted'})];

test('a log takes no forged, missing, repeated, reordered or foreign entry, and says each time what it has', async t => {
	const server = await startTestServer(t, {limits: roomy});
	const alice = await signUp(server, {name: 'alice'});
	await found(alice);
	const log = await logOf(alice);
	const consent = joinConsent(planted, 'alice', log.foundingKey);
	const change = {kind: 'add', subject: planted.publicKey, role: 'device', consent} as const;
	const good = extendLog(log, alices, change, NOW);
	const signedByAnother = extendLog(log, mallory, change, NOW);
	const entries = {
		forged: {...good, time: NOW + 1},
		'forged, by a key that is not in it': signedByAnother,
		'without the consent of the key': extendLog(log, alices, {...change, consent: Buffer.alloc(64, 1)}, NOW),
		missing: extendLog({...log, count: 2}, alices, change, NOW),
		reordered: extendLog({...log, head: Buffer.alloc(32, 1)}, alices, change, NOW),
		repeated: foundLog(alices, 'alice', NOW),
	};
	for (const [title, entry] of Object.entries(entries)) {
		t.is((await handIn(alice, encodeDeviceEntry(entry))).count, 1, title);
	}

	const foreign = encodeDeviceEntry(foundLog(mallory, 'mallory', NOW));
	alice.send(FRAME.extendLog, encodeExtendLog({request: 3, entry: foreign}));
	t.like(await alice.alert(), {reason: 'malformed'});
	const again = await signIn(server, {name: 'alice'});
	t.is((await logOf(again)).count, 1);
	await again.close();
});

test('DEVICES and EXTEND_LOG that are short, long or oversized end the connection and change nothing', async t => {
	const server = await startTestServer(t);
	const entry = encodeDeviceEntry(foundLog(alices, 'alice', NOW));
	await (await signUp(server, {name: 'alice'})).close();
	for (const [type, body] of [
		[FRAME.devices, encodeDevices({request: 1, name: 'alice', from: 0}).subarray(1)],
		[FRAME.extendLog, encodeExtendLog({request: 1, entry}).subarray(1)],
		[FRAME.extendLog, Buffer.concat([encodeExtendLog({request: 1, entry}), Buffer.alloc(LOG_ENTRY_SIZE)])],
	] as const) {
		const alice = await signIn(server, {name: 'alice'});
		alice.send(type, body);
		t.like(await alice.alert(), {reason: 'malformed'});
	}

	const alice = await signIn(server, {name: 'alice'});
	t.like(await pageOf(alice, 'alice'), {count: 0});
	await alice.close();
});

test('who asks for logs all the time, or adds to one, is told to wait', async t => {
	const now = Date.now();
	const server = await startTestServer(t, {
		limits: {devices: {burst: 3, perSecond: 0.1}, changes: {burst: 2, perSecond: 0.1}},
		clock: {now: () => now, elapsed: () => now},
	});
	const alice = await signUp(server, {name: 'alice'});
	await found(alice);
	await found(alice);
	const entry = encodeDeviceEntry(foundLog(alices, 'alice', NOW));
	alice.send(FRAME.extendLog, encodeExtendLog({request: 9, entry}));
	t.like(decodeRefused(await alice.next(FRAME.refused)), {request: 9, retryAfter: 10});
	for (let count = 0; count < 3; count++) await pageOf(alice, 'alice');
	alice.send(FRAME.devices, encodeDevices({request: 8, name: 'alice', from: 0}));
	t.like(decodeRefused(await alice.next(FRAME.refused)), {request: 8, retryAfter: 10});
	await alice.close();
});

test('who watches a name is told of each new entry, and who watches it later how long its log is', async t => {
	const server = await startTestServer(t);
	const [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map(async name => signUp(server, {name})));
	await pageOf(bob!, 'bob');
	bob!.send(FRAME.watch, encodeNames(['alice']));
	await bob!.next(FRAME.presence);
	await found(alice!);
	t.like(pageIn(await bob!.next(FRAME.log)), {request: 0, name: 'alice', count: 1});
	const added = await admit(alice!, 'laptop');
	t.deepEqual(pageIn(await bob!.next(FRAME.log)), {...added, request: 0});
	await pageOf(carol!, 'carol');
	carol!.send(FRAME.watch, encodeNames(['alice', 'bob']));
	t.deepEqual(decodeLogs(await carol!.next(FRAME.logs)), [{name: 'alice', count: 2}]);
	await Promise.all([alice, bob, carol].map(async client => client!.close()));
});

test('after a reset by the operator the log of before is gone, and a new one is founded by the new key', async t => {
	const open = await startTestServer(t);
	const first = await signUp(open, {name: 'alice'});
	await found(first);
	await admit(first, 'laptop');
	const laptop = await signIn(open, {name: 'alice', device: 'laptop'});
	const reply = await askAdmin(open.data, {command: 'reset', name: 'alice'});
	t.like(await first.alert(), {reason: 'removed'});
	t.like(await laptop.alert(), {reason: 'removed'});
	t.like(await attemptLogin(open, 'sign-in', {name: 'alice', device: 'laptop'}), {alert: {reason: 'credentials'}});
	const invite = reply?.kind === 'link' ? (parseJoinLink(reply.link)?.invite ?? '') : '';
	const anew = await signUp(open, {name: 'alice', device: 'new', invite});
	t.like(await pageOf(anew, 'alice'), {count: 0});
	await found(anew);
	t.deepEqual((await logOf(anew)).foundingKey, identityOf({name: 'alice', device: 'new'}).publicKey);
	t.like(await attemptLogin(open, 'sign-in', {name: 'alice', device: 'laptop'}), {alert: {reason: 'identityUnknown'}});
	await anew.close();
});

test('logs are there after a restart, and gone with their account', async t => {
	const first = await startTestServer(t);
	const alice = await signUp(first, {name: 'alice'});
	await found(alice);
	await admit(alice, 'laptop');
	await alice.close();
	await first.close();
	const second = await startTestServer(t, {data: first.data});
	const laptop = await signInWhole(second, {name: 'alice', device: 'laptop'});
	t.is((await logOf(laptop)).count, 2);
	await askAdmin(second.data, {command: 'remove', name: 'alice'});
	t.like(await laptop.alert(), {reason: 'removed'});
	const other = await signUp(second, {name: 'alice', device: 'other'});
	t.like(await pageOf(other, 'alice'), {count: 0});
	await other.close();
});

test('CHANGE_IDENTITY puts no key in the place of a founding key that a log stands on', async t => {
	const server = await startTestServer(t);
	const alice = await signUp(server, {name: 'alice'});
	await found(alice);
	const identityKey = planted.publicKey;
	const statement = identityChangeStatement('alice', identityKey);
	const change = {identityKey, signatureOld: sign(alices, statement), signatureNew: sign(planted, statement)};
	alice.send(FRAME.changeIdentity, encodeChangeIdentity(change));
	t.like(await alice.alert(), {reason: 'malformed'});
	await (await signIn(server, {name: 'alice'})).close();
});
