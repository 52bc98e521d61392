// A text as a code that cameras read (ISO/IEC 18004), two modules to a cell.
import {encode} from 'uqr';

/** Light modules around the code, which scanners want. */
const QUIET = 4;

/**
 * Rows of one width, dark modules as ink, for a light background: in the theme's role `qr` they are black on white on every
 * terminal. Without colours that role is the terminal's own, reversed: the same on a dark one.
 */
export function qrRows(text: string): readonly string[] {
	const {data, size} = encode(text, {border: QUIET, ecc: 'M'});
	const isDark = (y: number, x: number) => data[y]?.[x] === true;
	return Array.from({length: Math.ceil(size / 2)}, (_, row) =>
		Array.from({length: size}, (__, x) => cell(isDark(row * 2, x), isDark(row * 2 + 1, x))).join(''),
	);
}

function cell(upper: boolean, lower: boolean): string {
	if (upper) return lower ? '█' : '▀';
	return lower ? '▄' : ' ';
}
