// Sorts what a device has said in a session: what is to be kept, what was delivered or refused, and what only holds for a while.
import {type Buffer} from 'node:buffer';
import {decodeContent} from '../content/content.ts';
import {type LogHeadsContent} from '../content/log-heads.ts';
import {type DeviceOutbox} from './device-outbox.ts';
import {type Stored} from './stored.ts';
import {type Typing} from './typing-signal.ts';

export type ReceivedContent = {
	/** To be written down. */
	readonly stored: readonly Stored[];
	/** Ids of own messages that are on the device's disk. */
	readonly delivered: readonly string[];
	/** Ids in receipts for what this device has not said: another one of the account may have. */
	readonly elsewhere: readonly string[];
	/** Ids of own messages that it cannot read. */
	readonly refused: readonly string[];
	/** Why the person there is away, '' when they are not; undefined when nothing was said of that. */
	readonly away: string | undefined;
	/** What is known there of both device logs; undefined when nothing was said of that. */
	readonly heads: LogHeadsContent | undefined;
};

/** `now` is of the elapsed clock. */
export function sortReceived(
	messages: readonly Buffer[],
	outgoing: DeviceOutbox,
	typing: Typing,
	now: number,
): ReceivedContent {
	const stored: Stored[] = [];
	const delivered: string[] = [];
	const elsewhere: string[] = [];
	const refused: string[] = [];
	let away: string | undefined;
	let heads: LogHeadsContent | undefined;
	const acknowledge = (ids: readonly Buffer[]) => {
		const known = new Set(outgoing.delivered(ids, now));
		delivered.push(...known);
		elsewhere.push(...ids.map(id => id.toString('hex')).filter(id => !known.has(id)));
	};

	for (const bytes of messages) {
		const content = decodeContent(bytes);
		if (content === undefined) outgoing.refuse(bytes);
		else if (content.kind === 'typing') typing.hear(content.isTyping);
		else if (content.kind === 'away') away = content.text;
		else if (content.kind === 'log-heads') heads = content;
		else if (content.kind === 'receipt') acknowledge(content.ids);
		else if (content.kind === 'refusal') refused.push(...outgoing.refused(content.digests));
		else if (content.kind !== 'passed') stored.push({content, size: bytes.length});
		if (content?.kind === 'text') typing.hear(false);
	}

	return {stored, delivered, elsewhere, refused, away, heads};
}
