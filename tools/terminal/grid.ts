// What an emulated terminal shows, as plain data: rows of cells with their colours worked out.
import type {IBufferCell, Terminal} from '@xterm/headless';
import {DARK, type Palette, paletteColour, trueColour} from './colours.ts';

export type Style = {
	/** Colours as #rrggbb. */
	readonly foreground: string;
	readonly background: string;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isItalic: boolean;
	readonly isUnderlined: boolean;
	readonly isStruck: boolean;
};

export type Cell = {
	/** One grapheme cluster; a space where nothing is. */
	readonly text: string;
	readonly columns: 1 | 2;
	readonly style: Style;
};

/** Rows from the top of the visible screen, cells from the left. */
export type Grid = readonly (readonly Cell[])[];

export type View = {
	readonly palette?: Palette;
	/** Whether the cell with the cursor is drawn as one. */
	readonly hasCursor?: boolean;
};

export function gridOf(emulator: Terminal, {palette = DARK, hasCursor = false}: View = {}): Grid {
	const {active} = emulator.buffer;
	return Array.from({length: emulator.rows}, (_, y) => {
		const line = active.getLine(active.baseY + y);
		return Array.from({length: emulator.cols}, (__, x) => {
			const isCursor = hasCursor && y === active.cursorY && x === active.cursorX;
			return cellOf(line?.getCell(x), palette, isCursor) ?? [];
		}).flat();
	});
}

/** Nothing for the right half of a wide character. */
function cellOf(cell: IBufferCell | undefined, palette: Palette, isCursor: boolean): Cell | undefined {
	const columns = cell?.getWidth();
	if (cell === undefined || (columns !== 1 && columns !== 2)) return undefined;
	const style = styleOf(cell, palette);
	return {
		text: (!cell.isInvisible() && cell.getChars()) || ' ',
		columns,
		style: isCursor ? {...style, foreground: style.background, background: style.foreground} : style,
	};
}

function styleOf(cell: IBufferCell, palette: Palette): Style {
	let {foreground, background} = palette;
	if (cell.isFgRGB()) foreground = trueColour(cell.getFgColor());
	else if (cell.isFgPalette()) foreground = paletteColour(palette, cell.getFgColor());
	if (cell.isBgRGB()) background = trueColour(cell.getBgColor());
	else if (cell.isBgPalette()) background = paletteColour(palette, cell.getBgColor());
	if (cell.isInverse()) [foreground, background] = [background, foreground];
	return {
		foreground,
		background,
		isBold: Boolean(cell.isBold()),
		isDim: Boolean(cell.isDim()),
		isItalic: Boolean(cell.isItalic()),
		isUnderlined: Boolean(cell.isUnderline()),
		isStruck: Boolean(cell.isStrikethrough()),
	};
}
