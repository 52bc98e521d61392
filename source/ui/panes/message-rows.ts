// One message as rows: the day line and the new-messages line before it, time and author where they change, its text, and
// what became of it.
import {type FailureReason, type Message, type MessageState, authorOf} from '../../client/snapshot.ts';
import {quoteRow, remarks} from './about-message.ts';
import {safeName, safeText} from '../text/safe.ts';
import {linkedRows} from '../text/linked.ts';
import {type LinkSegment} from '../text/links.ts';
import {clockText, dayKey, dayText} from '../text/time.ts';
import {truncate, widthOf} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {type ThemeRole} from '../theme.ts';
import {type ScreenRow, type Span, emptyRow, fitRow, pinned, rule, span} from '../widgets/spans.ts';

/** A run of one author's messages is broken by a pause, ms. */
const RUN_MS = 5 * 60_000;
/** Cells. */
const TIME = 5;
/** A time as the margin has it. */
const CLOCK = /\d\d:\d\d/;
const NAME_LIMIT = 12;
const GLYPH = 2;
const GAP = 2;

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
const DELETED = 'deleted by its sender';

const STATE_ROLES: Readonly<Record<MessageState, ThemeRole>> = {
	queued: 'muted',
	sent: 'muted',
	delivered: 'good',
	read: 'good',
	failed: 'danger',
};

const REASONS: Readonly<Record<FailureReason, string>> = {
	'identity-changed': 'the identity key has changed: /verify or /trust, then /retry',
	blocked: 'blocked: /block to undo, then /retry',
	cancelled: 'taken back: /retry sends it',
	refused: 'their simchat cannot read it',
};

/** How a conversation is laid out in `width` cells. */
export type Columns = {
	readonly width: number;
	/** 0 where there is no room. */
	readonly time: number;
	readonly name: number;
	readonly text: number;
	readonly state: number;
};

export type Setting = {
	readonly columns: Columns;
	readonly self: string;
	/** The first message that was new when the conversation was opened, and how many there were. */
	readonly firstNew: {readonly id: string; readonly count: number} | undefined;
	/** Keys act on it: all of it is drawn inverse. */
	readonly isSelected: boolean;
	/** It was gone to. */
	readonly isMarked: boolean;
	/** All of it is drawn, however long it is. */
	readonly isOpened: boolean;
	/** Ms. */
	readonly now: number;
};

export function columnsFor(width: number, self: string, other: string): Columns {
	const names = Math.min(NAME_LIMIT, Math.max(self.length, other.length));
	const isNarrow = width < 48;
	const time = isNarrow ? 0 : TIME;
	const name = isNarrow ? 1 : names;
	const state = width < 12 ? 0 : GLYPH;
	const gaps = (time > 0 ? 2 : 0) + 2 + (state > 0 ? 1 : 0);
	return {width, time, name, state, text: Math.max(1, width - time - name - state - gaps)};
}

/** All rows of `message`, `before` being the one in front of it. Each has the full width. */
export function messageRows(message: Message, before: Message | undefined, setting: Setting): ScreenRow[] {
	const {columns, firstNew, now} = setting;
	const rows: ScreenRow[] = [];
	const own: ScreenRow[] = [];
	const isNewDay = before === undefined || dayKey(before.time) !== dayKey(message.time);
	if (isNewDay) rows.push(rule(dayText(message.time, now), columns.width, 'muted'));
	const isFirstNew = firstNew?.id === message.id;
	if (isFirstNew) rows.push(rule(`${firstNew.count} new`, columns.width, 'unread'));
	const startsRun = isNewDay || isFirstNew || !isOneRun(before, message);
	const text = foldedLines(textLines(message, setting), setting);
	const lines = [quoteRow(message, setting.self, columns.text), ...text, remarks(message)];
	const shown = lines.filter((line, index) => line.length > 0 || (index > 0 && index < lines.length - 1));
	for (const [index, line] of shown.entries()) {
		const head =
			index === 0
				? margin(message, before, startsRun, setting)
				: [span(' '.repeat(marginWidth(columns) - GAP)), gap(setting)];
		const tail = index === shown.length - 1 ? stateOf(message, columns) : emptyRow;
		own.push(pinned([...head, ...line], tail, columns.width));
	}

	if (message.state === 'failed' && message.reason !== undefined) {
		const indent = span(' '.repeat(marginWidth(columns)));
		own.push(
			...wrap(REASONS[message.reason], columns.text).map(line => fitRow([indent, span(line, 'danger')], columns.width)),
		);
	}

	return [...rows, ...(setting.isSelected ? own.map(row => inverse(row)) : own)];
}

