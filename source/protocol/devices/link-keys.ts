// What the secret of a device link does: it proves that who joins was handed the link, and seals the label of the new device.
import {Buffer} from 'node:buffer';
import {concat, wipe} from '../../crypto/bytes.ts';
import {hmac} from '../../crypto/hash.ts';
import {expandLabel} from '../../crypto/kdf.ts';
import {open, seal} from '../../crypto/seal.ts';
import {Writer} from '../../wire/cursor.ts';
import {writeName} from '../../wire/name.ts';

/** A label of a device, UTF-8. With its length it is padded to PADDED_LABEL. */
export const LABEL_LIMIT = 63;
const PADDED_LABEL = 1 + LABEL_LIMIT;

/** For whom a device joins: the account, and its founding key of 32 bytes. */
export type LinkAccount = {readonly name: string; readonly foundingKey: Buffer};

/** The MAC of 32 bytes by which `key` shows that it was handed the link. */
export function linkMac(secret: Buffer, {name, foundingKey}: LinkAccount, key: Buffer): Buffer {
	const words = concat(Buffer.from('simchat1 link'), writeName(new Writer(), name).finish(), foundingKey, key);
	return hmac(secret, words);
}

/** Seals a label for who has the secret. What is over LABEL_LIMIT bytes is cut off at a character. `iv`: 16 random bytes. */
export function sealLabel(secret: Buffer, key: Buffer, label: string, iv: Buffer): Buffer {
	const text = Buffer.alloc(LABEL_LIMIT);
	// Whole characters alone.
	const {written} = new TextEncoder().encodeInto(label, text);
	const padded = new Writer().u8(written).bytes(text);
	const labelKey = expandLabel(secret, 'link label', key, 64);
	const sealed = seal(labelKey, padded.finish(), key, iv);
	wipe(labelKey);
	return sealed;
}

/** The label, or undefined for what is none. It may hold any character. */
export function openLabel(secret: Buffer, key: Buffer, sealed: Buffer): string | undefined {
	const labelKey = expandLabel(secret, 'link label', key, 64);
	const padded = open(labelKey, sealed, key);
	wipe(labelKey);
	const size = padded?.[0];
	if (padded?.length !== PADDED_LABEL || size === undefined || size > LABEL_LIMIT) return undefined;
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(padded.subarray(1, 1 + size));
	} catch {
		return undefined;
	}
}
