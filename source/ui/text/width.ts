// Text measured in terminal cells, grapheme by grapheme, with the same string-width as Ink, so that layouts agree.
import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** More graphemes than a long talk uses. */
const MEASURED_LIMIT = 4096;

/** Cells by grapheme, to measure each but once; emptied when it holds MEASURED_LIMIT. */
const measured = new Map<string, number>();

/** What a person takes for one character: an emoji with its joiners, a letter with its marks. */
export function graphemes(text: string): string[] {
	return Array.from(segmenter.segment(text), ({segment}) => segment);
}

/** The grapheme that holds the UTF-16 unit at `index`, and where it begins; undefined outside `text`. */
export function graphemeAt(text: string, index: number): {segment: string; index: number} | undefined {
	return segmenter.segment(text).containing(index);
}

/** Cells that `text` takes on one line. Newlines take none. */
export function widthOf(text: string): number {
	return stringWidth(text);
}

/** Cells of one grapheme, the same as `widthOf` tells and many times faster. */
export function graphemeWidth(grapheme: string): number {
	if (grapheme >= ' ' && grapheme <= '~' && grapheme.length === 1) return 1;
	const known = measured.get(grapheme);
	if (known !== undefined) return known;
	const width = widthOf(grapheme);
	if (measured.size === MEASURED_LIMIT) measured.clear();
	measured.set(grapheme, width);
	return width;
}

/** `text` in at most `columns` cells: whole, or cut between graphemes with `ellipsis` behind, which must have room too. */
export function truncate(text: string, columns: number, ellipsis = '…'): string {
	const room = columns - widthOf(ellipsis);
	let width = 0;
	let fits = 0;
	for (const {segment, index} of segmenter.segment(text)) {
		width += graphemeWidth(segment);
		if (width > columns) return room < 0 ? '' : text.slice(0, fits) + ellipsis;
		if (width <= room) fits = index + segment.length;
	}

	return text;
}

/** `text` in exactly `columns` cells: truncated, or with spaces behind. */
export function padTo(text: string, columns: number, ellipsis?: string): string {
	const fitted = truncate(text, columns, ellipsis);
	return fitted + ' '.repeat(Math.max(0, columns - widthOf(fitted)));
}
