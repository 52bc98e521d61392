// Fields that many contents have, as they are checked after decoding.
import {Buffer} from 'node:buffer';
import * as z from 'zod';

export const MESSAGE_ID_SIZE = 16;

/** What is written down on both sides, and answered with a receipt: `id` is random and its own for ever; `time` is server time in ms. */
export type Stored = {id: Buffer; time: number};
/** Says which message: one of whoever says it, or one of the other side. */
export type MessageReference = {isOwn: boolean; id: Buffer};

export const idField = z.instanceof(Uint8Array).refine(bytes => bytes.length === MESSAGE_ID_SIZE);
export const timeField = z.int().min(0);
/** Whether a message is of this content's sender, and its id. */
export const namedField = z.tuple([z.boolean(), idField]);

/** A text of so many bytes of UTF-8 at most. */
export function wordsField(limit: number) {
	return z.string().refine(value => value.isWellFormed() && Buffer.byteLength(value) <= limit);
}

export function storedOf(id: Uint8Array, time: number): Stored {
	return {id: Buffer.from(id), time};
}

export function namedOf([isOwn, id]: readonly [boolean, Uint8Array]): MessageReference {
	return {isOwn, id: Buffer.from(id)};
}
