// Text of strangers made safe to print: nothing in it moves the cursor, hides, reorders or piles up. Pure.

/** Invisible and combining characters kept in a row: the longest honest sequence is the tag sequence of a flag. */
const RUN_LIMIT = 8;

/** Overrides, embeddings and isolates: what makes text read in another order than it was written (UAX #9). */
const reordering = /[\u202A-\u202E\u2066-\u2069]/gu;
/** The same, and the marks that only nudge: harmless on a screen, but a file of JSON lines shows them too. */
const bidi = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const controls = /[\p{Cc}\u2028\u2029]/gu;
const controlsInText = /[[\p{Cc}\u2028\u2029]--[\t\n]]/gv;
const crowds = new RegExp(
	`([\\p{M}\\p{Default_Ignorable_Code_Point}]{${RUN_LIMIT}})[\\p{M}\\p{Default_Ignorable_Code_Point}]+`,
	'gu',
);

/** What `text` looks like on a terminal that cannot be tricked: tab and newline stay, every other control is spelled out. */
export function printable(text: string): string {
	return text
		.toWellFormed()
		.replaceAll('\r\n', '\n')
		.replaceAll(controlsInText, spell)
		.replaceAll(reordering, spell)
		.replaceAll(crowds, '$1');
}

/** The same as one line: newlines are spelled `\n`. */
export function printableLine(text: string): string {
	return printable(text).replaceAll('\n', String.raw`\n`);
}

/** `value` as one line of JSON, with nothing in it that a terminal would act on. */
export function jsonLine(value: unknown): string {
	return JSON.stringify(value).replaceAll(controls, spell).replaceAll(bidi, spell);
}

/** \u001b for ESC. */
function spell(character: string): string {
	return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
