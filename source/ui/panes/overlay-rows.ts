// An overlay as rows: its title and keys, its field, and its content, in a box below the conversation where there is room for both.
import {type Overlay, type OverlaySize} from '../screen-controls.ts';
import {truncate} from '../text/width.ts';
import {DOT, type ScreenRow, fitRow, rowWidth, span, spread} from '../widgets/spans.ts';
import {BOX_EDGES, BOX_SIDES, boxSides, boxed} from './box.ts';

/** Drawn before a field; each has as many cells. */
const PROMPTS = {search: '/ ', answer: '> '};
export const PROMPT_CELLS = 2;

/** The title is drawn above a field from this many rows on. */
const TITLED = 4;

/** A box is drawn from so many cells and rows on, and is no wider than that. */
const BOXED = {width: 40, height: 8};
const WIDEST = 100;
/** Rows of the conversation that stay above a box, at most a third of all. */
const IN_SIGHT = 6;
/** Rows of what a field finds at most, where half of all are fewer; and at least, so that the box keeps its size while few are found. */
const FOUND = 10;
const LEAST_FOUND = 6;

/** Where the field is. */
export type FieldPlace = {
	/** Its row, from the first one of the overlay. */
	readonly row: number;
	/** What is drawn before its prompt and behind it. */
	readonly before: ScreenRow;
	readonly after: ScreenRow;
};

export type OverlayRows = {
	readonly rows: readonly ScreenRow[];
	readonly field: FieldPlace | undefined;
	/** The conversation is in sight above it. */
	readonly isBox: boolean;
};

/** At most `height` rows of `width` cells. */
export function overlayRows(overlay: Overlay, size: OverlaySize): OverlayRows {
	return isBoxed(size) ? boxRows(overlay, size) : plainRows(overlay, size);
}

/** What is left for the overlay's own rows, below title and field. */
export function contentSize(overlay: Overlay, size: OverlaySize): OverlaySize {
	const field = Number(overlay.query !== undefined);
	if (!isBoxed(size)) {
		const head = Number(hasTitle(overlay, size.height)) + field;
		return {width: size.width, height: Math.max(0, size.height - head)};
	}

	const inSight = overlay.needsAll === true ? 0 : Math.min(IN_SIGHT, Math.floor(size.height / 3));
	const room = size.height - BOX_EDGES - field - inSight;
	const half = Math.max(FOUND, Math.floor(size.height / 2));
	return {
		width: Math.min(size.width, WIDEST) - BOX_SIDES,
		height: field === 0 ? room : Math.min(room, half),
	};
}

function isBoxed({width, height}: OverlaySize): boolean {
	return width >= BOXED.width && height >= BOXED.height;
}

function boxRows(overlay: Overlay, size: OverlaySize): OverlayRows {
	const content = contentSize(overlay, size);
	const own = overlay.rows(content);
	const {query} = overlay;
	const field = query === undefined ? [] : [fieldRow(overlay, content.width)];
	const hasSpace = query !== undefined && overlay.isAnswer !== true;
	const space = hasSpace ? Math.max(0, Math.min(LEAST_FOUND, content.height) - own.length) : 0;
	const inside = [...field, ...own, ...Array.from({length: space}, () => fitRow([], content.width))];
	const rest = size.width - content.width - BOX_SIDES;
	const rows = boxed(inside, overlay, content.width + BOX_SIDES).map(row =>
		rest === 0 ? row : [...row, span(' '.repeat(rest))],
	);
	const place = {row: 1, before: [boxSides.left], after: [boxSides.right, span(' '.repeat(rest))]};
	return {rows, field: query === undefined ? undefined : place, isBox: true};
}

function plainRows(overlay: Overlay, {width, height}: OverlaySize): OverlayRows {
	const {query} = overlay;
	const title = hasTitle(overlay, height) ? [headRow(overlay, width)] : [];
	const field = query === undefined ? [] : [fieldRow(overlay, width)];
	const rows = [...title, ...field, ...overlay.rows(contentSize(overlay, {width, height}))].slice(0, height);
	const hasField = query !== undefined && height > 0;
	return {rows, field: hasField ? {row: title.length, before: [], after: []} : undefined, isBox: false};
}

function fieldRow(overlay: Overlay, width: number): ScreenRow {
	const {query = '', isSecret} = overlay;
	return fitRow([span(promptOf(overlay), 'muted'), span(isSecret === true ? DOT.repeat(query.length) : query)], width);
}

/** What is drawn before the field. */
export function promptOf({isAnswer}: Overlay): string {
	return isAnswer === true ? PROMPTS.answer : PROMPTS.search;
}

function hasTitle({query}: Overlay, height: number): boolean {
	return query === undefined || height >= TITLED;
}

/** The title, and the keys at the end of the row; they are cut where there is no room. */
function headRow({title, hint}: Overlay, width: number): ScreenRow {
	const left = [span(title, 'title'), span('  ')];
	const room = width - rowWidth(left);
	return spread(left, [span(room > 0 ? truncate(hint, room) : '', 'muted')], width);
}
