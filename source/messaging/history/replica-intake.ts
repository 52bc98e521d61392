// Takes in what another device of the account tells: a union, in which nothing is doubled, overwritten or brought back.
import {Buffer} from 'node:buffer';
import {sha256} from '../../crypto/hash.ts';
import {
	type BrokenItem,
	type GoneItem,
	type MarkItem,
	type ReceivedItem,
	type RegisterItem,
	type RowItem,
	type StateItem,
} from '../../wire/messages/replication-items.ts';
import {type ConversationId} from '../conversation.ts';
import {entryOfRow, idIn, rowContent} from '../replication/row-content.ts';
import {type HistoryDatabase} from './database.ts';
import {type EntryStates} from './entry-states.ts';
import {type Forgetting, isLasting} from './forgetting.ts';
import {type HistoryEntry, isMessage} from './history.ts';
import {KIND, type MessageRow, codeOf, rowOf, stateCode} from './message-row.ts';
import {type ReadMarks} from './read-marks.ts';
import {type RegisterRows} from './register-rows.ts';
import {CHANGE, type ReplicaLog} from './replica-log.ts';
import {type EntryWriter} from './entry-writer.ts';
import {type WordIndex} from './word-index.ts';

/** Items of a later version that are kept; what is over them is dropped. */
export const LATER_ITEMS = 10_000;
/** Places tried for a row whose own is taken. */
const NEIGHBOURS = 64;

/** Why an item is not taken. place: from later than now. full: more than is kept of its kind. */
export type ItemFault = BrokenItem['reason'] | 'conversation' | 'content' | 'time' | 'place' | 'full';

export type TakenItems = {
	/** New entries, as they are now. */
	readonly fresh: readonly HistoryEntry[];
	/** Where something else has changed than that entries are new. */
	readonly changed: ReadonlySet<ConversationId>;
	readonly registers: readonly RegisterItem[];
	readonly faults: readonly ItemFault[];
};

export type IntakeParts = {
	readonly log: ReplicaLog;
	readonly rows: EntryWriter;
	readonly states: EntryStates;
	readonly marks: ReadMarks;
	readonly registers: RegisterRows;
	readonly forgetting: Forgetting;
	readonly search: WordIndex;
};

type Known = Pick<MessageRow, 'place' | 'kind' | 'text' | 'id'>;

/** What the items of one batch have done so far. */
class Outcome {
	readonly fresh: HistoryEntry[] = [];
	readonly changed = new Set<ConversationId>();
	readonly registers: RegisterItem[] = [];
	readonly faults: ItemFault[] = [];
}

export class ReplicaIntake {
	readonly #parts: IntakeParts;
	readonly #known;
	readonly #isSeen;
	readonly #isGone;
	readonly #isTaken;
	readonly #letGoAt;
	readonly #takeBack;
	readonly #forgotten;
	readonly #shift;
	readonly #keepLater;
	readonly #countLater;
	#self: Buffer = Buffer.alloc(8);
	#account = '';
	#ownTime: () => number = () => 0;

