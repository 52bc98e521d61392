// What people say, inside the content channel: deterministic CBOR (RFC 8949 §4.2), checked field by field after decoding.
import {Buffer} from 'node:buffer';
import {decode, encode} from 'cborg';
import * as z from 'zod';
import {isModest} from './shape.ts';
import {MESSAGE_LIMIT} from './msg.ts';

export const MESSAGE_ID_SIZE = 16;
/** Ids one receipt carries. */
export const RECEIPT_LIMIT = 256;
/** Bytes of UTF-8 one text may have, so that it fits MESSAGE_LIMIT with its envelope. */
export const TEXT_LIMIT = MESSAGE_LIMIT - 128;
/** What was handed to a session that has had every datagram acknowledged, and has no receipt for so long, is said again in it, ms. */
export const RECEIPT_WAIT_MS = 30_000;
/** Who types says so at most this often, ms. */
export const TYPING_EVERY_MS = 4000;
/** Who has typed nothing for this long says that they do not type, ms. */
export const TYPING_PAUSE_MS = 6000;
/** Who has said that they type, and nothing since, counts as typing for this long, ms. */
export const TYPING_HOLDS_MS = 8000;

/** Bytes of UTF-8 of an emoji, and of what is said of being away. */
export const EMOJI_LIMIT = 64;
export const AWAY_LIMIT = 256;
/** Seconds that a message may have before it disappears: a year. */
export const LIFETIME_LIMIT_S = 31_536_000;
/** Edits of one message that are kept, the latest ones: its former texts, beside the first. */
export const EDITS_KEPT = 32;
/** An act from farther ahead of server time than this waits until it is not: nobody's clock is more than this away from it, ms. */
export const AHEAD_MS = 60_000;
/** Bytes of SHA-256 by which a refusal says what it refuses, and how many of them one carries. */
export const DIGEST_SIZE = 16;
export const REFUSAL_LIMIT = 256;
/** Refusals go out to one peer at most this often, ms. */
export const REFUSAL_EVERY_MS = 1000;

/** The first number of a content. */
export const CONTENT_KIND = {
	text: 1,
	receipt: 2,
	typing: 3,
	edit: 4,
	delete: 5,
	reaction: 6,
	read: 7,
	timer: 8,
	away: 9,
	refusal: 10,
} as const;
/** Kinds from here on are of later builds. */
const FIRST_UNKNOWN = 11;
/** Why something is refused: it is not well formed. Other reasons of later builds are integers too. */
const MALFORMED = 1;

const id = z.instanceof(Uint8Array).refine(bytes => bytes.length === MESSAGE_ID_SIZE);
const time = z.int().min(0);
const words = z.string().refine(value => value.isWellFormed());
const emoji = words.refine(value => Buffer.byteLength(value) <= EMOJI_LIMIT);
/** Whether a message is of this content's sender, and its id. */
const named = z.tuple([z.boolean(), id]);
const lifetime = z.int().min(1).max(LIFETIME_LIMIT_S);
const more = z
	.looseObject({life: lifetime.exactOptional(), re: named.exactOptional()})
	.refine(fields => Object.keys(fields).length > 0);
const text = words.refine(value => Buffer.byteLength(value) <= TEXT_LIMIT);
const digest = z.instanceof(Uint8Array).refine(bytes => bytes.length === DIGEST_SIZE);

