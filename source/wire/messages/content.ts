// Contents: what clients say to each other on the content channel. Deterministic CBOR (RFC 8949 §4.2), each field checked after decoding.
import {Buffer} from 'node:buffer';
import {decode, encode} from 'cborg';
import * as z from 'zod';
import {fitsCborLimits} from './shape.ts';
import {MESSAGE_LIMIT} from './msg.ts';

export const MESSAGE_ID_SIZE = 16;
/** How many ids one receipt holds. */
export const RECEIPT_LIMIT = 256;
/** Bytes of UTF-8 that a text may have, so that it fits MESSAGE_LIMIT with its other fields. */
export const TEXT_LIMIT = MESSAGE_LIMIT - 128;
/** A content is sent again in the same session when every datagram was acknowledged and there was no receipt for so long, ms. */
export const RECEIPT_WAIT_MS = 30_000;
/** While somebody types, their client says so at most this often, ms. */
export const TYPING_EVERY_MS = 4000;
/** When nothing was typed for so long, the client says that typing has stopped, ms. */
export const TYPING_PAUSE_MS = 6000;
/** The other side shows somebody as typing until so long after their client last said so, ms. */
export const TYPING_HOLDS_MS = 8000;

/** Bytes of UTF-8 of an emoji. */
export const EMOJI_LIMIT = 64;
/** Bytes of UTF-8 of an away message. */
export const AWAY_LIMIT = 256;
/** The longest time until a message disappears, s: a year. */
export const LIFETIME_LIMIT_S = 31_536_000;
/** How many edits of a message are kept: the latest ones, besides its first text. */
export const EDITS_KEPT = 32;
/** A content whose time is more than this ahead of server time waits until it is not. No correct clock differs by more, ms. */
export const AHEAD_MS = 60_000;
/** A refusal names what it refuses by so many bytes of its SHA-256. */
export const DIGEST_SIZE = 16;
/** How many digests one refusal holds. */
export const REFUSAL_LIMIT = 256;
/** Refusals are sent to one peer at most this often, ms. */
export const REFUSAL_EVERY_MS = 1000;

/** The first number of a content: its kind. */
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
/** Kinds from this number on belong to later builds. */
const FIRST_UNKNOWN = 11;
/** The reason of a refusal: malformed. Later builds may use other integers. */
const MALFORMED = 1;

const id = z.instanceof(Uint8Array).refine(bytes => bytes.length === MESSAGE_ID_SIZE);
const time = z.int().min(0);
const words = z.string().refine(value => value.isWellFormed());
const emoji = words.refine(value => Buffer.byteLength(value) <= EMOJI_LIMIT);
/** Whether the message was sent by the sender of this content, and its id. */
const reference = z.tuple([z.boolean(), id]);
const lifetime = z.int().min(1).max(LIFETIME_LIMIT_S);
const more = z
	.looseObject({life: lifetime.exactOptional(), re: reference.exactOptional()})
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
	z.tuple([z.literal(CONTENT_KIND.reaction), id, time, reference, emoji]),
	z.tuple([z.literal(CONTENT_KIND.read), id, time, id]),
	z.tuple([z.literal(CONTENT_KIND.timer), id, time, z.int().min(0).max(LIFETIME_LIMIT_S)]),
	z.tuple([z.literal(CONTENT_KIND.away), words.refine(value => Buffer.byteLength(value) <= AWAY_LIMIT)]),
	z.tuple([z.literal(CONTENT_KIND.refusal), z.array(digest).min(1).max(REFUSAL_LIMIT), z.int().min(1)]),
]);
const later = z.int().min(FIRST_UNKNOWN);
const unknown = z.tuple([later, id, time], z.unknown());
/** Kinds that are never answered. A malformed one is ignored. */
const unanswered = z.tuple(
	[later.or(z.literal([CONTENT_KIND.receipt, CONTENT_KIND.typing, CONTENT_KIND.away, CONTENT_KIND.refusal]))],
	z.unknown(),
);

