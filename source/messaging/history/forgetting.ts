// Takes what was said out of the file for good: out of tables, indexes, free pages and journal. Ids that came in stay known, so that
// nothing of it comes back.
import {type ConversationId} from '../conversation.ts';
import {type HistoryDatabase} from './database.ts';
import {KIND, type MessageRow} from './message-row.ts';
import {WITH_MESSAGES, type WordIndex} from './word-index.ts';

export class Forgetting {
	readonly #database: HistoryDatabase;
	readonly #forget;
	readonly #discard;

	constructor(database: HistoryDatabase, search: WordIndex) {
		this.#database = database;
		const ofConversation = [
			'DELETE FROM messages WHERE peer = :peer',
			'DELETE FROM marks WHERE peer = :peer',
			'DELETE FROM memory WHERE peer = :peer',
			'DELETE FROM conversation_settings WHERE peer = :peer AND target IS NOT NULL',
		].map(step => database.prepare(step));
		const withMessages = database
			.prepare<[], ConversationId>(
				`WITH RECURSIVE ${WITH_MESSAGES} SELECT peer FROM with_messages WHERE peer IS NOT NULL`,
			)
			.pluck();
		const old = database.prepare<[string, number, number], MessageRow>(`
			DELETE FROM messages INDEXED BY texts_by_time
			WHERE peer = ? AND kind = ${KIND.text} AND time < ? AND coalesce(arrived < ?, 1) AND NOT (direction = 1 AND state = 0)
			RETURNING peer, id, direction`);
		const about = database.prepare(`
			DELETE FROM messages WHERE peer = :peer AND target = :id AND target_direction = :direction
				AND kind > ${KIND.text} AND NOT (direction = 1 AND state = 0)`);

		const kept = database.prepare(
			`DELETE FROM messages WHERE kind = ${KIND.deferred} AND time < ? AND coalesce(arrived < ?, 1) AND place IN (SELECT place FROM contents)`,
		);

		this.#forget = database.transaction((peer: ConversationId) => {
			for (const step of ofConversation) step.run({peer});
			search.settleRemovals();
		});
		this.#discard = database.transaction((before: number, arrivedBefore: number) => {
			const conversations = withMessages.all().filter(peer => {
				const gone = old.all(peer, before, arrivedBefore);
				for (const {id, direction} of gone) about.run({peer, id, direction});
				return gone.length > 0;
			});
			search.settleRemovals();
			return {conversations, hasGone: kept.run(before, arrivedBefore).changes > 0 || conversations.length > 0};
		});
	}

	/** All of a conversation, and what the screen remembers of it. */
	forget(conversation: ConversationId): void {
		this.#forget.immediate(conversation);
		this.emptyJournal();
	}

	/** Messages from before both moments, and what was said of them; not what still waits. The conversations where there were any to see. */
	discard(before: number, arrivedBefore: number): readonly ConversationId[] {
		const {conversations, hasGone} = this.#discard.immediate(before, arrivedBefore);
		if (hasGone) this.emptyJournal();
		return conversations;
	}

	/** After what is to leave no trace: the journal holds pages as they were. */
	emptyJournal(): void {
		this.#database.pragma('wal_checkpoint(TRUNCATE)');
	}
}