/**
 * A row of `message` as the first of a page: with its author, whose name may stand further up. A day, a line of new messages
 * and a name that is there stay as they are.
 */
export function firstRow(message: Message, row: ScreenRow, setting: Setting): ScreenRow {
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
function textLines(message: Message, {columns, self}: Pick<Setting, 'columns' | 'self'>): ScreenRow[] {
	if (message.deleted === true) return [[span(truncate(DELETED, columns.text), 'muted')]];
	const isAction = message.text.startsWith(ACTION);
	const author = safeName(authorOf(message, self));
	const text = isAction ? `* ${author} ${message.text.slice(ACTION.length)}` : message.text;
	return linkedRows(safeText(text, {newlines: true}), columns.text).map(line => line.map(spanOf));
}

/** Whether there is more of a message than is drawn before it is opened. */
export function isLong(message: Message, setting: Pick<Setting, 'columns' | 'self'>): boolean {
	return textLines(message, setting).length > FOLDED_ROWS;
}

/** In place of the end of a long text stands how much of it there is. */
function foldedLines(lines: readonly ScreenRow[], {isOpened, isSelected}: Setting): readonly ScreenRow[] {
	if (isOpened || lines.length <= FOLDED_ROWS) return lines;
	const shown = lines.slice(0, FOLDED_ROWS - 1);
	const how = isSelected ? ': Enter opens' : '';
	return [...shown, [span(`▸ ${lines.length - shown.length} more lines${how}`, 'muted')]];
}

function isOneRun(before: Message, message: Message): boolean {
	return before.direction === message.direction && Math.abs(message.time - before.time) < RUN_MS;
}

function spanOf({text, url}: LinkSegment): Span {
	return url === undefined ? span(text) : {...span(text, 'link'), url};
}

/** What stands between the names and the text. */
function gap({isSelected, isMarked}: Setting): Span {
	return isSelected || isMarked ? span('▌ ', 'title') : span(' '.repeat(GAP));
}

function marginWidth({time, name}: Columns): number {
	return (time > 0 ? time + 2 : 0) + name + GAP;
}

function margin(message: Message, before: Message | undefined, startsRun: boolean, setting: Setting): ScreenRow {
	const {columns, self} = setting;
	const isOwn = message.direction === 'out';
	const parts: Span[] = [];
	if (columns.time > 0) {
		const time = clockText(message.time);
		const isSame = !startsRun && before !== undefined && clockText(before.time) === time;
		parts.push(span(isSame ? ' '.repeat(TIME) : time, 'muted'), span('  '));
	}

	const name = columns.name === 1 ? (isOwn ? '›' : '‹') : truncate(safeName(authorOf(message, self)), columns.name);
	const shown = startsRun ? name : '';
	parts.push(span(' '.repeat(columns.name - widthOf(shown))), span(shown, isOwn ? 'self' : 'peer'), gap(setting));
	return parts;
}

function stateOf({direction, state}: Message, columns: Columns): ScreenRow {
	if (direction === 'in' || columns.state === 0) return emptyRow;
	const glyph = GLYPHS[state];
	return [span(glyph, STATE_ROLES[state]), span(' '.repeat(Math.max(0, GLYPH - widthOf(glyph))))];
}
