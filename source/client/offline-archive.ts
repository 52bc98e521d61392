// What a profile holds, opened by its password alone: no directory is asked, and nothing is sent.
import {existsSync} from 'node:fs';
import path from 'node:path';
import {systemRandom} from '../crypto/random.ts';
import {foldName} from '../wire/name.ts';
import {ClientError} from '../os/errors.ts';
import {type History} from '../messaging/history/history.ts';
import {openHistory} from '../messaging/history/sqlite-history.ts';
import {type Profile, openProfile} from './profile.ts';
import {type Message} from './snapshot.ts';
import {type Vault, openVault} from './vault.ts';

export class Archive {
	readonly #profile: Profile;
	readonly #vault: Vault;
	readonly #history: History;

	private constructor(profile: Profile, vault: Vault, history: History) {
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
			vault = await openVault(profile.vaultFile, password, systemRandom);
			return new Archive(profile, vault, openHistory(profile.historyFile, vault.dataKey));
		} catch (error) {
			vault?.close();
			profile.close();
			throw error;
		}
	}

	/** The newest `limit` messages with all of `words`, each as the beginning of one: with `peer`, or with everybody there is. */
	find(words: string, limit: number, peer?: string): readonly Message[] {
		const peers = peer === undefined ? this.#history.conversations().map(each => each.peer) : [nameOf(peer)];
		return this.#history.find(words, limit, peers);
	}

	/** All messages, or those with `peer`, oldest first; read as they are asked for. */
	said(peer?: string): Iterable<Message> {
		return this.#history.said(peer === undefined ? undefined : nameOf(peer));
	}

	/** How many messages there are with `peer`. */
	count(peer: string): number {
		const [first] = this.#history.said(nameOf(peer));
		return first === undefined ? 0 : this.#history.depth(first.peer, first.id);
	}

	/** Takes a conversation off the disk for good. What came in does not come back. */
	forget(peer: string): void {
		this.#history.forget(nameOf(peer));
	}

	/** What is wrong with the history, all of it read; nothing when it is sound. */
	check(): readonly string[] {
		return this.#history.check();
	}

	/** Wipes the keys and gives the profile back. */
	close(): void {
		this.#history.close();
		this.#vault.close();
		this.#profile.close();
	}
}

export function noAccountIn(folder: string): ClientError {
	return new ClientError('no-account', `there is no account in ${folder}: name the folder of one with --profile`);
}

function nameOf(typed: string): string {
	const name = foldName(typed);
	if (name !== undefined) return name;
	throw new ClientError('bad-name', 'that is no name: one has 1 to 32 of a–z, 0–9, dot, underscore and hyphen');
}
