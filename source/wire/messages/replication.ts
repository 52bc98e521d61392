// Replication between the devices of one account: the frames, in place of what people say.
import {Buffer} from 'node:buffer';
import {Reader, Writer} from '../cursor.ts';
import {readName, writeName} from '../name.ts';
import {MESSAGE_LIMIT} from './msg.ts';
import {type ReceivedItem, readFramedItem} from './replication-items.ts';

export const LOG_ID_SIZE = 16;
/** Bytes of a frame; over MESSAGE_LIMIT it goes in pieces. */
export const FRAME_SIZE_LIMIT = 131_072;
/** Items of a frame. */
export const FRAME_ITEMS = 512;
/** Newest messages of a conversation that may be asked for ahead of the log. */
export const NEWEST_LIMIT = 100;

/** Bytes of UTF-8 of why a contact is away. */
const AWAY_SIZE = 256;

const FRAME_TYPE = {head: 1, since: 2, rows: 3, recent: 4, kept: 5, used: 6, contact: 7} as const;

/** What a log is called, and its last place. */
export type HeadFrame = {readonly kind: 'head'; readonly log: Buffer; readonly head: number};
/** Asks for what is behind `place` of the receiver's log, and for the newest `recent` messages of each conversation ahead of it. */
export type SinceFrame = {
	readonly kind: 'since';
	readonly log: Buffer;
	readonly place: number;
	readonly recent: number;
};
/** All that the sender's log has behind `from`, up to `to`, but for what came from the receiver. */
export type RowsFrame = {
	readonly kind: 'rows';
	readonly log: Buffer;
	readonly from: number;
	readonly to: number;
	readonly items: readonly ReceivedItem[];
};
/** Ahead of the log, for the screen: no place is reached by it. */
export type RecentFrame = {readonly kind: 'recent'; readonly items: readonly ReceivedItem[]};
/** The sender has the receiver's log on its disk up to `place`. */
export type KeptFrame = {readonly kind: 'kept'; readonly log: Buffer; readonly place: number};
/** When a person last pressed a key on the sender, server ms. Nobody keeps it. */
export type UsedFrame = {readonly kind: 'used'; readonly time: number};
/** What a contact says of themselves just now in the session that the sender has with them; '' when they are not away. Nobody keeps it. */
export type ContactFrame = {
	readonly kind: 'contact';
	readonly account: string;
	readonly isTyping: boolean;
	readonly away: string;
};
/** What holds for a while alone. */
export type SignalFrame = UsedFrame | ContactFrame;
export type ReplicationFrame = HeadFrame | SinceFrame | RowsFrame | RecentFrame | KeptFrame | SignalFrame;

/** Why a frame is not taken. unknown: of a later version. */
export type FrameFault = 'malformed' | 'unknown' | 'too-many';

/** A frame whose items are bytes already, as they are counted while a batch is filled. */
export type FrameToSend =
	| HeadFrame
	| SinceFrame
	| KeptFrame
	| SignalFrame
	| (Omit<RowsFrame, 'items'> & {readonly items: readonly Buffer[]})
	| {readonly kind: 'recent'; readonly items: readonly Buffer[]};

/** Throws RangeError when it is over a limit. */
export function encodeReplicationFrame(frame: FrameToSend): Buffer {
	const writer = new Writer().u8(FRAME_TYPE[frame.kind]);
	if ('log' in frame) writer.bytes(frame.log, LOG_ID_SIZE);
	if (frame.kind === 'head') writer.u64(frame.head);
	if (frame.kind === 'since') writer.u64(frame.place).u16(frame.recent);
	if (frame.kind === 'kept') writer.u64(frame.place);
	if (frame.kind === 'used') writer.u64(frame.time);
	if (frame.kind === 'contact') writeContact(writer, frame);
	if (frame.kind === 'rows') writer.u64(frame.from).u64(frame.to);
	if (frame.kind === 'rows' || frame.kind === 'recent') {
		if (frame.items.length > FRAME_ITEMS) throw new RangeError(`${frame.items.length} items are over ${FRAME_ITEMS}`);
		for (const item of frame.items) writer.bytes(item);
	}

	if (writer.size > FRAME_SIZE_LIMIT)
		throw new RangeError(`a frame of ${writer.size} bytes is over ${FRAME_SIZE_LIMIT}`);
	return writer.finish();
}

