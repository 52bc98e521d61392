// Whether the sender is writing a text just now. Nobody keeps it, and no receipt answers it.
import * as z from 'zod/mini';
import {type Codec} from './codec.ts';

/** Who types says so at most this often, ms. */
export const TYPING_EVERY_MS = 4000;
/** Who has typed nothing for this long says that they do not type, ms. */
export const TYPING_PAUSE_MS = 6000;
/** Who has said that they type, and nothing since, counts as typing for this long, ms. */
export const TYPING_HOLDS_MS = 8000;

export type TypingContent = {kind: 'typing'; isTyping: boolean};

const NUMBER = 3;
const schema = z.tuple([z.literal(NUMBER), z.boolean()]);

export const typingCodec: Codec<TypingContent> = {
	name: 'typing',
	number: NUMBER,
	isAnswered: false,
	encode: ({isTyping}) => [NUMBER, isTyping],
	decode(items) {
		const {data} = schema.safeParse(items);
		return data && {kind: 'typing', isTyping: data[1]};
	},
};
