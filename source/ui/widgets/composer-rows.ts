// What is being written, as rows with the cursor among them: the composer under a conversation, and the fields of a form.
import {type Composer} from '../composer/composer.ts';
import {view} from '../composer/view.ts';
import {graphemes, widthOf} from '../text/width.ts';
import {type Row, span} from './spans.ts';

const PROMPT = '> ';

/** Cells left for text behind the prompt. */
export function composerColumns(width: number): number {
	return Math.max(1, width - PROMPT.length);
}

/** At most `limit` rows, and the cursor in cells from their first. */
export function composerRows(draft: Composer, width: number, limit: number) {
	const {rows, cursor} = view(draft, composerColumns(width), limit);
	const drawn = rows.map((text, index): Row => [span(index === 0 ? PROMPT : '  ', 'muted'), span(text)]);
	return {rows: drawn, cursor: {x: PROMPT.length + cursor.column, y: cursor.row}};
}

/** One row that moves along with the cursor, and the cell of the cursor in it; a secret is as many dots as it has characters. */
export function fieldRow(draft: Composer, width: number, isSecret: boolean): {text: string; x: number} {
	const {text, cursor} = isSecret ? dotted(draft) : draft;
	let start = 0;
	for (const grapheme of graphemes(text)) {
		if (widthOf(text.slice(start, cursor)) < width) break;
		start += grapheme.length;
	}

	return {text: text.slice(start), x: widthOf(text.slice(start, cursor))};
}

function dotted(draft: Composer): Composer {
	return {...draft, text: dots(draft.text), cursor: dots(draft.text.slice(0, draft.cursor)).length};
}

function dots(text: string): string {
	return '•'.repeat(graphemes(text).length);
}
