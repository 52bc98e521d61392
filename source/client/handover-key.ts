// What proves that a process knows the password of a profile that another one has open: a key that both have from the vault.
import {existsSync} from 'node:fs';
import path from 'node:path';
import {equal, wipe} from '../crypto/bytes.ts';
import {hmac} from '../crypto/hash.ts';
import {systemEntropy} from '../protocol/entropy.ts';
import {noAccountIn} from './offline-archive.ts';
import {type Vault, openVault} from './vault.ts';

/** Which of the two proves it: the process that has the profile, or the command that hands over to it. */
export type HandoverSide = 'holder' | 'command';

/** 64 hex digits of each side, made anew for each connection. */
export type HandoverNonces = Readonly<Record<HandoverSide, string>>;

export class HandoverKey {
	/** 32 bytes. */
	readonly #key: Buffer;

	constructor(vault: Vault) {
		this.#key = vault.handoverKey();
	}

	/** HMAC-SHA-256 over the side and both nonces, 64 hex digits. */
	proof(side: HandoverSide, {holder, command}: HandoverNonces): string {
		return hmac(this.#key, Buffer.from(`${side} ${holder} ${command}`)).toString('hex');
	}

	/** Whether `proof` is the proof of that side. */
	accepts(side: HandoverSide, nonces: HandoverNonces, proof: string): boolean {
		return equal(Buffer.from(this.proof(side, nonces)), Buffer.from(proof));
	}

	forget(): void {
		wipe(this.#key);
	}
}

/**
 * The key of a profile that another process may have open: the vault is read, and nothing is locked. Throws ClientError: no-account,
 * wrong-password, damaged, newer.
 */
export async function openHandoverKey(folder: string, password: string): Promise<HandoverKey> {
	const file = path.join(folder, 'vault');
	if (!existsSync(file)) throw noAccountIn(folder);
	const vault = await openVault(file, password, systemEntropy);
	try {
		return new HandoverKey(vault);
	} finally {
		vault.close();
	}
}
