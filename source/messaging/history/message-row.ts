// Rows of the message table and what they stand for.
import {Buffer} from 'node:buffer';
import {ACTS, type ActName} from '../../content/kinds.ts';
import {type ConversationId} from '../conversation.ts';
import {type FailureReason, type Message, type MessageName} from '../message.ts';
import {type Act, type HistoryEntry, type StoredState, isAct, isMessage} from './history.ts';

const STATES: readonly StoredState[] = ['queued', 'delivered', 'failed'];
/** In the order of `rowOf`. */
export const COLUMNS =
	'peer, id, direction, time, text, state, reason, kind, target_direction, target, lifetime, original, edited, deleted, expires, arrived, decided, writer';

const IN = 0;
const OUT = 1;
/** What a row is, by its column `kind`. */
export const KIND = {
	text: 0,
	deferred: 6,
	...(Object.fromEntries(ACTS.map(({name, row}) => [name, row])) as Record<ActName, number>),
};
const actNames = new Map(ACTS.map(({name, row}) => [row, name]));

export type MessageRow = {
	place: number;
	/** The conversation. */
	peer: ConversationId;
	id: Buffer;
	direction: number;
	time: number;
	text: string;
	state: number;
	reason: string | null;
	kind: number;
	target_direction: number | null;
	target: Buffer | null;
	lifetime: number | null;
	original: string | null;
	edited: number | null;
	deleted: number;
	/** Of own time, as is the next. */
	expires: number | null;
	/** NULL when nobody knows. */
	arrived: number | null;
	/** When a person decided that an own entry waits or has failed, server ms; NULL when nobody did. */
	decided: number | null;
	/** The other device that has written an own entry; NULL for this one. */
	writer: Buffer | null;
};

export type StoredRow = Omit<MessageRow, 'place'>;

/** As it is written down first: not edited, not deleted, its clock not started. */
export function rowOf(entry: HistoryEntry, arrived?: number): StoredRow {
	const {conversation, time, reason} = entry;
	const target = isMessage(entry) ? entry.reply : entry.target;
	return {
		peer: conversation,
		id: idOf(entry.id),
		direction: codeOf(entry.direction),
		time,
		text: wordsOf(entry),
		state: stateCode(entry.state),
		reason: reason ?? null,
		kind: 'kind' in entry ? KIND[entry.kind] : KIND.text,
		target_direction: target ? codeOf(target.direction) : null,
		target: target ? idOf(target.id) : null,
		lifetime: (isMessage(entry) ? entry.lifetime : undefined) ?? null,
		original: null,
		edited: null,
		deleted: 0,
		expires: null,
		arrived: arrived ?? null,
		decided: null,
		writer: null,
	};
}

function wordsOf(entry: HistoryEntry): string {
	if (isMessage(entry)) return entry.text;
	return isAct(entry) ? entry.value : '';
}

export function actOf(row: MessageRow): Act {
	const {peer: conversation, time, text} = row;
	return {
		kind: actNames.get(row.kind)!,
		id: row.id.toString('hex'),
		conversation,
		direction: directionOf(row.direction),
		time,
		state: stateOf(row.state),
		reason: (row.reason ?? undefined) as FailureReason | undefined,
		target: actTargetOf(row),
		value: text,
	};
}

/** What an act is about. */
export function actTargetOf({
	target,
	target_direction: direction,
}: Pick<MessageRow, 'target' | 'target_direction'>): MessageName | undefined {
	return target === null ? undefined : {direction: directionOf(direction ?? OUT), id: target.toString('hex')};
}

/** A message as it is now, but for what others say of it. */
export function textOf(row: MessageRow): Message {
	const {peer: conversation, time, text, lifetime, edited, deleted, expires} = row;
	return {
		id: row.id.toString('hex'),
		conversation,
		direction: directionOf(row.direction),
		time,
		text,
		state: stateOf(row.state),
		reason: (row.reason ?? undefined) as FailureReason | undefined,
		...(edited !== null && {edited}),
		...(deleted === 1 && {deleted: true as const}),
		...(lifetime !== null && {lifetime}),
		...(expires !== null && {expires}),
	};
}

export function messageNameOf({id, direction}: Pick<MessageRow, 'id' | 'direction'>): MessageName {
	return {id: id.toString('hex'), direction: directionOf(direction)};
}

export function idOf(id: string): Buffer {
	return Buffer.from(id, 'hex');
}

export function stateCode(state: Message['state']): number {
	return Math.max(STATES.indexOf(state as StoredState), 0);
}

export function stateOf(code: number): StoredState {
	return STATES[code] ?? 'failed';
}

export function codeOf(direction: Message['direction']): number {
	return direction === 'in' ? IN : OUT;
}

export function directionOf(code: number): Message['direction'] {
	return code === IN ? 'in' : 'out';
}
