// Rows above the composer until the person accepts or blocks a stranger who wrote first.
import {catalogue} from '../../catalogue/catalogue.ts';
import {safeName} from '../text/safe.ts';
import {type ScreenRow, firstRows, fitRow, paragraph, span} from '../widgets/spans.ts';
import {headingRow} from './box.ts';
import {type Layout} from './layout.ts';

/** Rows for the rest of the screen. */
const OTHER_ROWS = 4;
const LEAST_ROWS = 3;

/** On a screen without room for more. */
export function requestLine(width: number): ScreenRow {
	return fitRow([span(catalogue.decisions.strangerLine, 'warning')], width);
}

export function requestRows(name: string, {talk: width, rows: screenRows, hasRules}: Layout): readonly ScreenRow[] {
	const peer = safeName(name);
	const room = Math.max(0, screenRows - OTHER_ROWS);
	if (room < LEAST_ROWS) return [requestLine(width)].slice(0, room);
	const {strangerHeading, stranger} = catalogue.decisions;
	const rows = [headingRow(strangerHeading(peer), 'warning', width, hasRules), ...paragraph(stranger, width)];
	return firstRows(rows, width, room);
}
