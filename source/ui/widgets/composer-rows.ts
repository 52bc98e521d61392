// What is being written, as rows with the cursor among them.
import {type Composer} from '../composer/composer.ts';
import {view} from '../composer/view.ts';
import {type ScreenRow, span} from './spans.ts';

const PROMPT = '> ';

/** Cells left for text behind the prompt. */
export function composerColumns(width: number): number {
	return Math.max(1, width - PROMPT.length);
}

/** At most `limit` rows, and the cursor in cells from their first. */
export function composerRows(draft: Composer, width: number, limit: number) {
	const {rows, cursor} = view(draft, composerColumns(width), limit);
	const drawn = rows.map((text, index): ScreenRow => [span(index === 0 ? PROMPT : '  ', 'muted'), span(text)]);
	return {rows: drawn, cursor: {x: PROMPT.length + cursor.column, y: cursor.row}};
}
