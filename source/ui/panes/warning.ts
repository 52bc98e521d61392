// What stands above the command line while a contact's identity key is not the one that was pinned.
import {safeName} from '../text/safe.ts';
import {type Layout} from './layout.ts';
import {type ScreenRow, fitRow, paragraph, span} from '../widgets/spans.ts';

/** Rows that are left to the rest of the screen. */
const OTHER_ROWS = 4;
/** Fewer say less than a line that is made for it. */
const LEAST_ROWS = 3;

/** For a screen that has no room for more. */
export function warningLine(width: number): ScreenRow {
	return fitRow([span('KEY CHANGED: /verify', 'danger')], width);
}

export function warningRows(name: string, {talk: width, rows: screenRows}: Layout): ScreenRow[] {
	const peer = safeName(name);
	const room = Math.max(0, screenRows - OTHER_ROWS);
	if (room < LEAST_ROWS) return [warningLine(width)].slice(0, room);
	const words = `Nothing is sent: ${peer} has another identity key than before. A new device does that, and so does somebody who stands between you. /verify shows the number to compare with ${peer}; /trust takes the new key without comparing.`;
	const rows = [fitRow([span(` THE KEY OF ${peer} HAS CHANGED`, 'danger')], width), ...paragraph(words, width)];
	return rows.slice(0, room);
}
