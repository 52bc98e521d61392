// A transcript: one running SHA-256 over everything both sides have sent, which signatures and keys then stand on.
import {Buffer} from 'node:buffer';
import {sha256} from '../crypto/hash.ts';

/** th0 = SHA-256("simchat1 " ‖ label). */
export function transcript(label: string): Buffer {
	return sha256(Buffer.from(`simchat1 ${label}`, 'latin1'));
}

/** th' = SHA-256(th ‖ u32 length ‖ bytes). */
export function append(th: Buffer, ...parts: readonly Buffer[]): Buffer {
	const length = Buffer.allocUnsafe(4);
	length.writeUInt32BE(parts.reduce((sum, part) => sum + part.length, 0));
	return sha256(th, length, ...parts);
}
