// Text measured in terminal cells, grapheme by grapheme, as this process's terminal counts them.
import {isEachAlone, segmenter} from '../../content/segmenter.ts';
import {type CellRules, USUAL, clusterWidth} from './clusters.ts';

/** More graphemes than a long talk uses. */
const MEASURED_LIMIT = 4096;

/** Cells by grapheme, to measure each but once; emptied when it holds MEASURED_LIMIT. */
const measured = new Map<string, number>();

/** One cell each wherever text is drawn from left to right, but for terminals that take ambiguous signs for wide ones. */
const NARROW =
	/^[ -~\u00A1-\u00AC\u00AE-\u024F\u0386\u0388-\u038A\u038C\u038E-\u03A1\u03A3-\u03CE\u0400-\u0482\u048A-\u052F\u2010\u2013-\u201E\u2020-\u2027\u203A\u2190-\u2193\u2212\u2295\u2298\u2400-\u2424\u2500-\u259F\u25CB\u25CC\u25CF\u25D0\u25D4\u25F7\u2713]*$/;
/** One cell each without an exception. */
const ASCII = /^[ -~]*$/;
/** Two cells each without an exception. */
const WIDE = /^[\u3001\u3002\u3041-\u3096\u30A1-\u30FA\u4E00-\u9FA5\uAC00-\uD7A3\uFF01-\uFF5E]$/;

let rules = USUAL;
let narrow = NARROW;
let generation = 0;

/** From here on text is measured as a terminal of these `rules` counts. What was laid out before is to be laid out anew. */
export function countAs(next: CellRules): void {
	if (JSON.stringify(next) === JSON.stringify(rules)) return;
	rules = next;
	narrow = next.ambiguous === 1 ? NARROW : ASCII;
	generation++;
	measured.clear();
}

/** Another number whenever text is measured otherwise than before. */
export function widthGeneration(): number {
	return generation;
}

/** Whether all of `text` are single code points of one cell, on whose width every terminal agrees. */
export function isNarrow(text: string): boolean {
	return narrow.test(text);
}

/** Whether `grapheme` has a width on which every terminal agrees: what is written behind it stands where it should. */
export function isAgreed(grapheme: string): boolean {
	return narrow.test(grapheme) || WIDE.test(grapheme);
}

/** What a person takes for one character: an emoji with its joiners, a letter with its marks. */
export function graphemes(text: string): string[] {
	return Array.from(segmenter.segment(text), ({segment}) => segment);
}

/** The grapheme that holds the UTF-16 unit at `index`, and where it begins; undefined outside `text`. */
export function graphemeAt(text: string, index: number): {segment: string; index: number} | undefined {
	return segmenter.segment(text).containing(index);
}

/** The graphemes of `text`, one after the other, without an object for each where it can do without. */
function partsOf(text: string): Iterable<string | Intl.SegmentData> {
	return isEachAlone(text) ? text : segmenter.segment(text);
}

/** Cells that `text` takes on one line. Newlines take none. */
export function widthOf(text: string): number {
	if (narrow.test(text)) return text.length;
	let width = 0;
	for (const part of partsOf(text)) width += graphemeWidth(typeof part === 'string' ? part : part.segment);
	return width;
}

/** Cells of one grapheme. */
export function graphemeWidth(grapheme: string): number {
	if (grapheme >= ' ' && grapheme <= '~' && grapheme.length === 1) return 1;
	const known = measured.get(grapheme);
	if (known !== undefined) return known;
	const width = clusterWidth(grapheme, rules);
	if (measured.size === MEASURED_LIMIT) measured.clear();
	measured.set(grapheme, width);
	return width;
}

/** `text` in at most `columns` cells: whole, or cut between graphemes with `ellipsis` behind, which must have room too. */
export function truncate(text: string, columns: number, ellipsis = '…'): string {
	const isOneEach = narrow.test(text);
	if (isOneEach && text.length <= columns) return text;
	const room = columns - widthOf(ellipsis);
	if (isOneEach) return room < 0 ? '' : text.slice(0, room) + ellipsis;
	let width = 0;
	let end = 0;
	let fits = 0;
	for (const part of partsOf(text)) {
		const grapheme = typeof part === 'string' ? part : part.segment;
		width += graphemeWidth(grapheme);
		end += grapheme.length;
		if (width > columns) return room < 0 ? '' : text.slice(0, fits) + ellipsis;
		if (width <= room) fits = end;
	}

	return text;
}

/** `text` in exactly `columns` cells: truncated, or with spaces behind. */
export function padTo(text: string, columns: number, ellipsis?: string): string {
	const fitted = truncate(text, columns, ellipsis);
	return fitted + ' '.repeat(Math.max(0, columns - widthOf(fitted)));
}
