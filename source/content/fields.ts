// Fields that many contents have, as they are checked after decoding.
import {Buffer} from 'node:buffer';
import * as z from 'zod/mini';
import {MESSAGE_ID_SIZE} from './message-reference.ts';

export const idField = z.instanceof(Uint8Array).check(z.refine(bytes => bytes.length === MESSAGE_ID_SIZE));
export const timeField = z.int().check(z.minimum(0));
/** Whether a message is of this content's sender, and its id. */
export const namedField = z.tuple([z.boolean(), idField]);

/** A text of so many bytes of UTF-8 at most. */
export function wordsField(limit: number) {
	return z.string().check(z.refine(value => value.isWellFormed() && Buffer.byteLength(value) <= limit));
}
