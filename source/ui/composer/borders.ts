// Places in a text that the cursor goes to: the next grapheme, word and line. All in UTF-16 units.
import {graphemeAt} from '../text/width.ts';

let wordSegmenter: Intl.Segmenter | undefined;

/** Made when the first is asked for: that takes long. */
function wordsOf(text: string): Intl.Segments {
	wordSegmenter ??= new Intl.Segmenter(undefined, {granularity: 'word'});
	return wordSegmenter.segment(text);
}

/** `index`, or the end of the grapheme that it lies in. */
export function snap(text: string, index: number): number {
	const grapheme = graphemeAt(text, index);
	return grapheme === undefined || grapheme.index === index ? index : grapheme.index + grapheme.segment.length;
}

export function leftOf(text: string, index: number): number {
	return graphemeAt(text, index - 1)?.index ?? 0;
}

export function rightOf(text: string, index: number): number {
	return snap(text, Math.min(index + 1, text.length));
}

/** The beginning of the word before `index` (UAX #29, section 4). */
export function wordLeftOf(text: string, index: number): number {
	const segments = wordsOf(text);
	let at = index;
	while (at > 0) {
		const segment = segments.containing(at - 1);
		at = segment?.index ?? 0;
		if (segment?.isWordLike) break;
	}

	return snap(text, at);
}

/** The end of the word behind `index`. */
export function wordRightOf(text: string, index: number): number {
	const segments = wordsOf(text);
	let at = index;
	while (at < text.length) {
		const segment = segments.containing(at);
		at = segment === undefined ? text.length : segment.index + segment.segment.length;
		if (segment?.isWordLike) break;
	}

	return snap(text, at);
}

/** The beginning of whatever stands before `index` between spaces. */
export function argumentLeftOf(text: string, index: number): number {
	let at = index;
	while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
	while (at > 0 && !/\s/.test(text[at - 1] ?? '')) at--;
	return snap(text, at);
}

export function homeOf(text: string, index: number): number {
	return text.slice(0, index).lastIndexOf('\n') + 1;
}

export function endOf(text: string, index: number): number {
	const end = text.indexOf('\n', index);
	return end === -1 ? text.length : end;
}
