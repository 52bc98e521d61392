// What strangers send made harmless on the screen: nothing acts, hides or reorders, and each grapheme takes a cell. Pure.
import {graphemeWidth, graphemes} from './width.ts';

/** Marks and joiners kept in a row: the longest honest sequence is the tags of a flag. */
const MARK_LIMIT = 8;
/** Code points kept of a grapheme: the longest emoji has ten. */
const GRAPHEME_LIMIT = 16;
const TAB = '    ';
const REPLACEMENT = '\uFFFD';
/** What a mark without a letter stands on. */
const DOTTED_CIRCLE = '\u25CC';

const plainLine = /^[ -~]*$/;
const plainText = /^[\n -~]*$/;
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

/**
 * `hostile` as it may be drawn and measured: controls as their pictures (␛) or U+FFFD, tabs as spaces, line ends as
 * newlines or, where those are not allowed, ␊. Without bidi controls, invisible characters and floods of marks; every
 * grapheme but a newline is one cell wide or more. What comes out, put in again, stays.
 */
export function safeText(hostile: string, {newlines}: {readonly newlines: boolean}): string {
	if ((newlines ? plainText : plainLine).test(hostile)) return hostile;
	const lineEnd = newlines ? '\n' : '␊';
	const visible = hostile
		.toWellFormed()
		.replaceAll('\r\n', '\n')
		.replaceAll(acting, character => picture(character, lineEnd))
		.replaceAll(hidden, '')
		.replaceAll(tags, run => (run.startsWith('\u{1F3F4}') ? run : ''))
		.replaceAll(crowds, '$1');
	return graphemes(visible).map(standing).join('');
}

/** `hostile` as a name: one line, single spaces, never empty. */
export function safeName(hostile: string): string {
	return safeText(hostile, {newlines: false}).replaceAll(/\s+/gu, ' ').trim() || REPLACEMENT;
}

function picture(character: string, lineEnd: string): string {
	const code = character.charCodeAt(0);
	if (character === '\n' || character === '\u2028' || character === '\u2029') return lineEnd;
	if (character === '\t') return TAB;
	if (code < 0x20) return String.fromCharCode(0x24_00 + code);
	return code === 0x7f ? '␡' : REPLACEMENT;
}

/** `grapheme` of bounded length, and wide enough to be seen. */
function standing(grapheme: string): string {
	if (grapheme === '\n') return grapheme;
	if (grapheme.length > GRAPHEME_LIMIT) {
		const points = Array.from(grapheme);
		if (points.length > GRAPHEME_LIMIT) return points.slice(0, GRAPHEME_LIMIT).join('') + REPLACEMENT;
	}

	if (graphemeWidth(grapheme) > 0) return grapheme;
	if (invisible.test(grapheme)) return '';
	return loose.test(grapheme) ? DOTTED_CIRCLE + grapheme : REPLACEMENT;
}
