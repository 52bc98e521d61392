// One message as rows: what parts it from the one before, time and author where they change, its text, and behind that what became of it.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Message, type MessageState, type Transfer, authorOf} from '../../client/snapshot.ts';
import {offerRows} from './offer-rows.ts';
import {hasFile} from './offer-state.ts';
import {quoteRow, remarks, withNotes} from './about-message.ts';
import {safeName, safeText} from '../text/safe.ts';
import {type TextPiece, linkedRows} from '../text/linked.ts';
import {LOOKS} from '../text/markup.ts';
import {clockText, dayKey, dayText} from '../text/time.ts';
import {truncate, widthOf} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {type ThemeRole} from '../theme.ts';
import {type ScreenRow, type Span, emptyRow, fitRow, rowWidth, span} from '../widgets/spans.ts';

/** A run of one author's messages is broken by a pause, ms. */
const RUN_MS = 5 * 60_000;
/** Cells. */
const TIME = 5;
/** A time as the margin has it. */
const CLOCK = /\d\d:\d\d/;
const NAME_LIMIT = 12;
const GLYPH = 2;
const GAP = 2;
/** Stays free at the right: a mark in the last column has all of its row drawn anew (terminal/row-writer.ts). */
const FREE = 1;
/** Longer lines are hard to read. */
const TEXT_LIMIT = 100;
/** In fewer cells the time stands behind the text; there is no time, and a sign in place of names; and there are no states. */
const WIDE = 72;
const NARROW = 48;
const STATES = 12;

/** Told apart without colours, too. */
export const GLYPHS: Readonly<Record<MessageState, string>> = {
	queued: '◷',
	sent: '✓',
	delivered: '✓✓',
	read: '✓R',
	failed: '!',
};

/** Rows that the text of a message has at most, unless the person has opened it. */
const FOLDED_ROWS = 12;

const ACTION = '/me ';

const STATE_ROLES: Readonly<Record<MessageState, ThemeRole>> = {
	queued: 'muted',
	sent: 'muted',
	delivered: 'good',
	read: 'good',
	failed: 'danger',
};

/** How a conversation is laid out in `width` cells. */
export type Columns = {
	readonly width: number;
	/** Of the time in the margin; 0 where there is no room for it. */
	readonly time: number;
	readonly name: number;
	readonly text: number;
	/** Where states end; beyond it stand only lines that are not broken. */
	readonly edge: number;
	/** Whether the time stands beside the state, and whether there are states. */
	readonly hasLateTime: boolean;
	readonly hasStates: boolean;
};

export type Setting = {
	readonly columns: Columns;
	readonly self: string;
	/** Whether there is room for blank rows between authors. */
	readonly isTall: boolean;
	/** The first message that was new when the conversation was opened, and how many there were. */
	readonly firstNew: {readonly id: string; readonly count: number} | undefined;
	/** A line stands above it that breaks the run of its author. */
	readonly isBehindLine: boolean;
	/** Keys act on it: all of it is drawn inverse. */
	readonly isSelected: boolean;
	/** It was gone to. */
	readonly isMarked: boolean;
	/** All of it is drawn, however long it is. */
	readonly isOpened: boolean;
	/** It is drawn without markup. */
	readonly isRaw: boolean;
	/** Of the file that it offers, on this device. */
	readonly transfer?: Transfer | undefined;
	/** Ms. */
	readonly now: number;
};

type TextSetting = Pick<Setting, 'columns' | 'self' | 'isRaw'>;

export function columnsFor(width: number, self: string, other: string): Columns {
	const isNarrow = width < NARROW;
	const time = width < WIDE ? 0 : TIME;
	const name = isNarrow ? 1 : Math.min(NAME_LIMIT, Math.max(self.length, other.length));
	const left = marginWidth({time, name});
	const text = Math.max(1, Math.min(TEXT_LIMIT, width - left - FREE));
	const edge = Math.min(width, left + text + GLYPH + 1);
	return {width, time, name, text, edge, hasLateTime: time === 0 && !isNarrow, hasStates: width >= STATES};
}

