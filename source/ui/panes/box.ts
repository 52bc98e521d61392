// Lines around things: a box with a title in its upper edge and keys in its lower one, and a rule that meets the line beside the list.
import {truncate, widthOf} from '../text/width.ts';
import {type ThemeRole} from '../theme.ts';
import {type ScreenRow, fitRow, span} from '../widgets/spans.ts';

/** Cells of both sides of a box, and rows of both edges. */
export const BOX_SIDES = 4;
export const BOX_EDGES = 2;

/** An edge shows its words only where so many cells of them have room. */
const LEAST_WORDS = 4;

/** `rows` of `width - BOX_SIDES` cells in a box of `width`. The title and the keys are cut where there is no room. */
export function boxed(
	rows: readonly ScreenRow[],
	{title, hint}: {readonly title: string; readonly hint: string},
	width: number,
): ScreenRow[] {
	const {left, right} = boxSides;
	return [
		edge({corners: ['╭', '╮'], words: span(title, 'title')}, width),
		...rows.map(row => [left, ...fitRow(row, width - BOX_SIDES), right]),
		edge({corners: ['╰', '╯'], words: span(hint, 'muted')}, width),
	];
}

/** What stands before and behind each row in a box. */
export const boxSides = {left: span('│ ', 'rule'), right: span(' │', 'rule')} as const;

function edge(
	{corners: [first, last], words}: {readonly corners: readonly [string, string]; readonly words: ScreenRow[number]},
	width: number,
): ScreenRow {
	const room = width - 6;
	const text = words.text === '' || room < LEAST_WORDS ? '' : truncate(words.text, room);
	if (text === '') return [span(`${first}${'─'.repeat(Math.max(0, width - 2))}${last}`, 'rule')];
	const rest = '─'.repeat(Math.max(0, width - 5 - widthOf(text)));
	return [span(`${first}─ `, 'rule'), {...words, text}, span(` ${rest}${last}`, 'rule')];
}

/** What must be decided, above its words: in a line across where there is none above it already. */
export function headingRow(words: string, role: ThemeRole, width: number, hasRules: boolean): ScreenRow {
	if (hasRules) return fitRow([span(words, role)], width);
	return fitRow([span('── ', 'rule'), span(words, role), span(` ${'─'.repeat(width)}`, 'rule')], width, '');
}

/** A quiet line across `width` cells. */
export function quietRule(width: number): ScreenRow {
	return [span('─'.repeat(width), 'rule')];
}
