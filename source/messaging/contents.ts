// What is written down here, as it is said to others, and back: "own" on the wire is of whoever says it.
import {Buffer} from 'node:buffer';
import {AHEAD_MS} from '../content/act.ts';
import {actKind} from '../content/kinds.ts';
import {type KeptContent, type StoredContent, encodeContent} from '../content/content.ts';
import {type MessageReference} from '../content/message-reference.ts';
import {type ConversationId} from './conversation.ts';
import {type HistoryEntry, type OwnEntry, isMessage} from './history/history.ts';
import {type MessageName} from './message.ts';

/** An entry as its author says it. */
export function contentOf(entry: OwnEntry): StoredContent {
	const head = {id: bytesOf(entry.id), time: entry.time};
	const referenceOf = ({direction, id}: MessageName) => ({isOwn: direction === entry.direction, id: bytesOf(id)});
	if (isMessage(entry)) {
		const {text, reply, lifetime, file} = entry;
		const answered = reply && referenceOf(reply);
		return {
			kind: 'text',
			...head,
			text,
			...(answered && {reply: answered}),
			...(lifetime !== undefined && {lifetime}),
			...(file && {
				file: {name: file.name, size: file.size, root: bytesOf(file.root), device: bytesOf(file.device)},
			}),
		};
	}

	const {kind, target, value} = entry;
	return {kind, ...head, value, ...(target && {target: referenceOf(target)})};
}

/** What somebody says in a conversation, as it is written down here; `now` is server time, ms: nobody writes from the future. */
export function entryOf(conversation: ConversationId, content: KeptContent, now: number): HistoryEntry {
	const head = {
		id: content.id.toString('hex'),
		conversation,
		direction: 'in',
		state: 'delivered',
		reason: undefined,
	} as const;
	if (content.kind === 'text') {
		const {text, reply, lifetime, bytes} = content;
		return {
			...head,
			time: Math.min(content.time, now),
			text,
			...(reply && {reply: {...nameOf(reply), text: undefined}}),
			...(lifetime !== undefined && {lifetime}),
			...(bytes && {bytes}),
		};
	}

	const {time} = content;
	const later = {...head, kind: 'deferred', time: Math.min(time, now), due: time} as const;
	if (content.kind === 'opaque') {
		return {...later, number: content.number, bytes: content.bytes, target: undefined};
	}

	// Both sides compare the times of acts: they stay as they were said, and who is ahead of the time waits for it.
	const {kind, value} = content;
	const target = content.target && nameOf(content.target);
	if (time <= now + AHEAD_MS) return {...head, kind, time, target, value};
	const {number, effect} = actKind(kind);
	// The words of an edit go with what they are about.
	return {
		...later,
		number,
		bytes: encodeContent(content),
		target: effect === 'text' && value !== '' ? target : undefined,
	};
}

function nameOf({isOwn, id}: MessageReference): MessageName {
	return {direction: isOwn ? 'in' : 'out', id: id.toString('hex')};
}

function bytesOf(id: string): Buffer {
	return Buffer.from(id, 'hex');
}
