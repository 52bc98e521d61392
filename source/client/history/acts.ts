// What acts do to messages. The outcome is that of the set of acts, in whatever order they come: of edits, reactions and timers the
// latest counts (by time, then id), of readings the farthest, and a deletion for ever. Only its sender changes a message.
import {type Connection} from './database.ts';
import {KIND, type Row, type StoredRow} from './rows.ts';

export class Acts {
	readonly #onText: (row: StoredRow) => boolean;
	readonly #onAct: Readonly<Record<number, (row: StoredRow) => void>>;

	constructor(database: Connection) {
		const acted = `FROM messages WHERE peer = :peer AND target = :target AND target_direction = :direction`;
		const isDeleted = database
			.prepare(`SELECT 1 ${acted} AND kind = ${KIND.delete} AND direction = target_direction LIMIT 1`)
			.pluck();
		const newestEdit = database.prepare(
			`SELECT time, text ${acted} AND kind = ${KIND.edit} AND direction = target_direction ORDER BY time DESC, id DESC LIMIT 1`,
		);
		const edit = database.prepare(`
			UPDATE messages SET original = coalesce(original, text), text = :text, edited = :time
			WHERE peer = :peer AND direction = :direction AND id = :target AND kind = ${KIND.text}`);
		const clear = database.prepare(`
			UPDATE messages SET text = '', original = NULL, edited = NULL, deleted = 1, target = NULL, target_direction = NULL
			WHERE peer = :peer AND direction = :direction AND id = :target AND kind = ${KIND.text}`);
		const wipes = [
			`DELETE FROM contents WHERE place IN (
				SELECT place FROM messages WHERE peer = :peer AND direction = :direction AND id = :target AND deleted = 1)`,
			`DELETE FROM messages WHERE peer = :peer AND target = :target AND target_direction = :direction AND kind = ${KIND.deferred}`,
			`UPDATE messages SET text = '' WHERE peer = :peer AND target = :target AND target_direction = :direction AND kind = ${KIND.edit}`,
		].map(step => database.prepare(step));
		/** Of what is gone no word stays: not of its edits, nor of what was kept of it or of them for later. */
		const wipe = (name: {peer: string; target: unknown; direction: number}) => {
			for (const step of wipes) step.run(name);
		};

		const read = database.prepare(`
			INSERT INTO agreed (peer, read_place) SELECT peer, place FROM messages
				WHERE peer = :peer AND direction = 1 AND id = :target AND kind = ${KIND.text}
			ON CONFLICT (peer) DO UPDATE SET read_place = max(read_place, excluded.read_place)`);
		const timer = database.prepare(`
			INSERT INTO agreed (peer, timer, timer_time, timer_id) VALUES (:peer, :seconds, :time, :id)
			ON CONFLICT (peer) DO UPDATE SET timer = excluded.timer, timer_time = excluded.timer_time, timer_id = excluded.timer_id
				WHERE (excluded.timer_time, excluded.timer_id) > (timer_time, timer_id)`);

		/** A message becomes what all acts on it so far make of it; false when none has changed it. */
		const settle = (name: {peer: string; target: unknown; direction: number}): boolean => {
			if (isDeleted.get(name) !== undefined) {
				clear.run(name);
				wipe(name);
				return true;
			}

			const latest = newestEdit.get(name) as Pick<Row, 'time' | 'text'> | undefined;
			if (latest !== undefined) edit.run({...name, ...latest});
			return latest !== undefined;
		};

		// Seen, and not there: it was forgotten, or has disappeared. Of our own nothing else can be the reason.
		const isGone = database
			.prepare(
				`SELECT NOT EXISTS (SELECT 1 FROM messages WHERE peer = :peer AND direction = :direction AND id = :target)
					AND (:direction = 1 OR EXISTS (SELECT 1 FROM seen WHERE peer = :peer AND id = :target))`,
			)
			.pluck();
		const settleTarget = ({peer, target, target_direction: direction}: StoredRow) => {
			if (target === null || direction === null) return;
			const name = {peer, target, direction};
			if (isGone.get(name) === 1) wipe(name);
			else settle(name);
		};

		const readings = database
			.prepare(
				`SELECT 1 FROM messages WHERE peer = ? AND target = ? AND target_direction = 1 AND kind = ${KIND.read} AND direction = 0 LIMIT 1`,
			)
			.pluck();
		this.#onText = ({peer, id, direction}) => {
			const hasChanged = settle({peer, target: id, direction});
			if (direction === 1 && readings.get(peer, id) !== undefined) read.run({peer, target: id});
			return hasChanged;
		};

		this.#onAct = {
			[KIND.edit]: settleTarget,
			[KIND.delete]: settleTarget,
			[KIND.read]: ({peer, target, direction}) => {
				if (direction === 0) read.run({peer, target});
			},
			// Its words go at once where what they are about is gone; nothing else is done until it is due.
			[KIND.deferred]: settleTarget,
			[KIND.timer]: ({peer, text, time, id}) => timer.run({peer, seconds: Number(text), time, id}),
		};
	}

	/** A row is new: does what it says, or what acts that came before it say of it. True when that makes another text of it. */
	apply(row: StoredRow): boolean {
		if (row.kind === KIND.text) return this.#onText(row);
		this.#onAct[row.kind]?.(row);
		return false;
	}
}
