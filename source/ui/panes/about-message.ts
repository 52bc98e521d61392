// What stands with a message besides its text: what it answers, what was said of it, and how long it stays.
import {catalogue} from '../../catalogue/catalogue.ts';
import {type Message, authorOf} from '../../client/snapshot.ts';
import {safeName, safeText} from '../text/safe.ts';
import {truncate, widthOf} from '../text/width.ts';
import {type ScreenRow, type Span, emptyRow, fitRow, rowWidth, span} from '../widgets/spans.ts';

const UNITS = [
	[604_800, 'weeks'],
	[86_400, 'days'],
	[3600, 'hours'],
	[60, 'minutes'],
	[1, 'seconds'],
] as const;

/** `90` → `90 s`, `3600` → `1 h`: whole units, the largest that fit. */
export function durationText(seconds: number): string {
	const [size, unit] = UNITS.find(([each]) => seconds % each === 0 && seconds >= each) ?? UNITS[4];
	return catalogue.time[unit](Math.round(seconds / size));
}

/** One line of the message that is answered, in `width` cells. */
export function quoteRow({reply, conversation}: Message, self: string, width: number): ScreenRow {
	if (reply === undefined) return [];
	const author = safeName(authorOf({conversation, direction: reply.direction}, self));
	const words = reply.text === undefined ? catalogue.conversation.notHere : oneLine(reply.text);
	return fitRow([span(`▏ ${truncate(`${author}: ${words}`, Math.max(1, width - 2))}`, 'muted')], width);
}

/** As much of a text as a line takes; harmless. */
export function oneLine(text: string): string {
	return safeText(text.slice(0, 400), {newlines: false});
}

/** Reactions, the same of both counted together; then whether it was edited, and for how long it stays. */
export function remarks({reactions = [], edited, lifetime, deleted}: Message): readonly Span[] {
	const counts = new Map<string, {count: number; isOwn: boolean}>();
	for (const {emoji, direction} of reactions) {
		const known = counts.get(emoji) ?? {count: 0, isOwn: false};
		counts.set(emoji, {count: known.count + 1, isOwn: known.isOwn || direction === 'out'});
	}

	const said = [...counts].map(([emoji, {count, isOwn}]) =>
		span(`${oneLine(emoji)}${count > 1 ? ` ${count}` : ''}`, isOwn ? 'self' : 'plain'),
	);
	const notes = [
		edited === undefined || deleted === true ? '' : catalogue.conversation.edited,
		lifetime === undefined ? '' : `◔ ${durationText(lifetime)}`,
	].filter(Boolean);
	return [...said, ...notes.map(note => span(note, 'muted'))];
}

/** Cells between a text and what stands behind it. */
const SPACE = 2;

/**
 * `row` with `notes` behind it and `right` at the end of `width` cells, over as many rows as that takes: what has no room goes to the next one.
 * Between the two, or at the end, a cell stays free.
 */
export function withNotes(row: ScreenRow, notes: readonly Span[], right: ScreenRow, width: number): ScreenRow[] {
	const rightWidth = rowWidth(right);
	const room = width - rightWidth - 1;
	const rows: ScreenRow[] = [];
	let line = row;
	let used = rowWidth(row);
	for (const note of notes) {
		const cells = widthOf(note.text);
		if (used > 0 && used + SPACE + cells > room) {
			rows.push(line);
			[line, used] = [emptyRow, 0];
		}

		line = used === 0 ? [note] : [...line, span(' '.repeat(SPACE)), note];
		used += (used === 0 ? 0 : SPACE) + cells;
	}

	if (rightWidth === 0) return [...rows, line];
	if (used <= room) return [...rows, [...line, span(' '.repeat(width - rightWidth - used)), ...right]];
	return [...rows, line, [span(' '.repeat(Math.max(0, width - rightWidth))), ...right]];
}
