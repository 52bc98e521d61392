// What acts do to messages. The outcome is that of the set of acts, in whatever order they come: of edits, reactions and timers the
// latest counts (by time, then id), of readings the farthest, and a deletion for ever. Only its sender changes a message. Of each side's
// acts of a kind on one message only the latest are kept: the others change nothing any more, and their ids are in `seen`.
import {type Effect} from '../../content/act.ts';
import {ACTS} from '../../content/kinds.ts';
import {type HistoryDatabase} from './database.ts';
import {KIND, type MessageRow, type StoredRow} from './message-row.ts';

const ABOUT = 'peer = :peer AND target = :target AND target_direction = :direction';
// Bare, a direction or kind would be compared with those of the partial indexes, and the query be planned anew for each value.
/** An edit or a deletion counts when it is of whoever wrote the message. */
const BY_AUTHOR = `${ABOUT} AND direction = :direction + 0`;
const LATEST = 'ORDER BY time DESC, id DESC';

/** Every query about acts: each reads a bounded number of rows from an index, however many acts there are. */
export const ACT_QUERIES = {
	isDeleted: `SELECT 1 FROM messages WHERE ${BY_AUTHOR} AND kind = ${KIND.delete} LIMIT 1`,
	newestEdit: `SELECT time, id, text FROM messages WHERE ${BY_AUTHOR} AND kind = ${KIND.edit} ${LATEST} LIMIT 1`,
	isRead: `SELECT 1 FROM messages WHERE ${ABOUT} AND kind = ${KIND.read} AND direction = 1 - :direction LIMIT 1`,
	surplus: `SELECT place FROM messages WHERE ${ABOUT} AND kind = :kind + 0 AND direction = :by + 0 ${LATEST} LIMIT -1 OFFSET :kept`,
	surplusSettings: `SELECT place FROM messages WHERE peer = :peer AND kind = :kind + 0 AND kind > 0 AND direction = :by + 0 ${LATEST} LIMIT -1 OFFSET :kept`,
} as const;

export class Acts {
	readonly #onText: (row: StoredRow) => boolean;
	/** By the kind of the row. */
	readonly #onAct: Map<number, (row: StoredRow) => void>;

	constructor(database: HistoryDatabase) {
		const isDeleted = database.prepare(ACT_QUERIES.isDeleted).pluck();
		const newestEdit = database.prepare(ACT_QUERIES.newestEdit);
		const dropSurplus = database.prepare(`DELETE FROM messages WHERE place IN (${ACT_QUERIES.surplus})`);
		const dropSettings = database.prepare(`DELETE FROM messages WHERE place IN (${ACT_QUERIES.surplusSettings})`);
		const edit = database.prepare(`
			UPDATE messages SET original = coalesce(original, text), text = :text, edited = :time
			WHERE peer = :peer AND direction = :direction + 0 AND id = :target AND kind = ${KIND.text} AND deleted = 0
				AND (edited IS NOT :time OR text != :text)`);
		const clear = database.prepare(`
			UPDATE messages SET text = '', original = NULL, edited = NULL, deleted = 1, target = NULL, target_direction = NULL
			WHERE peer = :peer AND direction = :direction + 0 AND id = :target AND kind = ${KIND.text} AND deleted = 0`);
		const wipes = [
			`DELETE FROM contents WHERE place IN (
				SELECT place FROM messages WHERE peer = :peer AND direction = :direction + 0 AND id = :target AND deleted = 1)`,
			`DELETE FROM messages WHERE ${ABOUT} AND kind IN (${KIND.edit}, ${KIND.deferred})`,
		].map(step => database.prepare(step));
		/** Of what is gone no word stays: not of its edits, nor of what was kept of it or of them for later. */
		const wipe = (name: {peer: string; target: unknown; direction: number}) => {
			for (const step of wipes) step.run(name);
		};

		const read = database.prepare(`
			INSERT INTO agreed (peer, read_place) SELECT peer, place FROM messages
				WHERE peer = :peer AND direction = 1 AND id = :target AND kind = ${KIND.text}
			ON CONFLICT (peer) DO UPDATE SET read_place = max(read_place, excluded.read_place)`);
		const set = database.prepare(`
			INSERT INTO conversation_settings (peer, kind, value, target_direction, target, time, id)
				VALUES (:peer, :kind, :text, :target_direction, :target, :time, :id)
			ON CONFLICT (peer, kind) DO UPDATE SET value = excluded.value, target_direction = excluded.target_direction,
				target = excluded.target, time = excluded.time, id = excluded.id
				WHERE (excluded.time, excluded.id) > (conversation_settings.time, conversation_settings.id)`);

		/** A message becomes what all acts on it so far make of it; false when none has changed it. */
		const settle = (name: {peer: string; target: unknown; direction: number}): boolean => {
			if (isDeleted.get(name) !== undefined) {
				clear.run(name);
				wipe(name);
				return true;
			}

			const latest = newestEdit.get(name) as Pick<MessageRow, 'time' | 'text'> | undefined;
			if (latest !== undefined) edit.run({...name, ...latest});
			return latest !== undefined;
		};

		// Seen, not there, and not let go: it was forgotten, or has disappeared. Of our own nothing else can be the reason.
		const isGone = database
			.prepare(
				`SELECT NOT EXISTS (SELECT 1 FROM messages WHERE peer = :peer AND direction = :direction + 0 AND id = :target)
					AND (:direction = 1 OR EXISTS (SELECT 1 FROM seen WHERE peer = :peer AND id = :target))
					AND NOT EXISTS (SELECT 1 FROM let_go WHERE peer = :peer AND direction = :direction AND id = :target)`,
			)
			.pluck();
		const keepLatest = ({peer, target, target_direction: direction, kind, direction: by}: StoredRow, kept: number) => {
			dropSurplus.run({peer, target, direction, kind, by, kept});
		};

		const settleTarget = ({peer, target, target_direction: direction}: StoredRow) => {
			if (target === null || direction === null) return;
			const name = {peer, target, direction};
			if (isGone.get(name) === 1) wipe(name);
			else settle(name);
		};

		const isRead = database.prepare(ACT_QUERIES.isRead).pluck();
		this.#onText = ({peer, id, direction}) => {
			const hasChanged = settle({peer, target: id, direction});
			if (direction === 1 && isRead.get({peer, target: id, direction}) !== undefined) read.run({peer, target: id});
			return hasChanged;
		};

		const done: Record<Effect, (row: StoredRow, kept: number) => void> = {
			text(row, kept) {
				keepLatest(row, kept);
				settleTarget(row);
			},
			mark: keepLatest,
			reading(row, kept) {
				keepLatest(row, kept);
				if (row.direction === 0) read.run({peer: row.peer, target: row.target});
			},
			setting({peer, kind, text, target, target_direction, time, id, direction}, kept) {
				set.run({peer, kind, text, target, target_direction, time, id});
				dropSettings.run({peer, kind, by: direction, kept});
			},
		};
		this.#onAct = new Map(ACTS.map(({row: code, effect, kept}) => [code, row => done[effect](row, kept)]));
		// Its words go at once where what they are about is gone; nothing else is done until it is due.
		this.#onAct.set(KIND.deferred, settleTarget);
	}

	/** A row is new: does what it says, or what acts that came before it say of it. True when that makes another text of it. */
	apply(row: StoredRow): boolean {
		if (row.kind === KIND.text) return this.#onText(row);
		this.#onAct.get(row.kind)?.(row);
		return false;
	}
}