const schema = z.union([
	z.tuple([z.literal(CONTENT_KIND.text), id, time, text]),
	z.tuple([z.literal(CONTENT_KIND.text), id, time, text, more]),
	z.tuple([z.literal(CONTENT_KIND.receipt), z.array(id).min(1).max(RECEIPT_LIMIT)]),
	z.tuple([z.literal(CONTENT_KIND.typing), z.boolean()]),
	z.tuple([z.literal(CONTENT_KIND.edit), id, time, id, text.refine(value => value !== '')]),
	z.tuple([z.literal(CONTENT_KIND.delete), id, time, id]),
	z.tuple([z.literal(CONTENT_KIND.reaction), id, time, named, emoji]),
	z.tuple([z.literal(CONTENT_KIND.read), id, time, id]),
	z.tuple([z.literal(CONTENT_KIND.timer), id, time, z.int().min(0).max(LIFETIME_LIMIT_S)]),
	z.tuple([z.literal(CONTENT_KIND.away), words.refine(value => Buffer.byteLength(value) <= AWAY_LIMIT)]),
	z.tuple([z.literal(CONTENT_KIND.refusal), z.array(digest).min(1).max(REFUSAL_LIMIT), z.int().min(1)]),
]);
const later = z.int().min(FIRST_UNKNOWN);
const unknown = z.tuple([later, id, time], z.unknown());
/** Nobody waits for an answer to these: what is wrong with them is passed over. */
const unanswered = z.tuple(
	[later.or(z.literal([CONTENT_KIND.receipt, CONTENT_KIND.typing, CONTENT_KIND.away, CONTENT_KIND.refusal]))],
	z.unknown(),
);

/** What is written down on both sides, and answered with a receipt: `id` is random and its own for ever; `time` is server time in ms. */
type Stored = {id: Buffer; time: number};
/** Says which message: one of whoever says it, or one of the other side. */
export type Named = {isOwn: boolean; id: Buffer};

/**
 * A message. `reply` is what it answers; it disappears `lifetime` seconds after it was read. `bytes` is all of it as it came, when it has
 * options that this build does not know.
 */
export type TextContent = Stored & {kind: 'text'; text: string; reply?: Named; lifetime?: number; bytes?: Buffer};
/** The sender's own message `target` has another text now. */
export type EditContent = Stored & {kind: 'edit'; target: Buffer; text: string};
/** The sender's own message `target` is gone, on both sides. */
export type DeleteContent = Stored & {kind: 'delete'; target: Buffer};
/** What the sender thinks of a message; '' takes it back. */
export type ReactionContent = Stored & {kind: 'reaction'; target: Named; emoji: string};
/** The receiver's messages up to `target` have been seen. */
export type ReadContent = Stored & {kind: 'read'; target: Buffer};
/** Messages from here on disappear so many seconds after they were read; 0: they do not. */
export type TimerContent = Stored & {kind: 'timer'; seconds: number};
export type StoredContent = TextContent | EditContent | DeleteContent | ReactionContent | ReadContent | TimerContent;
/** Of a later build, of which this one knows that it is to be stored and answered: all of it as it came, and the number of its kind. */
export type OpaqueContent = Stored & {kind: 'opaque'; number: number; bytes: Buffer};
/** What is kept when it comes. */
export type KeptContent = StoredContent | OpaqueContent;

/** These contents are on the receiver's disk. */
export type ReceiptContent = {kind: 'receipt'; ids: Buffer[]};
/** Whether the sender is writing a text just now. Nobody keeps it, and no receipt answers it. */
export type TypingContent = {kind: 'typing'; isTyping: boolean};
/** Why the sender is away; '' when they are not. Nobody keeps it, and no receipt answers it. */
export type AwayContent = {kind: 'away'; text: string};
/** What has these digests is not well formed, and is not to be said again. No receipt and no refusal answers it. */
export type RefusalContent = {kind: 'refusal'; digests: Buffer[]};
/** Nothing to this build, and nobody waits for an answer to it. */
export type PassedContent = {kind: 'passed'};
type SaidContent = StoredContent | ReceiptContent | TypingContent | AwayContent | RefusalContent;
export type Content = SaidContent | OpaqueContent | PassedContent;

/** One array of CBOR, as docs/protocol.md, Content, lays it out. Throws RangeError when a text is over the limit. */
export function encodeContent(content: SaidContent): Buffer {
	const bytes = Buffer.from(encode(fieldsOf(content)));
	if (bytes.length > MESSAGE_LIMIT) throw new RangeError(`a message of ${bytes.length} bytes is over ${MESSAGE_LIMIT}`);
	return bytes;
}

/** Undefined for anything that is not exactly one canonical content, and that its sender is to be refused. */
export function decodeContent(bytes: Buffer): Content | undefined {
	if (bytes.length > MESSAGE_LIMIT) return undefined;
	const value = decodeStrictly(bytes);
	const known = schema.safeParse(value);
	if (known.success) return contentOf(known.data, bytes);
	const {data} = unknown.safeParse(value);
	if (data !== undefined)
		return {kind: 'opaque', ...storedOf([data[1], data[2]]), number: data[0], bytes: Buffer.from(bytes)};
	return unanswered.safeParse(value).success ? {kind: 'passed'} : undefined;
}

