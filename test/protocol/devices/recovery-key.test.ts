// The recovery key: what a new device that has the words believes of a log, and what a guest may add to it.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {sha256} from '../../../source/crypto/hash.ts';
import {type IdentityKey, identityFromSeed} from '../../../source/crypto/identity.ts';
import {
	type DeviceLog,
	type LogStart,
	extendLog,
	followEntry,
	followPage,
	foundLog,
	isLivingDevice,
	joinConsent,
} from '../../../source/protocol/devices/device-log.ts';
import {
	admissionBy,
	isRecoveredBy,
	mayGuestExtend,
	recoveryKey,
	removalBy,
} from '../../../source/protocol/devices/recovery-key.ts';
import {type DeviceEntry, type DeviceRole, encodeDeviceEntry} from '../../../source/wire/messages/device-entry.ts';

const NOW = 1_800_000_000_000;
const digest = (label: string) => sha256(Buffer.from(label));
const keyOf = (label: string) => identityFromSeed(digest(label));
const [first, laptop, phone, server] = ['first', 'laptop', 'phone', 'server'].map(keyOf) as [
	IdentityKey,
	IdentityKey,
	IdentityKey,
	IdentityKey,
];
const recovery = recoveryKey(digest('words'));

/** Follows the entry, which every log takes. */
function grown(log: DeviceLog | LogStart, entry: DeviceEntry): DeviceLog {
	const next = followEntry(log, encodeDeviceEntry(entry));
	if ('refused' in next) throw new Error(next.refused);
	return next;
}

const founded = (founder = first) => grown({name: 'alice'}, foundLog(founder, 'alice', NOW));

function adding(
	log: DeviceLog,
	signer: IdentityKey,
	key: IdentityKey,
	role: DeviceRole,
	consent?: Buffer,
): DeviceEntry {
	const {publicKey: subject} = key;
	const own = joinConsent(key, 'alice', log.foundingKey);
	return extendLog(log, signer, {kind: 'add', subject, role, consent: consent ?? own}, NOW);
}

const armed = () => {
	const log = founded();
	return grown(log, adding(log, first, recovery, 'recovery'));
};

test('a recovery key is the same for the same secret, another for another, and signs in nowhere', t => {
	t.deepEqual(recoveryKey(digest('words')).publicKey, recovery.publicKey);
	t.notDeepEqual(recoveryKey(digest('other words')).publicKey, recovery.publicKey);
	t.throws(() => recoveryKey(digest('words').subarray(1)), {instanceOf: RangeError});
	t.false(isLivingDevice(armed(), recovery.publicKey));
});

test('the recovery key admits a new device, and removes those that are lost', t => {
	const log = armed();
	t.true(isRecoveredBy(log, recovery.publicKey));
	const admitted = grown(log, admissionBy(log, recovery, phone, NOW)!);
	t.true(isLivingDevice(admitted, phone.publicKey));
	t.is(admissionBy(admitted, recovery, phone, NOW), undefined);
	const alone = grown(admitted, removalBy(admitted, recovery, first.publicKey, NOW)!);
	t.false(isLivingDevice(alone, first.publicKey));
	t.deepEqual(alone.foundingKey, first.publicKey);
	t.is(removalBy(alone, recovery, first.publicKey, NOW), undefined);
});

test('a log that the directory founded itself does not hold the recovery key, however it takes the true consent over', t => {
	const hostile = founded(server);
	const stolen = joinConsent(recovery, 'alice', first.publicKey);
	const entry = adding(hostile, server, recovery, 'recovery', stolen);
	t.deepEqual(followEntry(hostile, encodeDeviceEntry(entry)), {refused: 'consent'});
	const page = {name: 'alice', count: 2, entries: [foundLog(server, 'alice', NOW), entry].map(encodeDeviceEntry)};
	t.deepEqual(followPage({name: 'alice'}, page), {refused: 'consent'});
	t.false(isRecoveredBy(hostile, recovery.publicKey));
});

test('words of another account, and words whose key was removed or has another role, are believed nothing', t => {
	const others = founded();
	t.false(isRecoveredBy(others, recovery.publicKey));
	t.false(isRecoveredBy({name: 'alice'}, recovery.publicKey));
	const removed = grown(armed(), removalBy(armed(), recovery, recovery.publicKey, NOW)!);
	t.false(isRecoveredBy(removed, recovery.publicKey));
	const device = grown(founded(), adding(founded(), first, recovery, 'device'));
	t.false(isRecoveredBy(device, recovery.publicKey));
});

test('a guest may add itself, and remove, with entries of a living recovery key, and nothing else', t => {
	const log = armed();
	const guest = phone.publicKey;
	t.true(mayGuestExtend(log, admissionBy(log, recovery, phone, NOW)!, guest));
	t.true(mayGuestExtend(log, removalBy(log, recovery, first.publicKey, NOW)!, guest));
	// Another device than the one whose key the login has proven.
	t.false(mayGuestExtend(log, admissionBy(log, recovery, laptop, NOW)!, guest));
	// A living device signs it, but a guest is none.
	t.false(mayGuestExtend(log, adding(log, first, phone, 'device'), guest));
	const role = extendLog(log, recovery, {kind: 'role', subject: first.publicKey, role: 'keeper'}, NOW);
	t.false(mayGuestExtend(log, role, guest));
	const before = founded();
	t.false(mayGuestExtend(before, admissionBy(before, recovery, phone, NOW)!, guest));
});

test('a device cannot remove the recovery key; the key itself can', t => {
	const log = armed();
	const removal = extendLog(log, first, {kind: 'remove', subject: recovery.publicKey, role: 'recovery'}, NOW);
	t.deepEqual(followEntry(log, encodeDeviceEntry(removal)), {refused: 'signer-not-allowed'});
	t.true(
		grown(log, removalBy(log, recovery, recovery.publicKey, NOW)!).removed.has(recovery.publicKey.toString('hex')),
	);
});
