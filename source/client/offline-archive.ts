// What a profile holds, opened by its password alone: no directory is asked, and nothing is sent.
import {existsSync} from 'node:fs';
import path from 'node:path';
import {systemRandom} from '../crypto/random.ts';
import {ClientError} from '../os/errors.ts';
import {type History} from '../messaging/history/history.ts';
import {openHistory} from '../messaging/history/sqlite-history.ts';
import {type Profile, openProfile} from './profile.ts';
import {type ConversationId} from '../messaging/conversation.ts';
import {type Message} from '../messaging/message.ts';
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

	/** The newest `limit` messages with all of `words`, each as the beginning of one: of a conversation, or of all there are. */
	find(words: string, limit: number, conversation?: ConversationId): readonly Message[] {
		const all = () => this.#history.conversations().map(each => each.conversation);
		return this.#history.find(words, limit, conversation === undefined ? all() : [conversation]);
	}

	/** All messages, or those of a conversation, oldest first; read as they are asked for. */
	said(conversation?: ConversationId): Iterable<Message> {
		return this.#history.said(conversation);
	}

	/** How many messages there are. */
	count(conversation: ConversationId): number {
		const [first] = this.#history.said(conversation);
		return first === undefined ? 0 : this.#history.depth(conversation, first.id);
	}

	/** Takes a conversation off the disk for good. What came in does not come back. */
	forget(conversation: ConversationId): void {
		this.#history.forget(conversation);
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
