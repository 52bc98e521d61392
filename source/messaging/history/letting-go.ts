// A keeper lets go of what every other device of its account has: it leaves this file for good, and counts on no other device as forgotten. Ids
// and places stay known, so that it does not come back, and so that what is said of it is passed on all the same.
import {type Buffer} from 'node:buffer';
import {type ConversationId} from '../conversation.ts';
import {type HistoryDatabase} from './database.ts';
import {type Forgetting, LASTING} from './forgetting.ts';
import {KIND} from './message-row.ts';
import {CHANGE, type ReplicaLog} from './replica-log.ts';
import {type WordIndex} from './word-index.ts';

/** Rows of one step: nobody notices a pause. */
const STEP = 500;
/** Places are less. */
const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** Whether all others have a row, and it is old enough. */
function isHad(row: string): string {
	return `(${row}.place > :base OR ${row}.place <= :all) AND ${row}.place NOT IN (SELECT row FROM missing)
		AND ${row}.state = 1 AND coalesce(${row}.arrived < :before, 1)`;
}

/** Whether what an act is about goes as well, or has gone. Of what is here, or is still to come, it has to be shown with what was done about it. */
const isDoneWith = `CASE (
		SELECT ${isHad('about')} FROM messages AS about
		WHERE about.peer = messages.peer AND about.direction = messages.target_direction AND about.id = messages.target
	) WHEN 1 THEN 1 WHEN 0 THEN 0 ELSE
		EXISTS (SELECT 1 FROM let_go WHERE peer = messages.peer AND direction = messages.target_direction AND id = messages.target)
		OR EXISTS (SELECT 1 FROM gone WHERE peer = messages.peer AND direction = messages.target_direction AND id = messages.target)
		OR (messages.target_direction = 0 AND EXISTS (SELECT 1 FROM seen WHERE peer = messages.peer AND id = messages.target))
	END`;

/** Who is to have everything (8 bytes each), and before when it must have come here, own time, ms. */
export type LettingGo = {readonly holders: readonly Buffer[]; readonly arrivedBefore: number};

/** `next`: where the next step goes on, undefined when this was the last. */
export type LetGo = {
	readonly conversations: ReadonlySet<ConversationId>;
	readonly count: number;
	readonly next: number | undefined;
};

type Row = {place: number; peer: ConversationId; direction: number; id: Buffer};
type Holder = {number: number; kept: number; taken: number};

export class HistoryLettingGo {
	readonly #log: ReplicaLog;
	readonly #forgetting: Forgetting;
	readonly #holder;
	readonly #step;
	readonly #tidy;

	constructor(database: HistoryDatabase, search: WordIndex, log: ReplicaLog, forgetting: Forgetting) {
		this.#log = log;
		this.#forgetting = forgetting;
		this.#holder = database.prepare<[Buffer], Holder>('SELECT number, kept, taken FROM followed WHERE device = ?');
		// Who has told of a row has it. `bounds`: up to which place of our log all others have it, by whose log it came from.
		const found = database.prepare<[{after: number; bounds: string; all: number; base: number; before: number}], Row>(`
			WITH bounds (origin, place) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(:bounds)),
			missing (row) AS MATERIALIZED (
				SELECT log.row FROM log LEFT JOIN bounds ON bounds.origin = log.origin
				WHERE what IN (${CHANGE.row}, ${CHANGE.state}) AND log.place > coalesce(bounds.place, :all)
			)
			SELECT place, peer, direction, id FROM messages WHERE place > :after AND NOT (${LASTING}) AND ${isHad('messages')}
				AND (kind = ${KIND.text} OR target IS NULL OR ${isDoneWith})
			ORDER BY place LIMIT ${STEP}`);
		const remove = database.prepare('DELETE FROM messages WHERE place = ?');
		const note = database.prepare(
			'INSERT OR REPLACE INTO let_go (peer, direction, id, place) VALUES (:peer, :direction, :id, :place)',
		);
		this.#step = database.transaction((after: number, holders: readonly Holder[], before: number): LetGo => {
			const kept = (some: readonly Holder[]) => Math.min(EVERYTHING, ...some.map(holder => holder.kept));
			const bounds = holders.map(({number}) => [number, kept(holders.filter(other => other.number !== number))]);
			const {base} = log;
			const rows = found.all({after, bounds: JSON.stringify(bounds), all: kept(holders), base, before});
			for (const row of rows) {
				// What it frees is room for what it notes.
				remove.run(row.place);
				note.run(row);
			}

			search.settleRemovals();
			const next = rows.length < STEP ? undefined : rows.at(-1)?.place;
			return {conversations: new Set(rows.map(({peer}) => peer)), count: rows.length, next};
		});
		this.#tidy = database.prepare(`
			DELETE FROM log WHERE what IN (${CHANGE.row}, ${CHANGE.state})
				AND NOT EXISTS (SELECT 1 FROM messages WHERE messages.place = log.row)`);
	}

	/** How far the other devices are: the same as long as none of them has more. Undefined while one of them was never met, or there is none. */
	reached(holders: readonly Buffer[]): string | undefined {
		const known = this.#known(holders);
		return known && JSON.stringify(known);
	}

	/** One step of it, on the disk when it returns. Nothing where there is no other device, for nobody has anything then. */
	step({holders, arrivedBefore}: LettingGo, after = 0): LetGo {
		const known = this.#known(holders);
		if (known === undefined) return {conversations: new Set(), count: 0, next: undefined};
		return this.#step.immediate(after, known, arrivedBefore);
	}

	/** After the last step: no page and no journal has what was let go, and the log says nothing of it. */
	finish(): void {
		this.#tidy.run();
		this.#forgetting.emptyJournal();
	}

	#known(holders: readonly Buffer[]): readonly Holder[] | undefined {
		if (holders.length === 0 || !this.#log.hasBegun) return undefined;
		const known = holders.map(device => this.#holder.get(device));
		return known.every(holder => holder !== undefined) ? known : undefined;
	}
}
