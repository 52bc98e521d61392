// Passwords: first brought into one spelling (RFC 8265 OpaqueString), then stretched with scrypt (RFC 7914) on the thread pool.
import {Buffer} from 'node:buffer';
import {scrypt} from 'node:crypto';
import {concat, intoSecret, wipe} from './bytes.ts';
import {sha256} from './hash.ts';

/** N = 2^logN. Memory is 128·N·r bytes. */
export type ScryptParameters = {readonly logN: number; readonly r: number; readonly p: number};

/** 128 MiB, about 0.3 s. */
export const DEFAULT_SCRYPT: ScryptParameters = {logN: 17, r: 8, p: 1};

export type PasswordErrorCode = 'empty' | 'forbidden-character';

/** The password cannot be used. The message says what to do, and never holds the password. */
export class PasswordError extends Error {
	override readonly name = 'PasswordError';
	readonly code: PasswordErrorCode;

	constructor(code: PasswordErrorCode) {
		super(
			code === 'empty'
				? 'the password is empty: type at least one character'
				: 'the password has a control, invisible or unassigned character: type it again without it',
		);
		this.code = code;
	}
}

/** scrypt failed: this machine does not have the memory that it needs. */
export class StretchError extends Error {
	override readonly name = 'StretchError';
}

// FreeformClass (RFC 8264 §4.3) takes the letters, marks, numbers, symbols, punctuation and spaces of every script …
const freeform = /^[\p{L}\p{M}\p{N}\p{S}\p{P}\p{Zs}]*$/u;
// … but for ignorable code points, old Hangul jamo and ten exceptions (RFC 5892 §2.6).
const disallowed =
	/[\p{Default_Ignorable_Code_Point}\u{1100}-\u{11FF}\u{A960}-\u{A97C}\u{D7B0}-\u{D7FB}\u{640}\u{7FA}\u{302E}\u{302F}\u{3031}-\u{3035}\u{303B}]/u;

/**
 * OpaqueString (RFC 8265 §4.2): other spaces become U+0020, then NFC; case is kept. Throws PasswordError. Deviation: the
 * contextual rules (RFC 5892 appendix A) are not applied. The two joiners are always refused, the other characters always accepted.
 */
export function opaqueString(password: string): string {
	const spelled = password.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC');
	if (spelled === '') throw new PasswordError('empty');
	if (!freeform.test(spelled) || disallowed.test(spelled)) throw new PasswordError('forbidden-character');
	return spelled;
}

/** Whether a client accepts these parameters from a server: N from 2^15 to 2^20, r = 8, p = 1. Less is too weak, more takes too long. */
export function acceptsScrypt({logN, r, p}: ScryptParameters): boolean {
	return logN >= 15 && logN <= 20 && r === 8 && p === 1;
}

/** scrypt of the password in its one spelling, 32 bytes, on the thread pool. Throws PasswordError, StretchError. */
export async function stretch(password: string, salt: Buffer, {logN, r, p}: ScryptParameters): Promise<Buffer> {
	const bytes = Buffer.from(opaqueString(password), 'utf8');
	const N = 2 ** logN;
	return new Promise((resolve, reject) => {
		scrypt(bytes, salt, 32, {N, r, p, maxmem: 128 * N * r + 1024 * 1024 + 128 * r * p}, (error, key) => {
			wipe(bytes);
			if (error) reject(new StretchError(`no room for ${(128 * N * r) / 2 ** 20} MiB`, {cause: error}));
			else resolve(intoSecret(key));
		});
	});
}

/** SRP's x = SHA-256(scrypt(password, salt16 ‖ name)). Throws PasswordError, StretchError. */
export async function passwordExponent(
	password: string,
	name: string,
	salt: Buffer,
	parameters: ScryptParameters,
): Promise<Buffer> {
	const key = await stretch(password, concat(salt, Buffer.from(name, 'latin1')), parameters);
	const x = intoSecret(sha256(key));
	wipe(key);
	return x;
}
