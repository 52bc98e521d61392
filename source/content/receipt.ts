// A receipt: what has these ids is on the receiver's disk.
import {Buffer} from 'node:buffer';
import * as z from 'zod/mini';
import {type Codec} from './codec.ts';
import {idField} from './fields.ts';

/** Ids one receipt carries. */
export const RECEIPT_LIMIT = 256;
/** What was handed to a session that has had every datagram acknowledged, and has no receipt for so long, is said again in it, ms. */
export const RECEIPT_WAIT_MS = 30_000;

export type ReceiptContent = {kind: 'receipt'; ids: Buffer[]};

const NUMBER = 2;
const schema = z.tuple([z.literal(NUMBER), z.array(idField).check(z.minLength(1), z.maxLength(RECEIPT_LIMIT))]);

export const receiptCodec: Codec<ReceiptContent> = {
	name: 'receipt',
	number: NUMBER,
	isAnswered: false,
	encode: ({ids}) => [NUMBER, ids],
	decode(items) {
		const {data} = schema.safeParse(items);
		return data && {kind: 'receipt', ids: data[1].map(id => Buffer.from(id))};
	},
};
