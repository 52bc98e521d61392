// What the screen remembers: of a conversation or of the whole screen, and in which conversation something is.
import {type HistoryDatabase} from './database.ts';
import {type ConversationId} from '../conversation.ts';
import {MEMORY_LIMIT} from './history.ts';

/** Stands for the whole screen: no conversation has this id. */
const SCREEN = '';

export class Memory {
	readonly #recall;
	readonly #remember;
	readonly #forget;
	readonly #recallConversation;
	readonly #forgetConversations;

	constructor(database: HistoryDatabase) {
		this.#recall = database
			.prepare<[string, string], string>('SELECT value FROM memory WHERE key = ? AND peer = ?')
			.pluck();
		this.#remember = database.prepare(`
			INSERT OR REPLACE INTO memory (key, peer, value) SELECT :key, :peer, :value
			WHERE EXISTS (SELECT 1 FROM memory WHERE key = :key AND peer = :peer)
				OR (SELECT count(*) FROM memory) < ${MEMORY_LIMIT}`);
		this.#forget = database.prepare('DELETE FROM memory WHERE key = ? AND peer = ?');
		this.#recallConversation = database
			.prepare<[string], ConversationId>(`SELECT peer FROM memory WHERE key = ? AND peer != '${SCREEN}' LIMIT 1`)
			.pluck();
		const others = database.prepare(`DELETE FROM memory WHERE key = :key AND peer NOT IN ('${SCREEN}', :peer)`);
		this.#forgetConversations = database.transaction((key: string, conversation: ConversationId | undefined) => {
			others.run({key, peer: conversation ?? SCREEN});
			return conversation === undefined || this.remember(key, '', conversation);
		});
	}

	recall(key: string, conversation?: ConversationId): string | undefined {
		return this.#recall.get(key, conversation ?? SCREEN);
	}

	/** Undefined forgets. False when it would be one more than MEMORY_LIMIT. */
	remember(key: string, value: string | undefined, conversation?: ConversationId): boolean {
		const peer = conversation ?? SCREEN;
		if (value !== undefined) return this.#remember.run({key, peer, value}).changes > 0;
		this.#forget.run(key, peer);
		return true;
	}

	recallConversation(key: string): ConversationId | undefined {
		return this.#recallConversation.get(key);
	}

	/** Moves what is under `key` to this conversation; undefined forgets it. False when it would be one more than MEMORY_LIMIT. */
	rememberConversation(key: string, conversation: ConversationId | undefined): boolean {
		return this.#forgetConversations(key, conversation);
	}
}
