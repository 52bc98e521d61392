// A refusal: what has these digests is not well formed, and is not to be said again. No receipt and no refusal answers it.
import {Buffer} from 'node:buffer';
import * as z from 'zod/mini';
import {type Codec} from './codec.ts';

/** Bytes of SHA-256 by which a refusal says what it refuses, and how many of them one carries. */
export const DIGEST_SIZE = 16;
export const REFUSAL_LIMIT = 256;
/** Refusals go out to one peer at most this often, ms. */
export const REFUSAL_EVERY_MS = 1000;

export type RefusalContent = {kind: 'refusal'; digests: Buffer[]};

const NUMBER = 10;
/** The one reason so far; those of later builds are integers too. */
const MALFORMED = 1;
const digest = z.instanceof(Uint8Array).check(z.refine(bytes => bytes.length === DIGEST_SIZE));
const schema = z.tuple([
	z.literal(NUMBER),
	z.array(digest).check(z.minLength(1), z.maxLength(REFUSAL_LIMIT)),
	z.int().check(z.minimum(1)),
]);

export const refusalCodec: Codec<RefusalContent> = {
	name: 'refusal',
	number: NUMBER,
	isAnswered: false,
	encode: ({digests}) => [NUMBER, digests, MALFORMED],
	decode(items) {
		const {data} = schema.safeParse(items);
		return data && {kind: 'refusal', digests: data[1].map(each => Buffer.from(each))};
	},
};
