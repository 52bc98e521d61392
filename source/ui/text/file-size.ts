// Sizes of files in words: in units of thousands, as file managers write them.
import {catalogue} from '../../catalogue/catalogue.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
const STEP = 1000;
/** From here on a number is rounded to the next unit. */
const NEXT = 999.5;
/** Below it there is a digit behind the point. */
const SMALL = 9.95;

/** `3_141_592` → `3.1 MB`. */
export function sizeText(bytes: number): string {
	let [value, index] = [bytes, 0];
	while (value >= NEXT && index < UNITS.length - 1) [value, index] = [value / STEP, index + 1];
	const digits = index > 0 && value < SMALL ? 1 : 0;
	return catalogue.offeredFiles.sizes[UNITS[index] ?? 'B'](
		value.toLocaleString(catalogue.language, {maximumFractionDigits: digits}),
	);
}
