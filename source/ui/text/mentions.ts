// Whether a message names somebody: @name, as a word of its own.

/** What a name may go on with (wire/name.ts); a dot at the end is the sentence's. */
const NAME = /(?<![\p{L}\p{N}_.-])@([a-z][a-z\d._-]*)/giu;

/** `self` as the directory spells it. */
export function mentions(text: string, self: string): boolean {
	if (self === '' || !text.includes('@')) return false;
	for (const [, name = ''] of text.matchAll(NAME)) {
		const folded = name.toLowerCase();
		if (folded === self || folded.replace(/[._-]+$/, '') === self) return true;
	}

	return false;
}
