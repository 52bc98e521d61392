// A guest with the recovery words, over real sockets: what the directory takes from it, and what it takes from a guest without them.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {sha256} from '../../source/crypto/hash.ts';
import {joinConsent, extendLog, isLivingDevice} from '../../source/protocol/devices/device-log.ts';
import {admissionBy, recoveryKey, removalBy} from '../../source/protocol/devices/recovery-key.ts';
import {FRAME} from '../../source/wire/frame.ts';
import {type DeviceEntry, encodeDeviceEntry} from '../../source/wire/messages/device-entry.ts';
import {encodeExtendLog} from '../../source/wire/messages/devices.ts';
import {decodeRefused} from '../../source/wire/messages/directory.ts';
import {admit, found, handIn, logOf, pageIn, pageOf, signInWhole} from '../../tools/members/device-accounts.ts';
import {attemptLogin, identityOf, join, signUp} from '../../tools/members/directory-client.ts';
import {type TestServer, startTestServer} from './servers.ts';

const recovery = recoveryKey(sha256(Buffer.from('words')));
const PHONE = {name: 'alice', device: 'phone'};

/** Alice, who has made a recovery key. */
async function withWords(server: TestServer) {
	const alice = await signUp(server, {name: 'alice'});
	await found(alice);
	const log = await logOf(alice);
	const consent = joinConsent(recovery, 'alice', log.foundingKey);
	const change = {kind: 'add', subject: recovery.publicKey, role: 'recovery', consent} as const;
	await handIn(alice, encodeDeviceEntry(extendLog(log, identityOf({name: 'alice'}), change, Date.now())));
	return alice;
}

test('every device is lost: with the words a guest admits itself, removes the lost device and signs in', async t => {
	const server = await startTestServer(t);
	const alice = await withWords(server);
	const guest = await join(server, PHONE);
	const log = await logOf(guest);
	t.is(log.count, 2);
	const admission = admissionBy(log, recovery, identityOf(PHONE), Date.now())!;
	t.like(await handIn(guest, encodeDeviceEntry(admission)), {count: 3});
	// Unasked: the log that admits it.
	t.like(pageIn(await guest.next(FRAME.log)), {request: 0, count: 3});
	const removal = removalBy(await logOf(guest), recovery, log.foundingKey, Date.now())!;
	t.like(await handIn(guest, encodeDeviceEntry(removal)), {count: 4});
	t.like(await alice.alert(), {reason: 'deviceRemoved'});
	await guest.close();
	const phone = await signInWhole(server, PHONE);
	const known = await logOf(phone);
	t.deepEqual(known.foundingKey, identityOf({name: 'alice'}).publicKey);
	t.deepEqual(
		[...known.living.values()].map(({role}) => role),
		['recovery', 'device'],
	);
	t.true(server.events.some(event => event.kind === 'devices changed' && event.devices === 1));
	await phone.close();
});

test('a guest without words adds nothing: not itself, nor with entries that others have signed', async t => {
	const server = await startTestServer(t, {limits: {changes: {burst: 100, perSecond: 1}}});
	const alice = await withWords(server);
	await admit(alice, 'laptop');
	const guest = await join(server, PHONE);
	const log = await logOf(guest);
	const [own, guessed] = [identityOf(PHONE), recoveryKey(sha256(Buffer.from('guess')))];
	const {publicKey: subject} = own;
	const consent = joinConsent(own, 'alice', log.foundingKey);
	const add = {kind: 'add', subject, role: 'device', consent} as const;
	const refused: ReadonlyArray<readonly [string, DeviceEntry]> = [
		['signed by itself', extendLog(log, own, add, 1)],
		['by words that are none', admissionBy(log, guessed, own, 1)!],
		['by a device', extendLog(log, identityOf({name: 'alice'}), add, 1)],
		['another device', admissionBy(log, recovery, identityOf({name: 'alice', device: 'other'}), 1)!],
		['altered', {...admissionBy(log, recovery, own, 1)!, time: 2}],
		['as a keeper', {...admissionBy(log, recovery, own, 1)!, role: 'keeper'}],
		['a removal by words that are none', {...removalBy(log, recovery, log.foundingKey, 1)!, signer: guessed.publicKey}],
	];
	for (const [title, entry] of refused) {
		t.like(await handIn(guest, encodeDeviceEntry(entry)), {count: 3, entries: []}, title);
	}

	t.is((await logOf(alice)).count, 3);
	t.like(await attemptLogin(server, 'sign-in', PHONE), {alert: {reason: 'identityUnknown'}});
	await Promise.all([alice.close(), guest.close()]);
});

test('the recovery key is removed by no device', async t => {
	const server = await startTestServer(t);
	const alice = await withWords(server);
	const log = await logOf(alice);
	const removal = {kind: 'remove', subject: recovery.publicKey, role: 'recovery'} as const;
	const entry = encodeDeviceEntry(extendLog(log, identityOf({name: 'alice'}), removal, Date.now()));
	t.like(await handIn(alice, entry), {count: 2, entries: []});
	await alice.close();
});

test('words that were used are good for the next loss, too, until they remove themselves', async t => {
	const server = await startTestServer(t);
	const alice = await withWords(server);
	for (const device of ['phone', 'tablet']) {
		const guest = await join(server, {name: 'alice', device});
		const log = await logOf(guest);
		const entry = admissionBy(log, recovery, identityOf({name: 'alice', device}), Date.now())!;
		const page = await handIn(guest, encodeDeviceEntry(entry));
		t.true(page.entries[0]?.equals(encodeDeviceEntry(entry)), device);
		// The same entry once more changes nothing.
		t.like(await handIn(guest, encodeDeviceEntry(entry)), {count: page.count});
		await guest.close();
	}

	const PHONE_TWO = {name: 'alice', device: 'another phone'};
	const guest = await join(server, PHONE_TWO);
	const log = await logOf(guest);
	t.like(await handIn(guest, encodeDeviceEntry(removalBy(log, recovery, recovery.publicKey, Date.now())!)), {count: 5});
	const after = await logOf(guest);
	t.like(await handIn(guest, encodeDeviceEntry(admissionBy(after, recovery, identityOf(PHONE_TWO), Date.now())!)), {
		count: 5,
		entries: [],
	});
	t.false(isLivingDevice(await logOf(alice), identityOf(PHONE_TWO).publicKey));
	await Promise.all([alice.close(), guest.close()]);
});

test('a guest is shown its own log alone, tries few entries, and is told to wait then', async t => {
	const server = await startTestServer(t);
	const alice = await withWords(server);
	const guest = await join(server, PHONE);
	const log = await logOf(guest);
	const wrong = encodeDeviceEntry(admissionBy(log, recoveryKey(sha256(Buffer.from('guess'))), identityOf(PHONE), 1)!);
	for (let tries = 0; tries < 5; tries++) t.like(await handIn(guest, wrong), {count: 2});
	guest.send(FRAME.extendLog, encodeExtendLog({request: 9, entry: wrong}));
	t.like(decodeRefused(await guest.next(FRAME.refused)), {request: 9});
	t.like(await pageOf(guest, 'alice'), {count: 2});
	await guest.close();
	for (const body of [Buffer.alloc(3), encodeExtendLog({request: 1, entry: wrong}).subarray(1), Buffer.alloc(5000)]) {
		const another = await join(server, PHONE);
		another.send(FRAME.extendLog, body);
		t.like(await another.alert(), {reason: 'malformed'});
		await another.frames.closed;
	}

	await alice.close();
});
