// The recovery key: words on paper, by which a device gets in when every other one is lost (docs/protocol.md, "Recovery"). Pure.
import {Buffer} from 'node:buffer';
import {equal, wipe} from '../../crypto/bytes.ts';
import {type IdentityKey, identityFromSeed} from '../../crypto/identity.ts';
import {expandLabel} from '../../crypto/kdf.ts';
import {type DeviceEntry} from '../../wire/messages/device-entry.ts';
import {type DeviceLog, type LogStart, extendLog, joinConsent} from './device-log.ts';

/** What the words stand for: so many random bytes. */
export const RECOVERY_SECRET_SIZE = 32;

/** The key of a recovery secret. Throws RangeError for another size than RECOVERY_SECRET_SIZE. */
export function recoveryKey(secret: Buffer): IdentityKey {
	if (secret.length !== RECOVERY_SECRET_SIZE) throw new RangeError(`a recovery secret has 32 bytes`);
	const seed = expandLabel(secret, 'recovery key', Buffer.alloc(0), 32);
	try {
		return identityFromSeed(seed);
	} finally {
		wipe(seed);
	}
}

/**
 * Whether the key is the recovery key of a log that was followed from its first entry on. The words do not name the account's founding
 * key: what names it is the consent of this very key, which every log that admits it holds, and which is for one name and one founding
 * key. So a log that anybody else has founded holds none.
 */
export function isRecoveredBy(log: DeviceLog | LogStart, key: Buffer): log is DeviceLog {
	return 'count' in log && log.living.get(key.toString('hex'))?.role === 'recovery';
}

/** The entry that admits a new device, signed by the recovery key; undefined when it is in already. `time` in ms. */
export function admissionBy(
	log: DeviceLog,
	recovery: IdentityKey,
	joining: IdentityKey,
	time: number,
): DeviceEntry | undefined {
	const {publicKey: subject} = joining;
	if (log.living.has(subject.toString('hex'))) return undefined;
	const consent = joinConsent(joining, log.name, log.foundingKey);
	return extendLog(log, recovery, {kind: 'add', subject, role: 'device', consent}, time);
}

/** The entry that removes a device or keeper, signed by the recovery key; undefined when it is out already. `time` in ms. */
export function removalBy(log: DeviceLog, recovery: IdentityKey, key: Buffer, time: number): DeviceEntry | undefined {
	const member = log.living.get(key.toString('hex'));
	if (member === undefined) return undefined;
	return extendLog(log, recovery, {kind: 'remove', subject: member.key, role: member.role}, time);
}

/** Whether a guest with this key may add the entry: a living recovery key has signed it, and it admits that guest or removes somebody. */
export function mayGuestExtend(log: DeviceLog, {kind, signer, subject}: DeviceEntry, guest: Buffer): boolean {
	if (!isRecoveredBy(log, signer)) return false;
	return kind === 'remove' || (kind === 'add' && equal(subject, guest));
}
