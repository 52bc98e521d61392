// What people say, inside the content channel: deterministic CBOR (RFC 8949 §4.2), checked field by field after decoding.
import {Buffer} from 'node:buffer';
import {decode, encode} from 'cborg';
import * as z from 'zod/mini';
import {fitsCborLimits} from '../wire/messages/shape.ts';
import {MESSAGE_LIMIT} from '../wire/messages/msg.ts';
import {actCodec} from './act.ts';
import {type AwayContent, awayCodec} from './away.ts';
import {type Codec} from './codec.ts';
import {idField, timeField} from './fields.ts';
import {type LogHeadsContent, logHeadsCodec} from './log-heads.ts';
import {type StoredHead, storedOf} from './message-reference.ts';
import {ACTS, type KnownAct} from './kinds.ts';
import {type ReceiptContent, receiptCodec} from './receipt.ts';
import {type RefusalContent, refusalCodec} from './refusal.ts';
import {type TextContent, textCodec} from './text.ts';
import {type TypingContent, typingCodec} from './typing.ts';

export type StoredContent = TextContent | KnownAct;
/** Of a later build, of which this one knows that it is to be stored and answered: all of it as it came, and the number of its kind. */
export type OpaqueContent = StoredHead & {kind: 'opaque'; number: number; bytes: Buffer};
/** What is kept when it comes. */
export type KeptContent = StoredContent | OpaqueContent;
/** Nothing to this build, and nobody waits for an answer to it. */
export type PassedContent = {kind: 'passed'};
type SaidContent = StoredContent | ReceiptContent | TypingContent | AwayContent | RefusalContent | LogHeadsContent;
export type Content = SaidContent | OpaqueContent | PassedContent;

const codecs = [
	textCodec,
	receiptCodec,
	typingCodec,
	awayCodec,
	refusalCodec,
	logHeadsCodec,
	...ACTS.map(kind => actCodec(kind)),
];
const byName = new Map(codecs.map(codec => [codec.name as string, codec as unknown as Codec<SaidContent>]));
const byNumber = new Map(codecs.map(codec => [codec.number, codec as unknown as Codec<SaidContent>]));

/** The first item of each kind of content, by name. */
export const CONTENT_KIND: Readonly<Record<string, number>> = Object.fromEntries(
	codecs.map(({name, number}) => [name, number]),
);

const numbered = z.tuple([z.int()], z.unknown());
const later = z.tuple([z.int().check(z.minimum(Math.max(...byNumber.keys()) + 1)), idField, timeField], z.unknown());

/** One array of CBOR, as docs/protocol.md, Content, lays it out. Throws RangeError when a text is over the limit. */
export function encodeContent(content: SaidContent): Buffer {
	const bytes = Buffer.from(encode(byName.get(content.kind)!.encode(content)));
	if (bytes.length > MESSAGE_LIMIT) throw new RangeError(`a message of ${bytes.length} bytes is over ${MESSAGE_LIMIT}`);
	return bytes;
}

/** Undefined for anything that is not exactly one canonical content, and that its sender is to be refused. */
export function decodeContent(bytes: Buffer): Content | undefined {
	if (bytes.length > MESSAGE_LIMIT) return undefined;
	const items = decodeStrictly(bytes);
	const number = numbered.safeParse(items).data?.[0];
	if (number === undefined || number < 1) return undefined;
	const codec = byNumber.get(number);
	if (codec !== undefined) return codec.decode(items, bytes) ?? (codec.isAnswered ? undefined : {kind: 'passed'});
	const {data} = later.safeParse(items);
	if (data === undefined) return number > Math.max(...byNumber.keys()) ? {kind: 'passed'} : undefined;
	return {kind: 'opaque', ...storedOf(data[1], data[2]), number, bytes: Buffer.from(bytes)};
}

/** The value whose one deterministic encoding these bytes are; undefined for all else, as too deep a nesting is. */
function decodeStrictly(bytes: Buffer): unknown {
	if (!fitsCborLimits(bytes)) return undefined;
	try {
		const value: unknown = decode(bytes, {strict: true, rejectDuplicateMapKeys: true, allowIndefinite: false});
		return bytes.equals(encode(value)) ? value : undefined;
	} catch {
		return undefined;
	}
}
