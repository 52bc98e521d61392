// Whether a message names somebody: @name, as a word of its own.

/** What a name may go on with (wire/name.ts). */
const NAME = /(?<![\p{L}\p{N}_.-])@([a-z][a-z\d._-]*)/giu;
/** Dots behind a name are the sentence's, unless the name has them. Anchored, so that a flood of them is read but once. */
const sentenceEnd = /^\.*$/;

/** `self` as the directory spells it. */
export function mentions(text: string, self: string): boolean {
	if (self === '' || !text.includes('@')) return false;
	for (const [, name = ''] of text.matchAll(NAME)) {
		const folded = name.toLowerCase();
		if (folded.startsWith(self) && sentenceEnd.test(folded.slice(self.length))) return true;
	}

	return false;
}
