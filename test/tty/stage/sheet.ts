// A screen as text that a reviewer can read: its cells, where the cursor is, and how each run of cells looks.
import type {IBufferCell, Terminal} from '@xterm/headless';

/** What the stage says when it waits for a line. */
export const ASKED = 'next?';

/** The names of the sixteen colours, in the order of their numbers. */
const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** Row by row, in a frame that shows where rows end; a wide character is written once. */
export function cellsOf(terminal: Terminal): string {
	const {active} = terminal.buffer;
	const rows = Array.from(
		{length: terminal.rows},
		(_, y) => active.getLine(active.baseY + y)?.translateToString(false, 0, terminal.cols) ?? '',
	);
	const ruler = Array.from({length: terminal.cols}, (_, x) => (x % 10 === 0 ? '+' : '-')).join('');
	return [`  ${ruler}`, ...rows.map((row, y) => `${String(y).padStart(2)}|${row}|`), `  ${ruler}`].join('\n');
}

/** `12,3` as column and row from 0, or `hidden`. */
export function cursorOf(terminal: Terminal, isShown: boolean): string {
	const {cursorX, cursorY} = terminal.buffer.active;
	return isShown ? `cursor ${cursorX},${cursorY}` : 'cursor hidden';
}

/** A line for each row that has more than plain cells: `3: 0-14 bold cyan | 20 dim`. */
export function stylesOf(terminal: Terminal): string {
	const {active} = terminal.buffer;
	const rows: string[] = [];
	for (let y = 0; y < terminal.rows; y++) {
		const line = active.getLine(active.baseY + y);
		const runs: {from: number; to: number; look: string}[] = [];
		for (let x = 0; x < terminal.cols; x++) {
			const cell = line?.getCell(x);
			const look = cell === undefined ? '' : lookOf(cell);
			const last = runs.at(-1);
			if (last?.look === look) last.to = x;
			else runs.push({from: x, to: x, look});
		}

		const told = runs
			.filter(({look}) => look !== '')
			.map(({from, to, look}) => `${from === to ? from : `${from}-${to}`} ${look}`);
		if (told.length > 0) rows.push(`${String(y).padStart(2)}: ${told.join(' | ')}`);
	}

	return rows.join('\n');
}

function lookOf(cell: IBufferCell): string {
	const words = [
		cell.isBold() && 'bold',
		cell.isDim() && 'dim',
		cell.isItalic() && 'italic',
		cell.isUnderline() && 'underlined',
		cell.isInverse() && 'reversed',
		!cell.isFgDefault() && colourOf(cell.getFgColor(), cell.isFgRGB()),
		!cell.isBgDefault() && `on ${colourOf(cell.getBgColor(), cell.isBgRGB())}`,
	];
	return words.filter(word => word !== false && word !== 0).join(' ');
}

function colourOf(colour: number, isRgb: boolean): string {
	if (isRgb) return `#${colour.toString(16).padStart(6, '0')}`;
	if (colour < 16) return `${colour < 8 ? '' : 'bright '}${COLOURS[colour % 8]}`;
	return `c${colour}`;
}
