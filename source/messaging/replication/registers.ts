// What holds by its last writer on all devices of an account: what each value is called, and what it may be. Pure.
import {Buffer} from 'node:buffer';
import {LABEL_LIMIT} from '../../protocol/devices/link-keys.ts';
import {type RegisterItem} from '../../wire/messages/replication-items.ts';
import {isName} from '../../wire/name.ts';

/**
 * contact: 'accepted' or 'request', '' for nobody in the list. nickname: as it was typed. mute: 'yes'. block: 'blocked'. All of them by the
 * account's name, '' where there is none. pin: by the account's name, the founding key (32), whether it was compared (1), and the head of
 * its device log (32, zeros without one). setting: by its name, JSON. label: by the id of a device in 16 hex digits, what the person calls it, ''
 * nothing; hostile on a screen. A kind with another number is of a later version: kept and passed on.
 */
export const REGISTER = {contact: 1, nickname: 2, mute: 3, block: 4, pin: 5, setting: 6, label: 7} as const;
export type RegisterName = keyof typeof REGISTER;

/** All of them together. */
export const REGISTERS_LIMIT = 50_000;
/** Bytes of UTF-8. */
const NICKNAME_LIMIT = 256;
const PIN_SIZE = 65;

const VALUES: {readonly [kind: number]: (value: Buffer) => boolean} = {
	[REGISTER.contact]: value => ['', 'accepted', 'request'].includes(value.toString('latin1')),
	[REGISTER.nickname]: value => value.length <= NICKNAME_LIMIT && isText(value),
	[REGISTER.mute]: value => ['', 'yes'].includes(value.toString('latin1')),
	[REGISTER.block]: value => ['', 'blocked'].includes(value.toString('latin1')),
	[REGISTER.pin]: value => value.length === PIN_SIZE && value[32]! <= 1,
	[REGISTER.setting]: isJson,
	[REGISTER.label]: value => value.length <= LABEL_LIMIT && isText(value),
};

/** By what a register is named, where that is no account. */
const NAMES: {readonly [kind: number]: RegExp} = {[REGISTER.setting]: /^[a-zA-Z]+$/, [REGISTER.label]: /^[\da-f]{16}$/};

export function isSoundRegister({register, name, value}: Pick<RegisterItem, 'register' | 'name' | 'value'>): boolean {
	const isSound = VALUES[register];
	if (isSound === undefined) return true;
	return (NAMES[register]?.test(name) ?? isName(name)) && isSound(value);
}

function isText(value: Buffer): boolean {
	return value.equals(Buffer.from(value.toString('utf8')));
}

function isJson(value: Buffer): boolean {
	try {
		JSON.parse(value.toString('utf8'));
		return isText(value);
	} catch {
		return false;
	}
}
