// The log that other devices follow: what has changed here, in order, each change by where it is. It begins when the account has a second
// device; rows of before are their own log. What has changed again has its latest entry alone, and what is not there any more has none.
import {type Buffer} from 'node:buffer';
import {statSync} from 'node:fs';
import {isPlace, nextPlace} from '../replication/places.ts';
import {type HistoryDatabase} from './database.ts';

const LAST_PLACE = `SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'messages'), 0),
	coalesce((SELECT max(place) FROM forgotten), 0))`;

/** What an entry is about, in its column `what`. */
export const CHANGE = {row: 0, state: 1, register: 2, seen: 3, forgotten: 4, gone: 5, later: 6} as const;

export type ReplicaLogEntry = {
	readonly place: number;
	readonly what: number;
	readonly row: number | null;
	readonly register: number | null;
	readonly name: string | null;
	readonly origin: number;
};

type State = {
	id: Buffer;
	base: number | undefined;
	/** The highest place that a row had, or that was forgotten. */
	lastPlace: number;
};

/** Names the table where a value stands whose former entry has been superseded. */
type Superseded = {readonly log: number};

export class ReplicaLog {
	readonly #database: HistoryDatabase;
	readonly #insert;
	readonly #drop;
	readonly #last;
	readonly #following;
	readonly #file: string;
	/** Read when it is first asked for: a page that is damaged stops nothing else. */
	#known: State | undefined;
	/** Server ms; undefined until somebody has said. */
	#serverTime: (() => number) | undefined;
	#onNoted: () => void = () => {};

	constructor(database: HistoryDatabase, file: string) {
		this.#database = database;
		this.#insert = database.prepare(
			'INSERT INTO log (what, row, register, name, origin) VALUES (:what, :row, :register, :name, :origin)',
		);
		this.#drop = database.prepare('DELETE FROM log WHERE place = ?');
		this.#last = database.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'log'").pluck();
		this.#following = database.prepare<[number, number], ReplicaLogEntry>(
			'SELECT * FROM log WHERE place > ? ORDER BY place LIMIT ?',
		);
		this.#file = file;
	}

	/** 16 bytes. */
	get id(): Buffer {
		return this.#state.id;
	}

	/** Whether changes are noted. */
	get hasBegun(): boolean {
		return this.#state.base !== undefined;
	}

	/** Rows up to this place have no entry. */
	get base(): number {
		return this.#state.base ?? 0;
	}

	/** The last place of the log. */
	get head(): number {
		return this.#last.get() ?? this.base;
	}

	/** Server ms; of the last place where nobody has said. */
	get now(): number {
		return this.#serverTime?.() ?? 0;
	}

	/** From here on places are given by `serverTime`, ms. True when the log begins only now. */
	begin(serverTime: () => number, onNoted: () => void): boolean {
		this.#serverTime = serverTime;
		this.#onNoted = onNoted;
		if (this.hasBegun) return false;
		const {lastPlace} = this;
		this.#database.prepare('UPDATE replica SET base = ?').run(lastPlace);
		this.#database.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('log', ?)").run(lastPlace);
		this.#state.base = lastPlace;
		return true;
	}

	/** What was written was not: the state is read again. */
	forgetState(): void {
		this.#known = undefined;
	}

	/** A copy goes on under another name, so that whoever has followed the original does not take it for that. */
	renew(): void {
		this.#database.exec('UPDATE replica SET log = randomblob(16); UPDATE followed SET kept = 0');
		this.#state.id = this.#database.prepare<[], Buffer>('SELECT log FROM replica').pluck().get()!;
	}

	/** Where the next row stands; null, for one behind the last, until the log has begun. */
	nextPlace(): number | null {
		if (!this.hasBegun) return null;
		this.reach(nextPlace(this.lastPlace, this.now, this.id[0]!));
		return this.lastPlace;
	}

	/** Whether another device may have given this place. */
	isPlace(place: number): boolean {
		return isPlace(place, this.now);
	}

	/** The rows behind this place are the next ones. */
	reach(place: number): void {
		this.#state.lastPlace = Math.max(this.lastPlace, place);
	}

	/** The highest place so far. */
	get lastPlace(): number {
		return this.#state.lastPlace;
	}

	/** Notes what has changed, from whose log it came; its place, 0 before the log has begun. */
	note(
		what: number,
		at: {readonly row?: number; readonly register?: number; readonly name?: string},
		origin: number,
		former?: Superseded,
	): number {
		if (!this.hasBegun) return 0;
		if (former !== undefined) this.drop(former.log);
		const {row = null, register = null, name = null} = at;
		this.#onNoted();
		return Number(this.#insert.run({what, row, register, name, origin}).lastInsertRowid);
	}

	/** What an entry was about is not there any more. */
	drop(place: number): void {
		if (place > 0) this.#drop.run(place);
	}

	/** The next entries behind a place. */
	following(place: number, limit: number): readonly ReplicaLogEntry[] {
		return this.#following.all(place, limit);
	}

	get #state(): State {
		if (this.#known !== undefined) return this.#known;
		const {log, base, file} = this.#database.prepare('SELECT log, base, file FROM replica').get() as {
			log: Buffer;
			base: number | null;
			file: string | null;
		};
		const lastPlace = this.#database.prepare<[], number>(LAST_PLACE).pluck().get()!;
		this.#known = {id: log, base: base ?? undefined, lastPlace};
		const number = statSync(this.#file, {bigint: true}).ino.toString();
		if (file !== number) {
			this.#database.prepare('UPDATE replica SET file = ?').run(number);
			if (file !== null) this.renew();
		}

		return this.#known;
	}
}
