// What people say, inside the content channel: deterministic CBOR (RFC 8949 §4.2), checked field by field after decoding.
import {Buffer} from 'node:buffer';
import {decode, encode} from 'cborg';
import * as z from 'zod';
import {MESSAGE_LIMIT} from './transport.ts';

export const MESSAGE_ID_SIZE = 16;
/** Ids one receipt carries. */
export const RECEIPT_LIMIT = 256;
/** Bytes of UTF-8 one text may have, so that it fits MESSAGE_LIMIT with its envelope. */
export const TEXT_LIMIT = MESSAGE_LIMIT - 64;
/** Who types says so at most this often, ms. */
export const TYPING_EVERY_MS = 4000;
/** Who has typed nothing for this long says that they do not type, ms. */
export const TYPING_PAUSE_MS = 6000;
/** Who has said that they type, and nothing since, counts as typing for this long, ms. */
export const TYPING_HOLDS_MS = 8000;

const KIND = {text: 1, receipt: 2, typing: 3} as const;

const id = z.instanceof(Uint8Array).refine(bytes => bytes.length === MESSAGE_ID_SIZE);
const time = z.int().min(0);
const text = z.tuple([z.literal(KIND.text), id, time, z.string().refine(value => value.isWellFormed())]);
const receipt = z.tuple([z.literal(KIND.receipt), z.array(id).min(1).max(RECEIPT_LIMIT)]);
const typing = z.tuple([z.literal(KIND.typing), z.boolean()]);
const unknown = z.tuple([z.int().min(4)], z.unknown());

/** A message: `id` is random and its own for ever; time is the sender's, as server time in ms. */
export type TextContent = {kind: 'text'; id: Buffer; time: number; text: string};
/** These messages are on the receiver's disk. */
export type ReceiptContent = {kind: 'receipt'; ids: Buffer[]};
/** Whether the sender is writing a text just now. Nobody keeps it, and no receipt answers it. */
export type TypingContent = {kind: 'typing'; isTyping: boolean};
/** A kind this build does not know, from a newer one: passed over. */
export type UnknownContent = {kind: 'unknown'};
export type Content = TextContent | ReceiptContent | TypingContent | UnknownContent;

/** CBOR [1, id, time, text], [2, [id…]] or [3, isTyping]. Throws RangeError when a text is over the limit. */
export function encodeContent(content: Exclude<Content, UnknownContent>): Buffer {
	const bytes = Buffer.from(encode(fieldsOf(content)));
	if (bytes.length > MESSAGE_LIMIT) throw new RangeError(`a message of ${bytes.length} bytes is over ${MESSAGE_LIMIT}`);
	return bytes;
}

/** Undefined for anything that is not exactly one canonical content. */
export function decodeContent(bytes: Buffer): Content | undefined {
	if (bytes.length > MESSAGE_LIMIT) return undefined;
	const value = decodeStrictly(bytes);
	const asText = text.safeParse(value);
	if (asText.success) {
		const [, messageId, sent, words] = asText.data;
		return {kind: 'text', id: Buffer.from(messageId), time: sent, text: words};
	}

	const asReceipt = receipt.safeParse(value);
	if (asReceipt.success) return {kind: 'receipt', ids: asReceipt.data[1].map(each => Buffer.from(each))};
	const asTyping = typing.safeParse(value);
	if (asTyping.success) return {kind: 'typing', isTyping: asTyping.data[1]};
	return unknown.safeParse(value).success ? {kind: 'unknown'} : undefined;
}

function fieldsOf(content: Exclude<Content, UnknownContent>): unknown[] {
	if (content.kind === 'text') return [KIND.text, content.id, content.time, content.text];
	return content.kind === 'receipt' ? [KIND.receipt, content.ids] : [KIND.typing, content.isTyping];
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
