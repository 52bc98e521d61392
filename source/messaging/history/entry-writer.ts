// Puts entries into the message table, each with what it does, and into the log that other devices follow.
import {type Acts} from './acts.ts';
import {type HistoryDatabase} from './database.ts';
import {type HistoryEntry, isMessage} from './history.ts';
import {type Later} from './later.ts';
import {COLUMNS, KIND, type MessageRow, type StoredRow, codeOf, idOf} from './message-row.ts';
import {type Message, type MessageName} from '../message.ts';
import {type ConversationId} from '../conversation.ts';
import {CHANGE, type ReplicaLog} from './replica-log.ts';

export type EntryWriterParts = {
	readonly acts: Acts;
	readonly later: Later;
	readonly log: ReplicaLog;
	readonly view: (row: MessageRow) => Message;
};

export class EntryWriter {
	readonly #parts: EntryWriterParts;
	readonly #see;
	readonly #insert;
	readonly #named;

	constructor(database: HistoryDatabase, parts: EntryWriterParts) {
		this.#parts = parts;
		this.#see = database.prepare('INSERT OR IGNORE INTO seen (peer, id) VALUES (?, ?)');
		this.#insert = database.prepare(
			`INSERT OR IGNORE INTO messages (place, ${COLUMNS}) VALUES (:place, ${COLUMNS.replaceAll(/\w+/g, ':$&')})`,
		);
		this.#named = database.prepare<[string, number, Buffer], MessageRow>(
			`SELECT place, ${COLUMNS} FROM messages WHERE peer = ? AND direction = ? + 0 AND id = ? AND kind = ${KIND.text}`,
		);
	}

	/** Notes that an id has come in; false when it has before. */
	see({peer, id}: Pick<StoredRow, 'peer' | 'id'>): boolean {
		return this.#see.run(peer, id).changes > 0;
	}

	/** A message as it is in the table. */
	named(peer: ConversationId, {direction, id}: MessageName): MessageRow | undefined {
		return this.#named.get(peer, codeOf(direction), idOf(id));
	}

	/** An entry into its place, behind all others where it has none; as it is then, if it is new. `origin`: whose log has told of it. */
	add(entry: HistoryEntry, row: StoredRow, place?: number, origin = 0): HistoryEntry[] {
		const {log} = this.#parts;
		const added = this.#put(entry, row, place ?? log.nextPlace());
		if (added === undefined) return [];
		log.note(CHANGE.row, {row: added.place}, origin);
		return added.entries;
	}

	/** What was kept for later into the place where it was: whoever follows has it, and does the same. */
	replace(entry: HistoryEntry, row: StoredRow, place: number): HistoryEntry[] {
		return this.#put(entry, row, place)?.entries ?? [];
	}

	#put(entry: HistoryEntry, row: StoredRow, place: number | null) {
		const {acts, later, log, view} = this.#parts;
		const {changes, lastInsertRowid} = this.#insert.run({...row, place});
		if (changes === 0) return undefined;
		log.reach(Number(lastInsertRowid));
		later.keep(lastInsertRowid, entry);
		const hasChanged = acts.apply(row);
		const isOther = hasChanged || (isMessage(entry) && (row.target !== null || entry.bytes !== undefined));
		const entries = [isOther ? view(this.named(row.peer, entry)!) : entry];
		return {place: Number(lastInsertRowid), entries};
	}
}
