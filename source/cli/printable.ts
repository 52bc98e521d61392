// Text of strangers made safe to print, as the screen makes it safe, but for controls, which are spelled out in ASCII. Pure.
import {escaped, escapedForJson, harmless} from '../content/harmless.ts';

const REPLACEMENT = '\uFFFD';
const noncharacter = /^\p{Noncharacter_Code_Point}$/u;

/** What `text` looks like on a terminal that cannot be tricked: tab and newline stay, every other control is spelled out. */
export function printable(text: string): string {
	return harmless(text, {picture});
}

/** The same as one line: newlines are spelled `\n`. */
export function printableLine(text: string): string {
	return printable(text).replaceAll('\n', String.raw`\n`);
}

/** `value` as one line of JSON, with nothing in it that a terminal would act on, or that nobody sees. */
export function jsonLine(value: unknown): string {
	return escapedForJson(JSON.stringify(value));
}

function picture(character: string): string {
	if (character === '\n' || character === '\t') return character;
	return noncharacter.test(character) ? REPLACEMENT : escaped(character);
}
