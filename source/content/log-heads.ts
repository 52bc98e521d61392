// How far the sender knows two device logs: the own one, and that of whoever it talks to. So a directory that shows two histories of one, or holds
// back its newest entries, is found out. Nobody keeps it, and no receipt answers it.
import {Buffer} from 'node:buffer';
import * as z from 'zod/mini';
import {type Codec} from './codec.ts';

/** How many entries are known, and the hash of the last of them, 32 bytes. */
export type LogHead = {readonly count: number; readonly head: Buffer};
/** Undefined where no entry is known. */
export type LogHeadsContent = {kind: 'log-heads'; own: LogHead | undefined; other: LogHead | undefined};

const NUMBER = 12;
const logHead = z.nullable(
	z.tuple([
		z.int().check(z.minimum(1), z.maximum(65_535)),
		z.instanceof(Uint8Array).check(z.refine(bytes => bytes.length === 32)),
	]),
);
const schema = z.tuple([z.literal(NUMBER), logHead, logHead]);

export const logHeadsCodec: Codec<LogHeadsContent> = {
	name: 'log-heads',
	number: NUMBER,
	isAnswered: false,
	encode: ({own, other}) => [NUMBER, pairOf(own), pairOf(other)],
	decode(items) {
		const {data} = schema.safeParse(items);
		return data && {kind: 'log-heads', own: headOf(data[1]), other: headOf(data[2])};
	},
};

function pairOf(said: LogHead | undefined): readonly [number, Buffer] | null {
	return said === undefined ? null : [said.count, said.head];
}

function headOf(pair: z.infer<typeof logHead>): LogHead | undefined {
	return pair === null ? undefined : {count: pair[0], head: Buffer.from(pair[1])};
}
