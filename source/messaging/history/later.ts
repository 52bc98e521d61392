// What came and cannot be done yet: kept as it came, and done when this build knows its kind and its time has come.
import {type Buffer} from 'node:buffer';
import {decodeContent} from '../../content/content.ts';
import {ACTS} from '../../content/kinds.ts';
import {textCodec} from '../../content/text.ts';
import {entryOf} from '../contents.ts';
import {type ConversationId} from '../conversation.ts';
import {type HistoryDatabase} from './database.ts';
import {type HistoryEntry, isAct, isMessage} from './history.ts';
import {ownEntryOf} from '../replication/row-content.ts';
import {KIND, stateOf} from './message-row.ts';

/** Rows that are taken up in one transaction. */
const AT_ONCE = 500;
/** Those that this build does when they are due: every kind that can be ahead of its time, or that was not known once. */
const NUMBERS = ACTS.map(({number}) => number);

export type Taken = {readonly place: number; readonly entry: HistoryEntry};
type Kept = {place: number; peer: ConversationId; direction: number; state: number; bytes: Buffer};

export class Later {
	readonly #keep;
	readonly #due;
	readonly #remove;
	readonly #nextDue;

	constructor(database: HistoryDatabase) {
		this.#keep = database.prepare('INSERT INTO contents (place, kind, due, bytes) VALUES (?, ?, ?, ?)');
		this.#due = database.prepare<[number], Kept>(`
			SELECT place, peer, direction, state, bytes FROM contents CROSS JOIN messages USING (place)
			WHERE contents.kind IN (${NUMBERS.join(', ')}) AND due <= ? ORDER BY due, place LIMIT ${AT_ONCE}`);
		this.#remove = database.prepare(`DELETE FROM messages WHERE place = ? AND kind = ${KIND.deferred}`);
		const earliest = NUMBERS.map(kind => `SELECT min(due) AS due FROM contents WHERE kind = ${kind}`);
		this.#nextDue = database
			.prepare<[], number | null>(`SELECT min(due) FROM (${earliest.join(' UNION ALL ')})`)
			.pluck();
	}

	/** The bytes of a row that is new, where it has any to be kept. */
	keep(place: number | bigint, entry: HistoryEntry): void {
		if (isAct(entry) || entry.bytes === undefined) return;
		const [kind, due] = isMessage(entry) ? [textCodec.number, entry.time] : [entry.number, entry.due];
		this.#keep.run(place, kind, due, entry.bytes);
	}

	/** Takes out what can be done by `before`, server ms, a part of it at a time; undefined when there is nothing. */
	take(before: number): readonly Taken[] | undefined {
		const rows = this.#due.all(before);
		if (rows.length === 0) return undefined;
		return rows.flatMap(({place, peer, direction, state, bytes}) => {
			this.#remove.run(place);
			const content = decodeContent(bytes);
			// What its sender called an act and is none has nothing to say.
			const isSound = content !== undefined && 'id' in content && content.kind !== 'opaque';
			if (!isSound) return [];
			// Of our own account, from a device of a later build.
			const isOwn = direction === 1;
			const entry = isOwn ? {...ownEntryOf(peer, content), state: stateOf(state)} : entryOf(peer, content, before);
			return [{place, entry}];
		});
	}

	/** Server ms. */
	next(): number | undefined {
		return this.#nextDue.get() ?? undefined;
	}
}