/** All rows of `message`, `before` being the one in front of it. Each has the full width, but for a blank one that is empty. */
export function messageRows(message: Message, before: Message | undefined, setting: Setting): ScreenRow[] {
	const {columns, self, firstNew} = setting;
	const isNewDay = before === undefined || dayKey(before.time) !== dayKey(message.time);
	const isFirstNew = firstNew?.id === message.id;
	const startsRun = isNewDay || isFirstNew || setting.isBehindLine || !isOneRun(before, message);
	const {transfer, isSelected} = setting;
	const text = hasFile(message)
		? offerRows(message, {width: columns.text, transfer, isSelected})
		: foldedLines(textLines(message, setting), setting);
	const quote = message.reply === undefined ? [] : [quoteRow(message, self, columns.text)];
	const closing = closingRows(text.at(-1) ?? emptyRow, message, before, startsRun, setting);
	const own = [...quote, ...text.slice(0, -1), ...closing].map((line, index) => {
		const head =
			index === 0
				? margin(message, before, startsRun, setting)
				: [span(' '.repeat(marginWidth(columns) - GAP)), gap(setting)];
		return fitRow([...head, ...line], columns.width);
	});
	const above = parting(message, before, {isNewDay, isFirstNew}, setting);
	return [...above, ...(isSelected ? own.map(row => inverse(row)) : own)];
}

/** What stands above a message: a line that says the day and what is new, or a blank row where another speaks. */
function parting(
	message: Message,
	before: Message | undefined,
	{isNewDay, isFirstNew}: {readonly isNewDay: boolean; readonly isFirstNew: boolean},
	{columns, firstNew, isTall, now}: Setting,
): ScreenRow[] {
	const isPart = isNewDay || isFirstNew;
	const space = isTall && before !== undefined && (isPart || before.direction !== message.direction) ? [emptyRow] : [];
	if (!isPart) return space;
	const labels = [
		...(isNewDay ? [span(dayText(message.time, now), 'muted')] : []),
		...(isNewDay && isFirstNew ? [span(' · ', 'muted')] : []),
		...(isFirstNew ? [span(catalogue.conversation.newMessages(firstNew?.count ?? 0), 'unread')] : []),
	];
	return [...space, lineAcross(labels, columns)];
}

/** A line that says something between messages. */
export function lineAcross(labels: ScreenRow, columns: Columns): ScreenRow {
	const left = [span('─'.repeat(marginWidth(columns) - 1), 'rule'), span(' '), ...labels, span(' ')] as const;
	const rest = Math.max(0, columns.edge - rowWidth(left));
	return fitRow([...left, span('─'.repeat(rest), 'rule')], columns.width);
}

/** The last row of the text, with what is to be said of the message behind it and, where it has no room there, below. */
function closingRows(
	line: ScreenRow,
	message: Message,
	before: Message | undefined,
	startsRun: boolean,
	{columns}: Setting,
): ScreenRow[] {
	const {edge, hasLateTime} = columns;
	const width = edge - marginWidth(columns);
	const why =
		message.state === 'failed' && message.reason !== undefined
			? wrap(catalogue.conversation.failed[message.reason], columns.text)
			: [];
	const notes = [...remarks(message), ...why.map(words => span(words, 'danger'))];
	const state = stateOf(message, columns);
	const rows = withNotes(line, notes, state, width);
	if (!hasLateTime || isSameMinute(message, before, startsRun)) return rows;
	const clock = span(clockText(message.time), 'muted');
	// Times stand one under the other, unless that alone would take a row.
	const ends = state.length > 0 ? [[clock, span(' '), ...state]] : [[clock, span(' '.repeat(GLYPH + 1))], [clock]];
	const timed = ends.map(end => withNotes(line, notes, end, width));
	const fits = timed.find(({length}) => length === rows.length);
	// A run says when it began; within it the time takes no row of its own.
	return fits ?? (startsRun ? timed[0] : undefined) ?? rows;
}

/**
 * A row of `message` as the first of a page: with its author, whose name may stand further up. A day, a line of new messages
 * and a name that is there stay as they are.
 */
export function firstRow(message: Message, row: ScreenRow, setting: Setting): ScreenRow {
	if (row.length === 0) return row;
	const name = margin(message, undefined, true, setting).slice(0, -1);
	const width = marginWidth(setting.columns) - GAP;
	const [start, rest] = splitRow(row, width);
	const isNamed = start.some(({text, role}) => role === 'rule' || /\S/.test(text.replace(CLOCK, '')));
	if (isNamed) return row;
	return [...(setting.isSelected ? inverse(name) : name), ...rest];
}

