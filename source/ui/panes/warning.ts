// Rows above the composer while a contact's identity key is not the pinned one.
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
	return fitRow([span('KEY CHANGED: /verify', 'danger')], width);
}

export function warningRows(name: string, {talk: width, rows: screenRows, hasRules}: Layout): readonly ScreenRow[] {
	const peer = safeName(name);
	const room = Math.max(0, screenRows - OTHER_ROWS);
	if (room < LEAST_ROWS) return [warningLine(width)].slice(0, room);
	const words = `Nothing is sent: ${peer} has another identity key than before. That happens with a new device, and when someone is intercepting. /verify shows the number to compare with ${peer}; /trust takes the new key without comparing.`;
	const rows = [headingRow(`THE KEY OF ${peer} HAS CHANGED`, 'danger', width, hasRules), ...paragraph(words, width)];
	return firstRows(rows, width, room);
}
