// Rows above the composer while a contact's identity key is not the pinned one.
import {catalogue} from '../../catalogue/catalogue.ts';
import {safeName} from '../text/safe.ts';
import {headingRow} from './box.ts';
import {type Layout} from './layout.ts';
import {type ScreenRow, firstRows, fitRow, paragraph, span} from '../widgets/spans.ts';

/** Rows for the rest of the screen. */
const OTHER_ROWS = 4;
/** With fewer rows, `warningLine` says more. */
const LEAST_ROWS = 3;

/** On a screen without room for more. */
export function warningLine(width: number): ScreenRow {
	return fitRow([span(catalogue.decisions.keyLine, 'danger')], width);
}

export function warningRows(name: string, {talk: width, rows: screenRows, hasRules}: Layout): readonly ScreenRow[] {
	const peer = safeName(name);
	const room = Math.max(0, screenRows - OTHER_ROWS);
	if (room < LEAST_ROWS) return [warningLine(width)].slice(0, room);
	const {keyHeading, key} = catalogue.decisions;
	const rows = [headingRow(keyHeading(peer), 'danger', width, hasRules), ...paragraph(key(peer), width)];
	return firstRows(rows, width, room);
}
