// Imports private keys from DER, and leaves no copy of the DER in memory.
import {type Buffer} from 'node:buffer';
import {type KeyObject, createPrivateKey} from 'node:crypto';

/**
 * The key of a PKCS #8 structure (RFC 5958). Wipes the structure. OpenSSL copies it into memory that it frees without wiping. So a second
 * structure of the same size, with zeros in place of the key, is read right after it and overwrites that memory. Throws OpenSSL's errors.
 */
export function importPrivateKey(der: Buffer): KeyObject {
	return importAndWipe(createPrivateKey, der);
}

/** The same with Node's function given. Names nothing outside itself, so that a thread can be started on its text. */
export function importAndWipe(create: typeof createPrivateKey, der: Buffer): KeyObject {
	try {
		return create({key: der, format: 'der', type: 'pkcs8'});
	} finally {
		der.fill(0, der.readUInt8(1) < 0x80 ? 2 : 4);
		try {
			create({key: der, format: 'der', type: 'pkcs8'});
		} catch {
			// Expected: zeros are not a key.
		}

		der.fill(0);
	}
}
