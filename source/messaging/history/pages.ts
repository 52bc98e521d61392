// The pages of the encrypted file, by what the cipher says of them. The format is SQLCipher 4's, as SQLite3 Multiple Ciphers writes it:
// the first page begins with 16 bytes of salt and 8 of SQLite's header in clear; at the end of each is an IV of 16, and HMAC-SHA-512
// over ciphertext, IV and number.
import {Buffer} from 'node:buffer';
import {createHmac, pbkdf2Sync} from 'node:crypto';
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {equal, wipe} from '../../crypto/bytes.ts';

export const PAGE = {size: 4096, salt: 16, clear: 24, iv: 16, mac: 64} as const;
/** What the salt of the file is made another with, and how little the key that is no password is stretched. */
const MAC_SALT_MASK = 0x3a;
const MAC_ROUNDS = 2;

/** Numbers of the pages that are not as they were written, from 1; at most `limit`. The raw key has 32 bytes. */
export function forgedPages(file: string, dataKey: Buffer, limit: number): number[] {
	const descriptor = openSync(file, 'r');
	const page = Buffer.alloc(PAGE.size);
	const forged: number[] = [];
	let key: Buffer | undefined;
	try {
		const count = Math.ceil(fstatSync(descriptor).size / PAGE.size);
		for (let number = 1; number <= count && forged.length < limit; number++) {
			const size = readSync(descriptor, page, 0, PAGE.size, (number - 1) * PAGE.size);
			key ??= macKey(dataKey, page.subarray(0, PAGE.salt));
			if (size < PAGE.size || !isGenuine(page, number, key)) forged.push(number);
		}
	} finally {
		closeSync(descriptor);
		if (key !== undefined) wipe(key);
	}

	return forged;
}

export function macKey(dataKey: Buffer, salt: Buffer): Buffer {
	return pbkdf2Sync(dataKey, Buffer.from(salt.map(byte => byte ^ MAC_SALT_MASK)), MAC_ROUNDS, 32, 'sha512');
}

export function isGenuine(page: Buffer, number: number, key: Buffer): boolean {
	const end = PAGE.size - PAGE.mac;
	const place = Buffer.alloc(4);
	place.writeUInt32LE(number);
	const covered = page.subarray(number === 1 ? PAGE.clear : 0, end);
	const mac = createHmac('sha512', key).update(covered).update(place).digest();
	return equal(mac, page.subarray(end));
}
