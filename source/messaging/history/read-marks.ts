// How far each conversation is read here, on whichever device of the account that was.
import {type ConversationId} from '../conversation.ts';
import {type Message, type MessageName} from '../message.ts';
import {type HistoryDatabase} from './database.ts';
import {COLUMNS, KIND, type MessageRow, idOf, messageNameOf} from './message-row.ts';
import {CHANGE, type ReplicaLog} from './replica-log.ts';

/** Reads from an index no more than it answers with. */
export const LAST_PLACE = `SELECT coalesce(max(place), 0) FROM messages WHERE peer = ? AND kind = ${KIND.text}`;

export class ReadMarks {
	readonly #log: ReplicaLog;
	readonly #view: (row: MessageRow) => Message;
	readonly #unread;
	readonly #newestUnread;
	readonly #countUnread;
	readonly #lastPlace;
	readonly #placeOf;
	readonly #known;
	readonly #put;

	constructor(database: HistoryDatabase, log: ReplicaLog, view: (row: MessageRow) => Message) {
		this.#log = log;
		this.#view = view;
		const isUnread = `peer = :peer AND direction = 0 AND kind = ${KIND.text}
			AND place > coalesce((SELECT place FROM marks WHERE peer = :peer), 0)`;
		this.#unread = database.prepare<[{peer: string; limit: number}], MessageRow>(
			`SELECT place, ${COLUMNS} FROM messages WHERE ${isUnread} ORDER BY place LIMIT :limit`,
		);
		this.#newestUnread = database.prepare<[{peer: string; place: number}], MessageRow>(
			`SELECT id, direction FROM messages WHERE ${isUnread} AND place <= :place ORDER BY place DESC LIMIT 1`,
		);
		this.#countUnread = database
			.prepare<[{peer: string; place: number}], number>(
				`SELECT count(*) FROM messages WHERE ${isUnread} AND place <= :place`,
			)
			.pluck();
		this.#lastPlace = database.prepare<[string], number>(LAST_PLACE).pluck();
		this.#placeOf = database
			.prepare<[string, Buffer], number>('SELECT place FROM messages WHERE peer = ? AND direction = 0 AND id = ?')
			.pluck();
		this.#known = database.prepare<[string], {place: number; log: number}>(
			'SELECT place, log FROM marks WHERE peer = ?',
		);
		this.#put = database.prepare('INSERT OR REPLACE INTO marks (peer, place, log) VALUES (?, ?, ?)');
	}

	/** The oldest `limit` incoming messages that nobody has read, oldest first. */
	unread(peer: ConversationId, limit: number): readonly Message[] {
		return this.#unread.all({peer, limit}).map(row => this.#view(row));
	}

	/** What came in is read, up to the incoming message with the id `upTo`, or all of it so far: how many were unread, and the newest. */
	read(peer: ConversationId, upTo: string | undefined): {count: number; newest: MessageName | undefined} {
		const place = upTo === undefined ? this.#lastPlace.get(peer)! : this.#placeOf.get(peer, idOf(upTo));
		if (place === undefined) return {count: 0, newest: undefined};
		const count = this.#countUnread.get({peer, place})!;
		const row = this.#newestUnread.get({peer, place});
		this.reach(peer, place, 0);
		return {count, newest: row && messageNameOf(row)};
	}

	/** Everything up to this place is read; false when it was. `origin`: whose log has told of it. */
	reach(peer: ConversationId, place: number, origin: number): boolean {
		const known = this.#known.get(peer);
		if (known !== undefined && known.place >= place) return false;
		this.#put.run(peer, place, this.#log.note(CHANGE.seen, {name: peer}, origin, known));
		return true;
	}
}
