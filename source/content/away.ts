// Why the sender is away; '' when they are not. Nobody keeps it, and no receipt answers it.
import * as z from 'zod/mini';
import {type Codec} from './codec.ts';
import {wordsField} from './fields.ts';

/** Bytes of UTF-8. */
export const AWAY_LIMIT = 256;

export type AwayContent = {kind: 'away'; text: string};

const NUMBER = 9;
const schema = z.tuple([z.literal(NUMBER), wordsField(AWAY_LIMIT)]);

export const awayCodec: Codec<AwayContent> = {
	name: 'away',
	number: NUMBER,
	isAnswered: false,
	encode: ({text}) => [NUMBER, text],
	decode(items) {
		const {data} = schema.safeParse(items);
		return data && {kind: 'away', text: data[1]};
	},
};
