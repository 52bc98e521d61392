// A text: what is said, what it answers, and how long it stays.
import {Buffer} from 'node:buffer';
import * as z from 'zod/mini';
import {MESSAGE_LIMIT} from '../wire/messages/msg.ts';
import {type Codec} from './codec.ts';
import {type FileOffer} from './file-offer.ts';
import {fileOfferField, fileOfferItem, fileOfferOf} from './file-offer-field.ts';
import {idField, namedField, timeField, wordsField} from './fields.ts';
import {type MessageReference, type StoredHead, namedOf, storedOf} from './message-reference.ts';
import {LIFETIME_LIMIT_S} from './timer.ts';

/** Bytes of UTF-8 one text may have, so that it fits MESSAGE_LIMIT with its envelope. */
export const TEXT_LIMIT = MESSAGE_LIMIT - 128;

/**
 * `reply` is what it answers; it disappears `lifetime` seconds after it was read. With `file` it offers one. `bytes` is all of it as it came,
 * when it has an offer, or options that this build does not know.
 */
export type TextContent = StoredHead & {
	kind: 'text';
	text: string;
	reply?: MessageReference;
	lifetime?: number;
	file?: FileOffer;
	bytes?: Buffer;
};

const NUMBER = 1;
const lifetime = z.int().check(z.minimum(1), z.maximum(LIFETIME_LIMIT_S));
const options = z
	.looseObject({
		life: z.exactOptional(lifetime),
		re: z.exactOptional(namedField),
		file: z.exactOptional(fileOfferField),
	})
	.check(z.refine(fields => Object.keys(fields).length > 0));
const plain = z.tuple([z.literal(NUMBER), idField, timeField, wordsField(TEXT_LIMIT)]);
const schema = z.union([plain, z.tuple([...plain.def.items, options])]);

export const textCodec: Codec<TextContent> = {
	name: 'text',
	number: NUMBER,
	isAnswered: true,
	encode({id, time, text, reply, lifetime: life, file}) {
		const extras = {
			...(life !== undefined && {life}),
			...(reply && {re: [reply.isOwn, reply.id]}),
			...(file && {file: fileOfferItem(file)}),
		};
		const items = [NUMBER, id, time, text];
		return Object.keys(extras).length === 0 ? items : [...items, extras];
	},
	decode(items, bytes) {
		const {data} = schema.safeParse(items);
		if (data === undefined) return undefined;
		const {re, life, file, ...others} = data[4] ?? {};
		return {
			kind: 'text',
			...storedOf(data[1], data[2]),
			text: data[3],
			...(re !== undefined && {reply: namedOf(re)}),
			...(life !== undefined && {lifetime: life}),
			...(file !== undefined && {file: fileOfferOf(file)}),
			...((file !== undefined || Object.keys(others).length > 0) && {bytes: Buffer.from(bytes)}),
		};
	},
};
