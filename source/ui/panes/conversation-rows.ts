// The rows of a conversation. Each message is laid out once, and again only when something of it changes.
import {catalogue} from '../../catalogue/catalogue.ts';
import {
	type Contact,
	type Conversation,
	type Message,
	type Snapshot,
	otherIn,
	transferKey,
} from '../../client/snapshot.ts';
import {dayKey} from '../text/time.ts';
import {widthGeneration} from '../text/width.ts';
import {safeName} from '../text/safe.ts';
import {type ScreenRow, span} from '../widgets/spans.ts';
import {type Columns, type Setting, columnsFor, firstRow, lineAcross, messageRows} from './message-rows.ts';
import {type FirstRowAt, type RowsAt} from './scroll.ts';

type Kept = {
	readonly before: Message | undefined;
	readonly transfer: Setting['transfer'];
	readonly key: string;
	readonly rows: readonly ScreenRow[];
};

export type Look = {
	readonly width: number;
	readonly self: string;
	readonly isTall: boolean;
	readonly firstNew: Setting['firstNew'];
	/** The message that keys act on, and the one that the person went to, by id. */
	readonly selected: string | undefined;
	readonly marked: string | undefined;
	/** Of long messages those that are drawn whole, by id. */
	readonly opened: ReadonlySet<string>;
	/** Those that are drawn without markup, by id. */
	readonly raw: ReadonlySet<string>;
	readonly now: number;
	/** Of the other one: stands where it was learned. */
	readonly devices: Contact['devices'];
	/** Of files, by transferKey. */
	readonly transfers: Snapshot['transfers'];
};

/** More messages than any screen shows, with a page above and below. */
const KEPT_LIMIT = 1024;

/**
 * Keyed by message, least recently used first; at most KEPT_LIMIT. Each entry holds the message before its own as well, so nothing
 * here may live as long as its key does: one message would keep all that were ever before it.
 */
const kept = new Map<Message, Kept>();

export function conversationRows(conversation: Conversation, look: Look): RowsAt {
	const {id, messages} = conversation;
	const common = `${look.width} ${look.isTall} ${look.self} ${dayKey(look.now)} ${widthGeneration()}`;
	const columns = columnsFor(look.width, look.self, otherIn(id));
	const {devices} = look;
	const place = devices && placeOf(devices.since, conversation);
	const told =
		devices &&
		lineAcross([span(catalogue.conversation.devices(safeName(otherIn(id)), devices.count), 'muted')], columns);
	return index => {
		const message = messages[index];
		if (message === undefined) return [];
		const before = messages[index - 1];
		const isBehindLine = index === place;
		const setting = {...settingOf(message, look, columns), isBehindLine};
		const {isSelected, isMarked, isOpened, isRaw, transfer} = setting;
		const isFirstNew = look.firstNew?.id === message.id;
		const isSpecial = isFirstNew || isBehindLine || isSelected || isMarked || isOpened || isRaw;
		const special = `${isFirstNew && look.firstNew?.count} ${isBehindLine} ${isSelected} ${isMarked} ${isOpened} ${isRaw}`;
		const key = isSpecial ? `${common} ${special}` : common;
		const known = kept.get(message);
		const isAsBefore =
			known !== undefined && known.before === before && known.transfer === transfer && known.key === key;
		const rows = isAsBefore ? known.rows : messageRows(message, before, setting);
		keep(message, isAsBefore ? known : {before, transfer, key, rows});
		if (told === undefined) return rows;
		if (isBehindLine) return [told, ...rows];
		return index === messages.length - 1 && place === messages.length ? [...rows, told] : rows;
	};
}

/** The same for the first row of a page, which names its author. */
export function conversationFirstRow({id, messages}: Conversation, look: Look): FirstRowAt {
	const columns = columnsFor(look.width, look.self, otherIn(id));
	return (index, row) => {
		const message = messages[index];
		return message ? firstRow(message, row, settingOf(message, look, columns)) : row;
	};
}

/** Behind how many messages a time stands; undefined where it is before what is on show. */
function placeOf(time: number, {messages, hasOlder}: Conversation): number | undefined {
	const place = messages.findLastIndex(each => each.time <= time) + 1;
	return place === 0 && hasOlder ? undefined : place;
}

function settingOf(message: Message, look: Look, columns: Columns): Setting {
	const {id} = message;
	return {
		...look,
		columns,
		isBehindLine: false,
		isSelected: look.selected === id,
		isMarked: look.marked === id,
		isOpened: look.opened.has(id),
		isRaw: look.raw.has(id),
		transfer: message.file && look.transfers?.get(transferKey({conversation: message.conversation, message})),
	};
}

function keep(message: Message, value: Kept): void {
	kept.delete(message);
	kept.set(message, value);
	const [oldest] = kept.keys();
	if (kept.size > KEPT_LIMIT && oldest !== undefined) kept.delete(oldest);
}
