// Draws grids of cells as SVG: a plain window frame around each, one under the other.
import {DEFAULT_BACKGROUND, DEFAULT_FOREGROUND} from './colours.ts';
import type {Cell, Grid, Style} from './grid.ts';

export type Window = {readonly title: string; readonly grid: Grid};

// Everything in pixels
const CELL_WIDTH = 8.4;
const CELL_HEIGHT = 17;
const FONT_SIZE = 14;
/** From the top of a cell down to what letters stand on. */
const BASELINE = 13;
const BAR_HEIGHT = 28;
const PADDING = 12;
const GAP = 12;

const FONTS = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const BORDER = '#4a505c';
const BAR = '#2a2e36';
const TITLE = '#9aa1ad';
const DIM_OPACITY = 0.6;

/** Cells that one text element draws. */
type Run = {
	readonly column: number;
	readonly kind: Kind;
	readonly style: Style;
	text: string;
	columns: number;
};

/** Wide characters stand alone, centred; those of fonts other than the monospaced one are fitted into their cells apart. */
type Kind = 'plain' | 'foreign' | 'wide';

/** The whole picture; `label` is for who cannot see it. */
export function svgOf(windows: readonly Window[], label: string): string {
	let [width, height] = [0, 0];
	const body = windows.flatMap(window => {
		const size = sizeOf(window.grid);
		const y = height === 0 ? 0 : height + GAP;
		width = Math.max(width, size.width);
		height = y + size.height;
		return [`<g transform="translate(0 ${y})">`, ...frame(window.title, size), ...cells(window.grid), '</g>'];
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}" role="img" font-family="${FONTS}" font-size="${FONT_SIZE}" fill="${DEFAULT_FOREGROUND}">`,
		`<title>${escape(label)}</title>`,
		...body,
		'</svg>',
		'',
	].join('\n');
}

type Size = {readonly width: number; readonly height: number};

function sizeOf(grid: Grid): Size {
	const columns = Math.max(...grid.map(row => row.reduce((sum, cell) => sum + cell.columns, 0)));
	return {
		width: Math.ceil(2 * PADDING + columns * CELL_WIDTH),
		height: BAR_HEIGHT + 2 * PADDING + grid.length * CELL_HEIGHT,
	};
}

function frame(title: string, {width, height}: Size): string[] {
	const border = `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="7"`;
	return [
		`${border} fill="${DEFAULT_BACKGROUND}"/>`,
		`<path d="M0.5 ${BAR_HEIGHT}V7.5a7 7 0 0 1 7-7H${width - 7.5}a7 7 0 0 1 7 7V${BAR_HEIGHT}z" fill="${BAR}"/>`,
		`${border} fill="none" stroke="${BORDER}"/>`,
		`<text x="${px(width / 2)}" y="19" text-anchor="middle" fill="${TITLE}">${escape(title)}</text>`,
	];
}

function cells(grid: Grid): string[] {
	return [
		`<g transform="translate(${PADDING} ${BAR_HEIGHT + PADDING})">`,
		...grid.flatMap((row, y) => [...backgrounds(row, y), ...runs(row).map(run => textOf(run, y))]),
		'</g>',
	];
}

function backgrounds(row: readonly Cell[], y: number): string[] {
	const stripes: {column: number; columns: number; colour: string}[] = [];
	let column = 0;
	for (const {columns, style} of row) {
		const last = stripes.at(-1);
		if (last?.colour === style.background) last.columns += columns;
		else stripes.push({column, columns, colour: style.background});
		column += columns;
	}

	return stripes
		.filter(({colour}) => colour !== DEFAULT_BACKGROUND)
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
			kind !== 'wide' &&
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

function kindOf(text: string, columns: number): Kind {
	if (columns === 2) return 'wide';
	return /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/v.test(text)
		? 'plain'
		: 'foreign';
}

function isSame(a: Style, b: Style): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

function trimmed(run: Run): Run {
	if (run.style.isUnderlined || run.style.isStruck) return run;
	const text = run.text.replace(/ +$/v, '');
	return {...run, text, columns: run.columns - (run.text.length - text.length)};
}

function textOf({column, columns, kind, style, text}: Run, y: number): string {
	const [left, width] = [column * CELL_WIDTH, columns * CELL_WIDTH];
	// Fitted to its cells, whatever the font at hand measures
	const place =
		kind === 'wide'
			? `x="${px(left + width / 2)}" y="${y * CELL_HEIGHT + BASELINE}" text-anchor="middle"`
			: `x="${px(left)}" y="${y * CELL_HEIGHT + BASELINE}" textLength="${px(width)}" lengthAdjust="spacingAndGlyphs"`;
	return `<text ${place}${attributes(style)}>${withBlanks(escape(text))}</text>`;
}

/** Renderers take blanks for one, and drop those at the ends; they differ in how to tell them not to. */
function withBlanks(text: string): string {
	return text.replaceAll(/^ +| {2,}| +$/gv, blanks => '&#160;'.repeat(blanks.length));
}

function attributes(style: Style): string {
	const lines = [style.isUnderlined && 'underline', style.isStruck && 'line-through'].filter(Boolean).join(' ');
	return [
		style.foreground !== DEFAULT_FOREGROUND && ` fill="${style.foreground}"`,
		style.isBold && ' font-weight="bold"',
		style.isDim && ` fill-opacity="${DIM_OPACITY}"`,
		style.isItalic && ' font-style="italic"',
		lines !== '' && ` text-decoration="${lines}"`,
	]
		.filter(Boolean)
		.join('');
}

function px(length: number): string {
	return String(Math.round(length * 10) / 10);
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
