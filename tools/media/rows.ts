// Draws a row of cells as SVG elements, each of them at its own place: no font decides where the next one stands.
import type {Palette} from '../terminal/colours.ts';
import type {Cell, Style} from '../terminal/grid.ts';
import {shapeOf} from './shapes.ts';

// Everything in pixels
export const CELL_WIDTH = 8.4;
export const CELL_HEIGHT = 17;
/** From the top of a cell down to what letters stand on. */
export const BASELINE = 13;
const DIM_OPACITY = 0.6;

/** Cells that one element draws. */
type Run = {
	readonly column: number;
	readonly kind: Kind;
	readonly style: Style;
	text: string;
	columns: number;
};

/** Letters of fonts other than the monospaced one are fitted into their cells apart; signs stand alone, centred. */
type Kind = 'plain' | 'foreign' | 'sign' | 'shape';

/** Of the row `y`, counted from 0. */
export function rowElements(row: readonly Cell[], y: number, palette: Palette): string[] {
	return [...backgrounds(row, y, palette), ...runs(row).map(run => elementOf(run, y, palette))];
}

function backgrounds(row: readonly Cell[], y: number, {background}: Palette): string[] {
	const stripes: {column: number; columns: number; colour: string}[] = [];
	let column = 0;
	for (const {columns, style} of row) {
		const last = stripes.at(-1);
		if (last?.colour === style.background) last.columns += columns;
		else stripes.push({column, columns, colour: style.background});
		column += columns;
	}

	return stripes
		.filter(({colour}) => colour !== background)
		.map(
			({column: x, columns, colour}) =>
				`<rect x="${px(x * CELL_WIDTH)}" y="${y * CELL_HEIGHT}" width="${px(columns * CELL_WIDTH)}" height="${CELL_HEIGHT}" fill="${colour}"/>`,
		);
}

/** Blank cells open no run and end none, unless there is a line to draw through them. */
function runs(row: readonly Cell[]): Run[] {
	const found: Run[] = [];
	let column = 0;
	for (const {text, columns, style} of row) {
		const last = found.at(-1);
		const isBlank = text === ' ' && !style.isUnderlined && !style.isStruck;
		const kind = isBlank && last ? last.kind : kindOf(text, columns);
		const continues =
			last &&
			kind !== 'sign' &&
			kind === last.kind &&
			column === last.column + last.columns &&
			isSame(style, last.style);
		if (continues) {
			last.text += text;
			last.columns += columns;
		} else if (!isBlank) {
			found.push({column, kind, style, text, columns});
		}

		column += columns;
	}

	return found.map(trimmed);
}

/** Letters, and signs that every monospaced font has. */
const PLAIN = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Inherited}\u0020-\u00FF\u2010-\u2027]*$/v;

function kindOf(text: string, columns: number): Kind {
	if (columns === 2) return 'sign';
	if (PLAIN.test(text)) return 'plain';
	if (shapeOf(text) !== undefined) return 'shape';
	return /^\p{Script=Common}/v.test(text) ? 'sign' : 'foreign';
}

function isSame(a: Style, b: Style): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

function trimmed(run: Run): Run {
	if (run.style.isUnderlined || run.style.isStruck) return run;
	const text = run.text.replace(/ +$/v, '');
	return {...run, text, columns: run.columns - (run.text.length - text.length)};
}

function elementOf(run: Run, y: number, palette: Palette): string {
	return run.kind === 'shape' ? areaOf(run, y, palette) : textOf(run, y, palette);
}

/** A path for all that is equally dark, so that no seam shows between its cells. */
function areaOf({column, style, text}: Run, y: number, palette: Palette): string {
	/** Paths by opacity. */
	const paths = new Map<number, string>();
	for (const {0: same, index} of text.matchAll(/(?<character>\S)\k<character>*/gv)) {
		for (const area of shapeOf(same[0] ?? '') ?? []) {
			const [from, height] = [(y + area.top) * CELL_HEIGHT, (area.bottom - area.top) * CELL_HEIGHT];
			// Those that reach from edge to edge are one with the next.
			const isWide = area.left === 0 && area.right === 1;
			const width = (isWide ? same.length : area.right - area.left) * CELL_WIDTH;
			for (let place = index; place < index + (isWide ? 1 : same.length); place++) {
				const x = (column + place + area.left) * CELL_WIDTH;
				const path = `M${px(x)} ${px(from)}h${px(width)}v${px(height)}h${px(-width)}z`;
				paths.set(area.opacity, (paths.get(area.opacity) ?? '') + path);
			}
		}
	}

	const colour = style.foreground === palette.foreground ? '' : ` fill="${style.foreground}"`;
	// A thin line may vanish when its edges are moved to those of pixels.
	const edges = /^[\u2580-\u259F ]*$/v.test(text) ? ' shape-rendering="crispEdges"' : '';
	return [...paths]
		.map(([opacity, path]) => {
			const ink = opacity * (style.isDim ? DIM_OPACITY : 1);
			const shade = ink === 1 ? '' : ` fill-opacity="${px(ink, 100)}"`;
			return `<path d="${path}"${colour}${shade}${edges}/>`;
		})
		.join('');
}

/** Cells that are coloured pictures; monospaced fonts have some of them, in black and white. */
export const EMOJI = /^\p{Emoji_Presentation}|\uFE0F/v;
const EMOJI_FONTS = "'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', emoji";

/** As wide as its two cells in every font. */
const IDEOGRAPH = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/v;

function textOf({column, columns, kind, style, text}: Run, y: number, palette: Palette): string {
	const [left, width] = [column * CELL_WIDTH, columns * CELL_WIDTH];
	// Fitted to its cells, whatever the font at hand measures
	const place =
		kind === 'sign'
			? `x="${px(left + width / 2)}" y="${y * CELL_HEIGHT + BASELINE}" text-anchor="middle"`
			: `x="${px(left)}" y="${y * CELL_HEIGHT + BASELINE}" textLength="${px(width)}" lengthAdjust="spacingAndGlyphs"`;
	const size = IDEOGRAPH.test(text) ? ` font-size="${2 * CELL_WIDTH}"` : '';
	const font = EMOJI.test(text) ? ` font-family="${EMOJI_FONTS}"` : '';
	return `<text ${place}${size}${font}${attributes(style, palette)}>${withBlanks(escape(text))}</text>`;
}

/** Renderers take blanks for one, and drop those at the ends; they differ in how to tell them not to. */
function withBlanks(text: string): string {
	return text.replaceAll(/^ +| {2,}| +$/gv, blanks => '&#160;'.repeat(blanks.length));
}

function attributes(style: Style, palette: Palette): string {
	const lines = [style.isUnderlined && 'underline', style.isStruck && 'line-through'].filter(Boolean).join(' ');
	return [
		style.foreground !== palette.foreground && ` fill="${style.foreground}"`,
		style.isBold && ' font-weight="bold"',
		style.isDim && ` fill-opacity="${DIM_OPACITY}"`,
		style.isItalic && ' font-style="italic"',
		lines !== '' && ` text-decoration="${lines}"`,
	]
		.filter(Boolean)
		.join('');
}

/** To a tenth, or to another part. */
export function px(length: number, parts = 10): string {
	return String(Math.round(length * parts) / parts);
}

export function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
