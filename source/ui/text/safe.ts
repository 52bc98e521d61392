// What strangers send made harmless on the screen, where each grapheme takes a cell. Pure.
import {harmless} from '../../content/harmless.ts';
import {graphemeWidth} from './width.ts';

const TAB = '    ';
const REPLACEMENT = '\uFFFD';

const plainLine = /^[ -~]*$/;
const plainText = /^[\n -~]*$/;

/**
 * `hostile` as it may be drawn and measured: controls as their pictures (␛) or U+FFFD, tabs as spaces, line ends as
 * newlines or, where those are not allowed, ␊. Without bidi controls, invisible characters and floods of marks; every
 * grapheme but a newline is one cell wide or more. What comes out, put in again, stays.
 */
export function safeText(hostile: string, {newlines}: {readonly newlines: boolean}): string {
	if ((newlines ? plainText : plainLine).test(hostile)) return hostile;
	const lineEnd = newlines ? '\n' : '␊';
	return harmless(hostile, {
		picture: character => picture(character, lineEnd),
		hasWidth: grapheme => graphemeWidth(grapheme) > 0,
	});
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
