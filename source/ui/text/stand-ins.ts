// What is given to Ink in place of graphemes on whose width terminals disagree: as many signs of one cell as this terminal gives
// to the grapheme. Where rows are written to the terminal, the grapheme comes back. So Ink lays out cells, and measures nothing.
import {graphemeWidth, graphemes, isAgreed, isNarrow, widthGeneration} from './width.ts';

/** The last private plane: what others send of it gets a stand-in itself. They are handed out from the first to the last, and over again. */
const FIRST = 0x10_00_00;
const LAST = 0x10_ff_fc;
/** Graphemes of a generation, half of what there are stand-ins for. No screen shows as many at once. */
const LIMIT = 0x80_00 - 2;
/** Holds the cells behind the first. */
const FILLER = String.fromCodePoint(0x10_ff_fd);

/** One stand-in, with what fills its cells. */
export const STAND_IN = /[\u{100000}-\u{10FFFC}]\u{10FFFD}*|\u{10FFFD}+/gu;

/** This generation's by grapheme, at most LIMIT. */
const fresh = new Map<string, string>();
/** Graphemes by stand-in: at most one for each that there is. Those of the generation before are all among them. */
const known = new Map<string, string>();
let next = FIRST;
let generation = 0;
let widths = widthGeneration();

/** Another number whenever rows with stand-ins of before are to be made anew. */
export function standInGeneration(): number {
	if (widths !== widthGeneration()) begin();
	return generation;
}

/** `text` as Ink may have it. */
export function standInsFor(text: string): string {
	if (isNarrow(text)) return text;
	return graphemes(text)
		.map(grapheme => (isAgreed(grapheme) ? grapheme : standInFor(grapheme)))
		.join('');
}

/** The grapheme that `standIn` (a match of STAND_IN) is in place of; undefined when it was cut, or is none of ours. */
export function graphemeFor(standIn: string): string | undefined {
	const head = String.fromCodePoint(standIn.codePointAt(0) ?? 0);
	const grapheme = known.get(head);
	if (grapheme === undefined) return undefined;
	return cellsOf(standIn) === graphemeWidth(grapheme) ? grapheme : undefined;
}

/** Cells of a match of STAND_IN, whole or cut. */
export function cellsOf(standIn: string): number {
	return standIn.length / FILLER.length;
}

/** `text` with graphemes in place of their stand-ins; without those that were cut. */
export function withoutStandIns(text: string): string {
	return text.replaceAll(STAND_IN, standIn => graphemeFor(standIn) ?? '');
}

function standInFor(grapheme: string): string {
	const width = graphemeWidth(grapheme);
	if (width === 0) return '';
	const head = fresh.get(grapheme) ?? newHead(grapheme);
	return head + FILLER.repeat(width - 1);
}

function newHead(grapheme: string): string {
	if (fresh.size === LIMIT) begin();
	const head = String.fromCodePoint(next);
	next = next === LAST ? FIRST : next + 1;
	fresh.set(grapheme, head);
	// Nothing follows a joiner at the end: to tmux all does, whatever cell it is written to.
	known.set(head, grapheme.replace(/\u200D+$/, ''));
	return head;
}

function begin(): void {
	widths = widthGeneration();
	fresh.clear();
	generation++;
}
