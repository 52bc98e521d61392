// Who is a device of an account, as its log in the database says.
import {type Buffer} from 'node:buffer';
import {equal} from '../crypto/bytes.ts';
import {LOG_LIMIT, isLivingDevice, replayLog} from '../protocol/devices/device-log.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';
import {type AccountRecord, type DirectoryStore} from './store/directory-store.ts';

/** Of a device that may sign in: whether it is a keeper, and whether its key is the founding key. */
export type DeviceStanding = {readonly role: OnlineDevice['role']; readonly isFounding: boolean};

/** Of the first device of an account. */
export const FOUNDING: DeviceStanding = {role: 'device', isFounding: true};

/**
 * What the account has of this key: 'removed' for a device that is out, undefined for a key it never had, or that signs in nowhere. While
 * the log has no entry but the first, the founding key is its one device.
 */
export function standingOf(
	store: DirectoryStore,
	{name, identityKey}: Pick<AccountRecord, 'name' | 'identityKey'>,
	key: Buffer,
): DeviceStanding | 'removed' | undefined {
	const isFounding = equal(identityKey, key);
	// A log of one entry says what the account does: most are so, and one look at a small index tells.
	const log = store.isLogLong(name) ? replayLog(store.logEntries(name, 0, LOG_LIMIT)) : undefined;
	if (log === undefined) return isFounding ? FOUNDING : undefined;
	if (log.removed.has(key.toString('hex'))) return 'removed';
	if (!isLivingDevice(log, key)) return undefined;
	const role = log.living.get(key.toString('hex'))?.role === 'keeper' ? 'keeper' : 'device';
	return {role, isFounding};
}
