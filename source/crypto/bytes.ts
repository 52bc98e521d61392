// Bytes that may be secret: joining, comparing in constant time, wiping, padding.
import {Buffer} from 'node:buffer';
import {timingSafeEqual} from 'node:crypto';

export function concat(...parts: readonly Uint8Array[]): Buffer {
	return Buffer.concat(parts);
}

/** Whether both hold the same bytes, in time that depends on their length alone. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && timingSafeEqual(a, b);
}

/** Overwrites secrets that are no longer needed. KeyObjects cannot be wiped: drop the last reference to them. */
export function wipe(...buffers: ReadonlyArray<Uint8Array | undefined>): void {
	for (const buffer of buffers) buffer?.fill(0);
}

/** An unsigned integer in exactly `size` bytes, big-endian. Throws RangeError when its value needs more. */
export function leftPad(bytes: Uint8Array, size: number): Buffer {
	const excess = Math.max(0, bytes.length - size);
	if (bytes.subarray(0, excess).some(byte => byte !== 0))
		throw new RangeError(`the integer is longer than ${size} bytes`);
	const padded = Buffer.alloc(size);
	padded.set(bytes.subarray(excess), size - (bytes.length - excess));
	return padded;
}
