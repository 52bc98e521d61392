// Which message something is, and when it was said.
import {Buffer} from 'node:buffer';

export const MESSAGE_ID_SIZE = 16;

/** What is written down on both sides, and answered with a receipt: `id` is random and its own for ever; `time` is server time in ms. */
export type StoredHead = {id: Buffer; time: number};
/** Says which message: one of whoever says it, or one of the other side. */
export type MessageReference = {isOwn: boolean; id: Buffer};

export function storedOf(id: Uint8Array, time: number): StoredHead {
	return {id: Buffer.from(id), time};
}

export function namedOf([isOwn, id]: readonly [boolean, Uint8Array]): MessageReference {
	return {isOwn, id: Buffer.from(id)};
}
