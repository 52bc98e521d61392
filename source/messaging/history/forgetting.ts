// Takes what was said out of the file for good: out of tables, indexes, free pages and journal. Ids that came in stay known, so that
// nothing of it comes back.
import {type HistoryDatabase} from './database.ts';
import {KIND, type MessageRow} from './message-row.ts';
import {EVERYBODY, type WordIndex} from './word-index.ts';

export class Forgetting {
	readonly #database: HistoryDatabase;
	readonly #forget;
	readonly #discard;

	constructor(database: HistoryDatabase, search: WordIndex) {
		this.#database = database;
		const ofPeer = [
			'DELETE FROM messages WHERE peer = :peer',
			'DELETE FROM marks WHERE peer = :peer',
			'DELETE FROM memory WHERE peer = :peer',
			'DELETE FROM conversation_settings WHERE peer = :peer AND target IS NOT NULL',
		].map(step => database.prepare(step));
		const everybody = database
			.prepare<[], string>(`WITH RECURSIVE ${EVERYBODY} SELECT peer FROM everybody WHERE peer IS NOT NULL`)
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

		this.#forget = database.transaction((peer: string) => {
			for (const step of ofPeer) step.run({peer});
			search.settleRemovals();
		});
		this.#discard = database.transaction((before: number, arrivedBefore: number) => {
			const peers = everybody.all().filter(peer => {
				const gone = old.all(peer, before, arrivedBefore);
				for (const {id, direction} of gone) about.run({peer, id, direction});
				return gone.length > 0;
			});
			search.settleRemovals();
			return {peers, hasGone: kept.run(before, arrivedBefore).changes > 0 || peers.length > 0};
		});
	}

	/** Everything with `peer`, and what the screen remembers of them. */
	forget(peer: string): void {
		this.#forget.immediate(peer);
		this.emptyJournal();
	}

	/** Messages from before both moments, and what was said of them; not what still waits. With whom there were any to see. */
	discard(before: number, arrivedBefore: number): readonly string[] {
		const {peers, hasGone} = this.#discard.immediate(before, arrivedBefore);
		if (hasGone) this.emptyJournal();
		return peers;
	}

	/** After what is to leave no trace: the journal holds pages as they were. */
	emptyJournal(): void {
		this.#database.pragma('wal_checkpoint(TRUNCATE)');
	}
}
