// Private keys from their DER, so that no copy of it stays behind.
import {type Buffer} from 'node:buffer';
import {type KeyObject, createPrivateKey} from 'node:crypto';
import {wipe} from './bytes.ts';

/**
 * The key of a PKCS #8 structure (RFC 5958), which is wiped. OpenSSL reads it into memory that it frees as it is: another of
 * the same size, all zeros behind its head, is read right after it and takes its place. Throws what OpenSSL throws.
 */
export function importPrivateKey(der: Buffer): KeyObject {
	try {
		return createPrivateKey({key: der, format: 'der', type: 'pkcs8'});
	} finally {
		der.fill(0, der.readUInt8(1) < 0x80 ? 2 : 4);
		readAndRefused(der);
		wipe(der);
	}
}

function readAndRefused(der: Buffer): void {
	try {
		createPrivateKey({key: der, format: 'der', type: 'pkcs8'});
	} catch {
		// Zeros are no key.
	}
}
