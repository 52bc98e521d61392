// What another device is told of: the log behind a place, in batches, and the newest of each conversation ahead of it.
import {Buffer} from 'node:buffer';
import {encodeContent} from '../../content/content.ts';
import {type ReplicationItem, type RowItem, encodeItem} from '../../wire/messages/replication-items.ts';
import {contentOf} from '../contents.ts';
import {type HistoryDatabase} from './database.ts';
import {rowState} from './entry-states.ts';
import {COLUMNS, KIND, type MessageRow, actOf, directionOf, textOf} from './message-row.ts';
import {type RegisterRows} from './register-rows.ts';
import {CHANGE, type ReplicaLogEntry, type ReplicaLog} from './replica-log.ts';
import {WITH_MESSAGES} from './word-index.ts';

/** Entries and bytes of a batch: one step here and one on the other side, in neither of which a person would notice a pause. */
export const BATCH = {entries: 256, bytes: 61_440} as const;
/** Conversations of which the newest messages go ahead. */
const RECENT_CONVERSATIONS = 200;

export type Batch = {
	/** Place of the log that is reached with it. */ readonly to: number;
	readonly items: readonly Buffer[];
};
type Row = MessageRow & {readonly bytes: Buffer | null};

const ROW = `place, ${COLUMNS}, (SELECT bytes FROM contents WHERE contents.place = messages.place) AS bytes`;
/** What else is said of a message: every act on it. */
const ABOUT = `SELECT ${ROW} FROM messages WHERE peer = ? AND target = ? AND target_direction = ? AND kind > 0`;

export class ReplicaBatches {
	readonly #log: ReplicaLog;
	readonly #registers: RegisterRows;
	readonly #database: HistoryDatabase;
	readonly #before;
	readonly #row;
	readonly #mark;
	readonly #gone;
	readonly #later;
	readonly #numberOf;
	#self: Buffer = Buffer.alloc(8);
	#ownTime: () => number = () => 0;

