// A bar that is as long as what is left.
import {widthOf} from '../text/width.ts';
import {type ScreenRow, fitRow, span} from './spans.ts';

/** Cells. */
const LENGTH = 40;

/** `share` from 0 to 1, `words` behind it. */
export function barRow(share: number, words: string, width: number): ScreenRow {
	const length = Math.max(1, Math.min(LENGTH, width - widthOf(words) - 3));
	const full = Math.round(Math.min(1, Math.max(0, share)) * length);
	return fitRow([span('█'.repeat(full)), span('░'.repeat(length - full), 'muted'), span(`  ${words}`)], width);
}
