// The messages of a session's channel of files: who has been offered one asks for its leaves, and who has it sends them in pieces.
import {type Buffer} from 'node:buffer';
import {Reader, Writer} from '../cursor.ts';

export const OFFER_ID_SIZE = 16;
/** Bytes of a piece. */
export const FILE_PIECE_SIZE = 16_384;
/** Hashes of a path: what a tree of as many leaves as there are numbers for them has. */
export const FILE_PATH_LIMIT = 32;
const HASH_SIZE = 32;

const KIND = {ask: 1, leaf: 2, piece: 3, end: 4} as const;

/**
 * Why nothing more goes to and fro of an offer. answered: an END of who asked has been read. A number that is not here is of a later version,
 * and ends it, too.
 */
export const FILE_END = {
	answered: 0,
	stopped: 1,
	notHere: 2,
	changed: 3,
	unreadable: 4,
	tooMany: 5,
	complete: 6,
} as const;

/** Asks for the leaves `from` … `until` − 1. */
export type FileAsk = {readonly kind: 'ask'; readonly offer: Buffer; readonly from: number; readonly until: number};
/** The pieces of this leaf follow; with its audit path (RFC 9162 §2.1.3), from the leaf up. */
export type FileLeaf = {
	readonly kind: 'leaf';
	readonly offer: Buffer;
	readonly index: number;
	readonly path: readonly Buffer[];
};
/** What a leaf has from byte `offset` of it on. */
export type FilePiece = {
	readonly kind: 'piece';
	readonly offer: Buffer;
	readonly leaf: number;
	readonly offset: number;
	readonly data: Buffer;
};
export type FileEnd = {readonly kind: 'end'; readonly offer: Buffer; readonly reason: number};
export type FileMessage = FileAsk | FileLeaf | FilePiece | FileEnd;

/** u8 kind ‖ offer 16 ‖ what is of the kind. Throws RangeError when it is over a limit. */
export function encodeFileMessage(message: FileMessage): Buffer {
	const writer = new Writer().u8(KIND[message.kind]).bytes(message.offer, OFFER_ID_SIZE);
	switch (message.kind) {
		case 'ask': {
			return writer.u32(message.from).u32(message.until).finish();
		}

		case 'leaf': {
			const {index, path} = message;
			if (path.length > FILE_PATH_LIMIT) throw new RangeError(`a path of ${path.length} is over ${FILE_PATH_LIMIT}`);
			writer.u32(index).u8(path.length);
			for (const hash of path) writer.bytes(hash, HASH_SIZE);
			return writer.finish();
		}

		case 'piece': {
			const {leaf, offset, data} = message;
			if (data.length > FILE_PIECE_SIZE) throw new RangeError(`${data.length} bytes are over ${FILE_PIECE_SIZE}`);
			return writer.u32(leaf).u32(offset).vector16(data).finish();
		}

		case 'end': {
			return writer.u8(message.reason).finish();
		}
	}
}

/** Undefined for what is malformed, and for another kind, which is of a later version. */
export function decodeFileMessage(bytes: Buffer): FileMessage | undefined {
	const reader = new Reader(bytes);
	const kind = reader.u8();
	const offer = reader.bytes(OFFER_ID_SIZE);
	const message = readMessage(reader, kind, offer);
	return message !== undefined && reader.complete ? message : undefined;
}

function readMessage(reader: Reader, kind: number, offer: Buffer): FileMessage | undefined {
	switch (kind) {
		case KIND.ask: {
			const [from, until] = [reader.u32(), reader.u32()];
			return from < until ? {kind: 'ask', offer, from, until} : undefined;
		}

		case KIND.leaf: {
			const [index, count] = [reader.u32(), reader.u8()];
			if (count > FILE_PATH_LIMIT) return undefined;
			return {kind: 'leaf', offer, index, path: Array.from({length: count}, () => reader.bytes(HASH_SIZE))};
		}

		case KIND.piece: {
			const [leaf, offset, data] = [reader.u32(), reader.u32(), reader.vector16(FILE_PIECE_SIZE)];
			return data.length > 0 ? {kind: 'piece', offer, leaf, offset, data} : undefined;
		}

		case KIND.end: {
			return {kind: 'end', offer, reason: reader.u8()};
		}

		default: {
			return undefined;
		}
	}
}
