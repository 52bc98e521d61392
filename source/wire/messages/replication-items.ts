// The items of replication between the devices of one account: what was said and done, what became of it, and what holds. Fixed layouts
// around contents that stay as they were said.
import {Buffer} from 'node:buffer';
import {Reader, Writer} from '../cursor.ts';
import {isName} from '../name.ts';
import {DEVICE_ID_SIZE} from './devices.ts';
import {MESSAGE_LIMIT} from './msg.ts';

/** Bytes of an item: a content of MESSAGE_LIMIT, and what is said of it. */
export const ITEM_SIZE_LIMIT = 65_792;
/** Bytes of what a conversation or a register is called. */
export const ITEM_NAME_LIMIT = 64;
/** Bytes that a register holds. */
export const REGISTER_VALUE_LIMIT = 4096;

const ITEM_KIND = {row: 1, state: 2, register: 3, seen: 4, forgotten: 5, gone: 6} as const;

/** Its number on the wire is its place in the list. */
const STATES = ['queued', 'delivered', 'failed'] as const;
/** Of what failed; its number is its place in the list, counted from 1. */
const REASONS = ['identity-changed', 'blocked', 'cancelled', 'refused'] as const;
const FLAG = {out: 1, state: 6, deleted: 8, decided: 16, left: 32, writer: 64} as const;

/** Own entries only have a state other than delivered; `reason` is of a failed one, `decided` when a person chose it, server ms. */
export type RowState = {
	readonly state: (typeof STATES)[number];
	readonly reason: (typeof REASONS)[number] | undefined;
	readonly decided: number | undefined;
};

/** Something said or done in a conversation, as `content` says it, which is of whoever said it. */
export type RowItem = RowState & {
	readonly kind: 'row';
	readonly conversation: string;
	readonly direction: 'in' | 'out';
	/** Where it stands in its conversation. */
	readonly place: number;
	readonly isDeleted: boolean;
	/** Ms until it disappears; undefined while its time does not run. */
	readonly left: number | undefined;
	/** Of an own entry that waits: the device that wrote it. */
	readonly writer: Buffer | undefined;
	readonly content: Buffer;
};
/** What became of an own entry. */
export type StateItem = RowState & {readonly kind: 'state'; readonly conversation: string; readonly id: Buffer};
/** One value, of which the last writer's counts: by `time`, server ms, then by `device`. */
export type RegisterItem = {
	readonly kind: 'register';
	readonly register: number;
	readonly name: string;
	readonly time: number;
	readonly device: Buffer;
	readonly value: Buffer;
};
/** A conversation was read, or taken off for good, up to a place. */
export type MarkItem = {readonly kind: 'seen' | 'forgotten'; readonly conversation: string; readonly place: number};
/** An entry that was removed for good. */
export type GoneItem = {
	readonly kind: 'gone';
	readonly conversation: string;
	readonly direction: 'in' | 'out';
	readonly id: Buffer;
};
/** Of a later version: the whole item as it came. */
export type LaterItem = {readonly kind: 'later'; readonly bytes: Buffer};
export type KnownItem = RowItem | StateItem | RegisterItem | MarkItem | GoneItem;
export type ReplicationItem = KnownItem | LaterItem;
/** What an item was that is not well formed. */
export type BrokenItem = {readonly kind: 'broken'; readonly reason: 'malformed' | 'direction'};
export type ReceivedItem = ReplicationItem | BrokenItem;

/** An item of bytes in a frame. Throws RangeError where a field is over its limit. */
export function encodeItem(item: ReplicationItem): Buffer {
	if (item.kind === 'later') return item.bytes;
	return framed(ITEM_KIND[item.kind], bodyOf(item));
}

function framed(kind: number, body: Buffer): Buffer {
	return new Writer().u8(kind).u32(body.length).bytes(body).finish();
}

function bodyOf(item: KnownItem): Buffer {
	switch (item.kind) {
		case 'row': {
			return rowBody(item);
		}

		case 'state': {
			const {conversation, id, state, reason, decided} = item;
			return named(conversation)
				.bytes(id, 16)
				.u8(STATES.indexOf(state))
				.u8(reasonCode(reason))
				.u64(decided ?? 0)
				.finish();
		}

		case 'register': {
			const {register, name, time, device, value} = item;
			return named(name, register)
				.u64(time)
				.bytes(device, DEVICE_ID_SIZE)
				.vector16(value, REGISTER_VALUE_LIMIT)
				.finish();
		}

		case 'seen':
		case 'forgotten': {
			return named(item.conversation).u64(item.place).finish();
		}

		case 'gone': {
			return named(item.conversation)
				.flag(item.direction === 'out')
				.bytes(item.id, 16)
				.finish();
		}
	}
}

function rowBody(item: RowItem): Buffer {
	const {conversation, direction, place, state, reason, decided, isDeleted, left, writer: author, content} = item;
	const flags =
		(direction === 'out' ? FLAG.out : 0) |
		(STATES.indexOf(state) << 1) |
		(isDeleted ? FLAG.deleted : 0) |
		(decided !== undefined || reason !== undefined ? FLAG.decided : 0) |
		(left !== undefined ? FLAG.left : 0) |
		(author !== undefined ? FLAG.writer : 0);
	const writer = named(conversation).u8(flags).u64(place);
	if (flags & FLAG.decided) writer.u8(reasonCode(reason)).u64(decided ?? 0);
	if (left !== undefined) writer.u64(left);
	if (author !== undefined) writer.bytes(author, DEVICE_ID_SIZE);
	return writer.bytes(content).finish();
}

