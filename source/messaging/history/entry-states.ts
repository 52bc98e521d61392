// What became of own entries: they wait, were delivered, or have failed.
import {type Buffer} from 'node:buffer';
import {type RowState} from '../../wire/messages/replication-items.ts';
import {type ConversationId} from '../conversation.ts';
import {type FailureReason} from '../message.ts';
import {isNewerState} from '../replication/joining.ts';
import {type HistoryDatabase} from './database.ts';
import {type OwnEntry, type StoredState} from './history.ts';
import {COLUMNS, KIND, type MessageRow, actOf, idOf, stateCode, stateOf} from './message-row.ts';
import {CHANGE, type ReplicaLog} from './replica-log.ts';
import {type Message} from '../message.ts';

/** An own entry that another device of the account has written, and that waits: `writer` is that device, 8 bytes. */
export type WaitingEntry = {readonly entry: OwnEntry; readonly writer: Buffer};

type Known = Pick<MessageRow, 'place' | 'state' | 'reason' | 'decided'>;

export class EntryStates {
	readonly #log: ReplicaLog;
	readonly #view: (row: MessageRow) => Message;
	readonly #known;
	readonly #move;
	readonly #waiting;
	readonly #ofOthers;
	readonly #setAll;

	constructor(database: HistoryDatabase, log: ReplicaLog, view: (row: MessageRow) => Message) {
		this.#log = log;
		this.#view = view;
		this.#known = database.prepare<[string, Buffer], Known>(
			'SELECT place, state, reason, decided FROM messages WHERE peer = ? AND direction = 1 AND id = ?',
		);
		this.#move = database.prepare('UPDATE messages SET state = ?, reason = ?, decided = ? WHERE place = ?');
		// What this build does not know it cannot say; the device that has written it does.
		const isWaiting = `direction = 1 AND state = 0 AND kind != ${KIND.deferred}`;
		this.#waiting = database.prepare<[string], MessageRow>(
			`SELECT place, ${COLUMNS} FROM messages WHERE peer = ? AND ${isWaiting} AND writer IS NULL ORDER BY place`,
		);
		this.#ofOthers = database.prepare<[string], MessageRow & {writer: Buffer}>(
			`SELECT place, ${COLUMNS} FROM messages WHERE peer = ? AND ${isWaiting} AND writer IS NOT NULL ORDER BY place`,
		);
		this.#setAll = database.transaction(
			(peer: ConversationId, ids: readonly string[], state: StoredState, reason?: FailureReason) => {
				for (const id of ids) this.#set(peer, idOf(id), state, reason);
			},
		);
	}

	/** Moves own entries to a state, in one transaction; ids that are not there are passed over. */
	set(peer: ConversationId, ids: readonly string[], state: StoredState, reason?: FailureReason): void {
		this.#setAll.immediate(peer, ids, state, reason);
	}

	/** Undefined for one that is not kept. */
	outcome(peer: ConversationId, id: string): Pick<RowState, 'state' | 'reason'> | undefined {
		const known = this.#known.get(peer, idOf(id));
		return known && rowState(known);
	}

	/** What another device says of an own entry; false where that is no news. */
	join(peer: ConversationId, id: Buffer, said: RowState, origin: number): boolean {
		const known = this.#known.get(peer, id);
		if (known === undefined || !isNewerState(said, rowState(known))) return false;
		this.#move.run(stateCode(said.state), said.reason ?? null, said.decided ?? null, known.place);
		this.#log.note(CHANGE.state, {row: known.place}, origin);
		return true;
	}

	/** Own entries that wait and that this device has written, oldest first. */
	waiting(peer: ConversationId): readonly OwnEntry[] {
		return this.#waiting.all(peer).map(row => this.#entryOf(row));
	}

	/** The same of those that other devices of the account have written. */
	waitingOfOthers(peer: ConversationId): readonly WaitingEntry[] {
		return this.#ofOthers.all(peer).map(row => ({entry: this.#entryOf(row), writer: row.writer}));
	}

	#set(peer: ConversationId, id: Buffer, state: StoredState, reason: FailureReason | undefined): void {
		const known = this.#known.get(peer, id);
		if (known === undefined) return;
		// A decision is later than the last one on any device; that something was delivered is no decision.
		const decided =
			this.#log.hasBegun && state !== 'delivered'
				? Math.max(Math.trunc(this.#log.now), (known.decided ?? 0) + 1)
				: known.decided;
		this.#move.run(stateCode(state), reason ?? null, decided, known.place);
		this.#log.note(CHANGE.state, {row: known.place}, 0);
	}

	#entryOf(row: MessageRow): OwnEntry {
		// An edit that waits behind its text brings the new words.
		return row.kind === KIND.text ? {...this.#view(row), text: row.original ?? row.text} : actOf(row);
	}
}

export function rowState({state, reason, decided}: Pick<MessageRow, 'state' | 'reason' | 'decided'>): RowState {
	return {
		state: stateOf(state),
		reason: (reason ?? undefined) as FailureReason | undefined,
		decided: decided ?? undefined,
	};
}
