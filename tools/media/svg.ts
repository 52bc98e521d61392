// Draws grids of cells as SVG: a plain window frame around each, one under the other.
import {DARK, type Palette} from '../terminal/colours.ts';
import type {Grid} from '../terminal/grid.ts';
import {CELL_HEIGHT, CELL_WIDTH, escape, px, rowElements} from './rows.ts';

export type Frame = {readonly title: string; readonly palette?: Palette};
export type Window = Frame & {readonly grid: Grid};

// Everything in pixels
const FONT_SIZE = 14;
const BAR_HEIGHT = 28;
const PADDING = 12;
const GAP = 12;

const FONTS = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** Pixels. */
type Size = {readonly width: number; readonly height: number};

/** The whole picture; `label` is for who cannot see it. */
export function svgOf(windows: readonly Window[], label: string): string {
	let [width, height] = [0, 0];
	const body = windows.flatMap(window => {
		const {grid, palette = DARK} = window;
		const size = frameSize(columnsOf(grid), grid.length);
		const y = height === 0 ? 0 : height + GAP;
		width = Math.max(width, size.width);
		height = y + size.height;
		const rows = grid.flatMap((row, index) => rowElements(row, index, palette));
		return [`<g transform="translate(0 ${y})"${ink(palette)}>`, ...framed(window, size, rows), '</g>'];
	});
	return document({width, height}, label, body);
}

/** An image of `size` that says `label`. */
export function document({width, height}: Size, label: string, body: readonly string[]): string {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}" role="img" font-family="${FONTS}" font-size="${FONT_SIZE}" fill="${DARK.foreground}">`,
		`<title>${escape(label)}</title>`,
		...body,
		'</svg>',
		'',
	].join('\n');
}

/** A window of `size` around `rows`. */
export function framed({title, palette = DARK}: Frame, {width, height}: Size, rows: readonly string[]): string[] {
	const border = `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="7"`;
	return [
		`${border} fill="${palette.background}"/>`,
		`<path d="M0.5 ${BAR_HEIGHT}V7.5a7 7 0 0 1 7-7H${width - 7.5}a7 7 0 0 1 7 7V${BAR_HEIGHT}z" fill="${palette.bar}"/>`,
		`${border} fill="none" stroke="${palette.border}"/>`,
		`<text x="${px(width / 2)}" y="19" text-anchor="middle" fill="${palette.title}">${escape(title)}</text>`,
		`<g transform="translate(${PADDING} ${BAR_HEIGHT + PADDING})">`,
		...rows,
		'</g>',
	];
}

export function frameSize(columns: number, rows: number): Size {
	return {
		width: Math.ceil(2 * PADDING + columns * CELL_WIDTH),
		height: BAR_HEIGHT + 2 * PADDING + rows * CELL_HEIGHT,
	};
}

function columnsOf(grid: Grid): number {
	return Math.max(...grid.map(row => row.reduce((sum, cell) => sum + cell.columns, 0)));
}

function ink({foreground}: Palette): string {
	return foreground === DARK.foreground ? '' : ` fill="${foreground}"`;
}
