// What a profile holds, opened by its password alone: no directory is asked, and nothing is sent.
import {existsSync} from 'node:fs';
import path from 'node:path';
import {systemEntropy} from '../protocol/entropy.ts';
import {ClientError} from '../os/errors.ts';
import {type ReplicatedHistory} from '../messaging/history/replica.ts';
import {openHistory} from '../messaging/history/sqlite-history.ts';
import {KeptMessages} from './kept-messages.ts';
import {type Profile, openProfile} from './profile.ts';
import {type Vault, openVault} from './vault.ts';
import {catalogue} from '../catalogue/catalogue.ts';

export class Archive extends KeptMessages {
	readonly #profile: Profile;
	readonly #vault: Vault;
	readonly #history: ReplicatedHistory;

	private constructor(profile: Profile, vault: Vault, history: ReplicatedHistory) {
		super(history, conversation => history.forget(conversation));
		this.#profile = profile;
		this.#vault = vault;
		this.#history = history;
	}

	/** Takes the profile for this process. Throws ClientError: no-account, profile-busy, profile-unwritable, wrong-password, damaged, newer, disk. */
	static async open(folder: string, password: string): Promise<Archive> {
		if (!existsSync(path.join(folder, 'vault'))) throw noAccountIn(folder);
		const profile = openProfile(folder);
		let vault: Vault | undefined;
		try {
			vault = await openVault(profile.vaultFile, password, systemEntropy);
			return new Archive(profile, vault, openHistory(profile.historyFile, vault.dataKey));
		} catch (error) {
			vault?.close();
			profile.close();
			throw error;
		}
	}

	/** This is a copy: other devices of the account are not to take it for the original. */
	markAsCopy(): void {
		this.#history.replica.renew();
	}

	/** Wipes the keys and gives the profile back. */
	close(): void {
		this.#history.close();
		this.#vault.close();
		this.#profile.close();
	}
}

export function noAccountIn(folder: string): ClientError {
	return new ClientError('no-account', catalogue.account.noneIn(folder));
}
