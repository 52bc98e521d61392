// Text of strangers made harmless, for the screen and for lines of a terminal or a log alike: nothing in it acts, hides, reorders or
// piles up. Pure.
import {segmenter} from './segmenter.ts';

/** Marks and joiners kept in a row: the longest honest sequence is the tags of a flag. */
const MARK_LIMIT = 8;
/** Code points kept of a grapheme: the longest emoji has ten. */
const GRAPHEME_LIMIT = 16;
const REPLACEMENT = '\uFFFD';
/** What a mark without a letter stands on. */
const DOTTED_CIRCLE = '\u25CC';

const plain = /^[\n -~]*$/;
const acting = /[\p{Cc}\u2028\u2029\p{Noncharacter_Code_Point}]/gu;
/** Spaces without width, fillers, and what makes text read in another order than it was written (UAX #9); not what joins. */
const hidden = /[\p{Default_Ignorable_Code_Point}--\p{M}--\p{Join_Control}--[\u{E0020}-\u{E007F}]]/gv;
/** Tags spell the flag before them; elsewhere they are text that nobody sees. */
const tags = /\u{1F3F4}[\u{E0020}-\u{E007F}]+|[\u{E0020}-\u{E007F}]+/gu;
const crowds = new RegExp(
	`([\\p{M}\\p{Default_Ignorable_Code_Point}]{${MARK_LIMIT}})[\\p{M}\\p{Default_Ignorable_Code_Point}]+`,
	'gu',
);
const invisible = /^\p{Default_Ignorable_Code_Point}+$/u;
const loose = /^[\p{M}\p{Join_Control}]/u;
const withoutWidth = /^[\p{Mn}\p{Me}\p{Cf}\p{Default_Ignorable_Code_Point}]+$/u;

export type HarmlessOptions = {
	/** What stands for a control (newline and tab are some), a line or paragraph separator, or a code point that is no character. */
	readonly picture: (character: string) => string;
	/** Whether a grapheme has a cell of its own where it is shown. Without it Unicode's classes decide. */
	readonly hasWidth?: (grapheme: string) => boolean;
};

/**
 * `hostile` without what acts (see `picture`), bidi controls, invisible characters, tags outside of flags, and floods of marks; graphemes
 * have at most 16 code points and are seen. Line ends of two characters become one newline first. What comes out, put in again, stays,
 * as far as the pictures do.
 */
export function harmless(hostile: string, {picture, hasWidth = isSeen}: HarmlessOptions): string {
	const visible = hostile
		.toWellFormed()
		.replaceAll('\r\n', '\n')
		.replaceAll(acting, picture)
		.replaceAll(hidden, '')
		.replaceAll(tags, run => (run.startsWith('\u{1F3F4}') ? run : ''))
		.replaceAll(crowds, '$1');
	if (plain.test(visible)) return visible;
	let shown = '';
	for (const {segment} of segmenter.segment(visible)) shown += standing(segment, hasWidth);
	return shown;
}

/** `text` as JSON writes a string, without its quotation marks: all that `harmless` would change is escaped, and nothing is lost. */
export function escapedForJson(text: string): string {
	return text
		.replaceAll(acting, escaped)
		.replaceAll(hidden, escaped)
		.replaceAll(tags, run => (run.startsWith('\u{1F3F4}') ? run : escaped(run)))
		.replaceAll(crowds, (run, kept: string) => kept + escaped(run.slice(kept.length)));
}

/** Each UTF-16 unit of `text` as JSON, and JavaScript, write it: \u001b for ESC. */
export function escaped(text: string): string {
	return Array.from(
		{length: text.length},
		(_, index) => String.raw`\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`,
	).join('');
}

/** `grapheme` of bounded length, and such that it is seen. */
function standing(grapheme: string, hasWidth: (grapheme: string) => boolean): string {
	if (grapheme === '\n' || grapheme === '\t') return grapheme;
	if (grapheme.length > GRAPHEME_LIMIT) {
		const points = Array.from(grapheme);
		if (points.length > GRAPHEME_LIMIT) return points.slice(0, GRAPHEME_LIMIT).join('') + REPLACEMENT;
	}

	if (hasWidth(grapheme)) return grapheme;
	if (invisible.test(grapheme)) return '';
	return loose.test(grapheme) ? DOTTED_CIRCLE + grapheme : REPLACEMENT;
}

function isSeen(grapheme: string): boolean {
	return !withoutWidth.test(grapheme);
}
