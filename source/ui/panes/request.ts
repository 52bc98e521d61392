// What stands above the command line while a stranger who wrote first is neither accepted nor turned away.
import {safeName} from '../text/safe.ts';
import {type ScreenRow, fitRow, paragraph, span} from '../widgets/spans.ts';
import {type Layout} from './layout.ts';

/** Rows that are left to the rest of the screen. */
const OTHER_ROWS = 4;
const LEAST_ROWS = 3;

/** For a screen that has no room for more. */
export function requestLine(width: number): ScreenRow {
	return fitRow([span('STRANGER: /accept or /block', 'warning')], width);
}

export function requestRows(name: string, {talk: width, rows: screenRows}: Layout): ScreenRow[] {
	const peer = safeName(name);
	const room = Math.max(0, screenRows - OTHER_ROWS);
	if (room < LEAST_ROWS) return [requestLine(width)].slice(0, room);
	const words = `${peer} is not in your list, and learns nothing from you until you decide: /accept to talk, /block to hear no more, /remove to forget them.`;
	return [fitRow([span(` ${peer} WANTS TO TALK`, 'warning')], width), ...paragraph(words, width)].slice(0, room);
}
