// A row that is drawn over another looks as if it had been drawn on a blank line, whatever the two have in common.
import test from 'ava';
import fc from 'fast-check';
import {createEmulator} from '../../../tools/terminal/emulator.ts';
import {gridOf} from '../../../tools/terminal/grid.ts';
import {rowBytes} from '../../../source/ui/terminal/row-writer.ts';
import {standInsFor} from '../../../source/ui/text/stand-ins.ts';
import {widthOf} from '../../../source/ui/text/width.ts';

const columns = 8;
const SIZE = {columns, rows: 1};
/** Nothing goes on in the next row: as the screen has it. */
const NO_WRAP = '\u001B[?7l';

/** What a line shows once these bytes have come. */
async function shown(bytes: string, emulator = createEmulator(SIZE)) {
	emulator.reset();
	await new Promise<void>(resolve => {
		emulator.write(NO_WRAP + bytes, resolve);
	});
	return gridOf(emulator);
}

const drawn = (row: string, before?: string) => `${rowBytes(row, {y: 0, columns, before})}\u001B[0m`;

test('a row that differs in its colours alone, behind the last column, keeps its last sign', async t => {
	const row = '\u001B[2m────────\u001B[22m';
	const bytes = drawn(row) + drawn(`${row}\u001B[0m`, row);
	t.deepEqual(await shown(bytes), await shown(drawn(row)));
});

/** Signs of one cell, of two, and of as many as each terminal likes; colours; nothing at all. */
const piece = fc.constantFrom(
	'a',
	'b',
	' ',
	'─',
	'漢',
	'👋🏽',
	'❤️',
	'\u001B[2m',
	'\u001B[22m',
	'\u001B[31m',
	'\u001B[39m',
	'\u001B[0m',
);

const pieces = fc.array(piece, {maxLength: 14});

/** At most as wide as the line. */
function rowOf(all: readonly string[]): string {
	let width = 0;
	const fitting = all.filter(each => each.startsWith('\u001B') || (width += widthOf(each)) <= columns);
	return fitting.map(each => (each.startsWith('\u001B') ? each : standInsFor(each))).join('');
}

test('whatever was there, a row looks as on a blank line', async t => {
	const pair = fc
		.tuple(pieces, pieces, pieces)
		.map(([head, one, other]) => [rowOf([...head, ...one]), rowOf([...head, ...other])] as const);
	const emulator = createEmulator(SIZE);
	await fc.assert(
		fc.asyncProperty(pair, async ([before, row]) => {
			t.deepEqual(await shown(drawn(before) + drawn(row, before), emulator), await shown(drawn(row), emulator));
		}),
		{numRuns: 400},
	);
});
