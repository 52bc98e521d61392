// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), over parts in their order.
import {type Buffer} from 'node:buffer';
import {type KeyObject, createHash, createHmac, createSecretKey} from 'node:crypto';

/** 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(part);
	return hash.digest();
}

/** 32 bytes. Importing raw bytes first is faster than handing them over as they are, also for a single use. */
export function hmac(key: Uint8Array | KeyObject, ...parts: readonly Uint8Array[]): Buffer {
	const mac = createHmac('sha256', key instanceof Uint8Array ? createSecretKey(key) : key);
	for (const part of parts) mac.update(part);
	return mac.digest();
}