function contentOf(fields: z.infer<typeof schema>, bytes: Buffer): Content {
	switch (fields[0]) {
		case CONTENT_KIND.text: {
			const [, ...head] = fields;
			const {re, life, ...others} = fields[4] ?? {};
			return {
				kind: 'text',
				...storedOf(head),
				text: fields[3],
				...(re !== undefined && {reply: namedOf(re)}),
				...(life !== undefined && {lifetime: life}),
				...(Object.keys(others).length > 0 && {bytes: Buffer.from(bytes)}),
			};
		}

		case CONTENT_KIND.receipt:
			return {kind: 'receipt', ids: fields[1].map(each => Buffer.from(each))};
		case CONTENT_KIND.typing:
			return {kind: 'typing', isTyping: fields[1]};
		case CONTENT_KIND.edit:
			return {kind: 'edit', ...storedOf([fields[1], fields[2]]), target: Buffer.from(fields[3]), text: fields[4]};
		case CONTENT_KIND.delete:
			return {kind: 'delete', ...storedOf([fields[1], fields[2]]), target: Buffer.from(fields[3])};
		case CONTENT_KIND.reaction:
			return {kind: 'reaction', ...storedOf([fields[1], fields[2]]), target: namedOf(fields[3]), emoji: fields[4]};
		case CONTENT_KIND.read:
			return {kind: 'read', ...storedOf([fields[1], fields[2]]), target: Buffer.from(fields[3])};
		case CONTENT_KIND.timer:
			return {kind: 'timer', ...storedOf([fields[1], fields[2]]), seconds: fields[3]};
		case CONTENT_KIND.refusal:
			return {kind: 'refusal', digests: fields[1].map(each => Buffer.from(each))};
		default:
			return {kind: 'away', text: fields[1]};
	}
}

function storedOf([messageId, sent]: readonly [Uint8Array, number, ...unknown[]]): Stored {
	return {id: Buffer.from(messageId), time: sent};
}

function namedOf([isOwn, messageId]: readonly [boolean, Uint8Array]): Named {
	return {isOwn, id: Buffer.from(messageId)};
}

function fieldsOf(content: SaidContent): unknown[] {
	switch (content.kind) {
		case 'text': {
			const {reply, lifetime: life} = content;
			const extras = {...(life !== undefined && {life}), ...(reply && {re: [reply.isOwn, reply.id]})};
			const plain = [CONTENT_KIND.text, content.id, content.time, content.text];
			return Object.keys(extras).length === 0 ? plain : [...plain, extras];
		}

		case 'receipt':
			return [CONTENT_KIND.receipt, content.ids];
		case 'typing':
			return [CONTENT_KIND.typing, content.isTyping];
		case 'edit':
			return [CONTENT_KIND.edit, content.id, content.time, content.target, content.text];
		case 'delete':
			return [CONTENT_KIND.delete, content.id, content.time, content.target];
		case 'reaction':
			return [
				CONTENT_KIND.reaction,
				content.id,
				content.time,
				[content.target.isOwn, content.target.id],
				content.emoji,
			];
		case 'read':
			return [CONTENT_KIND.read, content.id, content.time, content.target];
		case 'timer':
			return [CONTENT_KIND.timer, content.id, content.time, content.seconds];
		case 'refusal':
			return [CONTENT_KIND.refusal, content.digests, MALFORMED];
		default:
			return [CONTENT_KIND.away, content.text];
	}
}

/** The value whose one deterministic encoding these bytes are; undefined for all else, as too deep a nesting is. */
function decodeStrictly(bytes: Buffer): unknown {
	if (!isModest(bytes)) return undefined;
	try {
		const value: unknown = decode(bytes, {strict: true, rejectDuplicateMapKeys: true, allowIndefinite: false});
		return bytes.equals(encode(value)) ? value : undefined;
	} catch {
		return undefined;
	}
}