/** A content that both sides store, and that is answered with a receipt. `id` is random and unique; `time` is server time in ms. */
type Stored = {id: Buffer; time: number};
/** Refers to a message: by its id, and whether the sender of the reference also sent the message. */
export type MessageReference = {isOwn: boolean; id: Buffer};

/**
 * A message. `reply` is the message that it answers. It disappears `lifetime` seconds after it was read. `bytes` is the whole content as
 * received, if it has options that this build does not know.
 */
export type TextContent = Stored & {
	kind: 'text';
	text: string;
	reply?: MessageReference;
	lifetime?: number;
	bytes?: Buffer;
};
/** Replaces the text of the sender's own message `target`. */
export type EditContent = Stored & {kind: 'edit'; target: Buffer; text: string};
/** Deletes the sender's own message `target` on both sides. */
export type DeleteContent = Stored & {kind: 'delete'; target: Buffer};
/** An emoji as a reaction to a message; '' removes it. */
export type ReactionContent = Stored & {kind: 'reaction'; target: MessageReference; emoji: string};
/** The sender has read the receiver's messages up to `target`. */
export type ReadContent = Stored & {kind: 'read'; target: Buffer};
/** Later messages disappear so many seconds after they were read; with 0 they do not. */
export type TimerContent = Stored & {kind: 'timer'; seconds: number};
export type StoredContent = TextContent | EditContent | DeleteContent | ReactionContent | ReadContent | TimerContent;
/** A content of a kind from a later build, which is stored and answered: `number` is its kind, `bytes` the whole content as received. */
export type OpaqueContent = Stored & {kind: 'opaque'; number: number; bytes: Buffer};
/** A content that the receiver stores. */
export type KeptContent = StoredContent | OpaqueContent;

/** Says that contents with these ids are on the receiver's disk. */
export type ReceiptContent = {kind: 'receipt'; ids: Buffer[]};
/** Whether the sender is typing now. It is not stored and not answered. */
export type TypingContent = {kind: 'typing'; isTyping: boolean};
/** Why the sender is away; '' when they are not. It is not stored and not answered. */
export type AwayContent = {kind: 'away'; text: string};
/** Says that the contents with these digests are malformed and must not be sent again. It is not answered. */
export type RefusalContent = {kind: 'refusal'; digests: Buffer[]};
/** A content that this build ignores and does not answer. */
export type PassedContent = {kind: 'passed'};
type SaidContent = StoredContent | ReceiptContent | TypingContent | AwayContent | RefusalContent;
export type Content = SaidContent | OpaqueContent | PassedContent;

/** One CBOR array, as in docs/protocol.md, Content. Throws RangeError when a text is over the limit. */
export function encodeContent(content: SaidContent): Buffer {
	const bytes = Buffer.from(encode(fieldsOf(content)));
	if (bytes.length > MESSAGE_LIMIT) throw new RangeError(`a message of ${bytes.length} bytes is over ${MESSAGE_LIMIT}`);
	return bytes;
}

/** Undefined if it is not exactly one canonical content: then it is to be refused. */
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
				...(re !== undefined && {reply: referenceOf(re)}),
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
			return {kind: 'reaction', ...storedOf([fields[1], fields[2]]), target: referenceOf(fields[3]), emoji: fields[4]};
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

function referenceOf([isOwn, messageId]: readonly [boolean, Uint8Array]): MessageReference {
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

/** The value that these bytes encode; undefined if they are not its deterministic encoding, or nest too deep. */
function decodeStrictly(bytes: Buffer): unknown {
	if (!fitsCborLimits(bytes)) return undefined;
	try {
		const value: unknown = decode(bytes, {strict: true, rejectDuplicateMapKeys: true, allowIndefinite: false});
		return bytes.equals(encode(value)) ? value : undefined;
	} catch {
		return undefined;
	}
}
