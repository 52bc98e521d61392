// An entry as another device of the account is told of it, and back: its content is of whoever said it.
import {type Buffer} from 'node:buffer';
import {decodeContent} from '../../content/content.ts';
import {type KeptContent} from '../../content/content.ts';
import {entryOf} from '../contents.ts';
import {type ConversationId} from '../conversation.ts';
import {type HistoryEntry} from '../history/history.ts';
import {type RowItem} from '../../wire/messages/replication-items.ts';
import {momentOf} from './places.ts';

/** What a row may hold; undefined for anything else, as what nobody keeps is. */
export function rowContent(content: Buffer): KeptContent | undefined {
	const decoded = decodeContent(content);
	return decoded !== undefined && 'id' in decoded ? decoded : undefined;
}

/**
 * The id in a content that is kept, without a look at the rest of it: [number, id, …]. Undefined where there is none. For most rows that come
 * twice, it is all that is read.
 */
export function idIn(content: Buffer): Buffer | undefined {
	const [array = 0, number = 0] = content;
	// An array of up to 23 items, a number of up to 4 bytes, and 16 bytes.
	const size = number < 24 ? 0 : 2 ** (number - 24);
	if (array >> 5 !== 4 || (array & 31) > 23 || number > 26 || content[2 + size] !== 0x50) return undefined;
	const id = content.subarray(3 + size, 19 + size);
	return id.length === 16 ? id : undefined;
}

/**
 * As it is written down here; `now` is server time, ms. What came in is no later than when the first of our devices had it, and may be ahead of
 * its time; what is our own was done when it was said.
 */
export function entryOfRow(item: RowItem, content: KeptContent, now: number): HistoryEntry {
	const conversation = item.conversation as ConversationId;
	if (item.direction === 'in') {
		const moment = content.kind === 'text' ? (momentOf(item.place) ?? now) : now;
		return entryOf(conversation, content, Math.min(moment, now));
	}

	return ownEntryOf(conversation, content);
}

/** What was said by another device of our own account: as it is here, as if it had been written here. */
export function ownEntryOf(conversation: ConversationId, content: KeptContent): HistoryEntry {
	const entry = entryOf(conversation, content, Number.MAX_SAFE_INTEGER);
	const own = turned(entry);
	if ('target' in own && own.target !== undefined) return {...own, target: turned(own.target)};
	if ('reply' in own && own.reply !== undefined) return {...own, reply: turned(own.reply)};
	return own;
}

function turned<Name extends {direction: 'in' | 'out'}>(name: Name): Name {
	return {...name, direction: name.direction === 'in' ? 'out' : 'in'};
}
