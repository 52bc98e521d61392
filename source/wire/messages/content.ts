// What people say, inside the content channel: deterministic CBOR (RFC 8949 §4.2), checked field by field after decoding.
import {Buffer} from 'node:buffer';
import {decode, encode} from 'cborg';
import * as z from 'zod';
import {MESSAGE_LIMIT} from './transport.ts';

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
/** An act from farther ahead of server time than this is not done: nobody's clock is more than this away from it, ms. */
export const AHEAD_MS = 60_000;

const KIND = {text: 1, receipt: 2, typing: 3, edit: 4, delete: 5, reaction: 6, read: 7, timer: 8, away: 9} as const;

const id = z.instanceof(Uint8Array).refine(bytes => bytes.length === MESSAGE_ID_SIZE);
const time = z.int().min(0);
const words = z.string().refine(value => value.isWellFormed());
const emoji = words.refine(value => Buffer.byteLength(value) <= EMOJI_LIMIT);
/** Whether a message is of this content's sender, and its id. */
const named = z.tuple([z.boolean(), id]);
const lifetime = z.int().min(1).max(LIFETIME_LIMIT_S);
const more = z
	.strictObject({life: lifetime.exactOptional(), re: named.exactOptional()})
	.refine(fields => Object.keys(fields).length > 0);

const schema = z.union([
	z.tuple([z.literal(KIND.text), id, time, words]),
	z.tuple([z.literal(KIND.text), id, time, words, more]),
	z.tuple([z.literal(KIND.receipt), z.array(id).min(1).max(RECEIPT_LIMIT)]),
	z.tuple([z.literal(KIND.typing), z.boolean()]),
	z.tuple([z.literal(KIND.edit), id, time, id, words.min(1)]),
	z.tuple([z.literal(KIND.delete), id, time, id]),
	z.tuple([z.literal(KIND.reaction), id, time, named, emoji]),
	z.tuple([z.literal(KIND.read), id, time, id]),
	z.tuple([z.literal(KIND.timer), id, time, z.int().min(0).max(LIFETIME_LIMIT_S)]),
	z.tuple([z.literal(KIND.away), words.refine(value => Buffer.byteLength(value) <= AWAY_LIMIT)]),
]);
const unknown = z.tuple([z.int().min(10)], z.unknown());

/** What is written down on both sides, and answered with a receipt: `id` is random and its own for ever; `time` is server time in ms. */
type Stored = {id: Buffer; time: number};
/** Says which message: one of whoever says it, or one of the other side. */
export type Named = {isOwn: boolean; id: Buffer};

/** A message. `reply` is what it answers; it disappears `lifetime` seconds after it was read. */
export type TextContent = Stored & {kind: 'text'; text: string; reply?: Named; lifetime?: number};
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

/** These contents are on the receiver's disk. */
export type ReceiptContent = {kind: 'receipt'; ids: Buffer[]};
/** Whether the sender is writing a text just now. Nobody keeps it, and no receipt answers it. */
export type TypingContent = {kind: 'typing'; isTyping: boolean};
/** Why the sender is away; '' when they are not. Nobody keeps it, and no receipt answers it. */
export type AwayContent = {kind: 'away'; text: string};
/** A kind this build does not know, from a newer one: passed over. */
export type UnknownContent = {kind: 'unknown'};
export type Content = StoredContent | ReceiptContent | TypingContent | AwayContent | UnknownContent;

/** One array of CBOR, as docs/protocol.md, Content, lays it out. Throws RangeError when a text is over the limit. */
export function encodeContent(content: Exclude<Content, UnknownContent>): Buffer {
	const bytes = Buffer.from(encode(fieldsOf(content)));
	if (bytes.length > MESSAGE_LIMIT) throw new RangeError(`a message of ${bytes.length} bytes is over ${MESSAGE_LIMIT}`);
	return bytes;
}

/** Undefined for anything that is not exactly one canonical content. */
export function decodeContent(bytes: Buffer): Content | undefined {
	if (bytes.length > MESSAGE_LIMIT) return undefined;
	const value = decodeStrictly(bytes);
	const known = schema.safeParse(value);
	if (known.success) return contentOf(known.data);
	return unknown.safeParse(value).success ? {kind: 'unknown'} : undefined;
}

function contentOf(fields: z.infer<typeof schema>): Content {
	switch (fields[0]) {
		case KIND.text: {
			const [, ...head] = fields;
			const {re, life} = fields[4] ?? {};
			return {
				kind: 'text',
				...storedOf(head),
				text: fields[3],
				...(re !== undefined && {reply: namedOf(re)}),
				...(life !== undefined && {lifetime: life}),
			};
		}

		case KIND.receipt:
			return {kind: 'receipt', ids: fields[1].map(each => Buffer.from(each))};
		case KIND.typing:
			return {kind: 'typing', isTyping: fields[1]};
		case KIND.edit:
			return {kind: 'edit', ...storedOf([fields[1], fields[2]]), target: Buffer.from(fields[3]), text: fields[4]};
		case KIND.delete:
			return {kind: 'delete', ...storedOf([fields[1], fields[2]]), target: Buffer.from(fields[3])};
		case KIND.reaction:
			return {kind: 'reaction', ...storedOf([fields[1], fields[2]]), target: namedOf(fields[3]), emoji: fields[4]};
		case KIND.read:
			return {kind: 'read', ...storedOf([fields[1], fields[2]]), target: Buffer.from(fields[3])};
		case KIND.timer:
			return {kind: 'timer', ...storedOf([fields[1], fields[2]]), seconds: fields[3]};
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

function fieldsOf(content: Exclude<Content, UnknownContent>): unknown[] {
	switch (content.kind) {
		case 'text': {
			const {reply, lifetime: life} = content;
			const extras = {...(life !== undefined && {life}), ...(reply && {re: [reply.isOwn, reply.id]})};
			const plain = [KIND.text, content.id, content.time, content.text];
			return Object.keys(extras).length === 0 ? plain : [...plain, extras];
		}

		case 'receipt':
			return [KIND.receipt, content.ids];
		case 'typing':
			return [KIND.typing, content.isTyping];
		case 'edit':
			return [KIND.edit, content.id, content.time, content.target, content.text];
		case 'delete':
			return [KIND.delete, content.id, content.time, content.target];
		case 'reaction':
			return [KIND.reaction, content.id, content.time, [content.target.isOwn, content.target.id], content.emoji];
		case 'read':
			return [KIND.read, content.id, content.time, content.target];
		case 'timer':
			return [KIND.timer, content.id, content.time, content.seconds];
		default:
			return [KIND.away, content.text];
	}
}

/** The value whose one deterministic encoding these bytes are; undefined for all else, as too deep a nesting is. */
function decodeStrictly(bytes: Buffer): unknown {
	try {
		const value: unknown = decode(bytes, {strict: true, rejectDuplicateMapKeys: true, allowIndefinite: false});
		return bytes.equals(encode(value)) ? value : undefined;
	} catch {
		return undefined;
	}
}
