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

test('a row of a terminal that is narrower now leaves nothing behind in the last column', async t => {
	const [wide, narrow] = ['alice    ● online', 'alice   '];
	t.deepEqual(await shown(drawn(wide) + drawn(narrow, wide)), await shown(drawn(narrow)));
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
	'e\u0301\u0302',
	'\u001B[2m',
	'\u001B[22m',
	'\u001B[31m',
	'\u001B[39m',
	'\u001B[0m',
);

const pieces = fc.array(piece, {maxLength: 14});

/** At most as wide as the line, or as others were. */
function rowOf(all: readonly string[], limit = columns): string {
	let width = 0;
	const fitting = all.filter(each => each.startsWith('\u001B') || (width += widthOf(each)) <= limit);
	return fitting.map(each => (each.startsWith('\u001B') ? each : standInsFor(each))).join('');
}

test('whatever was there, a row looks as on a blank line', async t => {
	const pair = fc
		.tuple(pieces, pieces, pieces, fc.constantFrom(columns, 2 * columns))
		.map(([head, one, other, limit]) => [rowOf([...head, ...one], limit), rowOf([...head, ...other])] as const);
	const emulator = createEmulator(SIZE);
	await fc.assert(
		fc.asyncProperty(pair, async ([before, row]) => {
			t.deepEqual(await shown(drawn(before) + drawn(row, before), emulator), await shown(drawn(row), emulator));
		}),
		{numRuns: 400},
	);
});

/** Of a wider line. */
const COLUMNS = 20;
const SIGN = 'e\u0301\u0302';
const xs = (count: number) => 'x'.repeat(count);
const bytesOf = (row: string, before?: string) => rowBytes(row, {y: 2, columns: COLUMNS, before});

/** How the sign comes to the last column: beside it first, behind a blank then. */
const moved = (style = '') => `\u001B[3;1H\u001B[K\u001B[19G${style}${SIGN}\u001B[0m\u001B[19G\u001B[@\u001B[1G`;

test('a letter with marks in the last column is drawn one column before, and moved there', t => {
	t.is(bytesOf(xs(19) + standInsFor(SIGN)), moved() + xs(19));
});

test('so it is when all before it is there already, and in its colour', t => {
	const row = `\u001B[7m${xs(19)}${standInsFor(SIGN)}\u001B[27m`;
	t.is(bytesOf(row, `\u001B[7m${xs(20)}\u001B[27m`), `${moved('\u001B[7m')}\u001B[7m${xs(19)}\u001B[27m`);
});

test('what stands before it may be two cells wide, or a sign itself, and neither is erased', t => {
	t.is(bytesOf(`${xs(17)}漢${standInsFor(SIGN)}`), `${moved()}${xs(17)}漢`);
	const afterSign = bytesOf(`${xs(18)}${standInsFor(`a\u0301\u0302${SIGN}`)}`);
	t.is(afterSign, `${moved()}${xs(18)} \u001B[19Ga\u0301\u0302`);
});

test('nothing is moved where the cursor goes on behind the sign, nor for one code point', t => {
	for (const row of [xs(18) + standInsFor(SIGN), xs(19) + standInsFor('é'), xs(19) + standInsFor('\u2605'), xs(20)])
		t.false(bytesOf(row).includes('\u001B[@'), row);
});