/** `kind` stands before the name, where there are kinds. */
function named(name: string, kind?: number): Writer {
	const writer = new Writer();
	if (kind !== undefined) writer.u8(kind);
	return writer.vector8(Buffer.from(name, 'latin1'), ITEM_NAME_LIMIT);
}

function reasonCode(reason: RowState['reason']): number {
	return reason === undefined ? 0 : REASONS.indexOf(reason) + 1;
}

/** One item, whole. What is of no talk of two is of a later version, as a kind is that is not known. */
export function decodeItem(bytes: Buffer): ReceivedItem {
	const reader = new Reader(bytes);
	const kind = reader.u8();
	const size = reader.u32();
	const body = reader.rest();
	return reader.complete && size === body.length ? itemOf(kind, body) : {kind: 'broken', reason: 'malformed'};
}

/** The next item of a frame. */
export function readFramedItem(reader: Reader): ReceivedItem {
	const kind = reader.u8();
	const size = reader.u32();
	if (size > ITEM_SIZE_LIMIT) reader.fail();
	return itemOf(kind, reader.bytes(size));
}

function itemOf(kind: number, body: Buffer): ReceivedItem {
	const reader = new Reader(body);
	const item = readItem(reader, kind, body);
	if (item.kind === 'later' || item.kind === 'broken') return item;
	return reader.complete ? item : {kind: 'broken', reason: 'malformed'};
}

function readItem(reader: Reader, kind: number, body: Buffer): ReceivedItem {
	const later = () => ({kind: 'later', bytes: framed(kind, body)}) as const;
	if (kind === 0) reader.fail();
	if (kind === ITEM_KIND.register) return readRegister(reader);
	if (kind > ITEM_KIND.gone) return later();
	const conversation = readText(reader);
	// Whatever is no talk of two begins with a sign that no name has.
	if (!reader.failed && /^[^a-z]/.test(conversation)) return later();
	if (!isName(conversation)) reader.fail();
	switch (kind) {
		case ITEM_KIND.row: {
			return readRow(reader, conversation);
		}

		case ITEM_KIND.state: {
			const id = reader.bytes(16);
			const state = STATES[reader.u8()];
			const decision = readDecision(reader);
			if (state === undefined || !isSound(state, decision)) reader.fail();
			return {kind: 'state', conversation, id, state: state ?? 'queued', ...decision};
		}

		case ITEM_KIND.seen:
		case ITEM_KIND.forgotten: {
			return {kind: kind === ITEM_KIND.seen ? 'seen' : 'forgotten', conversation, place: reader.u64()};
		}

		default: {
			return {kind: 'gone', conversation, direction: reader.flag() ? 'out' : 'in', id: reader.bytes(16)};
		}
	}
}

function readRow(reader: Reader, conversation: string): RowItem | BrokenItem {
	const flags = reader.u8();
	const place = reader.u64();
	const state = STATES[(flags & FLAG.state) >> 1];
	const decision = flags & FLAG.decided ? readDecision(reader) : {reason: undefined, decided: undefined};
	const left = flags & FLAG.left ? reader.u64() : undefined;
	const writer = flags & FLAG.writer ? reader.bytes(DEVICE_ID_SIZE) : undefined;
	const content = reader.rest();
	// Each row has one encoding.
	if (flags & FLAG.decided && decision.reason === undefined && decision.decided === undefined) reader.fail();
	if (flags > 127 || place === 0 || state === undefined || content.length > MESSAGE_LIMIT) reader.fail();
	if (state !== undefined && !isSound(state, decision)) reader.fail();
	const direction = flags & FLAG.out ? 'out' : 'in';
	const isOwn = direction === 'out';
	// What came is here, and nobody's to send.
	const isWrong = !isOwn && (state !== 'delivered' || flags & (FLAG.decided | FLAG.writer));
	if (!reader.failed && isWrong) return {kind: 'broken', reason: 'direction'};
	const isDeleted = (flags & FLAG.deleted) > 0;
	return {
		kind: 'row',
		conversation,
		direction,
		place,
		state: state ?? 'queued',
		...decision,
		isDeleted,
		left,
		writer,
		content,
	};
}

/** What failed says why, and nothing else does. */
function isSound(state: RowState['state'], {reason}: Pick<RowState, 'reason'>): boolean {
	return (state === 'failed') === (reason !== undefined);
}

function readDecision(reader: Reader): Pick<RowState, 'reason' | 'decided'> {
	const code = reader.u8();
	if (code > REASONS.length) reader.fail();
	const decided = reader.u64();
	return {reason: REASONS[code - 1], decided: decided === 0 ? undefined : decided};
}

function readRegister(reader: Reader): RegisterItem {
	const register = reader.u8();
	const name = readText(reader);
	if (register === 0) reader.fail();
	const time = reader.u64();
	const device = reader.bytes(DEVICE_ID_SIZE);
	return {kind: 'register', register, name, time, device, value: reader.vector16(REGISTER_VALUE_LIMIT)};
}

/** 1 to ITEM_NAME_LIMIT characters of ASCII that are seen. */
function readText(reader: Reader): string {
	const text = reader.vector8(ITEM_NAME_LIMIT).toString('latin1');
	if (!/^[!-~]+$/.test(text)) reader.fail();
	return text;
}
