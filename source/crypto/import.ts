// Imports private keys from DER, and leaves no copy of the DER in memory.
import {type Buffer} from 'node:buffer';
import {type KeyObject, createPrivateKey} from 'node:crypto';
import {wipe} from './bytes.ts';

/**
 * The key of a PKCS #8 structure (RFC 5958). Wipes the structure. OpenSSL copies it into memory that it frees without wiping. So a second
 * structure of the same size, with zeros in place of the key, is read right after it and overwrites that memory. Throws OpenSSL's errors.
 */
export function importPrivateKey(der: Buffer): KeyObject {
	try {
		return createPrivateKey({key: der, format: 'der', type: 'pkcs8'});
	} finally {
		der.fill(0, der.readUInt8(1) < 0x80 ? 2 : 4);
		readZeros(der);
		wipe(der);
	}
}

function readZeros(der: Buffer): void {
	try {
		createPrivateKey({key: der, format: 'der', type: 'pkcs8'});
	} catch {
		// Expected: zeros are not a key.
	}
}