	constructor(database: HistoryDatabase, parts: IntakeParts) {
		this.#parts = parts;
		this.#known = database.prepare<[string, number, Buffer], Known>(
			'SELECT place, kind, text, id FROM messages WHERE peer = ? AND direction = ? + 0 AND id = ?',
		);
		this.#isSeen = database.prepare('SELECT 1 FROM seen WHERE peer = ? AND id = ?').pluck();
		this.#isGone = database.prepare('SELECT 1 FROM gone WHERE peer = ? AND direction = ? + 0 AND id = ?').pluck();
		this.#isTaken = database.prepare('SELECT 1 FROM messages WHERE place = ?').pluck();
		this.#letGoAt = database
			.prepare<[string, number, Buffer], number>('SELECT place FROM let_go WHERE peer = ? AND direction = ? AND id = ?')
			.pluck();
		this.#takeBack = database.prepare('DELETE FROM let_go WHERE peer = ? AND direction = ? AND id = ?');
		this.#forgotten = database.prepare<[string], number>('SELECT place FROM forgotten WHERE peer = ?').pluck();
		this.#shift = [
			'UPDATE messages SET place = :to, time = iif(kind = 0, min(time, :time), time) WHERE place = :from',
			'UPDATE contents SET place = :to WHERE place = :from',
		].map(step => database.prepare(step));
		this.#keepLater = database.prepare('INSERT OR IGNORE INTO later_items (digest, bytes) VALUES (?, ?)');
		this.#countLater = database.prepare<[], number>('SELECT count(*) FROM later_items').pluck();
	}

	/** `self` is this device, 8 bytes, of `account`; `ownTime` in ms. */
	begin(self: Buffer, account: string, ownTime: () => number): void {
		this.#self = self;
		this.#account = account;
		this.#ownTime = ownTime;
	}

	/** Within a transaction: takes items that came from the log with the number `origin`. */
	take(items: readonly ReceivedItem[], origin: number): TakenItems {
		const outcome = new Outcome();
		for (const item of items) {
			const fault = this.#takeOne(item, origin, outcome);
			if (fault !== undefined) outcome.faults.push(fault);
		}

		this.#parts.search.settle();
		return outcome;
	}

	#takeOne(item: ReceivedItem, origin: number, outcome: Outcome): ItemFault | undefined {
		if (item.kind === 'broken') return item.reason;
		if (item.kind === 'later') return this.#later(item.bytes, origin);
		if (item.kind === 'register') return this.#register(item, origin, outcome);
		// Nobody talks to themselves.
		if (item.conversation === this.#account) return 'conversation';
		const {log} = this.#parts;
		const conversation = item.conversation as ConversationId;
		switch (item.kind) {
			case 'row': {
				return this.#row(item, origin, outcome);
			}

			case 'state': {
				return this.#state(item, origin, outcome);
			}

			case 'gone': {
				if (this.#gone(item, origin)) outcome.changed.add(conversation);
				return undefined;
			}

			default: {
				if (!log.isPlace(item.place)) return 'place';
				if (this.#mark(item, origin)) outcome.changed.add(conversation);
				return undefined;
			}
		}
	}

	#row(item: RowItem, origin: number, outcome: Outcome): ItemFault | undefined {
		const peer = item.conversation as ConversationId;
		const id = idIn(item.content);
		if (id === undefined) return 'content';
		const direction = codeOf(item.direction);
		const known = this.#known.get(peer, direction, id);
		if (known !== undefined) {
			const hasChanged = item.direction === 'out' ? this.#joinOwn(item, id, origin) : this.#moveUp(item, known, origin);
			if (hasChanged) outcome.changed.add(peer);
			return undefined;
		}

		if (this.#isGone.get(peer, direction, id) !== undefined) return undefined;
		const letGoAt = this.#letGoAt.get(peer, direction, id);
		const isBack = letGoAt !== undefined;
		if (isBack && item.place >= letGoAt) return undefined;
		if (!isBack && item.direction === 'in' && this.#isSeen.get(peer, id) !== undefined) return undefined;
		const content = rowContent(item.content);
		if (content === undefined) return 'content';
		// One that stands in front of where it stood is news for the others: it is here once more until they have it.
		if (isBack) this.#takeBack.run(peer, direction, id);
		const {rows, log} = this.#parts;
		if (item.direction === 'in') rows.see({peer, id});
		const entry = entryOfRow(item, content, log.now);
		const row = this.#rowOf(item, entry);
		if (this.#isForgotten(item, row.kind)) {
			if (isBack && this.#parts.forgetting.removed(peer, direction, id, origin)) outcome.changed.add(peer);
			return undefined;
		}

		const isPlace = log.isPlace(item.place);
		const place = isPlace ? this.#freePlace(item.place) : log.nextPlace()!;
		const added = rows.add(entry, row, place, origin);
		if (isBack) outcome.changed.add(peer);
		else outcome.fresh.push(...added);
		return isPlace ? undefined : 'place';
	}

	#rowOf(item: RowItem, entry: HistoryEntry) {
		const {state, reason, decided, isDeleted, left, writer} = item;
		const isOthers = writer !== undefined && !writer.equals(this.#self);
		const row = rowOf(entry, Math.trunc(this.#ownTime()));
		const isText = isMessage(entry);
		return {
			...row,
			state: stateCode(state),
			reason: reason ?? null,
			decided: decided ?? null,
			deleted: isText && isDeleted ? 1 : 0,
			text: isText && isDeleted ? '' : row.text,
			expires:
				left === undefined || row.lifetime === null
					? null
					: Math.trunc(this.#ownTime() + Math.min(left, row.lifetime * 1000)),
			writer: isOthers ? writer : null,
		};
	}

	#isForgotten({conversation, place}: RowItem, kind: number): boolean {
		return !isLasting(kind) && place <= (this.#forgotten.get(conversation) ?? 0);
	}

	/** Where a row stands, or as near to it as there is room. */
	#freePlace(wanted: number): number {
		for (let place = wanted; place < wanted + NEIGHBOURS; place++)
			if (this.#isTaken.get(place) === undefined) return place;
		return this.#parts.log.nextPlace()!;
	}

	#joinOwn(item: RowItem, id: Buffer, origin: number): boolean {
		return this.#parts.states.join(item.conversation as ConversationId, id, item, origin);
	}

	/** What two of our devices were sent stands where the first of them had it. */
	#moveUp(item: RowItem, known: Known, origin: number): boolean {
		const {log, search, forgetting} = this.#parts;
		if (item.place >= known.place) return false;
		const peer = item.conversation as ConversationId;
		if (this.#isForgotten(item, known.kind)) return forgetting.removed(peer, codeOf(item.direction), known.id, origin);
		const to = this.#freePlace(item.place);
		if (to >= known.place) return false;
		const time = rowContent(item.content)?.time ?? Number.MAX_SAFE_INTEGER;
		for (const step of this.#shift) step.run({from: known.place, to, time});
		if (known.kind === KIND.text) search.moved(known.place, to, item.conversation, known.text);
		log.note(CHANGE.row, {row: to}, origin);
		return true;
	}

	#state(item: StateItem, origin: number, outcome: Outcome): undefined {
		const peer = item.conversation as ConversationId;
		if (this.#parts.states.join(peer, item.id, item, origin)) outcome.changed.add(peer);
	}

	#register(item: RegisterItem, origin: number, outcome: Outcome): ItemFault | undefined {
		const taken = this.#parts.registers.take(item, origin);
		if (typeof taken === 'string') return taken;
		if (taken) outcome.registers.push(item);
		return undefined;
	}

	#mark({kind, conversation, place}: MarkItem, origin: number): boolean {
		const peer = conversation as ConversationId;
		const {marks, forgetting} = this.#parts;
		return kind === 'seen' ? marks.reach(peer, place, origin) : forgetting.reach(peer, place, origin);
	}

	#gone({conversation, direction, id}: GoneItem, origin: number): boolean {
		const peer = conversation as ConversationId;
		const {rows, forgetting} = this.#parts;
		if (direction === 'in') rows.see({peer, id});
		return forgetting.removed(peer, codeOf(direction), id, origin);
	}

	#later(bytes: Buffer, origin: number): ItemFault | undefined {
		if (this.#countLater.get()! >= LATER_ITEMS) return 'full';
		const {changes, lastInsertRowid} = this.#keepLater.run(sha256(bytes), bytes);
		if (changes > 0) this.#parts.log.note(CHANGE.later, {row: Number(lastInsertRowid)}, origin);
		return undefined;
	}
}