/** The first `width` cells of a row that begins with spaces or narrow letters, and the rest. */
function splitRow(row: ScreenRow, width: number): readonly [start: ScreenRow, rest: ScreenRow] {
	const start: Span[] = [];
	const rest: Span[] = [];
	let left = width;
	for (const part of row) {
		const cut = Math.min(left, part.text.length);
		if (cut > 0) start.push({...part, text: part.text.slice(0, cut)});
		if (cut < part.text.length) rest.push({...part, text: part.text.slice(cut)});
		left -= cut;
	}

	return [start, rest];
}

function inverse(row: ScreenRow): ScreenRow {
	return row.map(part => ({...part, role: 'selected' as const}));
}

/** The text itself; what somebody does is told as others tell of them. */
function textLines(message: Message, {columns, self, isRaw}: TextSetting): ScreenRow[] {
	if (message.deleted === true) return [[span(truncate(catalogue.conversation.deleted, columns.text), 'muted')]];
	const isAction = message.text.startsWith(ACTION);
	const author = safeName(authorOf(message, self));
	const text = isAction ? `* ${author} ${message.text.slice(ACTION.length)}` : message.text;
	const room = Math.max(1, columns.width - marginWidth(columns) - FREE);
	return linkedRows(safeText(text, {newlines: true}), columns.text, isRaw).map(pieces => {
		const line = pieces.map(spanOf);
		return rowWidth(line) > room ? fitRow(line, room) : line;
	});
}

/** Whether there is more of a message than is drawn before it is opened. */
export function isLong(message: Message, setting: TextSetting): boolean {
	return !hasFile(message) && textLines(message, setting).length > FOLDED_ROWS;
}

/** In place of the end of a long text stands how much of it there is. */
function foldedLines(lines: readonly ScreenRow[], {isOpened, isSelected}: Setting): readonly ScreenRow[] {
	if (isOpened || lines.length <= FOLDED_ROWS) return lines;
	const shown = lines.slice(0, FOLDED_ROWS - 1);
	const {moreLines, moreLinesEnter} = catalogue.conversation;
	const words = (isSelected ? moreLinesEnter : moreLines)(lines.length - shown.length);
	return [...shown, [span(`▸ ${words}`, 'muted')]];
}

function isOneRun(before: Message, message: Message): boolean {
	return before.direction === message.direction && Math.abs(message.time - before.time) < RUN_MS;
}

function spanOf({text, url, look = 0}: TextPiece): Span {
	const isSign = (look & LOOKS.mark) > 0;
	const isMuted = isSign || (look & LOOKS.quote) > 0;
	const role = url !== undefined ? 'link' : isMuted ? 'muted' : (look & LOOKS.code) > 0 ? 'code' : undefined;
	return {
		...span(text, role),
		...(url !== undefined && {url}),
		...(!isSign && (look & LOOKS.bold) > 0 && {isBold: true}),
		...(!isSign && (look & LOOKS.italic) > 0 && {isItalic: true}),
	};
}

/** What stands between the names and the text. */
function gap({isSelected, isMarked}: Setting): Span {
	return isSelected || isMarked ? span('▌ ', 'title') : span(' '.repeat(GAP));
}

function isSameMinute(message: Message, before: Message | undefined, startsRun: boolean): boolean {
	return !startsRun && before !== undefined && clockText(before.time) === clockText(message.time);
}

function marginWidth({time, name}: Pick<Columns, 'time' | 'name'>): number {
	return (time > 0 ? time + 2 : 0) + name + GAP;
}

function margin(message: Message, before: Message | undefined, startsRun: boolean, setting: Setting): ScreenRow {
	const {columns, self} = setting;
	const isOwn = message.direction === 'out';
	const parts: Span[] = [];
	if (columns.time > 0) {
		const time = isSameMinute(message, before, startsRun) ? ' '.repeat(TIME) : clockText(message.time);
		parts.push(span(time, 'muted'), span('  '));
	}

	const name = columns.name === 1 ? (isOwn ? '›' : '‹') : truncate(safeName(authorOf(message, self)), columns.name);
	const shown = startsRun ? name : '';
	parts.push(span(' '.repeat(columns.name - widthOf(shown))), span(shown, isOwn ? 'self' : 'peer'), gap(setting));
	return parts;
}

function stateOf({direction, state}: Message, columns: Columns): ScreenRow {
	if (direction === 'in' || !columns.hasStates) return emptyRow;
	const glyph = GLYPHS[state];
	return [span(glyph, STATE_ROLES[state]), span(' '.repeat(Math.max(0, GLYPH - widthOf(glyph))))];
}
