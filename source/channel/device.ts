// Where a channel leads: one device of an account.

/** `account` is its name. `device` names one of its devices; an account has one so far, the founding one. */
export type Device = {readonly account: string; readonly device: string};

const FOUNDING = 'founding';

/** The first device of an account. */
export function foundingDevice(account: string): Device {
	return {account, device: FOUNDING};
}

/** The same text for the same device, and for no other: no account name holds a slash. */
export function deviceKey({account, device}: Device): string {
	return `${account}/${device}`;
}
