// Where a channel leads: one device of an account.
import {Buffer} from 'node:buffer';
import {deviceIdOf} from '../protocol/devices/device-log.ts';

/** `account` is its name. `device` names one of its devices: the id of 8 bytes as hex, or the founding one, whatever its id is. */
export type Device = {readonly account: string; readonly device: string};

const FOUNDING = 'founding';

/** The first device of an account. */
export function foundingDevice(account: string): Device {
	return {account, device: FOUNDING};
}

/** The device of an account that has this device key. */
export function deviceWithKey(account: string, key: Buffer): Device {
	return {account, device: deviceIdOf(key).toString('hex')};
}

/** The id of 8 bytes by which the directory names it; undefined for the founding one. */
export function namedId({device}: Device): Buffer | undefined {
	return device === FOUNDING ? undefined : Buffer.from(device, 'hex');
}

/** The same text for the same device, and for no other: no account name holds a slash. */
export function deviceKey({account, device}: Device): string {
	return `${account}/${device}`;
}
