// Takes what was said out of the file for good: out of tables, indexes, free pages and journal. Ids that came in stay known, so that
// nothing of it comes back.
import {type Buffer} from 'node:buffer';
import {type About} from '../../content/act.ts';
import {SETTINGS} from '../../content/kinds.ts';
import {type ConversationId} from '../conversation.ts';
import {type HistoryDatabase} from './database.ts';
import {KIND, type MessageRow} from './message-row.ts';
import {MUTE} from './register-rows.ts';
import {CHANGE, type ReplicaLog} from './replica-log.ts';
import {WITH_MESSAGES, type WordIndex} from './word-index.ts';

/** Rows that hold for the conversation whatever was said in it, as its timer: they are no words, and stay. */
const LASTING_KINDS = kindsAbout('conversation');
export const LASTING = `kind IN (${LASTING_KINDS.join(', ')})`;
const ABOUT_MESSAGES = kindsAbout('any');

/** Kinds of rows that set something. */
function kindsAbout(about: About): readonly number[] {
	return SETTINGS.filter(kind => kind.about === about).map(({row}) => row);
}

/** Whether a row of this kind stays when its conversation is forgotten. */
export function isLasting(kind: number): boolean {
	return LASTING_KINDS.includes(kind);
}

export class Forgetting {
	readonly #database: HistoryDatabase;
	readonly #log: ReplicaLog;
	readonly #forget;
	readonly #discard;
	readonly #known;
	readonly #put;
	readonly #ofUpTo;
	readonly #bury;
	readonly #takeBack;
	readonly #takeBackUpTo;
	readonly #remove;
	readonly #untold;

	constructor(database: HistoryDatabase, search: WordIndex, log: ReplicaLog) {
		this.#database = database;
		this.#log = log;
		const ofConversation = [
			`DELETE FROM messages WHERE peer = :peer AND NOT (${LASTING})`,
			// That somebody is muted is so on all devices, and nothing that was said.
			`DELETE FROM memory WHERE peer = :peer AND key != '${MUTE}'`,
			'DELETE FROM conversation_settings WHERE peer = :peer AND target IS NOT NULL',
		].map(step => database.prepare(step));
		const unmark = database.prepare<[string], number>('DELETE FROM marks WHERE peer = ? RETURNING log').pluck();
		this.#known = database.prepare<[string], {place: number; log: number}>(
			'SELECT place, log FROM forgotten WHERE peer = ?',
		);
		this.#put = database.prepare('INSERT OR REPLACE INTO forgotten (peer, place, log) VALUES (?, ?, ?)');
		this.#ofUpTo = [
			`DELETE FROM messages WHERE peer = :peer AND place <= :place AND NOT (${LASTING})`,
			'DELETE FROM conversation_settings WHERE peer = :peer AND target IS NOT NULL',
			// Of what is left the latest holds.
			...ABOUT_MESSAGES.map(
				kind => `INSERT OR REPLACE INTO conversation_settings (peer, kind, value, target_direction, target, time, id)
					SELECT peer, kind, text, target_direction, target, time, id FROM messages
					WHERE peer = :peer AND kind = ${kind} ORDER BY time DESC, id DESC LIMIT 1`,
			),
		].map(step => database.prepare(step));
		this.#bury = database.prepare('INSERT OR IGNORE INTO gone (peer, direction, id) VALUES (:peer, :direction, :id)');
		this.#takeBack = database.prepare('DELETE FROM let_go WHERE peer = :peer AND direction = :direction AND id = :id');
		this.#takeBackUpTo = database.prepare('DELETE FROM let_go WHERE peer = :peer AND place <= :place');
		this.#remove = [
			'DELETE FROM messages WHERE peer = :peer AND direction = :direction + 0 AND id = :id',
			'DELETE FROM messages WHERE peer = :peer AND target = :id AND target_direction = :direction',
		].map(step => database.prepare(step));
		// What not all other devices have may be sent to one of them once more.
		this.#untold = database.prepare<[string, number], Pick<MessageRow, 'direction' | 'id'>>(`
			SELECT direction, id FROM log JOIN messages ON messages.place = log.row
			WHERE log.place > (SELECT coalesce(min(kept), 0) FROM followed) AND what = ${CHANGE.row} AND peer = ?
				AND messages.place <= ? AND NOT (${LASTING})`);
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
			this.#buryUntold(peer, Number.MAX_SAFE_INTEGER);
			for (const step of ofConversation) step.run({peer});
			const former = unmark.get(peer);
			if (former !== undefined) log.drop(former);
			// From here on everything is later, whatever becomes of the clock.
			const place = log.nextPlace() ?? log.lastPlace;
			if (place > 0) this.reach(peer, place, 0);
			search.settleRemovals();
		});
		this.#discard = database.transaction((before: number, arrivedBefore: number) => {
			const conversations = withMessages.all().filter(peer => {
				const gone = old.all(peer, before, arrivedBefore);
				for (const {id, direction} of gone) {
					about.run({peer, id, direction});
					// Another device may keep it longer; here it stays away.
					if (log.hasBegun) this.#bury.run({peer, direction, id});
				}

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

	/** All of a conversation up to this place is forgotten; false when it was. `origin`: whose log has told of it. */
	reach(peer: ConversationId, place: number, origin: number): boolean {
		const known = this.#known.get(peer);
		if (known !== undefined && known.place >= place) return false;
		this.#buryUntold(peer, place);
		this.#put.run(peer, place, this.#log.note(CHANGE.forgotten, {name: peer}, origin, known));
		for (const step of this.#ofUpTo) step.run({peer, place});
		this.#takeBackUpTo.run({peer, place});
		this.#log.reach(place);
		return true;
	}

	#buryUntold(peer: ConversationId, place: number): void {
		for (const {direction, id} of this.#untold.all(peer, place)) this.bury(peer, direction, id, 0);
	}

	/** An entry is gone for good, on every device; false when that was known. */
	bury(peer: ConversationId, direction: number, id: Buffer, origin: number): boolean {
		if (!this.#log.hasBegun) return false;
		const {changes, lastInsertRowid} = this.#bury.run({peer, direction, id});
		if (changes === 0) return false;
		this.#takeBack.run({peer, direction, id});
		this.#log.note(CHANGE.gone, {row: Number(lastInsertRowid)}, origin);
		return true;
	}

	/** The same, told by another device: it is removed here, with what was said of it. */
	removed(peer: ConversationId, direction: number, id: Buffer, origin: number): boolean {
		if (!this.bury(peer, direction, id, origin)) return false;
		for (const step of this.#remove) step.run({peer, direction, id});
		return true;
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
