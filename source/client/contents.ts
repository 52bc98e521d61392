// What is written down here, as it is said to a peer, and back: "own" on the wire is of whoever says it.
import {Buffer} from 'node:buffer';
import {
	AHEAD_MS,
	CONTENT_KIND,
	type KeptContent,
	type MessageReference,
	type StoredContent,
	encodeContent,
} from '../wire/messages/content.ts';
import {type Act, type HistoryEntry, type OwnEntry, isMessage} from './history/history.ts';
import {type MessageName} from './snapshot.ts';

/** An entry of ours as content for the peer. */
export function contentOf(entry: OwnEntry): StoredContent {
	const head = {id: bytesOf(entry.id), time: entry.time};
	if (isMessage(entry)) {
		const {text, reply, lifetime} = entry;
		const answered = reply && {isOwn: reply.direction === 'out', id: bytesOf(reply.id)};
		return {kind: 'text', ...head, text, ...(answered && {reply: answered}), ...(lifetime !== undefined && {lifetime})};
	}

	const {kind, target, value} = entry;
	if (kind === 'timer') return {kind, ...head, seconds: Number(value)};
	if (target === undefined) throw new TypeError(`${kind} is about a message`);
	const id = bytesOf(target.id);
	if (kind === 'edit') return {kind, ...head, target: id, text: value};
	if (kind === 'reaction') return {kind, ...head, target: {isOwn: target.direction === 'out', id}, emoji: value};
	return {kind, ...head, target: id};
}

/** What a peer says, as it is written down here; `now` is server time, ms: nobody writes from the future. */
export function entryOf(peer: string, content: KeptContent, now: number): HistoryEntry {
	const head = {id: content.id.toString('hex'), peer, direction: 'in', state: 'delivered', reason: undefined} as const;
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
	const aim = aimOf(content);
	if (time <= now + AHEAD_MS) return {...head, kind: content.kind, time, ...aim};
	const target = content.kind === 'edit' ? aim.target : undefined;
	return {...later, number: CONTENT_KIND[content.kind], bytes: encodeContent(content), target};
}

function aimOf(content: Exclude<StoredContent, {kind: 'text'}>): Pick<Act, 'target' | 'value'> {
	switch (content.kind) {
		case 'edit':
			return {target: {direction: 'in', id: content.target.toString('hex')}, value: content.text};
		case 'delete':
			return {target: {direction: 'in', id: content.target.toString('hex')}, value: ''};
		case 'reaction':
			return {target: nameOf(content.target), value: content.emoji};
		case 'read':
			return {target: {direction: 'out', id: content.target.toString('hex')}, value: ''};
		default:
			return {target: undefined, value: String(content.seconds)};
	}
}

function nameOf({isOwn, id}: MessageReference): MessageName {
	return {direction: isOwn ? 'in' : 'out', id: id.toString('hex')};
}

function bytesOf(id: string): Buffer {
	return Buffer.from(id, 'hex');
}