/** A frame, in which single items may be broken; or why it is none. */
export function decodeReplicationFrame(bytes: Buffer): ReplicationFrame | FrameFault {
	if (bytes.length > FRAME_SIZE_LIMIT) return 'malformed';
	const reader = new Reader(bytes);
	const type = reader.u8();
	if (type > FRAME_TYPE.contact) return 'unknown';
	const frame = readFrame(reader, type);
	if (typeof frame === 'string') return frame;
	return reader.complete ? frame : 'malformed';
}

function readFrame(reader: Reader, type: number): ReplicationFrame | FrameFault {
	if (type === FRAME_TYPE.recent) {
		const items = readItems(reader);
		return items === undefined ? 'too-many' : {kind: 'recent', items};
	}

	if (type === FRAME_TYPE.used) return {kind: 'used', time: reader.u64()};
	if (type === FRAME_TYPE.contact) return readContact(reader);
	const log = reader.bytes(LOG_ID_SIZE);
	switch (type) {
		case FRAME_TYPE.head: {
			return {kind: 'head', log, head: reader.u64()};
		}

		case FRAME_TYPE.since: {
			const since = {kind: 'since', log, place: reader.u64(), recent: reader.u16()} as const;
			return since.recent > NEWEST_LIMIT ? 'malformed' : since;
		}

		case FRAME_TYPE.rows: {
			const [from, to] = [reader.u64(), reader.u64()];
			const items = readItems(reader);
			if (items === undefined) return 'too-many';
			return to < from ? 'malformed' : {kind: 'rows', log, from, to, items};
		}

		case FRAME_TYPE.kept: {
			return {kind: 'kept', log, place: reader.u64()};
		}

		default: {
			return 'malformed';
		}
	}
}

function writeContact(writer: Writer, {account, isTyping, away}: ContactFrame): void {
	const text = Buffer.from(away);
	if (text.length > AWAY_SIZE) throw new RangeError(`${text.length} bytes are over ${AWAY_SIZE}`);
	writeName(writer, account).flag(isTyping).vector16(text);
}

function readContact(reader: Reader): ContactFrame | 'malformed' {
	const [account, isTyping, text] = [readName(reader), reader.flag(), reader.vector16(AWAY_SIZE)];
	const away = text.toString();
	// What is no UTF-8 would be another text each time that it is passed on.
	return Buffer.from(away).equals(text) ? {kind: 'contact', account, isTyping, away} : 'malformed';
}

/** Undefined when there are more than FRAME_ITEMS. */
function readItems(reader: Reader): ReceivedItem[] | undefined {
	const items: ReceivedItem[] = [];
	while (!reader.exhausted) {
		if (items.length === FRAME_ITEMS) return undefined;
		items.push(readFramedItem(reader));
	}

	return items;
}

/** The pieces of a frame as content messages: u8 whether more of it follows ‖ a part of it. */
export function cutFrame(frame: Buffer): Buffer[] {
	const size = MESSAGE_LIMIT - 1;
	const count = Math.max(1, Math.ceil(frame.length / size));
	return Array.from({length: count}, (_, index) =>
		new Writer()
			.flag(index < count - 1)
			.bytes(frame.subarray(index * size, (index + 1) * size))
			.finish(),
	);
}

/** Puts pieces together again. */
export class FrameJoiner {
	/** FRAME_SIZE_LIMIT bytes at most. */
	#pieces: Buffer[] = [];
	#size = 0;

	/** A frame, once its last piece is here; undefined before, and what is over the limit is 'malformed'. */
	add(piece: Buffer): Buffer | 'malformed' | undefined {
		const more = piece[0];
		this.#size += piece.length - 1;
		if (more === undefined || more > 1 || this.#size > FRAME_SIZE_LIMIT) {
			this.#clear();
			return 'malformed';
		}

		this.#pieces.push(piece.subarray(1));
		if (more === 1) return undefined;
		const frame = Buffer.concat(this.#pieces);
		this.#clear();
		return frame;
	}

	#clear(): void {
		this.#pieces = [];
		this.#size = 0;
	}
}
