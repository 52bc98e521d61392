// The rows of a conversation, each message laid out once for as long as nothing of it changes.
import {type Conversation, type Message} from '../../client/snapshot.ts';
import {dayKey} from '../text/time.ts';
import {type Row} from '../widgets/spans.ts';
import {type Setting, columnsFor, messageRows} from './message-rows.ts';
import {type RowsAt} from './scroll.ts';

type Kept = {readonly before: Message | undefined; readonly key: string; readonly rows: readonly Row[]};

export type Look = {
	readonly width: number;
	readonly self: string;
	readonly firstNew: Setting['firstNew'];
	/** The message that is marked, by id. */
	readonly selected: string | undefined;
	readonly now: number;
};

/** Keyed by message; what the snapshot drops is dropped here. */
const kept = new WeakMap<Message, Kept>();

export function conversationRows({peer, messages}: Conversation, look: Look): RowsAt {
	const setting = {...look, columns: columnsFor(look.width, look.self, peer)};
	const common = `${look.width} ${look.self} ${dayKey(look.now)}`;
	return index => {
		const message = messages[index];
		if (message === undefined) return [];
		const before = messages[index - 1];
		const isFirstNew = look.firstNew?.id === message.id;
		const isSelected = look.selected === message.id;
		const key = isFirstNew || isSelected ? `${common} ${isFirstNew && look.firstNew?.count} ${isSelected}` : common;
		const known = kept.get(message);
		if (known !== undefined && known.before === before && known.key === key) return known.rows;
		const rows = messageRows(message, before, {...setting, isSelected});
		kept.set(message, {before, key, rows});
		return rows;
	};
}