	constructor(database: HistoryDatabase, log: ReplicaLog, registers: RegisterRows) {
		this.#database = database;
		this.#log = log;
		this.#registers = registers;
		this.#before = database.prepare<[number, number, number], Row>(
			`SELECT ${ROW} FROM messages WHERE place > ? AND place <= ? ORDER BY place LIMIT ?`,
		);
		this.#row = database.prepare<[number], Row>(`SELECT ${ROW} FROM messages WHERE place = ?`);
		this.#mark = {
			[CHANGE.seen]: database.prepare<[string], number>('SELECT place FROM marks WHERE peer = ?').pluck(),
			[CHANGE.forgotten]: database.prepare<[string], number>('SELECT place FROM forgotten WHERE peer = ?').pluck(),
		};
		this.#gone = database.prepare<[number], {peer: string; direction: number; id: Buffer}>(
			'SELECT peer, direction, id FROM gone WHERE number = ?',
		);
		this.#later = database.prepare<[number], Buffer>('SELECT bytes FROM later_items WHERE number = ?').pluck();
		this.#numberOf = database.prepare<[Buffer], number>('SELECT number FROM followed WHERE log = ?').pluck();
	}

	/** `self` is this device, 8 bytes; `ownTime` in ms. */
	begin(self: Buffer, ownTime: () => number): void {
		this.#self = self;
		this.#ownTime = ownTime;
	}

	/** What the log has behind `from`, but for what came from the log `except`; as much as one batch holds. */
	since(from: number, except: Buffer | undefined): Batch {
		const {base} = this.#log;
		if (from < base) {
			const rows = this.#before.all(from, base, BATCH.entries);
			return this.#filled(
				rows.map(row => ({place: row.place, encode: () => this.#encoded(row)})),
				base,
				BATCH.entries,
			);
		}

		const number = (except && this.#numberOf.get(except)) ?? -1;
		const entries = this.#log.following(from, BATCH.entries);
		const steps = entries.map(entry => ({
			place: entry.place,
			encode: () => (entry.origin === number ? undefined : this.#itemOf(entry)),
		}));
		return this.#filled(steps, this.#log.head, BATCH.entries);
	}

	/** The registers, then of each conversation the newest `count` messages and what is said of them; in batches, newest conversations first. */
	*recent(count: number): Generator<readonly Buffer[]> {
		yield* cut(this.#registers.all().map(item => encodeItem(item)));
		const newest = this.#database
			.prepare<[], {peer: string; place: number}>(
				`WITH RECURSIVE ${WITH_MESSAGES} SELECT peer, (
					SELECT max(place) FROM messages AS each WHERE each.peer = with_messages.peer AND each.kind = ${KIND.text}
				) AS place FROM with_messages WHERE peer IS NOT NULL`,
			)
			.all()
			.toSorted((a, b) => b.place - a.place)
			.slice(0, RECENT_CONVERSATIONS);
		const page = this.#database.prepare<[string, number], Row>(
			`SELECT ${ROW} FROM messages WHERE peer = ? AND kind = ${KIND.text} ORDER BY place DESC LIMIT ?`,
		);
		const about = this.#database.prepare<[string, Buffer, number], Row>(ABOUT);
		for (const {peer} of newest) {
			const rows = page.all(peer, count);
			const acts = rows.flatMap(({id, direction}) => about.all(peer, id, direction));
			const mark = this.#markItem(CHANGE.seen, peer);
			const items = [...rows, ...acts].map(row => this.#encoded(row)).filter(item => item !== undefined);
			yield* cut(mark === undefined ? items : [...items, encodeItem(mark)]);
		}
	}

	/** `end` is reached when fewer than `limit` steps were left. */
	#filled(
		steps: ReadonlyArray<{readonly place: number; readonly encode: () => Buffer | undefined}>,
		end: number,
		limit: number,
	): Batch {
		const items: Buffer[] = [];
		let bytes = 0;
		let to = 0;
		for (const {place, encode} of steps) {
			const item = encode();
			if (item !== undefined && items.length > 0 && bytes + item.length > BATCH.bytes) return {to, items};
			to = place;
			if (item === undefined) continue;
			items.push(item);
			bytes += item.length;
		}

		return {to: steps.length < limit ? end : to, items};
	}

	#itemOf(entry: ReplicaLogEntry): Buffer | undefined {
		const {what, row, register, name} = entry;
		if (what === CHANGE.row || what === CHANGE.state) {
			const found = row === null ? undefined : this.#row.get(row);
			if (found === undefined) return undefined;
			return what === CHANGE.row ? this.#encoded(found) : encodeItem(stateItem(found));
		}

		const item = this.#otherItem(what, row, register, name ?? '');
		return item && encodeItem(item);
	}

	#otherItem(what: number, row: number | null, register: number | null, name: string): ReplicationItem | undefined {
		if (what === CHANGE.register) return this.#registers.item(register ?? 0, name);
		if (what === CHANGE.seen || what === CHANGE.forgotten) return this.#markItem(what, name);
		if (what === CHANGE.gone) {
			const found = this.#gone.get(row ?? 0);
			return found && {kind: 'gone', conversation: found.peer, direction: directionOf(found.direction), id: found.id};
		}

		const bytes = this.#later.get(row ?? 0);
		return bytes && {kind: 'later', bytes};
	}

	#markItem(what: typeof CHANGE.seen | typeof CHANGE.forgotten, conversation: string): ReplicationItem | undefined {
		const place = this.#mark[what].get(conversation);
		return place === undefined ? undefined : {kind: what === CHANGE.seen ? 'seen' : 'forgotten', conversation, place};
	}

	#encoded(row: Row): Buffer {
		return encodeItem(this.#rowItem(row));
	}

	#rowItem(row: Row): RowItem {
		const {peer, place, direction, deleted, expires} = row;
		const state = rowState(row);
		const isWaiting = direction === 1 && state.state === 'queued';
		return {
			kind: 'row',
			conversation: peer,
			direction: directionOf(direction),
			place,
			...state,
			isDeleted: deleted === 1,
			left: expires === null ? undefined : Math.max(0, Math.trunc(expires - this.#ownTime())),
			writer: isWaiting ? (row.writer ?? this.#self) : undefined,
			content: contentIn(row),
		};
	}
}

function stateItem(row: Row): ReplicationItem {
	return {kind: 'state', conversation: row.peer, id: row.id, ...rowState(row)};
}

/** As it was said: a text is the first one, for its edits are rows of their own. */
function contentIn(row: Row): Buffer {
	if (row.bytes !== null) return row.bytes;
	if (row.kind !== KIND.text) return encodeContent(contentOf(actOf(row)));
	const {target, target_direction: direction} = row;
	const reply =
		target === null ? undefined : {direction: directionOf(direction ?? 1), id: target.toString('hex'), text: undefined};
	return encodeContent(contentOf({...textOf(row), text: row.original ?? row.text, ...(reply && {reply})}));
}

/** In groups of which each is one batch. */
function* cut(items: readonly Buffer[]): Generator<readonly Buffer[]> {
	let batch: Buffer[] = [];
	let bytes = 0;
	for (const item of items) {
		if (batch.length === BATCH.entries || (batch.length > 0 && bytes + item.length > BATCH.bytes)) {
			yield batch;
			batch = [];
			bytes = 0;
		}

		batch.push(item);
		bytes += item.length;
	}

	if (batch.length > 0) yield batch;
}
