// Who is a device of an account, as its log in the database says.
import {Buffer} from 'node:buffer';
import {equal} from '../crypto/bytes.ts';
import {isLivingDevice, replayLog} from '../protocol/devices/device-log.ts';
import {type OnlineDevice} from '../wire/messages/devices.ts';
import {type LookUp} from './store/directory-store.ts';

/** Of a device that may sign in: whether it is a keeper, and whether its key is the founding key. */
export type DeviceStanding = {readonly role: OnlineDevice['role']; readonly isFounding: boolean};

/** Of the first device of an account. */
export const FOUNDING: DeviceStanding = {role: 'device', isFounding: true};

/** What any name leads to while there is no account. */
export const NOBODY: LookUp = {
	isThere: false,
	account: {
		name: '',
		stretching: {salt: Buffer.alloc(16), logN: 0, r: 0, p: 0},
		verifier: Buffer.alloc(384),
		identityKey: Buffer.alloc(32),
		created: 0,
		generation: 0,
		suspended: true,
	},
	log: [],
};

/**
 * What the account has of this key: 'removed' for a device that is out, undefined for a key it never had, or that signs in nowhere. While
 * the log has no entry but the first, the founding key is its one device.
 */
export function standingOf(
	{account, log: entries}: Pick<LookUp, 'account' | 'log'>,
	key: Buffer,
): DeviceStanding | 'removed' | undefined {
	const isFounding = equal(account.identityKey, key);
	const log = entries.length > 0 ? replayLog(entries) : undefined;
	if (log === undefined) return isFounding ? FOUNDING : undefined;
	if (log.removed.has(key.toString('hex'))) return 'removed';
	if (!isLivingDevice(log, key)) return undefined;
	const role = log.living.get(key.toString('hex'))?.role === 'keeper' ? 'keeper' : 'device';
	return {role, isFounding};
}
